/**
 * Many short lists of numbers in two typed arrays: list `n` is `items` from `starts[n]` to `starts[n + 1]`. An
 * array of its own for every list would cost several times the numbers in it.
 */
export type Lists = { readonly starts: Int32Array; readonly items: Int32Array };

/** The lists of which `entries` are pairs: number of the list, item; each list in the order of its entries. */
export function makeLists(count: number, entries: readonly number[]): Lists {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < entries.length; i += 2) starts[(entries[i] ?? 0) + 1] = (starts[(entries[i] ?? 0) + 1] ?? 0) + 1;
  for (let list = 0; list < count; list += 1) starts[list + 1] = (starts[list + 1] ?? 0) + (starts[list] ?? 0);
  const next = starts.slice();
  const items = new Int32Array(entries.length / 2);
  for (let i = 0; i < entries.length; i += 2) {
    const list = entries[i] ?? 0;
    const place = next[list] ?? 0;
    items[place] = entries[i + 1] ?? 0;
    next[list] = place + 1;
  }
  return { starts, items };
}
