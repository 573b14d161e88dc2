import { readdirSync, readFileSync } from "node:fs";
import type { ConformanceFile } from "../../src/conformance/index.js";

const folder = new URL("../../conformance/cases/", import.meta.url);

/** The texts of the files of cases, by chapter. */
export const conformanceTexts: readonly string[] = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

export const conformanceFiles: readonly ConformanceFile[] = conformanceTexts.map((text) => JSON.parse(text));
