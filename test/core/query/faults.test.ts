import { describe, expect, it } from "vitest";
import { checkQuery } from "../../../src/core/query/check-query.js";
import { parseQuery } from "../../../src/core/query/parse-query.js";
import { maximumQueryLength } from "../../../src/core/query/query.js";

/** What is said of a text: everything that is wrong with it, by line and column. */
function wordsFor(text: string): readonly string[] {
  const parsed = parseQuery(text);
  return parsed.ok ? [] : parsed.error.map(({ message }) => message);
}

describe("faults of a query (Q7)", () => {
  it.each([
    ['resource_tag = "x"', 'line 1, column 14: found `=`, expected `["key"]`'],
    ['resource_tag[env] = "x"', "line 1, column 14: found `env`, expected a key in double quotes"],
    ['resource_tag[] = "x"', "line 1, column 14: found `]`, expected a key in double quotes"],
    ['resource_tag["a" = "x"', "line 1, column 18: found `=`, expected `]`"],
    ['resource_tag["a", "b"] = "x"', "line 1, column 17: found `,`, expected `]`"],
    ["resource_name in ()", "line 1, column 19: found `)`, expected a value in double quotes"],
    ['resource_name in ("a",)', "line 1, column 23: found `)`, expected a value in double quotes"],
    ['resource_name in ("a", , "b")', "line 1, column 24: found `,`, expected a value in double quotes"],
    [
      "resource_name in (a, b)",
      "line 1, column 19: found `a`, expected a value in double quotes",
      "line 1, column 22: found `b`, expected a value in double quotes",
    ],
    ['resource_name in ("a" "b")', 'line 1, column 23: found `"b"`, expected `,` or `)`'],
    ['resource_name in "("', 'line 1, column 18: found `"("`, expected `(` and a list of values'],
    ["resource_name contains ''", "line 1, column 24: found `''`, expected a value in double quotes"],
    ['resource_name contains ""', 'line 1, column 24: found `""`, expected a value that is not empty after `contains`'],
    [
      'resource_name = "\\a" "b"',
      "line 1, column 18: found `a`, expected a double quote or a backslash after a backslash",
      'line 1, column 22: found `"b"`, expected `and`, `or` or the end of the query',
    ],
    ['resource_name = "\\a\\b"', "line 1, column 18: found `a`, expected a double quote or a backslash after a backslash"],
    ['resource_name not like "x"', "line 1, column 15: found `not`, expected an operator"],
    ['resource_name not "in"', "line 1, column 15: found `not`, expected an operator"],
    ['resource_name not in "x"', "line 1, column 15: found `not in`, expected an operator; did you mean `not_in`"],
    ['resource_name NOT contains "x"', "line 1, column 15: found `NOT contains`, expected an operator; did you mean `not_contains`"],
    ['resource_name = "a" "and" resource_name = "b"', 'line 1, column 21: found `"and"`, expected `and`, `or` or the end of the query'],
    ['"not" resource_name = "a"', 'line 1, column 1: found `"not"`, expected a field, `not` or `(`'],
    ["resource_name = or", "line 1, column 17: found `or`, expected a value in double quotes"],
    ["resource_name = and", "line 1, column 17: found `and`, expected a value in double quotes"],
    ['resource_name = "a" or', "line 1, column 23: found the end of the query, expected a field, `not` or `(`"],
    ["or", "line 1, column 1: found `or`, expected a field, `not` or `(`"],
    ['and resource_name = "a"', "line 1, column 1: found `and`, expected a field, `not` or `(`"],
    ["not", "line 1, column 4: found the end of the query, expected a field, `not` or `(`"],
    ['(resource_name = "a"', "line 1, column 21: found the end of the query, expected `and`, `or` or `)`"],
    ['resource_name = "a")', "line 1, column 20: found `)`, expected `and`, `or` or the end of the query"],
    ['(resource_name = "a" "b")', 'line 1, column 22: found `"b"`, expected `and`, `or` or `)`'],
    ["resource_name", "line 1, column 14: found the end of the query, expected an operator"],
    ["resource_name =", "line 1, column 16: found the end of the query, expected a value in double quotes"],
    ['resource_name "x"', 'line 1, column 15: found `"x"`, expected an operator'],
    ['resource_name ("x")', "line 1, column 15: found `(`, expected an operator"],
    ['name = "x"', "line 1, column 1: found `name`, expected a field; did you mean `resource_name`"],
    ['tag["a"] = "x"', "line 1, column 1: found `tag`, expected a field; did you mean `resource_tag`"],
    ['resource_name = "a', 'line 1, column 17: found `"a`, expected a closing double quote on the same line'],
    [
      "resource_name = 'a' or x",
      "line 1, column 17: found `'a'`, expected a value in double quotes",
      "line 1, column 24: found `x`, expected a field; did you mean `resource`",
    ],
    ['resource_name = "a\\', 'line 1, column 17: found `"a\\\\`, expected a closing double quote on the same line'],
    ["a\nbb\nccc\ud800", "line 3, column 4: found `\\u{d800}`, expected a whole character"],
    ["", "line 1, column 1: found the end of the query, expected a field, `not` or `(`"],
    ["   ", "line 1, column 4: found the end of the query, expected a field, `not` or `(`"],
    ['resource_name = "a" , "b"', "line 1, column 21: found `,`, expected `and`, `or` or the end of the query"],
    ["resource_name = [", "line 1, column 17: found `[`, expected a value in double quotes"],
    ['resource_name == "a"', "line 1, column 15: found `==`, expected an operator; did you mean `=`"],
    ['resource_name = "a" aNd resource_name = "b"', "line 1, column 21: found `aNd`, expected `and` or `AND`; did you mean `and`"],
    ['Not resource_name = "b"', "line 1, column 1: found `Not`, expected `not` or `NOT`; did you mean `not`"],
    ['resource_name or "x"', "line 1, column 15: found `or`, expected an operator"],
    ['resource_tag[] "x"', "line 1, column 14: found `]`, expected a key in double quotes"],
    ['resource_name in (, "b" "c")', "line 1, column 19: found `,`, expected a value in double quotes"],
    ['resource_name in ("a", , "b" "c")', "line 1, column 24: found `,`, expected a value in double quotes"],
  ])("Q7: %j", (text, ...words) => {
    expect(wordsFor(text)).toEqual(words);
  });

  it("Q7: no more than a hundred faults are named", () => {
    const query = `x = "a"${' or y zz "a"'.repeat(60)}`;
    expect(wordsFor(`x = "a"${' or y zz "a"'.repeat(2)}`)).toHaveLength(5);
    expect(wordsFor(query)).toHaveLength(100);
  });

  it("D4: a text of as many code units as are taken is read, one of more is not", () => {
    const text = 'resource_name = "a"'.padEnd(maximumQueryLength, " ");
    expect([wordsFor(text), wordsFor(`${text} `)]).toEqual([
      [],
      [`line 1, column 1: found ${maximumQueryLength + 1} code units, expected at most ${maximumQueryLength} code units`],
    ]);
  });
});

describe("trees that are no queries (Q1)", () => {
  const comparison = { kind: "comparison", field: "resource_name", key: null, operator: "=", values: ["a"] } as const;

  it("Q1: a list or an instance with the keys of a tree is none", () => {
    const isQuery = (value: unknown): boolean => checkQuery(value) !== null;
    const not = { kind: "not", term: comparison };
    expect([comparison, not, Object.assign(Object.create(null), not)].map(isQuery)).toEqual([true, true, true]);
    expect([Object.assign([], not), Object.assign(new Date(0), not), { ...not, term: Object.assign([], comparison) }].map(isQuery)).toEqual(
      [false, false, false],
    );
  });

  it("D4: a value may take what is left of the longest text, to the character", () => {
    // Four characters for the comparison, two for the quotes.
    const longest = maximumQueryLength - 6;
    const withValue = (length: number): unknown => checkQuery({ ...comparison, values: ["x".repeat(length)] });
    expect([withValue(longest) !== null, withValue(longest + 1) !== null]).toEqual([true, false]);
  });
});
