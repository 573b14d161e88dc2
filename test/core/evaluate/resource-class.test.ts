import { describe, expect, it } from "vitest";
import { startClasses } from "../../../src/core/evaluate/resource-class.js";
import type { Resource } from "../../../src/core/facts/resource.js";

/** What resources of classes of their own say, one after the other. */
const differing: readonly Partial<Resource>[] = [
  {},
  { integration: "pg2" },
  { type: "queue" },
  { permissions: undefined },
  { permissions: undefined, type: "queue" },
  { permissions: [] },
  { permissions: ["read", "write"] },
  { permissions: ["write", "read"] },
  { permissions: ["write"] },
  { permissions: ["read4:more"] },
  { integration: "pg2:db", type: "" },
];

function resource(changes: Partial<Resource>): Resource {
  return { id: "a", name: "a", type: "db", integration: "pg", permissions: ["read"], ...changes };
}

describe("classes of resources (T4, T6)", () => {
  it("T6: resources are of one class where they agree in integration, type and the names they offer, in their order", () => {
    const numbersOf = (resources: readonly Resource[]) => {
      const { numberOf, list } = startClasses();
      return [resources.map(numberOf), list.map(({ integration, resourceType, offered }) => [integration, resourceType, offered === null])];
    };
    const each = differing.map(resource);
    const numbers = each.map((_, number) => number);
    const known = each.map(({ integration, type, permissions }) => [integration, type, permissions === undefined]);
    expect(numbersOf([...each, ...each])).toEqual([[...numbers, ...numbers], known]);
    expect(numbersOf([...each, ...each].sort((left, right) => each.indexOf(left) - each.indexOf(right)))).toEqual([
      numbers.flatMap((number) => [number, number]),
      known,
    ]);
  });

  it("T6: what else a resource or a permission says makes no class of its own", () => {
    const { numberOf, list } = startClasses();
    const numbers = [resource({}), resource({ id: "b", name: "b", tags: { env: "prod" } }), resource({ permissions: [{ name: "read" }] })];
    expect([numbers.map(numberOf), numberOf(resource({ type: "queue" })), numberOf(resource({ path: "/" })), list.length]).toEqual([
      [0, 0, 0],
      1,
      0,
      2,
    ]);
  });
});
