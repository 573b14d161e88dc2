/**
 * The rules as cases, for whoever writes them a second time or wants to see them kept on a runtime of their own: what the
 * operations are, a runner, and the library's own answers. The cases are JSON files beside this entry.
 *
 * @packageDocumentation
 */

export { libraryOperations } from "./library-operations.js";
export {
  type ConformanceCase,
  type ConformanceFailure,
  type ConformanceFile,
  type ConformanceOperations,
  runConformance,
} from "./run-conformance.js";
