import { accessFlowError } from "../kernel/access-flow-error.js";
import { type Instant, type InstantInput, requireInstant } from "./instant.js";

/** When a grant holds: from `start` on, before `end`. Null: until it is revoked (W2). */
export type GrantWindow = { readonly start: Instant; readonly end: Instant | null };

/**
 * Whether a grant is in force at that instant: half-open, so its start is inside and its end is not (W5).
 *
 * Throws `AccessFlowError`: `instant_invalid` for a bad instant (S8), `facts_invalid` for a value that is no
 * window. It never answers for either.
 *
 * @example
 * const window = { start: Date.UTC(2026, 2, 2, 9), end: Date.UTC(2026, 2, 2, 10) };
 * isInForce(window, "2026-03-02T09:00:00Z");
 * // => true
 * isInForce(window, "2026-03-02T10:00:00Z");
 * // => false
 */
export function isInForce(window: GrantWindow, at: InstantInput): boolean {
  const instant = requireInstant(at, "at");
  if (!isWindow(window)) throw accessFlowError("facts_invalid", "window is no grant window: it needs `start`, and `end` or null");
  return window.start <= instant && (window.end === null || instant < window.end);
}

/** Types promise a window, but a host without types may pass anything. */
function isWindow(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { start, end } = value as Partial<GrantWindow>;
  return Number.isFinite(start) && (end === null || Number.isFinite(end));
}
