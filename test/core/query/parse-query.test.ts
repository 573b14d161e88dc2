import { describe, expect, it } from "vitest";
import { parseQuery } from "../../../src/core/query/parse-query.js";
import { keyedFields, plainFields, type Query } from "../../../src/core/query/query.js";

function treeOf(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.map((issue) => issue.message).join("\n"));
  return parsed.value;
}

function issuesOf(text: unknown) {
  // The types forbid what is no text; hosts without types pass it all the same.
  const parsed = parseQuery(text as string);
  if (parsed.ok) throw new Error("parses");
  return parsed.error;
}

const is = (field: string, value: string) => ({ kind: "comparison", field, key: null, operator: "=", values: [value] });
const name = (value: string) => is("resource_name", value);

describe("parseQuery", () => {
  it.each(plainFields)("Q1: knows the field %s", (field) => {
    expect(treeOf(`${field} = "x"`)).toEqual(is(field, "x"));
  });

  it.each(keyedFields)("Q1: knows the field %s with a key", (field) => {
    expect(treeOf(`${field}["env"] = "x"`)).toEqual({ ...is(field, "x"), key: "env" });
  });

  it.each(["=", "!=", "contains", "not_contains", "starts_with", "ends_with"])("Q2: knows the operator %s with one value", (operator) => {
    expect(treeOf(`resource_name ${operator} "x"`)).toEqual({ ...name("x"), operator });
  });

  it.each(["in", "not_in"])("Q2: knows the operator %s with a list", (operator) => {
    expect(treeOf(`resource_name ${operator} ("a", "b")`)).toEqual({ ...name("a"), operator, values: ["a", "b"] });
  });

  it("Q3: a double quote and a backslash stand in a value behind a backslash", () => {
    expect(treeOf(String.raw`resource_name = "a\"b\\c"`)).toEqual(name('a"b\\c'));
  });

  it("Q3: an empty value can be compared with", () => {
    expect(treeOf('resource_name = ""')).toEqual(name(""));
  });

  it.each(["contains", "not_contains", "starts_with", "ends_with"])("Q3: an empty value is an error after %s", (operator) => {
    expect(issuesOf(`resource_name ${operator} ""`)).toMatchObject([{ code: "query_syntax", line: 1, column: 16 + operator.length }]);
  });

  it("Q4: not binds tighter than and, and tighter than or", () => {
    expect(treeOf('not resource_name = "a" and resource_name = "b" or resource_name = "c"')).toEqual({
      kind: "or",
      terms: [{ kind: "and", terms: [{ kind: "not", term: name("a") }, name("b")] }, name("c")],
    });
  });

  it("Q4: parentheses come first", () => {
    expect(treeOf('not (resource_name = "a" or resource_name = "b")')).toEqual({
      kind: "not",
      term: { kind: "or", terms: [name("a"), name("b")] },
    });
  });

  it("Q4: terms of one kind stand side by side, whatever the parentheses", () => {
    const terms = [name("a"), name("b"), name("c")];
    expect(treeOf('(resource_name = "a" and resource_name = "b") and (resource_name = "c")')).toEqual({ kind: "and", terms });
  });

  it("Q4: the joining words may be in upper case", () => {
    const lower = treeOf('not resource_name = "a" and resource_name = "b" or resource_name = "c"');
    expect(treeOf('NOT resource_name = "a" AND resource_name = "b" OR resource_name = "c"')).toEqual(lower);
  });

  it.each([
    ['resource_name = "a" And resource_name = "b"', "and", 21],
    ['resource_name = "a" oR resource_name = "b"', "or", 21],
    ['Not resource_name = "a"', "not", 1],
  ])("Q4: a joining word in mixed case is an error with a suggestion: %s", (text, nearest, column) => {
    expect(issuesOf(text)).toMatchObject([{ code: "query_syntax", nearest, line: 1, column }]);
  });

  it("Q7: line breaks and tabs may stand between the parts", () => {
    expect(treeOf('\n\tresource_tag\r\n[\n"env"\n]\n=\n"x"\n')).toEqual({ ...is("resource_tag", "x"), key: "env" });
  });

  it("Q7: the tree is frozen all the way down and carries no positions", () => {
    const tree = treeOf('resource_name in ("a", "b")');
    expect(Object.keys(tree)).toEqual(["kind", "field", "key", "operator", "values"]);
    expect(Object.isFrozen(tree) && tree.kind === "comparison" && Object.isFrozen(tree.values)).toBe(true);
  });

  const faults: readonly (readonly [text: string, code: string, line: number, column: number, message: string])[] = [
    ["", "query_syntax", 1, 1, "found the end of the query, expected a field, `not` or `(`"],
    [" \n ", "query_syntax", 2, 2, "found the end of the query, expected a field, `not` or `(`"],
    ["resource_name", "query_syntax", 1, 14, "found the end of the query, expected an operator"],
    ["resource_name =", "query_syntax", 1, 16, "found the end of the query, expected a value in double quotes"],
    ["resource_name = and", "query_syntax", 1, 17, "found `and`, expected a value in double quotes"],
    ['resource_name = "a" "b"', "query_syntax", 1, 21, 'found `"b"`, expected `and`, `or` or the end of the query'],
    ['resource_name = "a" && x', "query_syntax", 1, 21, "found `&&`, expected `and`, `or` or the end of the query"],
    ['resource_name = "a")', "query_syntax", 1, 20, "found `)`, expected `and`, `or` or the end of the query"],
    ['(resource_name = "a"', "query_syntax", 1, 21, "found the end of the query, expected `and`, `or` or `)`"],
    ["()", "query_syntax", 1, 2, "found `)`, expected a field, `not` or `(`"],
    ['"a" = resource_name', "query_syntax", 1, 1, 'found `"a"`, expected a field, `not` or `(`'],
    ['"a\\"b" = resource_name', "query_syntax", 1, 1, 'found `"a\\\\"b"`, expected a field, `not` or `(`'],
    ['and resource_name = "a"', "query_syntax", 1, 1, "found `and`, expected a field, `not` or `(`"],
    ['resource_name in "a"', "query_syntax", 1, 18, 'found `"a"`, expected `(` and a list of values'],
    ["resource_name in ()", "query_syntax", 1, 19, "found `)`, expected a value in double quotes"],
    ['resource_name in ("a",)', "query_syntax", 1, 23, "found `)`, expected a value in double quotes"],
    ['resource_name in ("a" "b")', "query_syntax", 1, 23, 'found `"b"`, expected `,` or `)`'],
    ['resource_name = ("a")', "query_syntax", 1, 17, "found `(`, expected a value in double quotes"],
    ['resource_tag = "a"', "query_syntax", 1, 14, 'found `=`, expected `["key"]`'],
    ['resource_tag["a" = "b"', "query_syntax", 1, 18, "found `=`, expected `]`"],
    ['resource_name["a"] = "b"', "query_syntax", 1, 14, "found `[`, expected an operator"],
    [String.raw`resource_name = "a\n"`, "query_syntax", 1, 19, "found `n`, expected a double quote or a backslash after a backslash"],
    ["resource_name = 'a'", "query_value_quotes", 1, 17, "found `'a'`, expected a value in double quotes"],
    ["resource_name = 'a", "query_value_quotes", 1, 17, "found `'a`, expected a value in double quotes"],
    ["resource_name = prod-1", "query_value_quotes", 1, 17, "found `prod-1`, expected a value in double quotes"],
    ["resource_name = “prod”", "query_value_quotes", 1, 17, "found `“prod”`, expected a value in double quotes"],
    ["resource_tag[env] = 3", "query_value_quotes", 1, 14, "found `env`, expected a key in double quotes"],
    ['resource_name = "a', "query_value_quotes", 1, 17, 'found `"a`, expected a closing double quote on the same line'],
    ['resource_name = "a\nb"', "query_value_quotes", 1, 17, 'found `"a`, expected a closing double quote on the same line'],
    ['resource_name ~ "a"', "query_unknown_operator", 1, 15, "found `~`, expected an operator; did you mean `=`"],
    ['\n  é𝒳 = "a"', "query_unknown_field", 2, 3, "found `é𝒳`, expected a field; did you mean `resource`"],
  ];

  it.each(faults)("Q7: says where, what was found and what was expected: %j", (text, code, line, column, message) => {
    expect(issuesOf(text)[0]).toMatchObject({ code, path: [], line, column, message: `line ${line}, column ${column}: ${message}` });
  });

  it("Q7: columns count characters, not code units", () => {
    expect(issuesOf('resource_name = "𝒳é" x')).toMatchObject([{ line: 1, column: 22 }]);
  });

  it.each([
    ['resource_typ = "a"', "resource_type"],
    ['resourceType = "a"', "resource_type"],
    ['Resource_Name = "a"', "resource_name"],
    ['status = "a"', "resource_status"],
    ['resource_tga["a"] = "a"', "resource_tag"],
    ['resource_risk = "3"', "resource_risk_level"],
    ['perm = "a"', "permission"],
    ['resource_colour = "a"', "resource_status"],
    ['tag["env"] = "a"', "resource_tag"],
    ['region["env"] = "a"', "resource_tag"],
    ['x = "a"', "resource"],
  ])("Q1: an unknown field suggests the nearest: %s", (text, nearest) => {
    expect(issuesOf(text)).toMatchObject([{ code: "query_unknown_field", nearest, line: 1, column: 1 }]);
  });

  it.each([
    ['resource_name == "a"', "="],
    ['resource_name CONTAINS "a"', "contains"],
    ['resource_name startswith "a"', "starts_with"],
    ['resource_name IN ("a")', "in"],
    ['resource_name not contains "a"', "not_contains"],
    ['resource_name NOT in ("a")', "not_in"],
  ])("Q2: an unknown operator suggests the nearest: %s", (text, nearest) => {
    expect(issuesOf(text)).toMatchObject([{ code: "query_unknown_operator", nearest, line: 1, column: 15 }]);
  });

  it("Q7: faults that do not hide what follows are reported together, in order", () => {
    const codes = issuesOf("resource_typ = 'x' And resource_name contins \"\\q\"").map((issue) => [issue.code, issue.column]);
    expect(codes).toEqual([
      ["query_unknown_field", 1],
      ["query_value_quotes", 16],
      ["query_syntax", 20],
      ["query_unknown_operator", 38],
      ["query_syntax", 47],
    ]);
  });

  it.each([
    ["'a' = resource_name", ["query_value_quotes 1 found `'a'`", "query_syntax 1 found `'a'`"]],
    ["resource_name 'a'", ["query_value_quotes 15 found `'a'`", "query_syntax 15 found `'a'`"]],
    ['resource_name "a', ['query_value_quotes 15 found `"a`', 'query_syntax 15 found `"a`']],
    ['"\\n" = resource_name', ["query_syntax 2 found `n`", 'query_syntax 1 found `"\\\\n"`']],
    ["resource_name = 'it's a'", ["query_value_quotes 17 found `'it'`"]],
  ])("Q3: a value that is wrong in itself and out of place is reported for both, as it was written: %s", (text, expected) => {
    const said = issuesOf(text).map(({ code, column, message }) => `${code} ${column} ${/found [^,]*/.exec(message)?.[0]}`);
    expect(said).toEqual(expected);
  });

  it("Q7: what follows a value without quotes is not reported as a fault of its own", () => {
    expect(issuesOf("resource_name = prod db")).toHaveLength(1);
  });

  it("Q7: 200 parentheses or nots inside each other are read", () => {
    expect(treeOf(`${"(".repeat(200)}resource_name = "a"${")".repeat(200)}`)).toEqual(name("a"));
    expect(treeOf(`${"not ".repeat(200)}resource_name = "a"`).kind).toBe("not");
  });

  it.each([
    ["(", 201],
    ["not ", 801],
    ["not (", 501],
  ])("Q7: the 201st level is refused where it opens: %j", (opening, column) => {
    expect(issuesOf(opening.repeat(100_000))).toMatchObject([{ code: "query_too_deep", limit: 200, line: 1, column }]);
  });

  it("Q7: a hundred faults are enough", () => {
    expect(issuesOf('x = "a" or '.repeat(10_000))).toHaveLength(100);
  });

  it.each<[string, string[]]>([
    ['resource_name not in ("a")', ["line 1, column 15: found `not in`, expected an operator; did you mean `not_in`"]],
    ['resource_name not contains "a"', ["line 1, column 15: found `not contains`, expected an operator; did you mean `not_contains`"]],
    ['resource_name foo contains "a"', ["line 1, column 15: found `foo`, expected an operator"]],
    ['resource_name NOT "a"', ["line 1, column 15: found `NOT`, expected an operator"]],
    [
      'resource_name foo ("a") or bar = "b"',
      ["line 1, column 15: found `foo`, expected an operator", "line 1, column 28: found `bar`, expected a field; did you mean `resource`"],
    ],
    [
      'resource_name foo "a" or bar = "b"',
      ["line 1, column 15: found `foo`, expected an operator", "line 1, column 26: found `bar`, expected a field; did you mean `resource`"],
    ],
    [
      'nope = "b" or baz["q"] = 3',
      [
        "line 1, column 1: found `nope`, expected a field; did you mean `resource`",
        "line 1, column 15: found `baz`, expected a field; did you mean `resource_tag`",
        "line 1, column 26: found `3`, expected a value in double quotes",
      ],
    ],
  ])("Q7: says in words what is wrong, all at once where it can go on reading: %j", (value, messages) => {
    expect(issuesOf(value).map(({ message }) => message)).toEqual(messages);
  });

  it.each<[unknown, string]>([
    [5, "a value of type number"],
    [null, "null"],
    [undefined, "a value of type undefined"],
    [["resource"], "a list"],
    [{}, "a value of type object"],
  ])("Q7: what is no text is refused, not thrown: %j", (value, found) => {
    const message = `line 1, column 1: found ${found}, expected a text`;
    expect(issuesOf(value)).toMatchObject([{ code: "wrong_type", path: [], line: 1, column: 1, message }]);
  });

  it("D3: half a surrogate pair is refused where it stands", () => {
    expect(issuesOf('resource_name = "a"\n or\ud800')).toMatchObject([
      {
        code: "lone_surrogate",
        line: 2,
        column: 4,
        message: "line 2, column 4: found `\\u{d800}`, expected a whole character",
      },
    ]);
    expect(issuesOf('resource_name = "\ud83d\ude00"\n\n\udc00 or "\ud800"')).toMatchObject([{ line: 3, column: 1 }]);
  });

  it("D4: more text than a document may hold is refused", () => {
    expect(issuesOf(" ".repeat(4 * 1024 * 1024 + 1))).toMatchObject([
      {
        code: "too_large",
        limit: 4 * 1024 * 1024,
        message: "line 1, column 1: found 4194305 code units, expected at most 4194304 code units",
      },
    ]);
  });
});
