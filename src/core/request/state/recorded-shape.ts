import { approvalStateShape, personShape, voteShape } from "../../approval/state/state-shape.js";
import { choice, nothing, optional, type RecordShape, record, required, text, union, whole, word } from "../../define/shape.js";
import { requestStateShape } from "./request-shape.js";

/*
 * The grammar of a recorded event: what `replay` folds may come from a log that somebody has edited.
 */

const status = required(word(["pending", "approved", "rejected", "withdrawn", "expired"]));
const personOrNothing = required(choice(personShape, nothing));

const concludedOf: { readonly [type: string]: RecordShape } = {
  vote: record("concludedVote", { status, vote: required(voteShape), requestor: personOrNothing, grantee: personOrNothing }),
  withdraw: record("concludedWithdrawal", { status }),
  timeReached: record("concludedTime", { status, tiersAsked: required(whole(0)) }),
};

/** Records told apart by their type, each with its own conclusion. */
function approvalEvent(type: string, concluded: RecordShape): RecordShape {
  return record("recordedApprovalEvent", {
    revision: required(whole(1)),
    at: required(whole(0)),
    by: required(choice(text("notEmpty"), nothing)),
    type: required(word([type])),
    concluded: required(concluded),
  });
}

const approvalEvents = Object.fromEntries(Object.entries(concludedOf).map(([type, concluded]) => [type, approvalEvent(type, concluded)]));

/** Of the fields of a state those that events change, each of which a conclusion may leave out. */
const changeable = Object.entries(requestStateShape.keys).filter(
  ([key]) => !["kind", "format", "revision", "lastAt", "approval"].includes(key),
);

const eventTypes = [
  ...["submitted", "completeMfa", "vote", "withdraw", "revoke", "extend", "factsRead", "activated", "activationFailed"],
  ...["deactivated", "deactivationFailed", "timeReached"],
];

export const recordedRequestEventShape: RecordShape = record("recordedRequestEvent", {
  // Stores keep the events of all requests together, each with the id of its own (`StoredEvent`).
  request: optional(text("notEmpty")),
  revision: required(whole(1)),
  at: required(whole(0)),
  by: required(choice(text("notEmpty"), nothing)),
  type: required(word(eventTypes)),
  concluded: required(
    record("concludedRequest", {
      ...Object.fromEntries(changeable.flatMap(([key, field]) => ("shape" in field ? [[key, optional(field.shape)]] : []))),
      approvalOpened: optional(approvalStateShape),
      approvalEvent: optional(union("type", approvalEvents)),
    }),
  ),
});
