/**
 * What tests need: simulations of whole requests, matchers, a fixed clock, and conformance kits for the ports.
 *
 * @packageDocumentation
 */

export type { ConformanceCase } from "./conformance-case.js";
export { type DirectorySubject, directoryConformance } from "./directory-conformance.js";
export { type FixedClock, fixedClock } from "./fixed-clock.js";
export { hostileNames } from "./hostile-names.js";
export { type InventorySubject, inventoryConformance } from "./inventory-conformance.js";
export { type AccessflowMatchers, accessflowMatchers, type MatcherAnswer } from "./matchers.js";
export {
  type OrderedEntitlement,
  type ProvisionerConformanceOptions,
  type ProvisionerSubject,
  provisionerConformance,
} from "./provisioner-conformance.js";
export type { ProvisionerMood, Scenario, ScenarioStep, ScenarioTime, SimulatedLine } from "./simulate/scenario.js";
export { type Simulation, simulate } from "./simulate.js";
export type { StoreUnderTest } from "./store/store-under-test.js";
export { storeConformance } from "./store-conformance.js";
