import type { Identity } from "../facts/identity.js";
import type { Conditions } from "../flow/condition.js";
import type { Path } from "../kernel/path.js";
import type { Subject } from "../kernel/subject.js";
import type { TraceStep } from "../kernel/trace.js";
import { combine } from "../kernel/truth.js";
import { judgeCondition } from "./judge-condition.js";
import type { Judgement } from "./judgement.js";

/**
 * Whether an identity meets conditions together (C1), and why: every condition is judged, whatever the others
 * say, and the combination follows its members. Where the whole holds there are no reasons, though an
 * alternative under `or` may fail; where it does not, there is one for every condition that does not hold.
 */
export function judgeConditions(conditions: Conditions, identity: Identity, subject: Subject, path: Path): Judgement {
  const judged = conditions.conditions.map((condition, index) =>
    judgeCondition(condition, identity, subject, [...path, "conditions", index]),
  );
  const truths = judged.map((judgement) => judgement.truth);
  const truth = combine(conditions.combinator, truths);
  const steps = judged.map((judgement) => judgement.step);
  const combined: TraceStep = { kind: "combine", rule: "C1", path, combinator: conditions.combinator, outcome: truth };
  const reasons = judged.map((judgement) => judgement.reason).filter((reason) => reason !== null);
  return { truth, steps: [...steps, combined], reasons: truth === "holds" ? [] : reasons };
}
