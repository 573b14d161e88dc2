import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { createInventoryIndex } from "../../../src/core/evaluate/create-inventory-index.js";
import { resolveTargets } from "../../../src/core/evaluate/resolve-targets.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { Reason } from "../../../src/core/kernel/reason.js";

const flow = defineAccessFlow({
  name: "Ledgers",
  requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
  targets: [
    {
      kind: "integration",
      integration: "pg",
      resourceType: "db",
      permissions: ["read"],
      resources: { exclude: [{ by: "name", values: ["menu"] }] },
    },
  ],
});

function ledger(number: number, more: Partial<Resource> = {}): Resource {
  return { id: `db-${String(number).padStart(5, "0")}`, name: "ledger", type: "db", integration: "pg", permissions: ["read"], ...more };
}

/** What hosts without types may pass. */
const create = createInventoryIndex as (resources: unknown, catalog?: unknown) => ReturnType<typeof createInventoryIndex>;

describe("createInventoryIndex", () => {
  it.each([
    ["no resources", () => create(undefined)],
    ["a text", () => create("db-1")],
    ["a catalogue of the wrong shape", () => create([], { bundle: [] })],
    ["a flow that is none", () => create([]).count({} as typeof flow)],
    ["an update of the wrong shape", () => create([]).with({ id: "db-1" } as Resource)],
    ["an id that is no text", () => create([]).without(5 as unknown as string)],
    ["a permission that is no text", () => create([ledger(1)]).covers(flow, "db-00001", null as unknown as string)],
  ])("T7: throws `facts_invalid` for %s", (_, ask) => {
    expect(ask).toThrow(expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }));
  });

  it.each([
    ["catalog", () => create([], { bundles: 7 }), "catalog.bundles is not of the stated shape"],
    ["resource", () => create([]).with({ ...ledger(1), id: 7 } as never), "resource.id is not of the stated shape"],
    ["id", () => create([]).without(5 as never), "id is not of the stated shape"],
    ["resource id", () => create([]).covers(flow, 5 as never, "read"), "resource is not of the stated shape"],
    ["permission", () => create([]).covers(flow, "db-1", 5 as never), "permission is not of the stated shape"],
  ])("T7: names the %s that is of the wrong shape", (_, ask, message) => {
    expect(ask).toThrow(expect.objectContaining({ code: "facts_invalid", message }));
  });

  it("T7: says what is wrong with other records, when one of them is replaced or taken out", () => {
    const resources = [{ id: "bad-1" }, ledger(1), { id: "bad-2" }, ledger(2), ledger(3), { ...ledger(3), type: "queue" }] as Resource[];
    const named = (reasons: readonly Reason[]): readonly string[] =>
      [...new Set(reasons.map((reason) => JSON.stringify([reason.code, "resource" in reason ? reason.resource : null])))].sort();
    const faults = (index: ReturnType<typeof create>): readonly string[] => named(index.resolve(flow).reasons);
    const plain = (list: readonly Resource[]): readonly string[] => named(resolveTargets(flow, { resources: list }).reasons);
    const index = create(resources);
    expect(faults(index)).toEqual(plain(resources));
    const mended = { ...ledger(9), id: "bad-1" };
    expect(faults(index.with(mended))).toEqual(plain([mended, ...resources.slice(1)]));
    expect(faults(index.without("bad-2"))).toEqual(plain(resources.filter(({ id }) => id !== "bad-2")));
    expect(faults(index.without(ledger(3).id))).toEqual(plain(resources.slice(0, 4)));
    expect(
      [index, index.with(mended), index.without("bad-2"), index.without(ledger(3).id), index.without(ledger(1).id)].map((each) =>
        each.count(flow),
      ),
    ).toEqual([2, 3, 2, 2, 1]);
  });

  it("T8: says what became of each resource, whether it is of the stock, replaced, added or gone", () => {
    const index = create([ledger(1), ledger(2)]);
    const [renamed, added] = [{ ...ledger(2), name: "menu" }, ledger(7)];
    const changed = index.with(renamed).with(added).without(ledger(1).id);
    const ids = [1, 2, 7, 8].map((number) => ledger(number).id);
    const covered = (each: typeof index): readonly boolean[] => ids.map((id) => each.covers(flow, id, "read"));
    expect([covered(index), covered(changed), covered(changed.with(ledger(1)).without(ledger(7).id))]).toEqual([
      [true, true, false, false],
      [false, false, true, false],
      [true, false, false, false],
    ]);
    expect([0, 1, 2, 3].map((position) => changed.at(position)?.id ?? null)).toEqual([null, null, ledger(2).id, ledger(7).id]);
    expect([index.at(0)?.id, index.at(1)?.id, index.at(2)]).toEqual([ledger(1).id, ledger(2).id, undefined]);
  });

  it("T7: reports a flow that is none, and what is wrong with the inventory, as `resolveTargets` does", () => {
    const resources = [ledger(1), { id: "db-2" } as Resource, ledger(3), { ...ledger(3), name: 5 } as unknown as Resource];
    const index = createInventoryIndex(resources);
    expect(index.resolve(flow)).toEqual(resolveTargets(flow, { resources }));
    expect(index.resolve({} as typeof flow)).toEqual(resolveTargets({} as typeof flow, { resources }));
  });

  it("T7: forgets what was wrong with a record once another takes its place", () => {
    const index = createInventoryIndex([ledger(1), { ...ledger(2), name: 5 } as unknown as Resource]);
    expect(index.resolve(flow).reasons.map(({ code }) => code)).toEqual(["facts_invalid"]);
    expect(index.with(ledger(2)).resolve(flow)).toEqual(resolveTargets(flow, { resources: [ledger(1), ledger(2)] }));
  });

  it("T7: stays as it is when another is made of it", () => {
    const index = createInventoryIndex([ledger(1), ledger(2)]);
    const before = index.resolve(flow);
    index.with(ledger(3));
    index.without("db-00001");
    expect(index.resolve(flow)).toEqual(before);
  });

  it("T8: holds through more updates than it keeps apart", () => {
    let index = createInventoryIndex(Array.from({ length: 50 }, (_, number) => ledger(number)));
    let list: Resource[] = Array.from({ length: 50 }, (_, number) => ledger(number));
    for (let step = 0; step < 1300; step += 1) {
      const resource = ledger((step * 7) % 900, step % 3 === 0 ? { name: "menu" } : {});
      const others = list.filter(({ id }) => id !== resource.id);
      index = step % 5 === 4 ? index.without(resource.id) : index.with(resource);
      list = step % 5 === 4 ? others : [...others, resource];
    }
    expect(index.resolve(flow)).toEqual(resolveTargets(flow, { resources: list }));
    expect(Array.from(index.positions(flow), (position) => index.at(position)?.id).sort()).toEqual(
      index.resolve(flow).grants[0]?.resources,
    );
  });

  it("T3: counts a resource once whose tag stands there in two Unicode forms", () => {
    const tagged = defineAccessFlow({
      name: "Cafés",
      requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
      targets: [
        {
          kind: "integration",
          integration: "pg",
          resourceType: "db",
          permissions: ["read"],
          resources: { include: [{ by: "tag", key: "caf\u00e9", values: ["yes"] }] },
        },
      ],
    });
    const index = createInventoryIndex([ledger(1, { tags: { "caf\u00e9": "yes", "cafe\u0301": "yes" } }), ledger(2, { tags: {} })]);
    expect([index.count(tagged), [...index.positions(tagged)], index.resolve(tagged).grants[0]?.resources]).toEqual([1, [0], ["db-00001"]]);
  });

  it("T3: gives lists of positions that are the caller's own, also where one tag has them all", () => {
    const tagged = defineAccessFlow({
      name: "Prod",
      requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
      targets: [
        {
          kind: "integration",
          integration: "pg",
          resourceType: "db",
          permissions: ["read"],
          resources: { include: [{ by: "tag", key: "env", values: ["prod"] }] },
        },
      ],
    });
    const index = createInventoryIndex([ledger(1, { tags: { env: "prod" } }), ledger(2, { tags: { env: "prod" } })]);
    index.positions(tagged).fill(9);
    expect([...index.positions(tagged)]).toEqual([0, 1]);
  });

  it("T6: lists ids in order where few of many are left out, one here and one there", () => {
    const resources = Array.from({ length: 300 }, (_, number) => ledger(number, number % 9 === 4 ? { name: "menu" } : {}));
    expect(createInventoryIndex(resources).resolve(flow)).toEqual(resolveTargets(flow, { resources }));
  });

  it("T6: has no resource where none is", () => {
    const index = createInventoryIndex([ledger(1), ledger(2)])
      .without("db-00001")
      .with(ledger(3));
    expect([-1, 0, 1, 2, 3, 0.5].map((position) => index.at(position)?.id)).toEqual([
      undefined,
      undefined,
      "db-00002",
      "db-00003",
      undefined,
      undefined,
    ]);
  });

  it("T3: gives lists of positions that are the caller's own, also where a target picks all of one type and another nothing", () => {
    const both = defineAccessFlow({
      name: "Ledgers and queues",
      requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
      targets: [
        { kind: "integration", integration: "pg", resourceType: "queue", permissions: ["send"] },
        { kind: "integration", integration: "pg", resourceType: "db", permissions: ["read"] },
      ],
    });
    const ledgers = [ledger(1), ledger(2)];
    for (const index of [createInventoryIndex(ledgers), createInventoryIndex([...ledgers, ledger(3, { type: "queue" })])]) {
      index.positions(both).fill(9);
      expect([[...index.positions(both)], index.count(both)]).toEqual([[0, 1], 2]);
    }
  });

  it("T7: answers for the second type as for the first, also after one that is not active was taken out", () => {
    const before = [1, 2, 3].map((number) => ledger(number, { type: "queue" }));
    const resources = [
      ...before,
      ...[4, 5, 6, 7, 8, 9].map((number) => ledger(number, number === 6 ? { name: "menu" } : {})),
      ...[10, 11, 12].map((number) => ledger(number, { status: "deleted" })),
    ];
    const left = (...numbers: readonly number[]) => resources.filter(({ id }) => !numbers.some((number) => id === ledger(number).id));
    const index = createInventoryIndex(resources);
    expect([
      index.resolve(flow),
      index.without(ledger(10).id).resolve(flow),
      index.without(ledger(11).id).without(ledger(7).id).resolve(flow),
    ]).toEqual([
      resolveTargets(flow, { resources }),
      resolveTargets(flow, { resources: left(10) }),
      resolveTargets(flow, { resources: left(11, 7) }),
    ]);
  });
});
