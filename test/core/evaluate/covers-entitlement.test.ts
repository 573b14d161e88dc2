import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { coversEntitlement } from "../../../src/core/evaluate/covers-entitlement.js";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const flow = defineAccessFlow({
  name: "flow",
  requestors: { conditions: [{ attribute: "group", values: ["dev"] }] },
  targets: [
    { kind: "integration", integration: "pg", resourceType: "db", permissions: ["caf\u00e9", "read"] },
    { kind: "accessScope", accessScope: "queues" },
  ],
});
const catalog: Catalog = deepFreeze({ accessScopes: [{ name: "queues", query: 'resource_type = "queue"' }] });
const database: Resource = deepFreeze({ id: "a", name: "a", type: "db", integration: "pg", permissions: ["read", "write", "cafe\u0301"] });

describe("coversEntitlement", () => {
  it("T8: covers what an integration target gives, and nothing else", () => {
    expect(["read", "write", "admin", ""].map((permission) => coversEntitlement(flow, database, permission))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("T8: covers what an access scope selects", () => {
    const queue: Resource = { ...database, type: "queue", integration: "mq" };
    expect([coversEntitlement(flow, queue, "write", catalog), coversEntitlement(flow, queue, "write")]).toEqual([true, false]);
  });

  it("T8: an integration that only this resource knows is known", () => {
    expect(coversEntitlement(flow, { ...database, permissions: undefined }, "read")).toBe(true);
  });

  it("T3: the permission is compared on NFC text", () => {
    expect(coversEntitlement(flow, database, "caf\u00e9")).toBe(true);
  });

  it("T7: nothing is covered on a resource that is not active", () => {
    expect(coversEntitlement(flow, { ...database, status: "error" }, "read")).toBe(false);
  });

  it.each([
    ["a flow", [{ name: "x" }, database, "read", catalog]],
    ["a resource", [flow, { ...database, stauts: "deleted" }, "read", catalog]],
    ["a permission", [flow, database, { name: "read" }, catalog]],
    ["a catalogue", [flow, database, "read", { accessScope: [] }]],
  ])("throws facts_invalid for %s of the wrong shape", (_, [ofFlow, on, permission, given]) => {
    expect(() => coversEntitlement(ofFlow as never, on as never, permission as never, given as never)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
    );
  });

  it("C4: names each argument that is of the wrong shape, all at once", () => {
    const is = "is not of the stated shape";
    const ask = () =>
      coversEntitlement({ ...flow, targets: 7 } as never, { ...database, id: 7 } as never, 7 as never, { bundles: 7 } as never);
    expect(ask).toThrow(
      expect.objectContaining({
        code: "facts_invalid",
        message: [`flow.targets ${is}`, `resource.id ${is}`, `permission ${is}`, `catalog.bundles ${is}`].join("\n"),
      }),
    );
  });
});
