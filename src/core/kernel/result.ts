/** An answer that may be a refusal: test `ok`, then read `value` or `error`. Plain frozen data, no class. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return Object.freeze({ ok: true, value });
}

export function failure<E>(error: E): { readonly ok: false; readonly error: E } {
  return Object.freeze({ ok: false, error });
}
