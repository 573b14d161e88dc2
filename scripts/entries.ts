// The entries of the package, as package.json exports them: the one list that build, tests and reports go by.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One entry: the name users import, its file in `dist` without the ending, and its source. */
export type Entry = { readonly name: string; readonly file: string; readonly source: string };

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { exports: Record<string, unknown> };

export const entries: readonly Entry[] = Object.entries(manifest.exports).flatMap(([path, target]) => {
  if (typeof target === "string") return [];
  const file = path === "." ? "index" : path.slice(2);
  const folder = `src/${file}/index.ts`;
  const source = existsSync(root + folder) ? folder : `src/${file}.ts`;
  return [{ name: path === "." ? "accessflow" : `accessflow/${file}`, file, source }];
});
