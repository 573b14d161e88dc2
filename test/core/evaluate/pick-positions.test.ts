import { describe, expect, it } from "vitest";
import { pickedBy, unknownTo } from "../../../src/core/evaluate/inventory/pick-positions.js";
import { makeStock } from "../../../src/core/evaluate/inventory/stock.js";
import { compileSelection, normalSelection } from "../../../src/core/evaluate/resource-selection.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { Filter, ResourceSelection } from "../../../src/core/flow/target.js";

/** Three types of three active resources and one that is not: one with a tag, one without that tag, one whose tags are unknown. */
const resources: readonly Resource[] = ["a", "b", "c"].flatMap((type) => {
  const each = (id: string, tags?: { env?: string }): Resource => ({ id: type + id, name: `${id}-name`, type, integration: "pg", tags });
  return [each("1", { env: "prod" }), each("2", {}), each("3"), { ...each("4", { env: "prod" }), status: "deleted" as const }];
});

const filters: readonly (readonly [Filter, ...Filter[]] | undefined)[] = [
  undefined,
  [{ by: "id", values: ["a1"] }],
  [{ by: "id", values: ["b1", "b3", "b4", "c1", "a3", "nowhere"] }],
  [{ by: "name", values: ["2-name", "3-name"] }],
  [{ by: "tag", key: "env", values: ["prod"] }],
  [{ by: "tag", key: "env", values: ["test"] }],
  [
    { by: "tag", key: "env", values: ["test", "prod"] },
    { by: "id", values: ["a3", "b3", "c2"] },
  ],
];

const selections: readonly ResourceSelection[] = [
  "any",
  ...filters.flatMap((include) => filters.map((exclude) => ({ ...(include && { include }), ...(exclude && { exclude }) }))),
];

describe("what selections pick in an index (T2, T3)", () => {
  it("T2, T3: is what they pick of the active resources, one at a time; so is what they cannot tell", () => {
    const stock = makeStock(resources);
    const segments = [...stock.segments.values()].flatMap((types) => [...types.values()]);
    expect(segments.map(({ start, active }) => [start, active.length])).toEqual([
      [0, 3],
      [4, 3],
      [8, 3],
    ]);
    for (const selection of selections.map(normalSelection)) {
      const test = compileSelection(selection);
      for (const segment of segments) {
        const answering = (truth: string) =>
          segment.active.flatMap((resource, place) => (test(resource) === truth ? [segment.start + place] : []));
        const found = [pickedBy(selection, segment, stock.find), unknownTo(selection, segment, stock.find)].map((positions) => [
          ...positions,
        ]);
        expect(found, JSON.stringify(selection)).toEqual([answering("holds"), answering("unknown")]);
      }
    }
  });
});

describe("a selection in normal form (T2, T3)", () => {
  it("T3: compares normal texts, each once; what is not asked for is null", () => {
    const twice = ["caf\u00e9", "cafe\u0301", "a"];
    expect([
      normalSelection("any"),
      normalSelection({}),
      normalSelection({ include: [{ by: "name", values: ["caf\u00e9", "cafe\u0301"] }] }),
      normalSelection({ exclude: [{ by: "tag", key: "cafe\u0301", values: twice as [string, ...string[]] }] }),
    ]).toEqual([
      "any",
      { include: null, exclude: null },
      { include: [{ by: "name", values: ["caf\u00e9"] }], exclude: null },
      { include: null, exclude: [{ by: "tag", key: "caf\u00e9", values: ["caf\u00e9", "a"] }] },
    ]);
  });
});
