// Writes the JSON Schema that the package ships, from the grammar that the validator walks.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { accessFlowJsonSchema } from "../src/schema/access-flow-json-schema.js";

const root = new URL("../", import.meta.url);
const file = fileURLToPath(new URL("schema/accessflow.v1.schema.json", root));

mkdirSync(new URL("schema/", root), { recursive: true });
writeFileSync(file, `${JSON.stringify(accessFlowJsonSchema, null, 2)}\n`);
// In the format of the other files, so that formatting the project changes nothing.
const formatter = fileURLToPath(new URL("node_modules/@biomejs/biome/bin/biome", root));
const { status } = spawnSync(process.execPath, [formatter, "format", "--write", file], { stdio: "inherit" });
console.log(`written: ${file}`);
process.exitCode = status ?? 1;
