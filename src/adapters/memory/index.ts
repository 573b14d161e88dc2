/**
 * Everything in the memory of one process: for tests, examples and trials. Nothing outlives the process.
 *
 * @packageDocumentation
 */

export { memoryStore } from "./memory-store.js";
