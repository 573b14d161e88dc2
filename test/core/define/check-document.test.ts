import { describe, expect, it } from "vitest";
import { definitionWalk } from "../../../src/core/define/check-access-flow.js";
import { checkDocument } from "../../../src/core/define/check-document.js";
import type { WalkOptions } from "../../../src/core/define/document-walk.js";
import { printValue } from "../../../src/core/define/print-value.js";
import {
  anyList,
  fallback,
  filledList,
  flag,
  ignored,
  map,
  optional,
  record,
  refused,
  required,
  type Shape,
  text,
  union,
  whole,
  word,
} from "../../../src/core/define/shape.js";
import type { Path } from "../../../src/core/kernel/path.js";
import type { ZoneSource } from "../../../src/core/time/zone-source.js";

/*
 * The walk over a document by small shapes, each answer in full: the draft, with what is faulty left out, and every issue
 * with nothing but what it has to say.
 */

const limits = { depth: 3, nodes: 6, bytes: 20 };

function checked(shape: Shape, document: unknown, options: Partial<WalkOptions> = {}): unknown {
  const { draft, walk } = checkDocument(shape, document, { ...definitionWalk, whole: "the whole", ...options });
  return { draft, issues: walk.issues };
}

const short = text("any", { max: 3 });
const things = { of: "things", limit: 3 };
const thing = record("thing", {
  name: required(text("name")),
  size: optional(whole(1)),
  kind: fallback(word(["big", "small"]), "big"),
  note: ignored(text("any")),
  owner: refused("unknown_key", "is no key of a thing"),
});

describe("what is right", () => {
  it.each<readonly [says: string, shape: Shape, document: unknown, draft: unknown]>([
    ["a name is trimmed", text("name"), " a ", "a"],
    ["any other text is left as it is", text("any"), " a ", " a "],
    ["an entry twice in a set stands once", anyList(short, { unique: true }), ["a", "b", "a"], ["a", "b"]],
    ["and twice in a list", anyList(short), ["a", "b", "a"], ["a", "b", "a"]],
    ["a key of a map that is undefined is absent", map(short), { a: "x", b: undefined }, { a: "x" }],
    ["defaults are written, what is ignored is left out", thing, { note: "n", name: "a" }, { name: "a", kind: "big" }],
    [
      "a key that is undefined is absent, known, ignored or refused",
      thing,
      { name: "a", size: undefined, owner: undefined },
      { name: "a", kind: "big" },
    ],
    ["a flag and null", anyList(flag), [true, false], [true, false]],
  ])("D7: %s", (_, shape, document, draft) => {
    expect(checked(shape, document)).toStrictEqual({ draft, issues: [] });
  });
});

/** Whoever looks inside throws. */
function unreadable(hidden: object): object {
  const refuse = (): never => {
    throw new Error("not for reading");
  };
  return new Proxy(hidden, { ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

function issue(code: string, path: Path, message: string, details: object = {}): unknown {
  return { code, path, message, ...details };
}

describe("what is wrong", () => {
  const filledRecord = record("filled", { a: optional(short) }, { atLeastOne: true });
  const counted = text("any", { total: things });
  const twoForms = record(
    "forms",
    { from: optional(text("from")), to: optional(text("to")), windows: optional(anyList(short)) },
    { forms: { usual: ["from", "to"], other: "windows" } },
  );
  const sized = { size: optional(whole(1)) };
  const ofKind = union("kind", {
    big: record("big", { kind: required(word(["big"])), ...sized }),
    small: record("small", { kind: required(word(["small"])), ...sized }),
  });
  const ofSort = union("sort", { one: record("one", { sort: required(word(["one"])) }) });
  const noZones: ZoneSource = { findZone: () => null, timetables: new WeakMap() };
  const zoneNeeded =
    "the whole must be the name of a time zone that the given zone tables have, for example `Europe/Paris`, not `Europe/Pariss`";
  const openRecord = record("open", { a: optional(short) }, { open: true });
  const longLength = record("length", { amount: optional(whole(1)), unit: optional(word(["hour", "day"])) }, { check: "duration" });

  it.each<readonly [shape: Shape, document: unknown, options: Partial<WalkOptions>, draft: unknown, issues: readonly unknown[]]>([
    [short, 5, {}, undefined, [issue("wrong_type", [], "the whole must be a text, not `5`")]],
    [map(short), 5, {}, undefined, [issue("not_an_object", [], "the whole must be an object, not `5`")]],
    [thing, 5, {}, undefined, [issue("not_an_object", [], "the whole must be an object, not `5`")]],
    [short, "abcd", {}, undefined, [issue("too_long", [], "the whole must be at most 3 characters long, not `abcd`", { limit: 3 })]],
    [text("name"), " ", {}, undefined, [issue("name_invalid", [], "the whole must hold a letter or a digit, not ` `")]],
    [
      word(["big", "small"]),
      "bigg",
      {},
      undefined,
      [issue("unknown_word", [], "the whole must be `big` or `small`, not `bigg`", { nearest: "big" })],
    ],
    [whole(1), 0, {}, undefined, [issue("number_invalid", [], "the whole must be a whole number from 1, not `0`")]],
    [filledList(short), [], {}, undefined, [issue("empty", [], "the whole is empty: at least one entry is needed")]],
    [anyList(short, { max: 1 }), ["a", "b"], {}, ["a", "b"], [issue("too_many", [], "the whole has 2 entries, more than 1", { limit: 1 })]],
    [
      anyList(short, { total: things }),
      ["a", "b", "c", "d"],
      { limits: null },
      undefined,
      [issue("too_many", [], "the whole is where there are more than 3 things", { limit: 3 })],
    ],
    [
      anyList(short, { total: things }),
      ["a", "b", 5, "d"],
      {},
      ["a", "b", "d"],
      [
        issue("too_many", [], "the whole is where there are more than 3 things", { limit: 3 }),
        issue("wrong_type", [2], "[2] must be a text, not `5`"),
      ],
    ],
    [
      anyList(anyList(short, { total: things })),
      [["a", "b"], ["c", "d"], ["e"]],
      {},
      [["a", "b"], ["c", "d"], ["e"]],
      [issue("too_many", [1], "[1] is where there are more than 3 things", { limit: 3 })],
    ],
    [anyList(short), unreadable([]), {}, undefined, [issue("wrong_type", [], "the whole cannot be read")]],
    [map(short), unreadable({}), {}, undefined, [issue("not_an_object", [], "the whole cannot be read")]],
    [thing, unreadable({}), {}, undefined, [issue("not_an_object", [], "the whole cannot be read")]],
    [
      thing,
      { name: "", size: "1", kind: "bg", owner: { constructor: 1 }, sizes: 2, constructor: 3 },
      {},
      { name: undefined, size: undefined, kind: undefined },
      [
        issue("name_invalid", ["name"], "name must hold a letter or a digit, not ``"),
        issue("wrong_type", ["size"], "size must be a whole number from 1, not `1`"),
        issue("unknown_word", ["kind"], "kind must be `big` or `small`, not `bg`", { nearest: "big" }),
        issue("unknown_key", ["owner"], "owner is no key of a thing"),
        issue("forbidden_key", ["owner", "constructor"], "owner.constructor is a key that no record may have"),
        issue("unknown_key", ["sizes"], "sizes is not a known key; did you mean `size`?", { nearest: "size" }),
        issue("forbidden_key", ["constructor"], "constructor is a key that no record may have"),
      ],
    ],
    [thing, {}, {}, { kind: "big" }, [issue("missing_key", ["name"], "name is missing")]],
    [
      thing,
      { size: 1 },
      { complete: true },
      { size: 1, kind: "big" },
      [issue("missing_key", ["name"], "name is missing"), issue("missing_key", ["kind"], "kind is missing: write `big` or `small`")],
    ],
    [filledRecord, {}, {}, {}, [issue("empty", [], "the whole is empty, so it says nothing")]],
    [filledRecord, { a: undefined }, {}, {}, [issue("empty", [], "the whole is empty, so it says nothing")]],
    [filledRecord, { a: 5 }, {}, { a: undefined }, [issue("wrong_type", ["a"], "a must be a text, not `5`")]],
    [filledRecord, { b: 5 }, {}, {}, [issue("unknown_key", ["b"], "b is not a known key; did you mean `a`?", { nearest: "a" })]],
    [
      openRecord,
      { b: [[[["deep"]]]] },
      { limits },
      undefined,
      [issue("too_deep", ["b", 0, 0], "b[0][0] is nested deeper than 3 levels", { limit: 3 })],
    ],
    [anyList(short), ["a", "b", "c", "d", "e"], { limits }, ["a", "b", "c", "d", "e"], []],
    [
      anyList(short),
      ["a", "b", "c", "d", "e", "f"],
      { limits },
      ["a", "b", "c", "d", "e"],
      [issue("too_large", [5], "[5] is where the document passes 6 values", { limit: 6 })],
    ],
    [
      map(anyList(anyList(map(short)))),
      { a: [[{}]] },
      { limits },
      { a: [[]] },
      [issue("too_deep", ["a", 0, 0], "a[0][0] is nested deeper than 3 levels", { limit: 3 })],
    ],
    [map(anyList(anyList(short))), { a: [["b"]] }, { limits }, { a: [["b"]] }, []],
    [anyList(text("any")), ["x".repeat(10), "y".repeat(10)], { limits }, ["xxxxxxxxxx", "yyyyyyyyyy"], []],
    [
      anyList(text("any")),
      ["x".repeat(10), "y".repeat(11), "z"],
      { limits },
      ["xxxxxxxxxx"],
      [issue("too_large", [1], "[1] is where the document passes 20 bytes of text", { limit: 20 })],
    ],
    [map(text("any")), { ["k".repeat(20)]: "" }, { limits }, { kkkkkkkkkkkkkkkkkkkk: "" }, []],
    [
      map(text("any")),
      { ["k".repeat(21)]: "" },
      { limits },
      undefined,
      [issue("too_large", [], "the whole is where the document passes 20 bytes of text", { limit: 20 })],
    ],
    [
      anyList(short),
      [1, 2, 3],
      { mostIssues: 2 },
      [],
      [issue("wrong_type", [0], "[0] must be a text, not `1`"), issue("wrong_type", [1], "[1] must be a text, not `2`")],
    ],
    [anyList(short), [1], { code: "state_invalid" }, [], [issue("state_invalid", [0], "[0] must be a text, not `1`")]],
    [
      anyList(thing),
      [{ name: "a", constructor: 1 }],
      { forbidsKeys: false },
      [{ name: "a", kind: "big" }],
      [issue("unknown_key", [0, "constructor"], "[0].constructor is not a known key")],
    ],
    [
      longLength,
      { unit: "day", amount: 4_000_000 },
      {},
      { amount: 4_000_000, unit: "day" },
      [issue("duration_out_of_range", ["amount"], "amount must be at most 3650 days, not `4000000` day", { limit: 315360000000 })],
    ],
    [anyList(short, { max: 2 }), ["a", "b"], {}, ["a", "b"], []],
    [anyList(counted), ["a", "b", "c"], {}, ["a", "b", "c"], []],
    [
      anyList(counted),
      ["a", "b", "c", "d", "e"],
      {},
      ["a", "b", "c", "d", "e"],
      [issue("too_many", [3], "[3] is where there are more than 3 things", { limit: 3 })],
    ],
    [thing, { name: "a", ownr: 1 }, {}, { name: "a", kind: "big" }, [issue("unknown_key", ["ownr"], "ownr is not a known key")]],
    [
      record("length", longLength.keys, { check: "duration" }),
      { unit: "day", amount: 4_000_000, x: 1 },
      {},
      { amount: 4_000_000, unit: "day" },
      [
        issue("duration_out_of_range", ["amount"], "amount must be at most 3650 days, not `4000000` day", { limit: 315_360_000_000 }),
        issue("unknown_key", ["x"], "x is not a known key"),
      ],
    ],
    [
      record("window", { from: optional(text("from")), to: optional(text("to")) }, { check: "window" }),
      { to: "09:00", from: "09:00" },
      {},
      { from: "09:00", to: "09:00" },
      [issue("window_empty", ["to"], "to is equal to `from`: write `00:00` to `24:00` for a whole day")],
    ],
    [
      twoForms,
      { from: "09:00", windows: [], nonsense: 1 },
      {},
      { from: "09:00", windows: [] },
      [
        issue("combination_means_nothing", ["windows"], "windows stands in place of `from` and `to`: write the one or the other"),
        issue("unknown_key", ["nonsense"], "nonsense is not a known key"),
      ],
    ],
    [twoForms, { from: "09:00" }, {}, { from: "09:00" }, [issue("missing_key", ["to"], "to is missing")]],
    [twoForms, {}, {}, {}, [issue("missing_key", ["from"], "from is missing"), issue("missing_key", ["to"], "to is missing")]],
    [twoForms, { windows: [] }, {}, { windows: [] }, []],
    [ofKind, { kind: "big", size: 1 }, {}, { kind: "big", size: 1 }, []],
    [
      ofKind,
      { kind: "bg", size: "x" },
      {},
      { kind: undefined },
      [issue("unknown_kind", ["kind"], "kind must be `big` or `small`, not `bg`", { nearest: "big" })],
    ],
    [ofKind, { kind: 5 }, {}, { kind: undefined }, [issue("wrong_type", ["kind"], "kind must be `big` or `small`, not `5`")]],
    [ofKind, {}, {}, {}, [issue("missing_key", ["kind"], "kind is missing: write `big` or `small`")]],
    [ofSort, { sort: "toString" }, {}, { sort: undefined }, [issue("unknown_word", ["sort"], "sort must be `one`, not `toString`")]],
    [text("timeZone"), "Europe/Pariss", { zones: noZones }, undefined, [issue("time_zone_unknown", [], zoneNeeded)]],
  ])("D6: is told in full, and left out of the draft (%#)", (shape, document, options, draft, issues) => {
    expect(checked(shape, document, options)).toStrictEqual({ draft, issues });
  });
});

describe("where a walk stops (D4)", () => {
  const none = record("none", {});
  const read = (text: string): unknown => JSON.parse(text);
  const codes = (shape: Shape, document: unknown, options: Partial<WalkOptions>): unknown =>
    checkDocument(shape, document, { ...definitionWalk, ...options }).walk.issues.map(({ code, path }) => `${code} ${path.join(".")}`);

  it("D4: after the last issue that is told nothing inside an unknown key is looked at", () => {
    const document = read('{"x":{"constructor":1},"y":1}');
    expect(codes(none, document, { mostIssues: 1 })).toEqual(["unknown_key x"]);
    expect(codes(none, document, { mostIssues: 2 })).toEqual(["unknown_key x", "forbidden_key x.constructor"]);
    expect(codes(none, document, {})).toEqual(["unknown_key x", "forbidden_key x.constructor", "unknown_key y"]);
  });

  it("D4: past a limit nothing further is told, not even of a forbidden key", () => {
    const document = read('{"x":{"a":1,"constructor":1}}');
    expect(codes(none, document, { limits: { ...limits, nodes: 2 } })).toEqual(["unknown_key x", "too_large x.a"]);
  });

  it("D4: every value under an unknown key counts, and none more", () => {
    const document = { x: [1, [2], { a: 3 }] };
    const within = (nodes: number) => codes(none, document, { limits: { ...limits, bytes: 100, depth: 9, nodes } });
    expect([within(7), within(6)]).toEqual([["unknown_key x"], ["unknown_key x", "too_large x.2.a"]]);
  });

  it("D4: what cannot be read under an unknown key is told", () => {
    expect(codes(none, { x: unreadable({}) }, {})).toEqual(["unknown_key x", "not_an_object x"]);
  });

  it.each([
    ["a", 1],
    ["\u007f\u0080", 3],
    ["\u07ff", 2],
    ["\u0800\ud7ff", 6],
    ["\u{10000}\u{10ffff}", 8],
    ["\udbff\udfff", 4],
    ["\ue000\uffff", 6],
    ["\u00e9t\u00e9", 5],
  ])("D4: %j has so many bytes: %i", (written, bytes) => {
    const within = (most: number) => codes(text("any"), written, { limits: { ...limits, bytes: most } });
    expect([within(bytes), within(bytes - 1)]).toEqual([[], ["too_large "]]);
  });

  it("D4: a map of which too much is wrong says no more than may be told", () => {
    expect(codes(map(short), { a: 1, b: 2, c: 3 }, { mostIssues: 2 })).toEqual(["wrong_type a", "wrong_type b"]);
  });
});

describe("what is like something else", () => {
  it("D5: two keys are compared only where the shape asks for it", () => {
    const keys = { from: optional(text("from")), to: optional(text("to")) };
    const same = { from: "09:00", to: "09:00" };
    expect(checked(record("times", keys), same)).toEqual({ draft: same, issues: [] });
    expect(checked(record("window", keys, { check: "window" }), same)).toMatchObject({ issues: [{ code: "window_empty" }] });
    expect(checked(record("window", keys, { check: "window" }), {})).toEqual({ draft: {}, issues: [] });
  });

  it("D8: a list of one word is not the word, and its record is of no known kind", () => {
    const one = record("one", { kind: required(word(["one"])), size: required(whole(1)) });
    const says = "kind must be `one`, not a list";
    expect(checked(union("kind", { one }), { kind: ["one"] })).toMatchObject({ issues: [issue("wrong_type", ["kind"], says)] });
  });

  it("D7: equal numbers in a set stand once", () => {
    expect(checked(anyList(whole(0), { unique: true }), [1, 2, 1, 10])).toEqual({ draft: [1, 2, 10], issues: [] });
  });

  it("D7: there is no negative nothing", () => {
    expect(checked(whole(0), -0)).toStrictEqual({ draft: 0, issues: [] });
  });

  it.each([
    [null, "null"],
    [true, "`true`"],
    [-1.5, "`-1.5`"],
    ["a\nb", "`a\\u{a}b`"],
    [[1], "a list"],
    [{ a: 1 }, "an object"],
    [undefined, "undefined"],
    [() => 1, "something that is not JSON"],
    [10n, "something that is not JSON"],
  ])("TH19: a message names %s", (value, name) => {
    expect(printValue(value)).toBe(name);
  });
});
