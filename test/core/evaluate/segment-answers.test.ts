import { describe, expect, it } from "vitest";
import { makeSegment } from "../../../src/core/evaluate/inventory/segment.js";
import { resolveSegment } from "../../../src/core/evaluate/inventory/segment-answers.js";
import { makeStock } from "../../../src/core/evaluate/inventory/stock.js";
import type { PlannedIntegration } from "../../../src/core/evaluate/target-plan.js";

describe("resolveSegment", () => {
  it("T6: lists ids where very many runs are left: more than one call takes lists", () => {
    // Every second place counts, and of these all but the first are picked.
    const count = 140_000;
    const positions = new Uint32Array(count).map((_, place) => place * 2);
    const ids = new Array<string>(count * 2).fill("in").fill("out", 0, 1);
    const offered = { byName: new Map([["read", { name: "read" }]]), clashes: [] };
    const classes = [{ integration: "pg", resourceType: "db", offered }];
    const segment = {
      ...makeSegment([], 0),
      ids,
      positions,
      classes,
      classOf: new Uint32Array(count * 2),
      tagged: () => positions.slice(0, 1),
    };
    const target: PlannedIntegration = {
      position: 0,
      path: ["targets", 0],
      permissions: new Map([["read", "read"]]),
      selection: { include: null, exclude: [{ by: "tag", key: "env", values: ["prod"] }] },
      picks: () => "holds",
    };
    const names = { catalog: { integrations: [], bundles: [], accessScopes: [] }, plans: new WeakMap() };
    const none = { removed: new Uint32Array(0), added: new Map(), clashes: new Map(), faulty: [] };
    const found: (readonly string[])[] = [];
    const rows = {
      add: (...[, , , listed]: readonly [unknown, string, unknown, readonly string[]]) => void found.push(listed),
      finish: () => [],
    };
    const plan = { integrations: new Map(), scopes: [], reasons: [], unlisted: [] };
    expect(resolveSegment(plan, { segment, targets: [target] }, { names, stock: makeStock([]), ...none }, rows)).toEqual([]);
    expect([found.length, found[0]?.length, found[0]?.at(-1), found[0]?.includes("out")]).toEqual([1, count - 1, "in", false]);
  });
});
