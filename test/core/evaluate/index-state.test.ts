import { describe, expect, it } from "vitest";
import {
  type IndexState,
  knowsIntegration,
  replaced,
  resourceAt,
  resourceOf,
  resourcesOf,
} from "../../../src/core/evaluate/inventory/index-state.js";
import { makeStock } from "../../../src/core/evaluate/inventory/stock.js";
import type { Resource } from "../../../src/core/facts/resource.js";

function resource(id: string, changes: Partial<Resource> = {}): Resource {
  return { id, name: id, type: "db", integration: "pg", ...changes };
}

function stateOf(resources: readonly Resource[], changes: Partial<IndexState> = {}): IndexState {
  const names = { catalog: { integrations: [], bundles: [], accessScopes: [] }, plans: new WeakMap() };
  const nothing = { removed: new Uint32Array(0), added: new Map(), clashes: new Map(), faulty: [] };
  return { names, stock: makeStock(resources), ...nothing, ...changes };
}

const idsOf = (resources: readonly (Resource | undefined)[]): readonly (string | null)[] => resources.map((each) => each?.id ?? null);

describe("what an index knows (T7)", () => {
  it("T7: is the stock without what was taken out, and with what was put in", () => {
    const start = stateOf([resource("a"), resource("b"), resource("c")]);
    const taken = replaced(start, "b", null);
    const put = replaced(taken, "d", resource("d"));
    const known = (state: IndexState) => ({
      all: idsOf(resourcesOf(state)),
      at: idsOf([0, 1, 2, 3, 4].map((position) => resourceAt(state, position))),
      of: idsOf(["a", "b", "c", "d", "e"].map((id) => resourceOf(state, id) ?? undefined)),
    });
    expect([start, taken, put, replaced(put, "d", null), replaced(start, "d", resource("d"))].map(known)).toEqual([
      { all: ["a", "b", "c"], at: ["a", "b", "c", null, null], of: ["a", "b", "c", null, null] },
      { all: ["a", "c"], at: ["a", null, "c", null, null], of: ["a", null, "c", null, null] },
      { all: ["a", "c", "d"], at: ["a", null, "c", "d", null], of: ["a", null, "c", "d", null] },
      { all: ["a", "c"], at: ["a", null, "c", null, null], of: ["a", null, "c", null, null] },
      { all: ["a", "b", "c", "d"], at: ["a", "b", "c", "d", null], of: ["a", "b", "c", "d", null] },
    ]);
  });

  it("T7: keeps 512 differences from the stock, and puts it in order anew at one more", () => {
    const resources = Array.from({ length: 520 }, (_, number) => resource(String(number).padStart(3, "0")));
    const added = (count: number) => new Map(resources.slice(0, count).map((each) => [`new ${each.id}`, resource(`new ${each.id}`)]));
    const removed = (count: number) => Uint32Array.from({ length: count }, (_, position) => position);
    const sizes = (taken: number, put: number) => {
      const after = replaced(stateOf(resources, { removed: removed(taken), added: added(put) }), resources.at(-1)?.id ?? "", null);
      return [after.stock.resources.length, after.removed.length, after.added.size, resourcesOf(after).length];
    };
    // One more is taken out each time.
    expect([sizes(511, 0), sizes(512, 0), sizes(500, 11), sizes(500, 12), sizes(1, 510), sizes(1, 511)]).toEqual([
      [520, 512, 0, 8],
      [7, 0, 0, 7],
      [520, 501, 11, 30],
      [31, 0, 0, 31],
      [520, 2, 510, 1028],
      [1029, 0, 0, 1029],
    ]);
  });

  it("T5: knows the integrations that are left in it, those that were added and those that clash, and no other", () => {
    const of = (integration: string, id: string, changes: Partial<Resource> = {}) => resource(id, { integration, ...changes });
    // At the positions 0, 1 to 3, 4.
    const stock = [
      of("one", "a"),
      of("two", "b"),
      of("two", "c", { type: "queue" }),
      of("two", "d", { status: "deleted" }),
      of("three", "e"),
    ];
    const clashes = new Map([["x", new Set(["clash", "other"])]]);
    const known = (...removed: readonly number[]) => {
      const state = stateOf(stock, { removed: Uint32Array.from(removed), clashes, added: new Map([["f", of("cafe\u0301", "f")]]) });
      return ["one", "two", "three", "caf\u00e9", "clash", "nowhere"].filter((integration) => knowsIntegration(state, integration));
    };
    const added = ["caf\u00e9", "clash"];
    expect([known(), known(0), known(1), known(4), known(1, 2, 3), known(0, 1, 2), known(0, 4)]).toEqual([
      ["one", "two", "three", ...added],
      ["two", "three", ...added],
      ["one", "two", "three", ...added],
      ["one", "two", ...added],
      ["one", "three", ...added],
      ["two", "three", ...added],
      ["two", ...added],
    ]);
  });
});
