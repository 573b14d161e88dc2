import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parts } from "./parts.mjs";

// One part of the core a run: `node mutation/run.mjs kernel`. See run.mjs for what a part is.
const { ACCESSFLOW_MUTATE: part = "kernel" } = process.env;

/** Run by themselves: they measure memory, start processes, or look at the project's files. */
const left = ["is-eligible-memory.test.ts", "access-flow-error.test.ts"];

/** @param {string} place */
const filesOf = (place) =>
  place.endsWith(".ts")
    ? [place]
    : readdirSync(place, { recursive: true })
        .filter((file) => file.endsWith(".test.ts") && !left.some((name) => file.endsWith(name)))
        .map((file) => `${place}/${file}`);

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: process.env.ACCESSFLOW_MUTATE_ONLY?.split(",") ?? [`src/core/${part}/**/*.ts`],
  testRunner: "mocha",
  plugins: ["./node_modules/@stryker-mutator/mocha-runner/dist/src/index.js", "./survivors-as-they-come.mjs"].map(
    (path) => new URL(path, import.meta.url).href,
  ),
  testRunnerNodeArgs: ["--import", "tsx", "--import", "./mutation/hooks.mjs", "--max-old-space-size=2048"],
  mochaOptions: { spec: parts[part].flatMap(filesOf), "no-config": true },
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
