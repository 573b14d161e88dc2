import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { entries } from "../../scripts/entries.js";
import { checkedModule, docCommentExamples, documentExamples, type ExportedName } from "./example-blocks.js";
import { root } from "./source-tree.js";

const folder = join(root, "temp", `examples-${process.pid}`);
const options = compilerOptions();
const exportsOf = exportedNames();

const examples = [...docCommentExamples(), ...documentExamples()].map((block, index) => {
  const { code, checks } = checkedModule(block, exportsOf);
  return { origin: block.origin, code, checks, path: join(folder, `example-${index}.ts`) };
});

mkdirSync(folder, { recursive: true });
for (const { path, code } of examples) writeFileSync(path, code);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("examples in doc comments, README and docs", () => {
  it("type-check", () => {
    const program = ts.createProgram(
      examples.map(({ path }) => path),
      options,
    );
    const faults = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.includes("/temp/examples-") ?? true);
    const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };
    expect(faults.map((fault) => `${fault.file?.text.split("\n")[0]} ${ts.formatDiagnostic(fault, host)}`)).toEqual([]);
  });

  it("are there, and state results", () => {
    expect(examples.length).toBeGreaterThan(10);
    expect(examples.filter(({ checks }) => checks === 0).map(({ origin }) => origin)).toEqual([]);
  });

  it.each(examples)("$origin gives the results it states", async ({ path }) => {
    await import(/* @vite-ignore */ pathToFileURL(path).href);
  });
});

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.test.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  return { ...parsed.options, noUnusedLocals: false, noEmit: true };
}

function exportedNames(): Map<string, readonly ExportedName[]> {
  const program = ts.createProgram(
    entries.map(({ source }) => join(root, source)),
    options,
  );
  const checker = program.getTypeChecker();
  return new Map(
    entries.map(({ name: entry, source }) => {
      const file = program.getSourceFile(join(root, source));
      const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file);
      const isTypeAlone = (each: ts.Symbol): boolean => !(resolved(each).flags & ts.SymbolFlags.Value);
      const resolved = (each: ts.Symbol): ts.Symbol => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each);
      return [
        entry,
        symbol === undefined ? [] : checker.getExportsOfModule(symbol).map((each) => ({ name: each.name, isType: isTypeAlone(each) })),
      ];
    }),
  );
}
