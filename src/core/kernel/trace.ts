import type { Path } from "./path.js";
import type { ReasonCode } from "./reason.js";
import type { RuleId } from "./rule-id.js";
import type { Subject } from "./subject.js";
import type { Truth } from "./truth.js";

/**
 * How a decision came about, step by step, in the order of the document (E1). Flat: `path` points into the
 * flow's normal form, so the flow is not repeated. Carries no clock, runtime or random.
 */
export type Trace = { readonly format: "trace/v1"; readonly flow: string; readonly at: number; readonly steps: readonly TraceStep[] };

/** One step of a trace, told apart by `kind`. */
export type TraceStep =
  /** One question that is no condition, for example `flowActive` or `scheduleOpen`. */
  | { readonly kind: "check"; readonly rule: RuleId; readonly check: string; readonly outcome: Truth; readonly path: Path }
  | {
      readonly kind: "condition";
      readonly rule: RuleId;
      readonly subject: Subject;
      readonly path: Path;
      readonly outcome: Truth;
      /** At most five of the identity's values, in their order. */
      readonly seen: readonly string[];
      readonly seenCount: number;
      /** The first pair that matched, in document order. */
      readonly matched: readonly [value: string, listed: string] | null;
      readonly cause: ReasonCode | null;
    }
  /** Follows its members. */
  | {
      readonly kind: "combine";
      readonly rule: RuleId;
      readonly path: Path;
      readonly combinator: "and" | "or" | "anyOf" | "allOf";
      readonly outcome: Truth;
    };
