/**
 * The pure core: definitions, decisions, the approval machine, explanations. Synchronous, without clock or
 * I/O; throws only `AccessFlowError`, where a return type has no room for a refusal.
 *
 * @packageDocumentation
 */

export * from "./approvals.js";
export * from "./decisions.js";
export * from "./definitions.js";
export * from "./explanations.js";
export * from "./requests.js";
