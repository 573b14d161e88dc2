/**
 * How much may be tried before a search gives up: ways to vote that are looked at. Counted, not timed, so that
 * the same question has the same answer everywhere.
 */
export const stepLimit = 100_000;

/** What is left to spend on a search. */
export type Steps = { left: number };

/** Takes steps away; false, from then on for good, where there were too few. */
export function spend(steps: Steps, amount: number): boolean {
  steps.left -= amount;
  return steps.left >= 0;
}
