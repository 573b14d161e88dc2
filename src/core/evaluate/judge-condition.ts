import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { isReservedAttribute, knownManager } from "../facts/identity-values.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { AttributeCondition } from "../flow/condition.js";
import { nearestWord } from "../kernel/nearest.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { RuleId } from "../kernel/rule-id.js";
import type { Subject } from "../kernel/subject.js";
import { compareText } from "../kernel/text.js";
import type { TraceStep } from "../kernel/trace.js";
import type { Truth } from "../kernel/truth.js";
import type { UnknownCause } from "./condition-finding.js";
import { observe } from "./condition-observation.js";
import { truthOfFinding } from "./condition-truth.js";
import { type PlacedCondition, placeCondition } from "./placed-condition.js";

/** How a condition came out: its truth, the step for the trace, and, unless it holds, the reason. */
export type ConditionJudgement = { readonly truth: Truth; readonly step: TraceStep; readonly reason: Reason | null };

/** An identity with more attributes than this gets no suggestion: a courtesy must not cost much. */
const suggestionLimit = 100;

const causeRules: Readonly<Record<UnknownCause, RuleId>> = {
  attribute_missing: "C4",
  value_unknown: "C4",
  name_unknown: "C5",
  source_not_asked: "C7",
  aliases_unknown: "C8",
};

/**
 * Whether an identity meets a condition, and why (C). `path` is where the condition stands in the flow's
 * normal form. The truth is that of `conditionTruth`.
 */
export function judgeCondition(condition: AttributeCondition, identity: Identity, subject: Subject, path: Path): ConditionJudgement {
  return judgePlaced(placeCondition(condition, subject, path), identity, tableOf(identity));
}

export function judgePlaced(placed: PlacedCondition, identity: Identity, beforehand: Beforehand): ConditionJudgement {
  const { ready, subject, path } = placed;
  const { finding, seen, seenCount, matched } = observe(placed, identity, beforehand);
  const truth = truthOfFinding(ready, finding);
  const certain = finding === "matched" || finding === "unmatched";
  const rule = certain ? placed.rule : causeRules[finding];
  const why = truth === "holds" ? null : certain ? placed.failure : reasonOfCause(finding, ready.condition, identity, subject, path);
  const cause = why === null ? null : why.code;
  const step: TraceStep = Object.freeze({ kind: "condition", rule, subject, path, outcome: truth, seen, seenCount, matched, cause });
  return { truth, step, reason: why };
}

function reasonOfCause(cause: UnknownCause, condition: AttributeCondition, identity: Identity, subject: Subject, path: Path): Reason {
  const rule = causeRules[cause];
  const { attribute } = condition;
  switch (cause) {
    case "attribute_missing":
      return reason(cause, rule, path, { subject, attribute, nearest: nearestAttribute(identity, attribute) });
    case "source_not_asked":
      // Only a condition that names a source comes to this.
      return reason(cause, rule, path, { subject, source: condition.source ?? "" });
    case "aliases_unknown":
      return reason(cause, rule, path, { subject });
    case "value_unknown":
    case "name_unknown":
      return reason(cause, rule, path, { subject, attribute });
  }
}

/** The attribute that this identity does have and that a misspelt one most likely means. */
function nearestAttribute(identity: Identity, attribute: string): string | null {
  const present = knownManager(identity.manager) === undefined ? ["user"] : ["user", "manager"];
  const attributes = identity.attributes ?? {};
  const names = Object.keys(attributes);
  if (names.length > suggestionLimit) return null;
  for (const name of names) if ((attributes[name] ?? null) !== null && !isReservedAttribute(name)) present.push(name);
  // Sorted, so that the order in which a directory lists attributes does not show. Far longer names cannot be near.
  const candidates = present.filter((name) => name !== attribute && name.length <= 2 * attribute.length + 1).sort(compareText);
  return nearestWord(attribute, candidates);
}
