/** Sentences. */

export type { Audience } from "./core/explain/audience.js";
export { describeFlow } from "./core/explain/describe-flow.js";
export { type Explainable, type ExplainOptions, explain } from "./core/explain/explain.js";
