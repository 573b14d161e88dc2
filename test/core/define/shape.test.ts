import { describe, expect, it } from "vitest";
import {
  anyList,
  choice,
  fallback,
  filledList,
  flag,
  ignored,
  map,
  nothing,
  optional,
  record,
  refused,
  required,
  text,
  union,
  whole,
  word,
} from "../../../src/core/define/shape.js";

/* The grammar of a document is data: what each word of it says. */

describe("shapes", () => {
  it("D: of values", () => {
    expect([flag, nothing, text("any"), text("name", { max: 3 })]).toStrictEqual([
      { is: "flag" },
      { is: "null" },
      { is: "text", rule: "any" },
      { is: "text", rule: "name", max: 3 },
    ]);
    expect([word(["a"]), word(["a"], "unknown_kind"), whole(1)]).toStrictEqual([
      { is: "word", words: ["a"], unknown: "unknown_word" },
      { is: "word", words: ["a"], unknown: "unknown_kind" },
      { is: "number", whole: true, from: 1 },
    ]);
  });

  it("D3: of lists and maps", () => {
    expect([
      filledList(flag),
      filledList(flag, { max: 2, unique: true }),
      anyList(flag),
      anyList(flag, { max: 2 }),
      map(flag),
    ]).toStrictEqual([
      { is: "list", of: flag, mayBeEmpty: false },
      { is: "list", of: flag, mayBeEmpty: false, max: 2, unique: true },
      { is: "list", of: flag, mayBeEmpty: true },
      { is: "list", of: flag, mayBeEmpty: true, max: 2 },
      { is: "map", of: flag },
    ]);
  });

  it("D: of records, their keys, and what tells them apart", () => {
    const keys = { a: required(flag), b: optional(flag), c: ignored(flag), d: fallback(flag, true), e: refused("unknown_key", "no") };
    const [one, strict] = [record("one", keys), record("strict", {}, { atLeastOne: true })];
    expect([one, strict]).toStrictEqual([
      {
        is: "record",
        name: "one",
        keys: {
          a: { need: "required", shape: flag },
          b: { need: "optional", shape: flag },
          c: { need: "ignored", shape: flag },
          d: { need: "default", shape: flag, value: true },
          e: { need: "refused", code: "unknown_key", why: "no" },
        },
      },
      { is: "record", name: "strict", keys: {}, atLeastOne: true },
    ]);
    expect([union("kind", { one }), union("kind", { one }, strict), choice(flag, one)]).toStrictEqual([
      { is: "union", by: "kind", of: { one } },
      { is: "union", by: "kind", of: { one }, otherwise: strict },
      { is: "choice", of: [flag, one] },
    ]);
  });
});
