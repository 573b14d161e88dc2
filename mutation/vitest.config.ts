import base from "../vitest.config.js";

const tests = (process.env["ACCESSFLOW_MUTATE_TESTS"] ?? "test/core/kernel").split(",");
export default {
  ...base,
  test: {
    ...base.test,
    include: tests.map((place) => (place.endsWith(".ts") ? place : `${place}/**/*.test.ts`)),
    // Each mutant is a run: what its files import is loaded once a run, not once a file.
    isolate: false,
    // Measures memory: what a mutant adds to the code is measured with it.
    exclude: ["test/core/evaluate/is-eligible-memory.test.ts"],
  },
};
