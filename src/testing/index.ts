/**
 * What tests need: conformance kits for the ports.
 *
 * @packageDocumentation
 */

export type { ConformanceCase } from "./conformance-case.js";
export type { StoreUnderTest } from "./store/store-under-test.js";
export { storeConformance } from "./store-conformance.js";
