import { describe, expect, it } from "vitest";
import { readInventory } from "../../../src/core/evaluate/resource-inventory.js";
import type { Resource } from "../../../src/core/facts/resource.js";

function resource(id: string, changes: Partial<Resource> = {}): Resource {
  return { id, name: "ledger", type: "db", integration: "pg", ...changes };
}

describe("readInventory (T7)", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => resource(id)) as [Resource, Resource, Resource];
  const elsewhere = resource("b", { integration: "cafe\u0301" });
  const fault = (...at: readonly (string | number)[]) => ({ code: "facts_invalid", rule: "C4", path: [], argument: "resources", at });

  it.each<[string, unknown, object]>([
    ["all of them, in order", [a, b, c], { resources: [a, b, c] }],
    ["all of them, out of order", [c, a, b], { resources: [c, a, b] }],
    ["what is equal once", [b, a, { ...b }, b], { resources: [b, a] }],
    [
      "none of what clashes, with every integration that it names",
      [a, b, elsewhere, c, b],
      { resources: [a, c], clashes: new Map([["b", new Set(["pg", "caf\u00e9"])]]), integrations: new Set(["pg", "caf\u00e9"]) },
    ],
    [
      "nothing that bears the id of a record of the wrong shape",
      [a, { id: "b" }, elsewhere, { id: "d" }],
      {
        resources: [a],
        clashes: new Map([["b", new Set(["caf\u00e9"])]]),
        integrations: new Set(["pg", "caf\u00e9"]),
        faulty: [expect.objectContaining({ id: "b" }), expect.objectContaining({ id: "d" })],
        faults: ["name", "type", "integration"]
          .flatMap((key) => [expect.objectContaining(fault(1, key))])
          .concat(["name", "type", "integration"].flatMap((key) => [expect.objectContaining(fault(3, key))])),
      },
    ],
    [
      "nothing of what is no record",
      [null, a, "b", b, 7],
      {
        resources: [a, b],
        faulty: [0, 2, 4].map((place) => ({ id: null, faults: [fault(place)] })),
        faults: [fault(0), fault(2), fault(4)],
      },
    ],
    [
      "nothing that bears the id of something that is no record at all",
      [a, b, Object.assign(() => 1, { id: "b" })],
      { resources: [a], clashes: new Map([["b", new Set(["pg"])]]), faulty: [{ id: "b", faults: [fault(2)] }], faults: [fault(2)] },
    ],
    ["nothing of what cannot be read to its end", 7, { readable: false, resources: [], integrations: new Set(), faults: [fault()] }],
  ])("T7: reads %s", (_, given, expected) => {
    const whole = { readable: true, clashes: new Map(), integrations: new Set(["pg"]), faulty: [], faults: [] };
    expect(readInventory("resources", given)).toEqual({ ...whole, ...expected });
  });
});
