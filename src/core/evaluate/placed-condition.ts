import type { AttributeCondition, Conditions } from "../flow/condition.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { RuleId } from "../kernel/rule-id.js";
import type { Subject } from "../kernel/subject.js";
import type { TraceStep } from "../kernel/trace.js";
import type { Truth } from "../kernel/truth.js";
import { type ReadyCondition, type ReadyConditions, readyCondition } from "./ready-condition.js";

/** A condition at its place in the flow, with all that an explanation of it needs and no identity changes. Frozen where it is shown. */
export type PlacedCondition = {
  readonly ready: ReadyCondition;
  readonly subject: Subject;
  readonly path: Path;
  /** The rule by which it holds or fails. */
  readonly rule: RuleId;
  /** The reason where it fails. */
  readonly failure: Reason;
  /** By listed value, the pair where the same text is held: for a few values that compare as they are written. */
  readonly pairs: readonly (readonly [value: string, listed: string])[] | null;
};

/** Conditions that a combinator joins, each at its place. */
export type PlacedConditions = {
  readonly all: boolean;
  readonly members: readonly PlacedCondition[];
  /** The step that joins them, by how it comes out. */
  readonly combined: { readonly [truth in Truth]: TraceStep };
};

export function placeCondition(condition: AttributeCondition, subject: Subject, path: Path): PlacedCondition {
  return placeReady(readyCondition(condition), subject, path);
}

function placeReady(ready: ReadyCondition, subject: Subject, path: Path): PlacedCondition {
  const rule = ready.negative ? "C3" : "C2";
  const failure = reason("condition_fails", rule, path, { subject, attribute: ready.condition.attribute });
  const pairs = ready.asWritten && ready.lookup === null ? ready.texts.map((text) => Object.freeze([text, text] as const)) : null;
  return { ready, subject, path, rule, failure, pairs };
}

/** A memo: conditions that are ready never change, and those of a flow stand at one place only. */
const known = new WeakMap<ReadyConditions, { readonly subject: Subject; readonly path: Path; readonly placed: PlacedConditions }>();

/** `path` is where the conditions stand together; a frozen one is known again. */
export function placeConditions(together: ReadyConditions, subject: Subject, path: Path): PlacedConditions {
  const found = known.get(together);
  if (found !== undefined && found.subject === subject && found.path === path) return found.placed;
  const at = Object.isFrozen(path) ? path : Object.freeze([...path]);
  const { all, conditions } = together;
  const combinator: Conditions["combinator"] = all ? "and" : "or";
  const combine = (outcome: Truth): TraceStep => Object.freeze({ kind: "combine", rule: "C1", path: at, combinator, outcome });
  const placed = {
    all,
    members: conditions.map((ready, index) => placeReady(ready, subject, Object.freeze([...at, "conditions", index]))),
    combined: { holds: combine("holds"), fails: combine("fails"), unknown: combine("unknown") },
  };
  if (at === path) known.set(together, { subject, path, placed });
  return placed;
}
