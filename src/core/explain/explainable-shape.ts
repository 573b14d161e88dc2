import { anyText, codeShape, number, pathShape, reasonShape, ruleShape } from "../define/reason-shape.js";
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
  union,
  word,
} from "../define/shape.js";

/*
 * What `explain` can be given, apart from approval states, which have a door of their own: values come out of
 * stores, and whoever kept them may have changed them.
 */

const reasons = required(anyList(reasonShape));
const rule = required(ruleShape);
const path = required(pathShape);
const outcome = required(word(["holds", "fails", "unknown"]));
const texts: Shape = anyList(anyText);
const voters = required(texts);

const stepShape: Shape = union("kind", {
  check: record("checkStep", { kind: required(word(["check"])), rule, check: required(anyText), outcome, path }),
  condition: record("conditionStep", {
    kind: required(word(["condition"])),
    rule,
    subject: required(word(["requestor", "grantee", "voter", "resource"])),
    path,
    outcome,
    seen: required(texts),
    seenCount: required(number),
    matched: required(choice(texts, nothing)),
    cause: required(choice(codeShape, nothing)),
  }),
  combine: record("combineStep", {
    kind: required(word(["combine"])),
    rule,
    path,
    combinator: required(word(["and", "or", "anyOf", "allOf"])),
    outcome,
  }),
});

const trace = required(
  record("trace", {
    format: required(word(["trace/v1"])),
    flow: required(anyText),
    at: required(number),
    steps: required(anyList(stepShape)),
  }),
);

const decisionShape: RecordShape = record("requestorDecision", {
  kind: required(word(["requestorDecision"])),
  outcome: required(word(["eligible", "ineligible"])),
  reasons,
  notices: reasons,
  trace,
});

const targetsShape: RecordShape = record("resolvedTargets", {
  kind: required(word(["resolvedTargets"])),
  size: required(number),
  reasons,
  grants: required(
    anyList(
      record("grantRow", {
        integration: required(anyText),
        resourceType: required(anyText),
        permission: required(anyText),
        resources: required(texts),
        targets: required(anyList(number)),
      }),
    ),
  ),
});

const planShape: RecordShape = record("approvalPlan", {
  kind: required(word(["approvalPlan"])),
  approval: required(word(["automatic", "approvalOf"])),
  decidable: required(flag),
  decidableFrom: required(choice(number, nothing)),
  selfOnly: required(flag),
  groups: required(
    anyList(
      record("planGroup", {
        group: required(number),
        required: required(number),
        voters,
        owners: required(anyList(record("planOwner", { owner: required(anyText), voters }))),
      }),
    ),
  ),
  tiers: required(anyList(record("planTier", { tier: required(number), opensAt: required(number), voters }))),
  excluded: required(anyList(record("excluded", { id: required(anyText), reason: required(reasonShape) }))),
  reasons,
  notices: reasons,
});

const windowShape: RecordShape = record("grantWindow", { start: required(number), end: required(choice(number, nothing)) });

const requestDecision = { kind: required(word(["requestDecision"])), notices: reasons, trace };

/** What a decision on a request holds depends on its outcome. */
export const requestDecisionShape: Shape = union("outcome", {
  acceptable: record("acceptableRequest", {
    ...requestDecision,
    outcome: required(word(["acceptable"])),
    next: required(word(["awaitingMfa", "awaitingApproval", "scheduled"])),
    needs: required(anyList(word(["mfa", "approval"]))),
    window: required(windowShape),
    approval: required(choice(planShape, nothing)),
  }),
  refused: record("refusedRequest", {
    ...requestDecision,
    outcome: required(word(["refused"])),
    reasons: required(filledList(reasonShape)),
  }),
});

const refusalShape: RecordShape = record("refusal", { reasons: required(filledList(reasonShape)) });

export const explainableShape: Shape = choice(
  union("kind", { requestorDecision: decisionShape, resolvedTargets: targetsShape, approvalPlan: planShape }, refusalShape),
  filledList(reasonShape),
);
