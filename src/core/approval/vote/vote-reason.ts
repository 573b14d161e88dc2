import { type Reason, reason } from "../../kernel/reason.js";
import { codePoints } from "../../kernel/text.js";

/** Characters in an approver's reason, after trimming (A9). */
const reasonLimit = 124;

/** A character that can be read: no white space, and no sign that only controls or formats. */
const readable = /[^\s\p{Cc}\p{Cf}]/u;

/** An approver's reason as it is kept: trimmed, null where there is none. A blank one is none (A9). */
export function keptReason(written: string | null): string | null {
  return written !== null && readable.test(written) ? written.trim() : null;
}

const none: readonly Reason[] = Object.freeze([]);

/** A reason that is needed and not there, or too long: it is refused, never cut (A9). */
export function reasonFaults(kept: string | null, isRequired: boolean): readonly Reason[] {
  if (kept === null && !isRequired) return none;
  if (kept === null) return [reason("approver_reason_missing", "A9", ["settings", "requireApproverReason"])];
  // Half as many code units cannot be too many characters; a huge text is not counted through.
  const isLong = kept.length > reasonLimit && (kept.length > 2 * reasonLimit || codePoints(kept) > reasonLimit);
  return isLong ? [reason("approver_reason_too_long", "A9", [], { limit: reasonLimit })] : none;
}
