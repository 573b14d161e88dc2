import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** A source file as the compiler sees it, named by its path below the project's root. */
export type SourceFile = { readonly path: string; readonly tree: ts.SourceFile; readonly imports: readonly string[] };

export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const tree = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
  return { path, tree, imports: moduleNames(tree).map((name) => resolve(path, name)) };
}

/** What a file imports or re-exports; paths below the root for its own files, else the name as written. */
function moduleNames(tree: ts.SourceFile): string[] {
  const names: string[] = [];
  walk(tree, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      if (ts.isStringLiteral(node.moduleSpecifier)) names.push(node.moduleSpecifier.text);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) names.push("a dynamic import");
  });
  return names;
}

function resolve(from: string, name: string): string {
  if (!name.startsWith(".")) return name;
  return posix.join(dirname(from), name).replace(/\.js$/, ".ts");
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
