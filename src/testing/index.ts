/**
 * What tests need: conformance kits for the ports.
 *
 * @packageDocumentation
 */

export type { ConformanceCase } from "./conformance-case.js";
export { type DirectorySubject, directoryConformance } from "./directory-conformance.js";
export { hostileNames } from "./hostile-names.js";
export { type InventorySubject, inventoryConformance } from "./inventory-conformance.js";
export {
  type OrderedEntitlement,
  type ProvisionerConformanceOptions,
  type ProvisionerSubject,
  provisionerConformance,
} from "./provisioner-conformance.js";
export type { StoreUnderTest } from "./store/store-under-test.js";
export { storeConformance } from "./store-conformance.js";
