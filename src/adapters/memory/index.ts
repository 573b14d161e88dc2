/**
 * Everything in the memory of one process: for tests, examples and trials. Nothing outlives the process.
 *
 * @packageDocumentation
 */

export { type MemoryDirectory, memoryDirectory } from "./memory-directory.js";
export { type MemoryFlows, memoryFlows } from "./memory-flows.js";
export { type MemoryInventory, memoryInventory } from "./memory-inventory.js";
export { type HeldByGrantee, type MemoryProvisioner, type MemoryProvisionerOptions, memoryProvisioner } from "./memory-provisioner.js";
export { memoryStore } from "./memory-store.js";
