import type { ConformanceCase } from "./conformance-case.js";
import { commandCases } from "./store/command-cases.js";
import { commitCases } from "./store/commit-cases.js";
import { concurrencyCases } from "./store/concurrency-cases.js";
import { effectCases } from "./store/effect-cases.js";
import { readingCases } from "./store/reading-cases.js";
import { restartCases } from "./store/restart-cases.js";
import type { StoreUnderTest } from "./store/store-under-test.js";
import { textCases } from "./store/text-cases.js";

/**
 * All that the service relies on in a request store, case by case: run each in a test of its own. Every case asks
 * `make` for an empty store and closes it afterwards. `restart` opens its data once more; a store that keeps nothing
 * beyond its process says `keepsData: false` instead, and is not asked for it.
 *
 * Covered: compare-and-set, all-or-nothing, reading one's own writes, command keys, lanes, leases, retries with
 * handles, lists and pages, what is held and due, events without gaps, many writers at once, restart, and texts
 * that stores are known to confuse or to change. Texts with NUL or lone surrogates may be refused.
 *
 * @example
 * const cases = storeConformance(async () => ({ store: memoryStore(), close: async () => {} }), { keepsData: false });
 * for (const { run } of cases) await run();
 * cases.length > 30;
 * // => true
 */
export function storeConformance(
  make: () => Promise<StoreUnderTest>,
  { keepsData = true }: { readonly keepsData?: boolean | undefined } = {},
): readonly ConformanceCase[] {
  const families = [commitCases, commandCases, effectCases, readingCases, concurrencyCases, textCases];
  return [...families, ...(keepsData ? [restartCases] : [])].flatMap((cases) => cases(make));
}
