import type { ApprovalState } from "../approval-state.js";
import type { RecordedApprovalEvent } from "../recorded-event.js";

/** Bytes of JSON in UTF-8 that a state may come to: key-value stores limit an item. */
export const stateLimit = 256_000;

/** A request holds no more votes than this (D4). */
export const voteLimit = 1_000;

/** How long a value is as JSON text, in bytes of UTF-8. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Both halves of a surrogate pair make four bytes together; JSON text escapes lone ones.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/**
 * At most so many bytes an event adds, so that a state is not written out at every vote to be measured:
 * what it brings, twice the room for the digits of numbers, and separators.
 */
export function bytesAdded(event: RecordedApprovalEvent): number {
  return jsonBytes(event.concluded) + 64;
}

export function isTooLarge(state: ApprovalState, atMost: number): boolean {
  return atMost > stateLimit && jsonBytes(state) > stateLimit;
}
