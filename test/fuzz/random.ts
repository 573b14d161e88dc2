/** Numbers by chance that a seed decides: the same ones on every machine. */
export type Random = {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  /** True once in so many times. */
  readonly oneIn: (times: number) => boolean;
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
};

/** sfc32, seeded from one number. */
export function randomOf(seed: number): Random {
  let [a, b, c, count] = [seed | 0, 0x9e3779b9, 0x243f6a88, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i += 1) next();
  const below = (limit: number): number => next() % limit;
  return { below, oneIn: (times) => below(times) === 0, pick: (values) => values[below(values.length)] ?? values[0] };
}
