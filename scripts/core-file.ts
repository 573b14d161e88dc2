/*
 * The core as one file, `dist/core.js`, that the ES modules of all entries import: Node.js reads one file instead of
 * dozens, and what one entry has made is known to the others. A bundler can still leave out what nobody uses, because
 * every value that is worked out at load is marked as free of side effects.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import ts from "typescript";

const source = fileURLToPath(new URL("../src", import.meta.url));
const core = join(source, "core");

/** Where the build looks for the list of what the file exports; what stands in it is written here. */
export const coreEntry = "src/core-file.ts";

/** Builds the core's file: what the entries ask the core for, each value at load marked as pure. */
export const coreFile: Plugin = {
  name: "core-file",
  setup(build) {
    build.onLoad({ filter: /core-file\.ts$/ }, () => ({ contents: exportsOfCore(), loader: "ts", resolveDir: source }));
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: withPureValues(parsed(path)), loader: "ts" }));
  },
};

/** Leaves the core to its file, which lies so many folders above the entry. */
export function importCore(depth: number): Plugin {
  const path = `${depth === 0 ? "./" : "../".repeat(depth)}core.js`;
  return {
    name: "import-core",
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path: asked, importer, resolveDir }) =>
        importer !== "" && isInCore(resolve(resolveDir, asked)) ? { path, external: true } : undefined,
      );
    },
  };
}

function isInCore(path: string): boolean {
  return path.startsWith(core + sep);
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
}

/** `export` statements for every value of the core that a file outside imports. */
function exportsOfCore(): string {
  const moduleOf = new Map<string, string>();
  for (const { path, names } of filesOutside().flatMap(importsOfCore)) {
    for (const name of names) {
      const other = moduleOf.get(name) ?? path;
      if (other !== path) throw new Error(`\`${name}\` of ${path} and of ${other}: the core's file can export one of them`);
      moduleOf.set(name, path);
    }
  }
  return [...moduleOf].map(([name, path]) => `export { ${name} } from "./${relative(source, path).split(sep).join("/")}";`).join("\n");
}

function filesOutside(): readonly ts.SourceFile[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).map((file) => join(source, file));
  return files.filter((file) => file.endsWith(".ts") && !isInCore(file)).map(parsed);
}

function importsOfCore(file: ts.SourceFile): readonly { readonly path: string; readonly names: readonly string[] }[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const path = resolve(dirname(file.fileName), moduleSpecifier.text);
    return isInCore(path) ? [{ path, names: namesOf(statement) }] : [];
  });
}

function namesOf(statement: ts.ImportDeclaration | ts.ExportDeclaration): readonly string[] {
  if (ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly : statement.isTypeOnly) return [];
  const listed = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  if (listed === undefined || !(ts.isNamedImports(listed) || ts.isNamedExports(listed))) {
    throw new Error(`${statement.getSourceFile().fileName}: the core is imported by names`);
  }
  return listed.elements.filter((each) => !each.isTypeOnly).map((each) => (each.propertyName ?? each.name).text);
}

/** The text of a file in which every value that is worked out at load stands in a call that is marked as pure. */
function withPureValues(file: ts.SourceFile): string {
  const worked = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => statement.declarationList.declarations.flatMap(({ initializer }) => initializer ?? []))
    .filter(isWorkedOut);
  let text = file.text;
  for (const value of worked.reverse()) {
    const [from, to] = [value.getStart(), value.getEnd()];
    text = `${text.slice(0, from)}/* @__PURE__ */ (() => (${text.slice(from, to)}))()${text.slice(to)}`;
  }
  return text;
}

/** Whether a bundler has to run it, for all it can see: calls, members and spreads may do anything. */
function isWorkedOut(value: ts.Node): boolean {
  if (ts.isFunctionLike(value)) return false;
  if (ts.isCallExpression(value) || ts.isNewExpression(value) || ts.isPropertyAccessExpression(value)) return true;
  if (ts.isSpreadElement(value) || ts.isSpreadAssignment(value)) return true;
  return ts.forEachChild(value, (child) => isWorkedOut(child) || undefined) ?? false;
}
