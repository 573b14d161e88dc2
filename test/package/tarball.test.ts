import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entries } from "../../scripts/entries.js";
import { root } from "./source-tree.js";

/*
 * The package as its users get it: packed, unpacked into a project of its own, loaded by plain node. The
 * test command builds `dist` before it starts.
 */

const project = mkdtempSync(join(tmpdir(), "accessflow-tarball-"));
const home = join(project, "node_modules", "accessflow");
let tarball = "";

/** Something of every entry. */
const exported: Readonly<Record<string, string>> = {
  accessflow: "evaluateRequestor",
  "accessflow/schema": "parseAccessFlow",
  "accessflow/service": "createAccessService",
  "accessflow/adapters/memory": "memoryStore",
  "accessflow/adapters/postgres": "postgresStore",
  "accessflow/adapters/pglite": "embeddedStore",
  "accessflow/adapters/pg-boss": "pgBossWake",
  "accessflow/testing": "simulate",
  "accessflow/testing/arbitraries": "requestArbitrary",
  "accessflow/zones": "zoneTables",
  "accessflow/conformance": "runConformance",
  "accessflow/apono": "fromApono",
};

/** Every entry in one program, each with a type of another. */
const consumer = `
  import { type AccessFlow, evaluateRequestor, explain } from "accessflow";
  import { fromApono, toApono } from "accessflow/apono";
  import { parseAccessFlow } from "accessflow/schema";

  const parsed = parseAccessFlow(JSON.parse("{}"));
  const read = fromApono(JSON.parse("{}"));
  const flows: AccessFlow[] = [];
  if (parsed.ok) flows.push(parsed.value);
  if (read.ok && read.value.kind === "flow") flows.push(read.value.flow);
  for (const flow of flows) explain(evaluateRequestor(flow, { requestor: { id: "ada" }, at: new Date(0) }));
  export const written = flows.map(toApono);
`;

beforeAll(() => {
  const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], root);
  tarball = join(project, packed.trim().split("\n").at(-1) ?? "");
  mkdirSync(home, { recursive: true });
  run("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"], project);
  for (const peer of ["zod", "fast-check"]) symlinkSync(join(root, "node_modules", peer), join(project, "node_modules", peer), "dir");
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the packed package", () => {
  it.each(entries)("$name loads as an ES module under plain node", ({ name }) => {
    const wanted = exported[name];
    const code = `import * as entry from ${JSON.stringify(name)}; console.log(${JSON.stringify(wanted)} in entry);`;
    expect(run(process.execPath, ["--input-type=module", "-e", code], project).trim()).toBe("true");
  });

  it.each(entries)("$name loads as CommonJS under plain node", ({ name }) => {
    const wanted = exported[name];
    const code = `console.log(${JSON.stringify(wanted)} in require(${JSON.stringify(name)}));`;
    expect(run(process.execPath, ["-e", code], project).trim()).toBe("true");
  });

  it.each(entries)("$name has types for both module systems", ({ file }) => {
    expect([".d.ts", ".d.cts"].map((ending) => existsSync(join(home, "dist", file + ending)))).toEqual([true, true]);
  });

  it("decides the same whether a flow comes from the ES module or from CommonJS", () => {
    const code = `
      import { createRequire } from "node:module";
      import { defineAccessFlow, evaluateRequestor } from "accessflow";
      const other = createRequire(import.meta.url)("accessflow");
      const flow = defineAccessFlow({ name: "both", requestors: { conditions: [{ attribute: "group", values: ["a"] }] },
        targets: [{ kind: "bundle", bundle: "b" }] });
      const input = { requestor: { id: "x", attributes: { group: ["a"] } }, at: 0 };
      console.log(JSON.stringify(evaluateRequestor(flow, input)) === JSON.stringify(other.evaluateRequestor(flow, input)));
    `;
    expect(run(process.execPath, ["--input-type=module", "-e", code], project).trim()).toBe("true");
  });

  it("holds what users need and nothing else", () => {
    const shipped = readdirSync(home).sort();
    expect(shipped).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "conformance", "dist", "package.json", "schema"]);
  });

  it("resolves for ES modules, CommonJS and bundlers, as @arethetypeswrong sees it", () => {
    const attw = join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
    const options = ["--profile", "node16", "--format", "ascii", "--no-color", "--exclude-entrypoints", "accessflow.v1.schema.json"];
    const { status, stdout } = spawnSync(process.execPath, [attw, tarball, ...options], { cwd: project, encoding: "utf8" });
    expect({ status, problems: status === 0 ? "" : stdout }).toEqual({ status: 0, problems: "" });
  });

  it.each(["consumer.mts", "consumer.cts"])("lets a flow of one entry be used by another: %s", (name) => {
    const path = join(project, name);
    writeFileSync(path, consumer);
    const options = {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      types: [],
      noEmit: true,
    };
    const program = ts.createProgram([path], { ...options, target: ts.ScriptTarget.ES2022, skipLibCheck: true });
    const faults = ts.getPreEmitDiagnostics(program).map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, " "));
    expect(faults).toEqual([]);
  });

  it("passes publint without a message", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({ pkgDir: home, pack: false, strict: true });
    expect(messages).toEqual([]);
  });
});

describe("the root entry", () => {
  it("loads nothing but files of this package", () => {
    expect(filesOf("index.js").foreign).toEqual([]);
  });

  it("is one file as CommonJS, and requires nothing", () => {
    const calls = readFileSync(join(home, "dist", "index.cjs"), "utf8").match(/\brequire\(["'][^"']*["']\)/g);
    expect(calls).toBeNull();
  });

  it("is a list of names over one file, which every other entry shares", () => {
    expect([...filesOf("index.js").own]).toEqual(["index.js", "core.js"]);
    expect(
      entries.flatMap(({ file }) => [...filesOf(`${file}.js`).own].filter((own) => own !== `${file}.js` && own !== "core.js")),
    ).toEqual([]);
  });

  // What a bundler keeps of the package, minified and gzipped. See docs/decisions/0011.
  it.each([
    { uses: ["isEligible"], budget: 17_500 },
    { uses: ["defineAccessFlow", "evaluateRequestor"], budget: 20_500 },
    { uses: ["resolveTargets"], budget: 20_000 },
    { uses: ["ApprovalStateMachine", "restoreApprovalState"], budget: 27_500 },
    { uses: ["RequestStateMachine", "restoreRequestState"], budget: 55_000 },
    { uses: ["*"], budget: 79_000 },
  ])("costs a bundle that uses $uses at most $budget bytes", async ({ uses, budget }) => {
    const contents = uses[0] === "*" ? 'export * from "accessflow";' : `export { ${uses.join(", ")} } from "accessflow";`;
    const options = { bundle: true, minify: true, write: false, format: "esm" } as const;
    const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: project } });
    expect(gzipSync(outputFiles[0]?.contents ?? "").length).toBeLessThanOrEqual(budget);
  });

  it("decides in a runtime that has nothing of node", () => {
    const edge = new EdgeVM();
    edge.evaluate(`globalThis.module = { exports: {} }; globalThis.exports = module.exports;`);
    edge.evaluate(readFileSync(join(home, "dist", "index.cjs"), "utf8"));
    const outcome = edge.evaluate(`
      const { defineAccessFlow, evaluateRequestor } = module.exports;
      const flow = defineAccessFlow({ name: "edge", schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "Europe/Paris" },
        requestors: { conditions: [{ attribute: "group", values: ["a"] }] }, targets: [{ kind: "bundle", bundle: "b" }] });
      evaluateRequestor(flow, { requestor: { id: "x", attributes: { group: ["a"] } }, at: "2026-03-02T09:00:00Z" }).outcome;
    `);
    expect(outcome).toBe("eligible");
  });
});

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The files that a module of the package loads, itself included, and what it asks for from elsewhere. */
function filesOf(file: string): { readonly own: ReadonlySet<string>; readonly foreign: readonly string[] } {
  const own = new Set([file]);
  const foreign: string[] = [];
  for (const each of own) {
    const text = readFileSync(join(home, "dist", each), "utf8");
    for (const [, name = ""] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.?[^"\s]+)";/g)) {
      if (name.startsWith(".")) own.add(normalize(join(dirname(each), name)));
      else foreign.push(name);
    }
  }
  return { own, foreign };
}
