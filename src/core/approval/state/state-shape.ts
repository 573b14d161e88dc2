import { approvalShape } from "../../define/flow-shape.js";
import {
  anyList,
  choice,
  filledList,
  flag,
  nothing,
  optional,
  type RecordShape,
  record,
  required,
  text,
  whole,
  word,
} from "../../define/shape.js";
import { operators } from "../../flow/condition.js";
import { voteLimit } from "./state-size.js";

/*
 * The grammar of a stored approval state: what each place holds, and the order of the keys. What places mean
 * together stands in `state-consistency.ts`.
 */

const instant = whole(0);
const count = whole(0);

export const personShape: RecordShape = record("person", {
  id: required(text("notEmpty")),
  keys: required(filledList(text("any"))),
  emailsKnown: required(flag),
  accountsKnown: required(flag),
  managerKnown: required(flag),
  manager: required(choice(text("any"), nothing)),
});

/** Unlike a definition's condition: its value is a tag, and tags may say anything but nothing. */
const ownerShape: RecordShape = record("ownerCondition", {
  attribute: required(text("filled")),
  operator: required(word(operators)),
  values: required(filledList(text("notEmpty"))),
  source: optional(text("any")),
  match: optional(word(["name"])),
});

export const ownerClassShape: RecordShape = record("ownerClass", {
  owner: required(choice(ownerShape, nothing)),
  unknown: required(flag),
  resources: required(whole(1)),
});

const countShape: RecordShape = record("voteCount", {
  group: required(count),
  tier: required(choice(whole(1), nothing)),
  owners: required(choice(word(["all"]), filledList(count))),
});

export const voteShape: RecordShape = record("voteRecord", {
  voter: required(text("notEmpty")),
  keys: required(filledList(text("any"))),
  decision: required(word(["approve", "reject"])),
  reason: required(choice(text("filled"), nothing)),
  at: required(instant),
  counts: required(filledList(countShape)),
});

export const approvalStateShape: RecordShape = record("approvalState", {
  kind: required(word(["approvalState"])),
  format: required(word(["approvalState/v1"])),
  status: required(word(["pending", "approved", "rejected", "withdrawn", "expired"])),
  revision: required(count),
  flow: required(record("flowReference", { id: required(text("id")), name: required(text("name")) })),
  rules: required(
    record("rules", {
      approval: required(approvalShape),
      requestorCannotApproveSelf: required(flag),
      requireApproverReason: required(flag),
    }),
  ),
  openedAt: required(instant),
  lastAt: required(instant),
  decidedAt: required(choice(instant, nothing)),
  requestor: required(personShape),
  grantee: required(choice(personShape, nothing)),
  owners: required(anyList(ownerClassShape)),
  tiersAsked: required(count),
  votes: required(anyList(voteShape, { max: voteLimit })),
});
