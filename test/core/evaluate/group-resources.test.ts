import { describe, expect, it } from "vitest";
import { groupResources } from "../../../src/core/evaluate/inventory/group-resources.js";
import { makeSegment } from "../../../src/core/evaluate/inventory/segment.js";
import type { PlannedIntegration } from "../../../src/core/evaluate/target-plan.js";
import type { Resource } from "../../../src/core/facts/resource.js";

const targets = [0, 1, 2].map(
  (position): PlannedIntegration => ({
    position,
    path: ["targets", position],
    permissions: new Map(),
    selection: "any",
    picks: () => "holds",
  }),
);

function segmentOf(offers: readonly (readonly string[])[]) {
  const resources = offers.map(
    (each, index): Resource => ({ id: `r${index}`, name: "", type: "db", integration: "pg", permissions: each }),
  );
  return makeSegment(resources, 10);
}

/** Groups as `[offers, targets, positions]`. */
function groups(offers: readonly (readonly string[])[], ...picked: readonly (readonly number[])[]) {
  const picks = picked.flatMap((positions, place) =>
    targets.slice(place, place + 1).map((target) => ({ target, positions: Uint32Array.from(positions) })),
  );
  return groupResources(segmentOf(offers), picks).map(({ of, targets: from, positions }) => [
    [...(of.offered?.byName.keys() ?? [])].join(),
    from.map(({ position }) => position),
    [...positions],
  ]);
}

describe("what targets pick in an index, parted (T6)", () => {
  const alike = [["read"], ["read"], ["read"], ["read"]];
  const mixed = [["read"], ["write"], ["read"], ["write"], ["read"]];

  it.each([
    ["no targets", alike, [], []],
    ["no resources", [], [[]], []],
    ["one target and resources that are alike", alike, [[10, 12]], [["read", [0], [10, 12]]]],
    [
      "one target and resources that differ",
      mixed,
      [[10, 11, 12, 13]],
      [
        ["read", [0], [10, 12]],
        ["write", [0], [11, 13]],
      ],
    ],
    [
      "targets that meet",
      alike,
      [[10, 11, 12], [12, 13], []],
      [
        ["read", [0], [10, 11]],
        ["read", [0, 1], [12]],
        ["read", [1], [13]],
      ],
    ],
    [
      "targets that meet on resources that differ",
      mixed,
      [
        [10, 11, 12, 13],
        [12, 13, 14],
        [10, 12, 13, 14],
      ],
      [
        ["read", [0, 2], [10]],
        ["write", [0], [11]],
        ["read", [0, 1, 2], [12]],
        ["write", [0, 1, 2], [13]],
        ["read", [1, 2], [14]],
      ],
    ],
  ] as const)(
    "T6: each resource stands in one group, with those that offer the same and are picked by the same: %s",
    (_, offers, picked, expected) => {
      expect(groups(offers, ...picked)).toEqual(expected);
    },
  );
});
