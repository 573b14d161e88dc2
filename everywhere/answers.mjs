// The conformance cases, answered by the built package: one file for any runtime, with nothing of Node.js in it.
import { libraryOperations, runConformance } from "accessflow/conformance";
import { files } from "accessflow-conformance-files";

/** How many cases were answered as they must be, which were not, and what the runtime says of its zone and language. */
export function answers() {
  const failures = files.flatMap((file) => runConformance(file, libraryOperations));
  const cases = files.reduce((sum, file) => sum + file.cases.length, 0);
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    passed: cases - failures.length,
    failed: failures.length,
    failures: failures.slice(0, 5),
    timeZone,
    locale,
    // The letter that tells a Turkish runtime from all others.
    smallI: "I".toLocaleLowerCase(),
  };
}
