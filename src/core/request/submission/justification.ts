import { type Reason, reason } from "../../kernel/reason.js";
import { codePoints } from "../../kernel/text.js";

/** Justifications hold no more characters than this, after trimming (L1). */
export const justificationLimit = 1_000;

/** A character that can be read: no white space, and no sign that only controls or formats. */
const readable = /[^\s\p{Cc}\p{Cf}]/u;

/** A justification as it is kept: trimmed, null where there is none. A blank one is none. */
export function keptJustification(written: string | null): string | null {
  return written !== null && readable.test(written) ? written.trim() : null;
}

/** One that is needed and not there, or too long: it is refused, never cut (L1). */
export function justificationReasons(kept: string | null, isRequired: boolean): readonly Reason[] {
  if (kept === null) return isRequired ? [reason("justification_missing", "L1", ["settings", "requireJustification"])] : [];
  // A huge text is not counted through.
  const isLong = kept.length > justificationLimit && (kept.length > 2 * justificationLimit || codePoints(kept) > justificationLimit);
  return isLong ? [reason("justification_too_long", "L1", [], { limit: justificationLimit })] : [];
}
