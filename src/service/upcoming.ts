import type { Instant } from "../core/time/instant.js";

/** Enough to know the next one; what is forgotten is found by looking again. */
const mostKnown = 10_000;

/** When effects that this process has put off fall due. A hint for timers, nothing that is relied on. */
export type Upcoming = {
  note(at: Instant): void;
  /** The first after an instant; null: none is known. */
  next(now: Instant): Instant | null;
};

export function createUpcoming(): Upcoming {
  let known = new Set<Instant>();
  return {
    note(at) {
      if (known.size < mostKnown) known.add(at);
    },
    next(now) {
      known = new Set([...known].filter((at) => at > now));
      let first: Instant | null = null;
      for (const at of known) if (first === null || at < first) first = at;
      return first;
    },
  };
}
