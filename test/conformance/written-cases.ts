import type { ConformanceCase } from "../../src/conformance/index.js";
export const writtenCases: readonly ConformanceCase[] = [];
