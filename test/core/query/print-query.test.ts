import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { parseQuery } from "../../../src/core/query/parse-query.js";
import { printQuery } from "../../../src/core/query/print-query.js";
import { maximumQueryLength, type Query } from "../../../src/core/query/query.js";

function printed(text: string): string {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error[0].message);
  return printQuery(parsed.value);
}

const leaf = { kind: "comparison", field: "resource_name", key: null, operator: "=", values: ["a"] };
const leaves = [leaf, leaf];
const throwing = (): never => {
  throw new Error("touched");
};
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const nested = (levels: number): object => (levels === 0 ? leaf : { kind: "not", term: nested(levels - 1) });

describe("printQuery", () => {
  it.each([
    ['resource_name="a"AND(resource_name="b")', 'resource_name = "a" and resource_name = "b"'],
    ['((resource_name = "a") OR ((resource_name = "b")))', 'resource_name = "a" or resource_name = "b"'],
    ['(resource_name = "a" or resource_name = "b") and resource_name = "c"', null],
    ['resource_name = "a" or resource_name = "b" and resource_name = "c"', null],
    ['not (resource_name = "a" and resource_name = "b")', null],
    ['NOT NOT(resource_name = "a")', 'not not resource_name = "a"'],
    ['resource_tag["a\\"b"]\n!= "c\\\\d"', 'resource_tag["a\\"b"] != "c\\\\d"'],
    ['resource_name not_in("a","b")', 'resource_name not_in ("a", "b")'],
  ])("Q7: prints the canonical text, without parentheses that are not needed: %s", (text, canonical) => {
    expect(printed(text)).toBe(canonical ?? text);
  });

  it("Q7: a tree that was stored and read back prints the same", () => {
    const text = 'not (resource_tag["env"] in ("a", "b") or permission = "read")';
    const parsed = parseQuery(text);
    expect(printQuery(deepFreeze(JSON.parse(JSON.stringify(parsed.ok && parsed.value))))).toBe(text);
  });

  it("Q7: a tree of 200 levels, stored and read back, still prints", () => {
    expect(printQuery(nested(200) as Query)).toBe(`${"not ".repeat(200)}resource_name = "a"`);
  });

  type Kind = "and" | "or" | "not";
  /** Parts inside one another, of these kinds in turns, with its text in as few parentheses as there can be. */
  function nest(kinds: readonly Kind[], parts: number): { readonly tree: object; readonly text: string; readonly kind: Kind | null } {
    if (parts === 0) return { tree: leaf, text: 'resource_name = "a"', kind: null };
    const [kind = "not"] = kinds;
    const inner = nest([...kinds.slice(1), kind], parts - 1);
    const isWrapped = kind === "not" ? inner.kind === "and" || inner.kind === "or" : kind === "and" && inner.kind === "or";
    const text = isWrapped ? `(${inner.text})` : inner.text;
    if (kind === "not") return { tree: { kind, term: inner.tree }, text: `not ${text}`, kind };
    return { tree: { kind, terms: [inner.tree, leaf] }, text: `${text} ${kind} resource_name = "a"`, kind };
  }

  it.each<Kind[][]>([
    [["not"]],
    [["and", "or"]],
    [["not", "and"]],
    [["not", "or"]],
    [["or", "not", "and"]],
    [["and", "not", "or"]],
    [["not", "not", "or"]],
  ])("Q1: a tree is as deep as its text: of %j, the same depth is the last that is a query", (kinds) => {
    // A part adds half a level to a level and a half: depths around each of those at which 200 are reached.
    const depths = [1, 2, ...[100, 134, 150, 200, 267, 300, 400].flatMap((depth) => [depth - 1, depth, depth + 1, depth + 2])];
    const isPrinted = (tree: object): boolean => {
      try {
        return printQuery(tree as Query) !== "";
      } catch {
        return false;
      }
    };
    const differ = depths.map((parts) => nest(kinds, parts)).filter(({ tree, text }) => isPrinted(tree) !== parseQuery(text).ok);
    expect(differ.map(({ text }) => text.length)).toEqual([]);
    expect(depths.map((parts) => isPrinted(nest(kinds, parts).tree))).toContain(false);
  });

  it("Q7: an empty value is one, where whole values are compared", () => {
    expect(printQuery({ ...leaf, values: [""] } as unknown as Query)).toBe('resource_name = ""');
  });

  it("D4: refuses a tree that uses its parts so often that no text could hold it, without walking it all", () => {
    let tree: object = leaf;
    for (let level = 0; level < 300; level += 1) tree = { kind: level % 2 === 0 ? "or" : "and", terms: [tree, tree] };
    expect(() => printQuery(tree as Query)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });

  it("D4: refuses a tree that uses a long value more often than a text could hold it", () => {
    const values = new Array(1_000).fill("a".repeat(5_000));
    expect(() => printQuery({ ...leaf, operator: "in", values } as unknown as Query)).toThrow(
      expect.objectContaining({ code: "facts_invalid" }),
    );
  });

  const empty = { ...leaf, field: "resource", values: [""] };
  const negated = { kind: "not", term: { kind: "not", term: empty } };
  it.each<[string, (times: number) => object]>([
    ['or resource=""', (times) => ({ kind: "or", terms: new Array(times).fill(empty) })],
    ['or not not resource=""', (times) => ({ kind: "or", terms: new Array(times).fill(negated) })],
    [',""', (times) => ({ ...empty, operator: "in", values: new Array(times).fill("") })],
  ])("D4: takes as many parts as the densest text within the limit can have: %s", (more, treeOf) => {
    // Its canonical text has more blanks, so it is longer than the densest one.
    const tree = treeOf(Math.floor(maximumQueryLength / more.length));
    expect(printQuery(tree as Query).length).toBeGreaterThan(maximumQueryLength);
  });

  it.each([
    ["no record", 5],
    ["null", null],
    ["nothing", undefined],
    ["a text", 'resource_name = "a"'],
    ["a list", [leaf]],
    ["a part that is a list", { kind: "not", term: [leaf] }],
    ["a part that is null", { kind: "and", terms: [leaf, null] }],
    ["a part that is a text", { kind: "or", terms: ["a", leaf] }],
    ["an unknown kind", { kind: "xor", terms: [leaf, leaf] }],
    ["an unknown key", { ...leaf, line: 1 }],
    ["a missing key", { kind: "comparison", field: "resource_name", operator: "=", values: ["a"] }],
    ["a key in the place of another", { kind: "comparison", field: "resource_name", key: null, operator: "=", value: ["a"] }],
    ["an unknown field", { ...leaf, field: "constructor" }],
    ["a field that is no text", { ...leaf, field: 7 }],
    ["a field in a list", { ...leaf, field: ["resource_name"] }],
    ["a key on a plain field", { ...leaf, key: "env" }],
    ["no key on a keyed field", { ...leaf, field: "resource_tag" }],
    ["an unknown operator", { ...leaf, operator: "is" }],
    ["an operator that is no text", { ...leaf, operator: 7 }],
    ["an operator in a list", { ...leaf, operator: ["="] }],
    ["two values for one", { ...leaf, values: ["a", "b"] }],
    ["no value", { ...leaf, values: [] }],
    ["no value in a list", { ...leaf, operator: "in", values: [] }],
    ["an empty part of a text", { ...leaf, operator: "contains", values: [""] }],
    ["a value with a line break", { ...leaf, values: ["a\nb"] }],
    ["half a character", { ...leaf, values: ["\ud800"] }],
    ["no term", { kind: "and", terms: [] }],
    ["no term of `or`", { kind: "or", terms: [] }],
    ["one term", { kind: "and", terms: [leaf] }],
    ["one term of `or`", { kind: "or", terms: [leaf] }],
    ["a term of its own kind", { kind: "and", terms: [leaf, { kind: "and", terms: [leaf, leaf] }] }],
    ["a first term of its own kind", { kind: "and", terms: [{ kind: "and", terms: leaves }, leaf] }],
    ["a first term of `or` of its own kind", { kind: "or", terms: [{ kind: "or", terms: leaves }, leaf] }],
    ["a prototype in place of keys", Object.create(leaf) as object],
    ["201 levels", nested(201)],
    ["nothing but holes", { kind: "and", terms: new Array(2) }],
    ["a hole among terms", { kind: "or", terms: Object.assign(new Array(3), leaves) }],
    ["a hole among values", { ...leaf, operator: "in", values: Object.assign(new Array(2), ["a"]) }],
    ["a list without end", { kind: "or", terms: new Array(4_000_000_000) }],
    [
      "what computes its kind",
      {
        get kind() {
          return throwing();
        },
      },
    ],
    [
      "what computes its values",
      {
        ...leaf,
        get values() {
          return ["a"];
        },
      },
    ],
    ["what computes a term", { kind: "and", terms: Object.defineProperty([leaf, leaf], 1, { get: throwing }) }],
    ["what was revoked", revoked],
    ["a list that was revoked", { kind: "and", terms: revoked }],
  ])("Q7: refuses a tree that no text means: %s", (_, tree) => {
    const message = "query is no query as `parseQuery` gives them";
    expect(() => printQuery(tree as Query)).toThrow(expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid", message }));
  });
});
