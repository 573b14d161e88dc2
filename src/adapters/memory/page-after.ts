import { compareText } from "../../core/kernel/text.js";
import type { Page } from "../../ports/page.js";

/** How many entries a page of the memory adapters holds unless it is said otherwise. */
export const usualPageSize = 100;

/**
 * The entries whose key comes after `after`, by code unit, at most `size` of them. A cursor is the last key of a
 * page, not a position: what is added or removed between two pages neither repeats nor hides what stays.
 */
export function pageAfter<T>(entries: ReadonlyMap<string, T>, after: string | null, size: number): Page<T> {
  const later = [...entries].filter(([key]) => after === null || compareText(key, after) > 0).sort(([a], [b]) => compareText(a, b));
  const shown = later.slice(0, size);
  const last = shown.at(-1);
  return Object.freeze({
    items: Object.freeze(shown.map(([, entry]) => entry)),
    next: last === undefined || shown.length === later.length ? null : last[0],
  });
}
