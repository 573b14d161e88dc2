/** Raised by our own statements: the database's clock says that it is too late to begin. */
export const deadlinePassed = "AFD01";

/** Why a statement failed, in words without secrets: no text of the server or of the client is repeated. */
export type SqlFailure = { readonly retryable: boolean; readonly reason: string };

/** `tuple concurrently updated` is XX000; two grants at once may also meet in a unique index of the catalogue. */
const passing: readonly string[] = ["XX000", "40001", "40P01", "23505"];

/** The SQLSTATE of an error, null where the server did not answer. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** Whether another statement came in between, so that the very same one may succeed now. */
export function isPassing(error: unknown): boolean {
  return passing.includes(sqlStateOf(error) ?? "");
}

export function failureOf(error: unknown): SqlFailure {
  const state = sqlStateOf(error);
  if (state === null) return { retryable: true, reason: "the database did not answer" };
  if (state === deadlinePassed) return { retryable: true, reason: "the deadline has passed" };
  if (state === "42501") return { retryable: false, reason: "the connection's role may not do this (42501)" };
  if (state === "42P01" || state === "3F000")
    return { retryable: false, reason: `the table of grants is missing: call migrate() once (${state})` };
  return { retryable: !isLasting(state), reason: `the database refused (${state})` };
}

/** Classes of faults that the same statement meets again: in grants, in data, in rights and names. */
function isLasting(state: string): boolean {
  return ["0A", "0L", "22", "28", "2B", "3D", "42"].includes(state.slice(0, 2));
}
