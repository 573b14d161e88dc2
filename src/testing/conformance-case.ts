/** One thing that is asked of a port: `run` rejects with a plain Error that says what was otherwise. */
export type ConformanceCase = {
  readonly name: string;
  /** Makes a subject of its own, tries it, and clears away: cases may run in any order. */
  run(): Promise<void>;
};
