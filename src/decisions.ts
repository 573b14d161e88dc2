/** Decisions over a flow: who may ask, for what, when and for how long; and the queries of access scopes. */

export { computeGrantWindow } from "./core/evaluate/compute-grant-window.js";
export { coversEntitlement } from "./core/evaluate/covers-entitlement.js";
export { createInventoryIndex, type InventoryIndex } from "./core/evaluate/create-inventory-index.js";
export { entitlementsOf } from "./core/evaluate/entitlements-of.js";
export { evaluateRequestor, type RequestorDecision } from "./core/evaluate/evaluate-requestor.js";
export { type FlowFactsNeeded, factsNeeded } from "./core/evaluate/facts-needed.js";
export type { GrantWindowInput } from "./core/evaluate/grant-window-input.js";
export { isEligible } from "./core/evaluate/is-eligible.js";
export { matchQuery } from "./core/evaluate/match-query.js";
export { prepareIdentity } from "./core/evaluate/prepare-identity.js";
export type { RequestorCheck } from "./core/evaluate/requestor-checks.js";
export type { RequestorInput } from "./core/evaluate/requestor-input.js";
export { type ResolvedTargets, resolveTargets, type TargetInput } from "./core/evaluate/resolve-targets.js";
export { isOpen, nextClosing, nextOpening, type ScheduleStatus, scheduleStatus } from "./core/evaluate/schedule-status.js";
export { selectByQuery } from "./core/evaluate/select-by-query.js";
export type { TargetGrant } from "./core/evaluate/target-rows.js";
export { createFlowIndex, type FlowIndex } from "./core/fleet/flow-index.js";
export { parseQuery } from "./core/query/parse-query.js";
export { printQuery } from "./core/query/print-query.js";
export type {
  KeyedField,
  ListOperator,
  PlainField,
  Query,
  QueryComparison,
  QueryField,
  QueryOperator,
  SingleOperator,
} from "./core/query/query.js";
export { type GrantWindow, isInForce } from "./core/time/grant-window.js";
export type { ZoneTables } from "./core/time/zone-tables.js";
