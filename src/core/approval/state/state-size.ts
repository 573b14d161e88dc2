import type { ApprovalState, PersonRecord, VoteCount, VoteRecord } from "../approval-state.js";

/** Bytes of JSON in UTF-8 that a state may come to: key-value stores limit an item. */
export const stateLimit = 256_000;

/** A request holds no more votes than this (D4). */
export const voteLimit = 1_000;

/** How long a JSON value of this library is as JSON text, in bytes of UTF-8. No text is made to be measured. */
export function jsonBytes(value: unknown): number {
  switch (typeof value) {
    case "string":
      return textBytes(value);
    case "number":
      return Number.isSafeInteger(value) && value >= 0 ? numberBytes(value) : writtenBytes(value);
    case "boolean":
      return value ? 4 : 5;
    case "object":
      return value === null ? 4 : Array.isArray(value) ? listBytes(value) : recordBytes(value);
    default:
      // In a list JSON writes null for what it has no word for.
      return 4;
  }
}

function listBytes(list: readonly unknown[]): number {
  let bytes = 2 + Math.max(0, list.length - 1);
  for (let i = 0; i < list.length; i += 1) bytes += jsonBytes(list[i]);
  return bytes;
}

/** Without the keys of which JSON says nothing. */
function recordBytes(record: object): number {
  let bytes = 1;
  for (const key of Object.keys(record)) {
    const member: unknown = (record as { readonly [key: string]: unknown })[key];
    // Its colon, and the comma or the brace behind it.
    if (member !== undefined) bytes += textBytes(key) + 2 + jsonBytes(member);
  }
  return bytes === 1 ? 2 : bytes;
}

/**
 * The same for the state after an event, from the size of the one before: only what an event can change is measured,
 * so that a state is not written out at every vote.
 */
export function bytesAfter(bytes: number, before: ApprovalState, next: ApprovalState): number {
  const vote = next.votes.length > before.votes.length ? next.votes[next.votes.length - 1] : undefined;
  return (
    bytes +
    (next.status.length - before.status.length) +
    (numberBytes(next.revision) - numberBytes(before.revision)) +
    (next.lastAt === before.lastAt ? 0 : numberBytes(next.lastAt) - numberBytes(before.lastAt)) +
    (numberBytes(next.decidedAt) - numberBytes(before.decidedAt)) +
    (numberBytes(next.tiersAsked) - numberBytes(before.tiersAsked)) +
    personBytesMore(before.requestor, next.requestor) +
    personBytesMore(before.grantee, next.grantee) +
    (vote === undefined ? 0 : voteBytes(vote) + (before.votes.length === 0 ? 0 : 1))
  );
}

function personBytesMore(before: PersonRecord | null, next: PersonRecord | null): number {
  return before === next ? 0 : jsonBytes(next) - jsonBytes(before);
}

/** `{"voter":,"keys":[],"decision":"","reason":,"at":,"counts":[]}` */
const voteFrame = 62;

function voteBytes({ voter, keys, decision, reason, at, counts }: VoteRecord): number {
  let bytes = voteFrame + textBytes(voter) + decision.length + (reason === null ? 4 : textBytes(reason)) + numberBytes(at);
  bytes += keys.length - 1 + (counts.length - 1);
  for (let i = 0; i < keys.length; i += 1) bytes += textBytes(keys[i] ?? "");
  for (let i = 0; i < counts.length; i += 1) bytes += countBytes(counts[i]);
  return bytes;
}

/** `{"group":,"tier":,"owners":}` */
const countFrame = 28;

function countBytes(count: VoteCount | undefined): number {
  if (count === undefined) return 0;
  const { group, tier, owners } = count;
  let bytes = countFrame + numberBytes(group) + numberBytes(tier);
  if (owners === "all") return bytes + 5;
  bytes += 2 + (owners.length - 1);
  for (let i = 0; i < owners.length; i += 1) bytes += numberBytes(owners[i] ?? 0);
  return bytes;
}

/** A text with its quotation marks. What JSON may write in another way is left to it. */
function textBytes(text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return writtenBytes(text);
  }
  return text.length + 2;
}

function writtenBytes(value: string | number): number {
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

/** The digits of a number of a state, which is whole and not negative; `null` has four letters. */
function numberBytes(number: number | null): number {
  if (number === null) return 4;
  let digits = 1;
  for (let power = 10; number >= power; power *= 10) digits += 1;
  return digits;
}
