import type { Page } from "../ports/page.js";
import { check } from "./check.js";

/** More pages than any kit asks for: a list that goes on longer has no end. */
const mostPages = 10_000;

/** Follows a list to its end. A cursor that comes back would lead round in circles. */
export async function allPages<T>(list: (after: string | null) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Page<T> = await list(after);
    items.push(...page.items);
    if (page.next === null) return items;
    check(typeof page.next === "string" && !seen.has(page.next), `the cursor ${JSON.stringify(page.next)} leads to no further page`);
    seen.add(page.next);
    after = page.next;
  }
  throw new Error(`the list has not ended after ${mostPages} pages`);
}
