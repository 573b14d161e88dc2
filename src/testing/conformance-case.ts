/** One thing that is asked of a port: `run` rejects with a plain Error that says what was otherwise. */
export type ConformanceCase = { readonly name: string; run(): Promise<void> };
