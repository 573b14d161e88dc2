import type { Identity } from "../facts/identity.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { Conditions } from "../flow/condition.js";
import type { Path } from "../kernel/path.js";
import type { Reason } from "../kernel/reason.js";
import type { Subject } from "../kernel/subject.js";
import type { TraceStep } from "../kernel/trace.js";
import { combine, type Truth } from "../kernel/truth.js";
import { judgePlaced, type PlacedCondition, placeCondition } from "./judge-condition.js";
import type { Judgement } from "./judgement.js";
import { isFixed } from "./ready-condition.js";

/**
 * Whether an identity meets conditions together (C1), and why: every condition is judged, whatever the others
 * say, and the combination follows its members. Where the whole holds there are no reasons, though an
 * alternative under `or` may fail; where it does not, there is one for every condition that does not hold.
 */
export function judgeConditions(together: Conditions, identity: Identity, subject: Subject, path: Path): Judgement {
  const { combinator } = together;
  const table = tableOf(identity);
  const truths: Truth[] = [];
  const steps: TraceStep[] = [];
  const reasons: Reason[] = [];
  for (const placed of membersOf(together, subject, path)) {
    const { truth, step, reason } = judgePlaced(placed, identity, table);
    truths.push(truth);
    steps.push(step);
    if (reason !== null) reasons.push(reason);
  }
  const truth = combine(combinator, truths);
  steps.push(Object.freeze({ kind: "combine", rule: "C1", path, combinator, outcome: truth }));
  return { truth, steps, reasons: truth === "holds" ? none : reasons };
}

const none: readonly Reason[] = Object.freeze([]);

/** A memo on frozen conditions: those of a checked flow stand at one place only. */
const known = new WeakMap<Conditions, Members>();

type Members = { readonly subject: Subject; readonly path: Path; readonly placed: readonly PlacedCondition[] };

function membersOf(together: Conditions, subject: Subject, path: Path): readonly PlacedCondition[] {
  const found = known.get(together);
  if (found !== undefined && found.subject === subject && found.path === path) return found.placed;
  const { conditions } = together;
  const placed = conditions.map((condition, index) => placeCondition(condition, subject, Object.freeze([...path, "conditions", index])));
  if (Object.isFrozen(path) && Object.isFrozen(together) && Object.isFrozen(conditions) && conditions.every(isFixed)) {
    known.set(together, { subject, path, placed });
  }
  return placed;
}
