import { reasonSentences } from "../../src/core/explain/reason-sentences.js";

/* What every answer of the library has to be, whatever it was asked. */

type Result = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

const codes = new Set(Object.keys(reasonSentences));

/** What is wrong with a Result whose error is a list of issues; null: nothing. */
export function resultFault(result: Result): string | null {
  if (typeof result !== "object" || result === null) return `no Result: ${String(result)}`;
  if (result.ok === true) return "value" in result && result.value !== undefined ? null : "accepted, with nothing";
  if (result.ok !== false) return `no Result: ok is ${String((result as { ok: unknown }).ok)}`;
  const { error } = result;
  if (!Array.isArray(error) || error.length === 0) return "refused, without an issue";
  const bad = (error as readonly Partial<{ code: unknown; path: unknown; message: unknown }>[]).find(
    ({ code, path, message }) => typeof code !== "string" || !Array.isArray(path) || typeof message !== "string" || message === "",
  );
  return bad === undefined ? null : `no issue: ${JSON.stringify(bad)}`;
}

/** What is wrong with a refusal; null: it has reasons of the closed list. */
export function refusalFault(refusal: unknown): string | null {
  const { reasons } = (typeof refusal === "object" && refusal !== null ? refusal : {}) as { reasons?: unknown };
  if (!Array.isArray(reasons) || reasons.length === 0) return "refused, without a reason";
  const bad = (reasons as readonly { readonly code?: unknown }[]).find(({ code }) => !codes.has(String(code)));
  return bad === undefined ? null : `no reason: ${JSON.stringify(bad)}`;
}

/** Whether nothing of an answer can be changed. */
export function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}
