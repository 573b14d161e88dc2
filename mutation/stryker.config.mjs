import { availableParallelism } from "node:os";

// One part of the core a run: `node mutation/run.mjs kernel`. See run.mjs for what a part is.
const { ACCESSFLOW_MUTATE: part = "kernel" } = process.env;

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [`src/core/${part}/**/*.ts`],
  testRunner: "vitest",
  plugins: [new URL("./node_modules/@stryker-mutator/vitest-runner/dist/src/index.js", import.meta.url).href],
  vitest: { configFile: "mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  concurrency: Math.max(1, Math.min(4, availableParallelism())),
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false, reportScoreTable: true, skipFull: true },
  jsonReporter: { fileName: `mutation/reports/${part}.json` },
  tempDirName: "temp/stryker",
  ignorePatterns: ["dist", "docs", "bench", "coverage", "temp", "examples", "mutation/node_modules", "mutation/reports"],
  timeoutMS: 10_000,
  disableTypeChecks: false,
};
