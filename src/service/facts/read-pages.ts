import type { Page } from "../../ports/page.js";
import { type Asked, withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";

/** What was read of a list. Not `complete`: a page failed, or there are more entries than anybody reads. */
export type PagesRead<T> = { readonly items: readonly T[]; readonly complete: boolean };

/** Reads a list to its end, page by page, and at most about so many entries of it. */
export async function readPages<T>(
  context: ServiceContext,
  most: number,
  page: (after: string | null) => Promise<Page<T>>,
): Promise<PagesRead<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
  let after: string | null = null;
  while (items.length < most) {
    const from: string | null = after;
    const asked: Asked<Page<T>> = await withinTime(context.settings.portTimeoutMs, () => page(from));
    if (!asked.answered || !Array.isArray(asked.value.items)) return { items, complete: false };
    items.push(...asked.value.items);
    after = asked.value.next;
    if (after === null) return { items, complete: true };
    // A list that leads back to a page before would never end.
    if (seen.has(after)) return { items, complete: false };
    seen.add(after);
  }
  return { items, complete: false };
}
