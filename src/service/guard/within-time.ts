/* The timers that every runtime has: browsers, node, edge runtimes. */
declare const setTimeout: (run: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;

/** What came of asking a port: its answer, or that it failed or did not answer in time. Never rejects. */
export type Asked<T> = { readonly answered: true; readonly value: T } | { readonly answered: false };

const noAnswer: Asked<never> = Object.freeze({ answered: false });

/**
 * Asks a port, and waits so many milliseconds at most. What it answers afterwards is not heard, and a port that
 * fails before it has made a promise counts like one that rejects.
 */
export function withinTime<T>(ms: number, ask: () => T | Promise<T>): Promise<Asked<T>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(noAnswer), ms);
    const settle = (asked: Asked<T>): void => {
      clearTimeout(timer);
      resolve(asked);
    };
    Promise.resolve()
      .then(ask)
      .then(
        (value) => settle({ answered: true, value }),
        () => settle(noAnswer),
      );
  });
}

/** Resolves after so many milliseconds, or as soon as `waker` is called. */
export function pause(ms: number): { readonly over: Promise<void>; readonly waker: () => void } {
  let waker = (): void => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    waker = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, waker };
}
