import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const folder = new URL("./reference/", import.meta.url);
const files = readdirSync(folder);

/** What a file loads when it runs: imports and re-exports that are not `import type`, and calls of `import()`. */
function runtimeImports(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
    const typeOnly = ts.isImportDeclaration(node)
      ? node.importClause?.isTypeOnly === true
      : ts.isExportDeclaration(node) && node.isTypeOnly;
    if (from !== undefined && ts.isStringLiteral(from) && !typeOnly) found.push(from.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(new URL(file, folder), "utf8"), ts.ScriptTarget.ES2022, true));
  return found;
}

/** Lines that are neither blank nor only a comment, each at most as wide as the formatter lets them be. */
function plainLines(file: string): number {
  const lines = readFileSync(new URL(file, folder), "utf8").split("\n");
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
  return lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
}
const linesOf = (names: readonly string[]) => names.reduce((sum, name) => sum + plainLines(name), 0);

/** The life of a request and of automatic grants: a second machine, beside the decisions. */
const machines = ["automatic.ts", "request.ts"];

describe("the reference evaluator", () => {
  it("says every chapter of decisions (C, D, S, R, T, Q, W, A) in 500 plain lines", () => {
    expect(linesOf(files.filter((file) => !machines.includes(file)))).toBeLessThanOrEqual(500);
  });

  it("says chapters L and M in 205 more", () => {
    expect(linesOf(machines)).toBeLessThanOrEqual(205);
  });

  it("covers every chapter of decisions", () => {
    expect(files.sort()).toEqual([
      "approval.ts",
      "automatic.ts",
      "conditions.ts",
      "definition.ts",
      "query.ts",
      "request.ts",
      "requestor.ts",
      "schedule.ts",
      "targets.ts",
      "window.ts",
    ]);
  });

  it.each(files)("shares no code with the library: %s", (file) => {
    const siblings = files.map((name) => `./${name.replace(".ts", ".js")}`);
    expect(runtimeImports(file).filter((name) => !siblings.includes(name) && !name.startsWith("node:"))).toEqual([]);
  });
});
