import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "./source-tree.js";

/** The floors of the house, lowest first: a folder imports only from itself and from folders before it. */
const floors = [
  "src/core/kernel",
  "src/core/time",
  "src/core/flow",
  "src/core/facts",
  "src/core/query",
  "src/core/define",
  "src/core/evaluate",
  "src/core/fleet",
  "src/core/approval",
  "src/core/request",
  "src/core/explain",
];

/** What stands on the core: each a folder, an adapter a folder of its own, and what it may import beside itself. */
const outer: readonly { readonly holds: RegExp; readonly below: readonly RegExp[] }[] = [
  { holds: /^src\/ports\//, below: [/^src\/core\//] },
  { holds: /^src\/service\//, below: [/^src\/core\//, /^src\/ports\//] },
  { holds: /^src\/adapters\/(?!pglite\/)[^/]+\//, below: [/^src\/core\//, /^src\/ports\//] },
  // The embedded store is the one of PostgreSQL, with a folder to itself.
  { holds: /^src\/adapters\/pglite\//, below: [/^src\/core\//, /^src\/ports\//, /^src\/adapters\/postgres\/index\.ts$/] },
  // Whoever simulates a request needs no fast-check: it is loaded by the entry of the arbitraries alone.
  { holds: /^src\/testing\/(?!arbitraries\/)/, below: [/^src\/core\//, /^src\/ports\//, /^src\/testing\/(?!arbitraries\/)/] },
  { holds: /^src\/testing\/arbitraries\//, below: [/^src\/core\//, /^fast-check$/] },
];

/** Where built-in modules of Node.js cannot be done without. */
const builtins: Record<string, readonly string[]> = {
  "src/adapters/pglite/folder-lock.ts": ["node:fs/promises", "node:process"],
};

const files = sourceFiles("src");

const folderOf = (path: string): string => path.split("/").slice(0, 3).join("/");

describe("floors", () => {
  it("every folder of the core has its floor", () => {
    const folders = new Set(files.filter((file) => file.path.startsWith("src/core/")).map((file) => folderOf(file.path)));
    expect([...folders].sort()).toEqual([...floors].sort());
  });

  it("a folder of the core imports only from itself and from the floors below", () => {
    const wrong = files
      .filter((file) => file.path.startsWith("src/core/"))
      .flatMap((file) => file.imports.filter((name) => !isBelow(file.path, name)).map((name) => `${file.path} imports ${name}`));
    expect(wrong).toEqual([]);
  });

  it("an entry imports the core, its own files and the one package it may", () => {
    const allowed: Record<string, readonly string[]> = {
      src: [],
      "src/schema": ["zod"],
      "src/apono": [],
      "src/zones": [],
      "src/conformance": [],
    };
    const wrong = files
      .filter((file) => dirname(file.path) in allowed)
      .flatMap((file) => {
        const home = dirname(file.path);
        const isAllowed = (name: string): boolean =>
          name.startsWith("src/core/") || dirname(name) === home || (allowed[home] ?? []).includes(name);
        return file.imports.filter((name) => !isAllowed(name)).map((name) => `${file.path} imports ${name}`);
      });
    expect(wrong).toEqual([]);
  });

  it("ports, adapters and the kit for tests import from their floor and from below", () => {
    const wrong = files.flatMap((file) => {
      const home = outer.find((floor) => floor.holds.test(file.path));
      if (home === undefined) return [];
      const own = home.holds.exec(file.path)?.[0] ?? "";
      const isAllowed = (name: string): boolean => name.startsWith(own) || home.below.some((below) => below.test(name));
      return file.imports
        .filter((name) => !isAllowed(name) && !(builtins[file.path] ?? []).includes(name))
        .map((name) => `${file.path} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("every file of the source has a floor", () => {
    const inner = /^src\/(core|schema|apono|zones|conformance)\/|^src\/[^/]*$/;
    const homeless = files.filter((file) => !inner.test(file.path) && !outer.some((floor) => floor.holds.test(file.path)));
    expect(homeless.map((file) => file.path)).toEqual([]);
  });

  it("no file imports itself by way of others", () => {
    expect(cycles(new Map(files.map((file) => [file.path, file.imports])))).toEqual([]);
  });

  it("finds a cycle where there is one", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(cycles(graph)).toEqual(["a → b → c → a"]);
  });
});

function isBelow(from: string, name: string): boolean {
  const own = floors.indexOf(folderOf(from));
  const other = floors.indexOf(folderOf(name));
  return other !== -1 && other <= own;
}

/** Each cycle once, by depth-first search. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) found.push([...trail.slice(start), path].join(" → "));
    if (start !== -1 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
