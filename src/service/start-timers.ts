import { record } from "../core/define/shape.js";
import type { Clock } from "../ports/clock.js";
import { acceptOptions, wait } from "./accept-options.js";
import type { AccessService } from "./access-service.js";
import { pause } from "./guard/within-time.js";

/** How often `startTimers` looks, and how much it does at a time. */
export type TimerOptions = {
  readonly clock: Clock;
  /** How long it rests at most, in milliseconds: what other processes left behind falls due without notice. Absent: 1,000. */
  readonly restMs?: number | undefined;
  /** As for `tick`. Absent: 100, and 10,000 ms. */
  readonly limit?: number | undefined;
  readonly budgetMs?: number | undefined;
  /** Told of a `tick` that failed; the next one comes after a rest. Absent: nobody is. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

const timesShape = record("options", { restMs: wait, limit: wait, budgetMs: wait });

/** Timers under way. */
export type Timers = {
  /** Looks at once: something may be due. */
  poke(): void;
  /** Ends them; resolves when the work that is under way is done. */
  stop(): Promise<void>;
};

/**
 * Calls `tick` again and again in this process: at once while there is more to do, and else when the next thing is due,
 * after a rest at most. What is due follows from what is stored, so that nothing is lost with the process.
 *
 * A `tick` that fails ends nothing, nor does an `onError` that fails. Throws `AccessFlowError` (`facts_invalid`) where
 * `restMs`, `limit` or `budgetMs` is no whole number from 1 to 2,147,483,647, or an option is not known.
 */
export function startTimers(service: Pick<AccessService, "tick">, options: TimerOptions): Timers {
  const { clock, onError = () => {}, ...times } = options;
  const { restMs = 1_000, limit = 100, budgetMs = 10_000 } = acceptOptions(timesShape, times, ["restMs", "limit", "budgetMs"]);
  let stopped = false;
  let poked = false;
  let wakeUp = (): void => {};

  const restOf = async (): Promise<number> => {
    const { more, nextAt } = await service.tick({ limit, budgetMs });
    if (more) return 0;
    return nextAt === null ? restMs : Math.min(restMs, Math.max(nextAt - (await clock.now()), 0));
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      poked = false;
      const rest = await restOf().catch((error: unknown) => {
        report(onError, error);
        return restMs;
      });
      if (stopped || poked) continue;
      const { over, waker } = pause(rest);
      wakeUp = waker;
      await over;
    }
  };
  const running = run();
  const poke = (): void => {
    poked = true;
    wakeUp();
  };
  return Object.freeze<Timers>({
    poke,
    stop: () => {
      stopped = true;
      poke();
      return running;
    },
  });
}

/** Who listens may fail as well: the timers outlive that. */
function report(onError: (error: unknown) => void, error: unknown): void {
  try {
    onError(error);
  } catch {
    // There is nobody left to tell.
  }
}
