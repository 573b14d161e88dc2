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

describe("the reference evaluator", () => {
  it("covers every chapter of decisions", () => {
    expect(files.sort()).toEqual([
      "approval.ts",
      "automatic.ts",
      "conditions.ts",
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
