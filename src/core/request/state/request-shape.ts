import { approvalStateShape, ownerClassShape, personShape } from "../../approval/state/state-shape.js";
import { entitlementShape } from "../../define/fact-shape.js";
import { accessFlowShape, durationShape } from "../../define/flow-shape.js";
import { reasonShape } from "../../define/reason-shape.js";
import {
  anyList,
  choice,
  filledList,
  flag,
  nothing,
  type RecordShape,
  record,
  required,
  type Shape,
  text,
  whole,
  word,
} from "../../define/shape.js";
import { requestStatuses } from "../request-status.js";

/*
 * The grammar of a stored request: what each place holds, and the order of the keys. What places mean together
 * stands in `request-consistency.ts`.
 */

const instant = whole(0);
const count = whole(0);
const atMost = 1_000;

function orNull(shape: Shape): Shape {
  return choice(shape, nothing);
}

const submittedShape: RecordShape = record("submittedRequest", {
  id: required(text("notEmpty")),
  flow: required(accessFlowShape),
  requestor: required(personShape),
  grantee: required(orNull(personShape)),
  owners: required(anyList(ownerClassShape)),
  entitlements: required(filledList(entitlementShape, { max: atMost })),
  requestedDuration: required(orNull(durationShape)),
  startAt: required(orNull(instant)),
  justification: required(orNull(text("filled"))),
  submittedAt: required(instant),
});

const grantShape: RecordShape = record("requestGrant", {
  window: required(record("grantWindow", { start: required(instant), end: required(orNull(instant)) })),
  generation: required(whole(1)),
  attempts: required(count),
  extensions: required(count),
  activatedAt: required(orNull(instant)),
});

const reportShape: RecordShape = record("entitlementReport", {
  entitlement: required(count),
  access: required(word(["held", "heldBefore", "notHeld", "unknown"])),
  sessionsMayPersist: required(flag),
});

export const requestStateShape: RecordShape = record("requestState", {
  kind: required(word(["requestState"])),
  format: required(word(["requestState/v1"])),
  status: required(word(requestStatuses)),
  revision: required(whole(1)),
  request: required(submittedShape),
  lastAt: required(instant),
  wakeAt: required(orNull(instant)),
  mfa: required(orNull(record("mfaEvidence", { id: required(text("notEmpty")), at: required(instant) }))),
  approval: required(orNull(approvalStateShape)),
  activateBy: required(orNull(instant)),
  awaitingFacts: required(flag),
  pauses: required(count),
  grant: required(orNull(grantShape)),
  cause: required(orNull(word(["ended", "revoked", "granteeInactive", "activationFailed"]))),
  entitlementReports: required(anyList(reportShape, { max: atMost })),
  reasons: required(anyList(reasonShape)),
});
