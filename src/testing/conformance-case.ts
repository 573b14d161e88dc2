/** One case of a conformance kit: `run` is rejected, with what was seen, where the contract is broken. Needs no test runner. */
export type ConformanceCase = { readonly name: string; run(): Promise<void> };
