import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { Conditions } from "../flow/condition.js";
import type { Path } from "../kernel/path.js";
import type { Reason } from "../kernel/reason.js";
import type { Subject } from "../kernel/subject.js";
import type { TraceStep } from "../kernel/trace.js";
import { both, either, type Truth } from "../kernel/truth.js";
import { judgePlaced } from "./judge-condition.js";
import type { Judgement } from "./judgement.js";
import { type PlacedConditions, placeConditions } from "./placed-condition.js";
import { readyConditions } from "./ready-condition.js";

/**
 * Whether an identity meets conditions together (C1), and why: every condition is judged, whatever the others
 * say, and the combination follows its members. Where the whole holds there are no reasons, though an
 * alternative under `or` may fail; where it does not, there is one for every condition that does not hold.
 */
export function judgeConditions(together: Conditions, identity: Identity, subject: Subject, path: Path): Judgement {
  const steps: TraceStep[] = [];
  const reasons: Reason[] = [];
  const placed = placeConditions(readyConditions(together), subject, path);
  const truth = explainConditions(placed, identity, tableOf(identity), { steps, reasons });
  return { truth, steps, reasons };
}

/** What is told about a decision, growing while it is made. */
export type Account = { readonly steps: TraceStep[]; readonly reasons: Reason[] };

/** The same, into an account. */
export function explainConditions(placed: PlacedConditions, identity: Identity, beforehand: Beforehand, account: Account): Truth {
  const { all, members, combined } = placed;
  const { steps, reasons } = account;
  // What speaks against a member of `and` speaks against the whole; against that of `or`, only where no other one holds.
  const against: Reason[] = all ? reasons : [];
  let truth: Truth = all ? "holds" : "fails";
  for (let i = 0; i < members.length; i += 1) {
    const member = members[i];
    if (member === undefined) continue;
    const judged = judgePlaced(member, identity, beforehand);
    truth = all ? both(truth, judged.truth) : either(truth, judged.truth);
    steps.push(judged.step);
    if (judged.reason !== null) against.push(judged.reason);
  }
  steps.push(combined[truth]);
  if (!all && truth !== "holds") for (const each of against) reasons.push(each);
  return truth;
}
