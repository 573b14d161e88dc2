/**
 * Values for property-based tests with fast-check, an optional peer of this package that only this entry loads.
 * Each arbitrary gives what the library accepts, drawn from small pools: people overlap, names clash, the same letter
 * comes composed and decomposed, and facts are missing, far more often than in a life.
 *
 * @packageDocumentation
 */

export { approvalArbitrary } from "./approval-arbitrary.js";
export { catalogArbitrary } from "./catalog-arbitrary.js";
export { conditionArbitrary } from "./condition-arbitrary.js";
export { flowArbitrary, flowDefinitionArbitrary, settingsArbitrary } from "./flow-arbitrary.js";
export { durationArbitrary, grantForArbitrary } from "./grant-for-arbitrary.js";
export { crowdArbitrary, identityArbitrary } from "./identity-arbitrary.js";
export { queryTextArbitrary } from "./query-arbitrary.js";
export { type AcceptedSubmission, requestArbitrary } from "./request-arbitrary.js";
export { inventoryArbitrary, resourceArbitrary } from "./resource-arbitrary.js";
export { instantArbitrary, scheduleArbitrary } from "./schedule-arbitrary.js";
export { targetArbitrary } from "./target-arbitrary.js";
