import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root, sourceFiles, walk } from "./source-tree.js";

/** A piece of TypeScript that documentation shows, and where it stands. */
export type ExampleBlock = { readonly origin: string; readonly code: string };

/** A name that an entry exports; a type alone is imported as one. */
export type ExportedName = { readonly name: string; readonly isType: boolean };

/** Every `@example` of a doc comment below `src`. */
export function docCommentExamples(): readonly ExampleBlock[] {
  return sourceFiles("src").flatMap(({ path, tree }) => {
    const comments = new Set<ts.JSDoc>();
    walk(tree, (node) => {
      for (const item of ts.getJSDocCommentsAndTags(node)) if (ts.isJSDoc(item)) comments.add(item);
    });
    return [...comments].flatMap((comment) => {
      const line = tree.getLineAndCharacterOfPosition(comment.getStart()).line + 1;
      return exampleTexts(comment.getText()).map((code) => ({ origin: `${path}:${line}`, code }));
    });
  });
}

/** Every fenced `ts` block of the README and of the documentation. */
export function documentExamples(): readonly ExampleBlock[] {
  const guides = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  return ["README.md", ...guides.sort().map((name) => join("docs", name))].flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => {
      const line = text.slice(0, match.index).split("\n").length;
      return { origin: `${path}:${line}`, code: match[1] ?? "" };
    });
  });
}

function exampleTexts(comment: string): string[] {
  const lines = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
  const examples: string[][] = [];
  let current: string[] | null = null;
  for (const line of lines) {
    const tag = /^@(\w+)/.exec(line);
    if (tag !== null) {
      current = tag[1] === "example" ? [] : null;
      if (current !== null) examples.push(current);
    } else current?.push(line);
  }
  return examples.map((example) => example.filter((line) => !line.startsWith("```")).join("\n"));
}

/**
 * The example as a module that checks itself: an expression with `// => result` behind it becomes a
 * comparison, one with `// throws code` an expected error, and names of the package are imported.
 */
export function checkedModule(
  block: ExampleBlock,
  exportsOf: ReadonlyMap<string, readonly ExportedName[]>,
): { readonly code: string; readonly checks: number } {
  const tree = ts.createSourceFile("example.ts", block.code, ts.ScriptTarget.Latest, true);
  let checks = 0;
  const statements = tree.statements.map((statement) => {
    const text = statement.getText();
    const remark = remarkBehind(block.code, statement.end);
    if (remark === null || !ts.isExpressionStatement(statement)) return text;
    checks += 1;
    const expression = statement.expression.getText();
    // What is awaited is awaited before it is compared.
    if (remark.kind === "result" && awaits(statement))
      return `{ const seen = ${expression}; expectResult(() => seen, () => (${remark.text})); }`;
    return remark.kind === "result"
      ? `expectResult(() => (${expression}), () => (${remark.text}));`
      : `expectThrow(() => (${expression}), ${JSON.stringify(remark.text)});`;
  });
  const used = new Set<string>();
  const own = new Set<string>();
  walk(tree, (node) => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if ((ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isImportSpecifier(node)) && node.name !== undefined)
      own.add(node.name.getText());
  });
  const imports = [...exportsOf].flatMap(([entry, names]) => {
    const wanted = names.filter(({ name }) => used.has(name) && !own.has(name));
    for (const { name } of wanted) own.add(name);
    const specifiers = wanted.map(({ name, isType }) => (isType ? `type ${name}` : name));
    return wanted.length === 0 ? [] : [`import { ${specifiers.join(", ")} } from ${JSON.stringify(entry)};`];
  });
  const header = [
    `// ${block.origin}`,
    ...imports,
    'import { expectResult, expectThrow } from "../../test/package/expectations.js";',
    "void expectResult; void expectThrow;",
  ];
  return { code: `${[...header, ...statements].join("\n")}\nexport {};\n`, checks };
}

function awaits(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    if (ts.isAwaitExpression(node)) found = true;
  });
  return found;
}

/** The `// => …` or `// throws …` that follows a statement, with its continuation lines. */
function remarkBehind(code: string, end: number): { readonly kind: "result" | "throw"; readonly text: string } | null {
  const lines = code
    .slice(end)
    .split("\n")
    .map((line) => line.trim());
  if (lines[0] === "") lines.shift();
  const first = /^\/\/ (=>|throws) (.*)$/.exec(lines[0] ?? "");
  if (first === null) return null;
  if (first[1] === "throws") return { kind: "throw", text: (first[2] ?? "").trim() };
  const text = [first[2] ?? ""];
  for (const line of lines.slice(1)) {
    if (!/^\/\/(?: {2,}| [\])}]|$)/.test(line)) break;
    text.push(line.slice(2));
  }
  return { kind: "result", text: text.join("\n") };
}
