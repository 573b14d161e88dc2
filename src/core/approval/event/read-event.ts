import { identityFaults, inputFaults } from "../../define/check-facts.js";
import type { Identity } from "../../facts/identity.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { hasLoneSurrogate } from "../../kernel/text.js";
import { type Instant, toInstant } from "../../time/instant.js";
import type { Actor } from "../actor.js";
import type { Ballot } from "./ballot.js";
import { plainVote } from "./plain-vote.js";

export type ReadEvent =
  | Ballot
  | { readonly type: "withdraw"; readonly by: Actor; readonly at: Instant }
  | { readonly type: "timeReached"; readonly at: Instant };

/** Reads an event that may be anything, and says everything that is wrong with it. Only its own keys are looked at. */
export function readEvent(event: unknown): Result<ReadEvent, NonEmptyArray<Reason>> {
  const ballot = plainVote(event);
  if (ballot !== null) return success(ballot);
  const type = kindOf(event) === "record" ? valueAt(event as object, "type") : undefined;
  // `type` is there, so the event is a record.
  if (type === "vote") return readVote(event as object);
  if (type === "withdraw") return readWithdrawal(event as object);
  if (type === "timeReached") return readTime(event as object);
  return failure([reason("event_unknown", "L7", [])]);
}

function readVote(event: object): Result<ReadEvent, NonEmptyArray<Reason>> {
  const [voter, decision, text, requestor, grantee] = ["voter", "decision", "reason", "requestor", "grantee"].map((key) =>
    valueAt(event, key),
  );
  const at = toInstant(valueAt(event, "at"));
  const faults = [
    ...inputFaults(event, ["type", "voter", "decision", "reason", "requestor", "grantee", "at"], "event"),
    ...identityFaults("voter", voter),
    ...(decision === "approve" || decision === "reject" ? [] : [invalid("event", "decision")]),
    // Half a character is no text that every store could keep.
    ...(text === undefined || (typeof text === "string" && !hasLoneSurrogate(text)) ? [] : [invalid("event", "reason")]),
    ...(requestor === undefined ? [] : identityFaults("requestor", requestor)),
    ...(grantee === undefined ? [] : identityFaults("grantee", grantee)),
    ...instantFaults(at),
  ];
  if (isNonEmpty(faults)) return failure(faults);
  // Without faults these are what was looked for.
  return success({
    type: "vote",
    voter: voter as Identity,
    decision: decision as Ballot["decision"],
    reason: (text as string | undefined) ?? null,
    requestor: (requestor as Identity | undefined) ?? null,
    grantee: (grantee as Identity | undefined) ?? null,
    at: at ?? 0,
  });
}

function readWithdrawal(event: object): Result<ReadEvent, NonEmptyArray<Reason>> {
  const at = toInstant(valueAt(event, "at"));
  const by = valueAt(event, "by");
  const faults = [...inputFaults(event, ["type", "by", "at"], "event"), ...actorFaults(by), ...instantFaults(at)];
  if (isNonEmpty(faults)) return failure(faults);
  return success({ type: "withdraw", by: readActor(by), at: at ?? 0 });
}

/** The actor that a value without faults is; what it inherits does not make an administrator. */
export function readActor(by: unknown): Actor {
  const actor = by as Actor;
  return { id: actor.id, administrator: Object.hasOwn(actor, "administrator") && actor.administrator === true };
}

function readTime(event: object): Result<ReadEvent, NonEmptyArray<Reason>> {
  const at = toInstant(valueAt(event, "at"));
  const faults = [...inputFaults(event, ["type", "at"], "event"), ...instantFaults(at)];
  return isNonEmpty(faults) ? failure(faults) : success({ type: "timeReached", at: at ?? 0 });
}

/** What is wrong with the actor of an event. */
export function actorFaults(actor: unknown): readonly Reason[] {
  const faults = inputFaults(actor, ["id", "administrator"], "by");
  if (kindOf(actor) !== "record") return faults;
  const id = valueAt(actor as object, "id");
  const administrator = valueAt(actor as object, "administrator");
  return [
    ...faults,
    ...(typeof id === "string" && id !== "" ? [] : [invalid("by", "id")]),
    ...(administrator === undefined || typeof administrator === "boolean" ? [] : [invalid("by", "administrator")]),
  ];
}

/** What is wrong with the time of an event; null: it is no instant. */
export function instantFaults(at: Instant | null): readonly Reason[] {
  return at === null ? [reason("instant_invalid", "S8", [], { argument: "at" })] : [];
}

function invalid(argument: string, key: string): Reason {
  return reason("facts_invalid", "C4", [], { argument, at: [key] });
}
