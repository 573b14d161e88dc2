import { describe, expect, it } from "vitest";
import { makeSegment } from "../../../src/core/evaluate/inventory/segment.js";
import type { Resource } from "../../../src/core/facts/resource.js";

function resource(id: string, changes: Partial<Resource> = {}): Resource {
  return { id, name: "ledger", type: "db", integration: "pg", ...changes };
}

const twoForms = { "caf\u00e9": "yes", "cafe\u0301": "yes" };
/** Out of order, from position 7 on: c is at 9, b at 8, a at 7. */
const resources: readonly Resource[] = [
  resource("c", { name: "menu", tags: twoForms, permissions: ["read"] }),
  resource("gone", { status: "deleted" }),
  resource("b", { tags: { ...twoForms, env: "prod" } }),
  resource("a", { status: "active" }),
  resource("broken", { status: "error", name: "menu" }),
];

describe("the resources of one integration and type, in an index (T1)", () => {
  it("T1, T7: stand in the order of their ids, the active ones first", () => {
    const { active, inactive, ids, positions, frozenIds, classes, classOf } = makeSegment(resources, 7);
    expect({ ids, active: active.map(({ id }) => id), inactive: inactive.map(({ id }) => id), positions: [...positions] }).toEqual({
      ids: ["a", "b", "c"],
      active: ["a", "b", "c"],
      inactive: ["gone", "broken"],
      positions: [7, 8, 9],
    });
    const frozen = frozenIds();
    expect([frozen, Object.isFrozen(frozen), frozenIds() === frozen]).toEqual([ids, true, true]);
    expect([classes.map(({ offered }) => offered === null), [...classOf]]).toEqual([
      [true, false],
      [0, 0, 1],
    ]);
  });

  it("T3: are found by the normal text of their name, and by what a tag says; those without tags are known", () => {
    const { named, tagged, untagged } = makeSegment(resources, 7);
    expect(["ledger", "menu", "", "Menu"].map(named)).toEqual([[7, 8], 9, undefined, undefined]);
    const found = [tagged("caf\u00e9", "yes"), tagged("env", "prod"), tagged("env", "test"), tagged("env", ""), tagged("", "")];
    expect(found.map((positions) => positions && [...positions])).toEqual([[8, 9], [8], null, null, null]);
    expect([...untagged()]).toEqual([7]);
  });
});
