import { describe, expect, it } from "vitest";
import { compareRows, type TargetGrant } from "../../../src/core/evaluate/target-rows.js";

function row(changes: Partial<TargetGrant>): TargetGrant {
  return { integration: "b", resourceType: "b", permission: "b", resources: [], targets: [3], ...changes };
}

/** In order. */
const rows: readonly TargetGrant[] = [
  { integration: "a", resourceType: "c" },
  { resourceType: "a", permission: "c" },
  { permission: "a", targets: [9] },
  { targets: [] },
  { targets: [0] },
  { targets: [0, 1] },
  { targets: [0, 1, 5] },
  { targets: [0, 2] },
  { targets: [1] },
  { targets: [1, 2] },
  { targets: [3] },
  { targets: [12] },
  { permission: "c", targets: [0] },
  { resourceType: "c", permission: "a" },
  { integration: "c", resourceType: "a" },
].map(row);

describe("compareRows", () => {
  it("T6: rows stand in the order of integration, type, permission and targets, number by number, the shorter list first", () => {
    const signs = rows.map((left) => rows.map((right) => Math.sign(compareRows(left, right))));
    expect(signs).toEqual(rows.map((_, left) => rows.map((_, right) => Math.sign(left - right))));
  });
});
