/** The package as it is shipped: workloads measure what was built, not the sources. */
export * from "../dist/index.js";
