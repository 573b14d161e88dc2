import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export type Folder = {
  readonly folder: string;
  readonly files: readonly FileContent[];
  /** What stands beside the .json files and is left alone. */
  readonly others: readonly string[];
};

export type FileContent = { readonly file: string } & ({ readonly json: unknown } | { readonly wrong: string });

/** The library refuses longer texts anyway. */
const maximumBytes = 4 * 1024 * 1024;

/** Every .json file of a folder in the order of their names; folders within it are not entered. */
export function readFolder(folder: string): Folder | { readonly wrong: string } {
  const kind = kindOf(folder);
  if (kind === "missing") return { wrong: `there is no folder \`${folder}\`` };
  if (kind !== "folder") return { wrong: `\`${folder}\` is no folder` };
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return { wrong: `the folder \`${folder}\` cannot be read` };
  }
  const isJson = (name: string): boolean => name.toLowerCase().endsWith(".json");
  const files = names.filter(isJson).map((file) => readOne(folder, file));
  if (files.length === 0) return { wrong: `there is no .json file in \`${folder}\`: nothing to read` };
  return { folder, files, others: names.filter((name) => !isJson(name)) };
}

function readOne(folder: string, file: string): FileContent {
  const path = join(folder, file);
  // A pipe or a device would make reading wait for ever.
  if (kindOf(path) !== "file") return { file, wrong: "this is no ordinary file" };
  let text: string;
  try {
    if (statSync(path).size > maximumBytes) return { file, wrong: `the file is larger than ${maximumBytes} bytes` };
    text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch {
    return { file, wrong: "the file cannot be read as UTF-8 text" };
  }
  try {
    return { file, json: JSON.parse(text) };
  } catch (error) {
    return { file, wrong: `this is no JSON: ${error instanceof Error ? error.message : "unreadable"}` };
  }
}

function kindOf(path: string): "missing" | "folder" | "file" | "other" {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return "missing";
  return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
}
