import { describe, expect, it } from "vitest";
import { definitionWalk } from "../../../src/core/define/check-access-flow.js";
import type { WalkLimits, WalkOptions } from "../../../src/core/define/document-walk.js";
import { normalFormOf } from "../../../src/core/define/normal-form.js";
import { unsure } from "../../../src/core/define/reading.js";
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
  type Shape,
  text,
  union,
  whole,
  word,
} from "../../../src/core/define/shape.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";

/*
 * What one quick pass is sure of, by small shapes. It may leave anything to the walk over the document, but nearly all documents
 * are of these sorts; and it must never be sure of anything else (a law holds the two together, over random documents).
 */

const limits: WalkLimits = { depth: 3, nodes: 6, bytes: 20 };

function read(shape: Shape, document: unknown, options: Partial<WalkOptions> = {}): unknown {
  return normalFormOf(shape, document, { ...definitionWalk, limits, ...options });
}

const any = text("any");
const twoForms = record(
  "forms",
  { from: optional(any), to: optional(any), all: optional(any) },
  { forms: { usual: ["from", "to"], other: "all" } },
);
const ofKind = union("kind", {
  one: record("one", { kind: required(word(["one"])), size: optional(whole(1)) }),
  two: record("two", { kind: required(word(["two"])) }),
});
const thing = record("thing", {
  name: required(text("name")),
  note: ignored(any),
  owner: refused("unknown_key", "no"),
  size: optional(whole(1)),
});
const strict = record("strict", { a: fallback(flag, true), b: optional(flag) });

describe("what the quick pass is sure of (D7)", () => {
  const good: readonly (readonly [shape: Shape, document: unknown, normalForm: unknown, options?: Partial<WalkOptions>])[] = [
    [any, " a ", " a "],
    [text("name"), " a ", "a"],
    [whole(0), -0, 0],
    [choice(nothing, flag, whole(1)), null, null],
    [choice(nothing, flag, whole(1)), false, false],
    [choice(nothing, flag, whole(1)), 1, 1],
    [anyList(any), [], []],
    [anyList(any, { max: 2 }), ["a", "b"], ["a", "b"]],
    [anyList(any, { max: 2, unique: true }), ["a", "a"], ["a"]],
    [anyList(any, { unique: true }), ["a", "b", "a"], ["a", "b"]],
    [anyList(any, { unique: true }), ["\u00e9", "e\u0301"], ["\u00e9"]],
    [map(flag), { a: true, b: undefined }, { a: true }],
    [thing, { note: "n", name: "a" }, { name: "a" }],
    [thing, { size: 1, name: "a", owner: undefined }, { name: "a", size: 1 }],
    [ofKind, { kind: "two" }, { kind: "two" }],
    [twoForms, { from: "a", to: "b" }, { from: "a", to: "b" }],
    [twoForms, { all: "a" }, { all: "a" }],
    [record("some", { a: optional(flag) }, { atLeastOne: true }), { a: true }, { a: true }],
    [strict, { a: true }, { a: true }, { complete: true }],
    [strict, {}, { a: true }],
  ];
  it.each(good.map(([shape, document, normalForm, options = {}]) => [shape, document, normalForm, options] as const))(
    "D7: %#: it gives the normal form, frozen",
    (shape, document, normalForm, options) => {
      const given = read(shape, document, options);
      expect(given).toStrictEqual(normalForm);
      expect(isDeepFrozen(given)).toBe(true);
    },
  );

  const others: readonly (readonly [shape: Shape, document: unknown, options?: Partial<WalkOptions>])[] = [
    ...["a", null, undefined, {}, [1]].map((value) => [whole(0), value] as readonly [Shape, unknown]),
    ...[1, null, ["one"], "three"].map((value) => [word(["one"]), value] as readonly [Shape, unknown]),
    ...[1, null, {}, ["a"]].map((value) => [any, value] as readonly [Shape, unknown]),
    [filledList(any), []],
    [anyList(any, { max: 2 }), ["a", "b", "c"]],
    [anyList(any), Object.assign({}, { length: 0 })],
    [map(flag), []],
    [thing, {}],
    [thing, { name: "a", owner: "b" }],
    [thing, { name: "a", nonsense: undefined }],
    [ofKind, Object.assign([], { kind: "two" })],
    [ofKind, null],
    [ofKind, {}],
    [ofKind, { kind: ["two"] }],
    [ofKind, { kind: "three" }],
    [twoForms, { from: "a" }],
    [twoForms, { from: "a", to: "b", all: "c" }],
    [record("some", { a: optional(flag) }, { atLeastOne: true }), { a: undefined }],
    [record("open", { a: optional(flag) }, { open: true }), { a: true }],
    [strict, {}, { complete: true }],
  ];
  it.each(others.map(([shape, document, options = {}]) => [shape, document, options] as const))(
    "D7: %#: it leaves it to the walk",
    (shape, document, options) => {
      expect(read(shape, document, options)).toBe(unsure);
    },
  );
});

describe("how much of a document there may be (D4)", () => {
  const more: readonly (readonly [shape: Shape, document: unknown, limits: Partial<WalkLimits>])[] = [
    [anyList(flag), [true, true], { nodes: 3 }],
    [anyList(any), ["a", "b"], { nodes: 3 }],
    [anyList(word(["one"])), ["one", "one"], { nodes: 3 }],
    [anyList(nothing), [null, null], { nodes: 3 }],
    [anyList(whole(0)), [1, 2], { nodes: 3 }],
    [map(flag), { a: true }, { nodes: 2 }],
    [thing, { name: "a" }, { nodes: 2 }],
    [thing, { name: "a", size: 1 }, { nodes: 3 }],
    [anyList(anyList(flag)), [[], []], { depth: 2 }],
    [anyList(map(flag)), [{}, {}], { depth: 2 }],
    [anyList(record("r", {})), [{}, {}], { depth: 2 }],
    [any, "abc", { bytes: 3 }],
    [any, "ab\u00e9", { bytes: 9 }],
    [word(["one"]), "one", { bytes: 3 }],
    [map(flag), { a: true }, { bytes: 3 }],
    [thing, { name: "a" }, { bytes: 5 }],
  ];
  it.each(more)("D4: %#: all that is allowed, and no more", (shape, document, most) => {
    const [[key, value] = ["", 0]] = Object.entries(most);
    const within = (limit: number): boolean => read(shape, document, { limits: { ...limits, [key]: limit } }) !== unsure;
    expect([within(value), within(value - 1)]).toEqual([true, false]);
  });
});

describe("what reads as the default (D7)", () => {
  const empty: boolean[] = [];
  const whose = { fields: ["a", "b"], flags: { x: true, y: empty } };
  const inner = record("inner", { x: optional(flag), y: fallback(anyList(flag), empty) });
  const shape = record("outer", { fields: fallback(anyList(any), whose.fields), flags: fallback(inner, whose.flags) });
  const form = (document: unknown) => read(shape, document, { limits: null }) as typeof whose;

  it("D7: is the default itself", () => {
    const usual = form({});
    const written = form({ fields: ["a", "b"], flags: { y: [], x: true } });
    expect([written, written.fields === usual.fields, written.flags === usual.flags]).toEqual([whose, true, true]);
  });

  it.each([
    [{ fields: ["a"] }, { ...whose, fields: ["a"] }],
    [{ fields: ["a", "b", "c"] }, { ...whose, fields: ["a", "b", "c"] }],
    [{ fields: ["b", "a"] }, { ...whose, fields: ["b", "a"] }],
    [{ fields: [] }, { ...whose, fields: [] }],
    [{ flags: { x: false } }, { ...whose, flags: { x: false, y: [] } }],
    [{ flags: {} }, { ...whose, flags: { y: [] } }],
  ])("D7: %j is none", (document, normalForm) => {
    expect(form(document)).toStrictEqual(normalForm);
  });

  it("D7: a default with more than the shape keeps is given only where nothing is written", () => {
    const keys = { a: optional(flag), b: optional(flag), i: ignored(flag) };
    const of = (usual: object) => record("outer", { inner: fallback(record("inner", keys), usual as never) });
    const inside = (usual: object, written: object) => (read(of(usual), { inner: written }) as { readonly inner: unknown }).inner;
    const [unknownKey, ignoredKey] = [
      { a: true, b: true, z: 1 },
      { a: true, b: true, i: true },
    ];
    expect(inside(unknownKey, { a: true, b: true })).toStrictEqual({ a: true, b: true });
    expect(inside(ignoredKey, { a: true, b: true, i: true })).toStrictEqual({ a: true, b: true });
    expect(read(of(unknownKey), {})).toStrictEqual({ inner: unknownKey });
  });
});
