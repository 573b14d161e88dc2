import type { Reason } from "../kernel/reason.js";
import type { TraceStep } from "../kernel/trace.js";
import type { Truth } from "../kernel/truth.js";

/** What a question came to: its steps for the trace, and, exactly where it does not hold, the reasons. */
export type Judgement = { readonly truth: Truth; readonly steps: readonly TraceStep[]; readonly reasons: readonly Reason[] };
