import { availableParallelism } from "node:os";

// One part of the core a run: `node mutation/run.mjs kernel`. See run.mjs for what a part is.
const { ACCESSFLOW_MUTATE: part = "kernel" } = process.env;

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: process.env.ACCESSFLOW_MUTATE_ONLY?.split(",") ?? [`src/core/${part}/**/*.ts`],
  testRunner: "mocha",
  plugins: ["./node_modules/@stryker-mutator/mocha-runner/dist/src/index.js", "./survivors-as-they-come.mjs"].map(
    (path) => new URL(path, import.meta.url).href,
  ),
  buildCommand: `node mutation/bundle.mjs ${part}`,
  testRunnerNodeArgs: ["--max-old-space-size=2048"],
  mochaOptions: { spec: ["mutation/tests.bundle.mjs"], "no-config": true },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: Math.max(1, Math.min(4, availableParallelism())),
  reporters: ["progress-append-only", "json", "survivors-as-they-come"],
  jsonReporter: { fileName: `mutation/reports/${part}.json` },
  tempDirName: "temp/stryker",
  ignorePatterns: ["dist", "docs", "bench", "coverage", "temp", "examples", "mutation/node_modules", "mutation/reports"],
  timeoutMS: 5_000,
  disableTypeChecks: false,
};
