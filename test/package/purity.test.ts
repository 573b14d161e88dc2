import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFiles, walk } from "./source-tree.js";

/** What the core must not even name: clocks, chance, I/O, the host and its language. */
const ambient = new Set([
  ...["process", "globalThis", "global", "require", "module", "performance", "console", "fetch", "crypto"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "eval", "Function", "Buffer", "navigator", "Temporal"],
]);
const members = new Set(["now", "random", "localeCompare", "resolvedOptions"]);

const core = sourceFiles("src/core");

describe("purity of the core", () => {
  it("names no clock, chance, I/O, timer or host object", () => {
    expect(core.flatMap((file) => faultsOf(file))).toEqual([]);
  });

  it("touches Intl in the one file that knows zones", () => {
    const users = core.filter((file) => identifiers(file).some((node) => node.text === "Intl")).map((file) => file.path);
    expect(users).toEqual(["src/core/time/zone.ts"]);
  });

  it("keeps no variable at module level that can be assigned", () => {
    const wrong = core.flatMap((file) =>
      file.tree.statements
        .filter((statement) => ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const))
        .map((statement) => `${file.path}: ${statement.getText().split("\n")[0]}`),
    );
    expect(wrong).toEqual([]);
  });

  it("uses no `any`, no non-null assertion, no `instanceof`", () => {
    const wrong: string[] = [];
    for (const file of core) {
      walk(file.tree, (node) => {
        if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node)) wrong.push(`${file.path}: ${node.parent.getText()}`);
        if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
          wrong.push(`${file.path}: ${node.getText()}`);
      });
    }
    expect(wrong).toEqual([]);
  });
});

function identifiers(file: SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  walk(file.tree, (node) => {
    if (ts.isIdentifier(node)) found.push(node);
  });
  return found;
}

function faultsOf(file: SourceFile): string[] {
  return identifiers(file)
    .filter((node) => isAmbientName(node) || isAmbientMember(node) || isClockRead(node))
    .map((node) => `${file.path}: ${node.parent.getText().slice(0, 80)}`);
}

/** A name that stands on its own: no property, no key of a record, no name of a type's member. */
function isAmbientName(node: ts.Identifier): boolean {
  const { parent } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent);
  return ambient.has(node.text) && !isMember;
}

function isAmbientMember(node: ts.Identifier): boolean {
  const { parent } = node;
  const isRead = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return isRead && (members.has(node.text) || node.text.startsWith("toLocale"));
}

/** `new Date()` and `Date()` read the clock; `new Date(value)` does not. */
function isClockRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (node.text !== "Date") return false;
  if (ts.isNewExpression(parent)) return (parent.arguments ?? []).length === 0;
  return ts.isCallExpression(parent) && parent.expression === node;
}
