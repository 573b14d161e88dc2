import { describe, expect, it } from "vitest";
import { hasKnownKeys, identitySort, isIdentity, isResource } from "../../../src/core/define/is-fact.js";

/*
 * What a quick look is sure of. It may leave anything to the walk over the shapes, but nearly all facts are of these sorts;
 * and it must never be sure of anything else (a law holds the two together, over random facts).
 */

const most = 5_000;
const texts = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `v${index}`);
const entity = { id: "g1", name: "Leads", source: "okta" };

function thrower(): never {
  throw new Error("not for reading");
}

const unreadable = Object.defineProperty({}, "id", { enumerable: true, get: thrower });
const withHole = Object.assign(new Array(2), { 1: "b" });
const withoutPrototype = (members: object): object => Object.assign(Object.create(null), members);
const inherited = (members: object): object => Object.create(members);
/** No records, though they inherit as little as one, and have its keys. */
const likeRecords = (members: object): readonly object[] =>
  [() => 1, []].map((value) => Object.defineProperties(Object.setPrototypeOf(value, null), Object.getOwnPropertyDescriptors(members)));

describe("an identity", () => {
  it.each<readonly [identity: unknown]>([
    [{ id: "ann" }],
    [withoutPrototype({ id: "ann" })],
    [{ id: "ann", name: undefined, attributes: {}, nonsense: undefined }],
    [{ id: "ann", attributes: { group: ["a", "b"], team: "x", none: [] } }],
    [{ id: "ann", emails: ["a"], sources: ["b"], accounts: ["c", entity], active: true, name: "Ann", manager: "bob" }],
    [{ id: "ann", active: false, manager: null }],
    [{ id: "ann", attributes: { a: texts(1), b: texts(most - 7), c: "x" }, emails: texts(1), sources: texts(2), accounts: texts(2) }],
    [{ id: "ann", emails: texts(most) }],
    [{ id: "ann", accounts: texts(most) }],
  ])("C4: with bare texts for attributes, %#", (identity) => {
    expect([identitySort(identity), isIdentity(identity)]).toEqual(["texts", true]);
  });

  it.each<readonly [attributes: unknown]>([
    [{ team: entity }],
    [{ group: [entity, "b", { id: "" }, { id: "c", name: undefined }] }],
    [{ group: ["a", null], team: null, none: undefined, one: "x" }],
    [{ group: texts(most - 4), more: entity, one: "x", list: [entity, null] }],
  ])("C5: with anything else, too, %#", (attributes) => {
    expect([identitySort({ id: "ann", attributes }), isIdentity({ id: "ann", attributes })]).toEqual(["mixed", true]);
  });

  it.each<readonly [identity: unknown]>([
    ...[["ann"], [5], [null], [undefined], [[]], [unreadable], [inherited({ id: "ann" })], [new Date()]].map(([value]) => [value] as const),
    ...[{}, { id: "" }, { id: 5 }, { id: undefined }, { name: "Ann" }, { id: "ann", title: "x" }].map((value) => [value] as const),
    ...likeRecords({ id: "ann" }).map((value) => [value] as const),
    ...likeRecords(entity).map((value) => [{ id: "ann", attributes: { a: [value] } }] as const),
    ...[{ active: 1 }, { name: 5 }, { manager: 5 }, { manager: false }].map((more) => [{ id: "ann", ...more }] as const),
    ...["a", { 0: "a", length: 1 }, [5], [null], withHole, texts(most + 1)].flatMap((list) =>
      ["emails", "sources"].map((key) => [{ id: "ann", [key]: list }] as const),
    ),
    ...["a", [5], [null], [{}], [{ id: 5 }], [{ name: "x" }], texts(most + 1)].map((accounts) => [{ id: "ann", accounts }] as const),
    ...[null, "a", ["a"], inherited({ a: "b" }), { a: 5 }, { a: true }, { a: [5] }, { a: [["b"]] }, { a: [undefined] }].map(
      (attributes) => [{ id: "ann", attributes }] as const,
    ),
    ...[{}, { name: "x" }, { id: 5 }, { id: "a", name: 5 }, { id: "a", size: "5" }, { id: undefined }, inherited(entity)].flatMap((value) =>
      [value, [value]].map((held) => [{ id: "ann", attributes: { a: held } }] as const),
    ),
    [{ id: "ann", attributes: { a: texts(most), b: "x" } }],
    [{ id: "ann", attributes: { a: texts(most), b: entity } }],
    [{ id: "ann", attributes: { a: [...texts(most), entity], b: "x" } }],
    [{ id: "ann", attributes: { a: texts(most - 1), b: entity, c: "x" } }],
    [{ id: "ann", attributes: { a: texts(most - 1), b: [entity, entity] } }],
    [{ id: "ann", attributes: { a: texts(most) }, emails: ["a"] }],
    [{ id: "ann", attributes: { a: texts(most) }, sources: ["a"] }],
    [{ id: "ann", attributes: { a: texts(most) }, accounts: ["a"] }],
  ])("C4: is left to the walk, %#", (identity) => {
    expect([identitySort(identity), isIdentity(identity)]).toEqual([null, false]);
  });
});

describe("a resource", () => {
  const resource = { id: "r", name: "", type: "db", integration: "aws" };
  const permission = { name: "read", id: "p", riskLevel: "low", tags: { a: "b" }, context: {} };

  it.each<readonly [more: object]>([
    [{}],
    [{ path: "/", sourceId: "s", riskLevel: "high", nonsense: undefined }],
    ...["active", "error", "deleted", undefined].map((status) => [{ status }] as const),
    ...["tags", "context"].map((key) => [{ [key]: { a: "b", c: undefined } }] as const),
    ...[[], ["read"], ["read", permission, { name: "write", tags: undefined }]].map((permissions) => [{ permissions }] as const),
  ])("T1: of the stated shape, %#", (more) => {
    expect(isResource({ ...resource, ...more })).toBe(true);
  });

  it.each<readonly [value: unknown]>([
    ...["r", null, undefined, [], unreadable, inherited(resource), ...likeRecords(resource)].map((value) => [value] as const),
    ...["id", "name", "type", "integration"].flatMap((key) =>
      [undefined, 5, null].map((value) => [{ ...resource, [key]: value }] as const),
    ),
    ...["path", "sourceId", "riskLevel", "status", "permissions"].flatMap((key) =>
      [5, null].map((value) => [{ ...resource, [key]: value }] as const),
    ),
    [{ ...resource, id: "" }],
    [{ ...resource, status: "gone" }],
    [{ ...resource, owner: "x" }],
    ...["tags", "context"].flatMap((key) =>
      ["a", ["a"], { a: 5 }, { a: null }, inherited({ a: "b" })].map((map) => [{ ...resource, [key]: map }] as const),
    ),
    ...[{}, [5], [null], [[]], ["read", 5], withHole].map((permissions) => [{ ...resource, permissions }] as const),
    ...[{}, { id: "p" }, { name: 5 }, { name: undefined }, inherited(permission), { ...permission, level: "x" }]
      .concat(["id", "riskLevel", "tags", "context"].map((key) => ({ ...permission, [key]: 5 })))
      .map((each) => [{ ...resource, permissions: [each] }] as const),
  ])("T1: is left to the walk, %#", (value) => {
    expect(isResource(value)).toBe(false);
  });
});

it("C4: a record has known keys alone, or it is left to the walk", () => {
  const known = ["id", "at"];
  const records = [{}, { id: 1 }, { at: 1, id: undefined }, withoutPrototype({ id: 1 })];
  const others = [{ id: 1, of: 1 }, { of: undefined }, inherited({ of: 1 }), [], "id", null, undefined];
  const hostile = new Proxy({}, { getPrototypeOf: thrower, ownKeys: thrower });
  expect(records.map((value) => hasKnownKeys(value, known))).toEqual([true, true, true, true]);
  expect([...others, hostile].map((value) => hasKnownKeys(value, known))).toEqual([...others, hostile].map(() => false));
});
