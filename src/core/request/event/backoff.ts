const firstPauseMs = 30_000;
const longestPauseMs = 900_000;

/** How long to wait after a failure or an unknown answer: 30 seconds, doubling with each before it, at most 15 minutes. */
export function backoffMs(before: number): number {
  return Math.min(firstPauseMs * 2 ** before, longestPauseMs);
}
