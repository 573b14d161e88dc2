import { memoryInventory } from "accessflow/adapters/memory";
import { type InventorySubject, inventoryConformance } from "accessflow/testing";
import { describe, expect, it } from "vitest";
import type { Catalog } from "../../src/core/facts/catalog.js";
import type { Resource } from "../../src/core/facts/resource.js";
import type { ResourceInventory } from "../../src/ports/resource-inventory.js";

const resources: readonly Resource[] = [
  { id: "r1", name: "payroll", type: "database", integration: "pg-1", tags: { env: "prod" }, permissions: ["read", { name: "write" }] },
  { id: "r2", name: "ledger", type: "database", integration: "pg-1" },
  { id: "R2", name: "ledger", type: "database", integration: "pg-2", tags: {}, status: "deleted" },
  { id: "r3", name: "Zoë's bucket", type: "bucket", integration: "Unlisted", permissions: [] },
  { id: "r4", name: "payroll", type: "bucket", integration: "pg-1", context: { owner: "ada" } },
];

const catalog: Catalog = {
  integrations: [
    { id: "pg-1", name: "Postgres" },
    { id: "pg-2", name: "Postgres" },
  ],
  accessScopes: [{ name: "production", query: 'resource_tag["env"] = "prod"' }],
};

async function subjectWith(
  over: (inventory: ResourceInventory) => ResourceInventory = (inventory) => inventory,
): Promise<InventorySubject> {
  const inventory = memoryInventory(resources, catalog, { pageSize: 2 });
  return {
    inventory: over(inventory),
    resources,
    catalog,
    remove: async (id) => inventory.remove(id),
    setCatalog: async (next) => inventory.setCatalog(next),
  };
}

describe("memoryInventory", () => {
  it.each(inventoryConformance(() => subjectWith()))("$name", ({ run }) => run());

  it("finds no more than a selector means", async () => {
    const inventory = memoryInventory(resources, catalog);
    const page = await inventory.search({ integration: "Postgres", resourceType: "database", names: ["ledger"] }, null);
    expect(page.items.map(({ id }) => id)).toEqual(["R2", "r2"]);
  });

  it("can be changed while it serves", async () => {
    const inventory = memoryInventory();
    inventory.set({ id: "r1", name: "payroll", type: "database", integration: "pg" });
    expect(await inventory.resources(["r1"])).toMatchObject([{ name: "payroll" }]);
    inventory.remove("r1");
    expect(await inventory.resources(["r1"])).toEqual([{ id: "r1", gone: true }]);
  });

  it("refuses what is no resource, two of one id, and what is no catalogue", () => {
    const invalid = expect.objectContaining({ name: "AccessFlowError" });
    expect(() => memoryInventory([{ id: "", name: "", type: "", integration: "" }])).toThrowError(invalid);
    expect(() => memoryInventory([...resources, ...resources])).toThrowError(invalid);
    expect(() => memoryInventory([], { integrations: {} } as unknown as Catalog)).toThrowError(invalid);
  });
});

/** What careless inventories do, and the case that must find each out. */
const sloppy: readonly { readonly fault: string; readonly caught: string; over(inventory: ResourceInventory): ResourceInventory }[] = [
  {
    fault: "leaves out what is gone",
    caught: "every id is answered, gone ones included",
    over: (inventory) => ({
      ...inventory,
      resources: async (ids) => (await inventory.resources(ids)).filter((answer) => !("gone" in answer)),
    }),
  },
  {
    fault: "takes unknown tags for none",
    caught: "records are answered as they are: what is absent stays absent",
    over: (inventory) => ({
      ...inventory,
      resources: async (ids) => (await inventory.resources(ids)).map((answer) => ("gone" in answer ? answer : { tags: {}, ...answer })),
    }),
  },
  {
    fault: "folds the case of ids",
    caught: "what is not there is gone, however its id looks",
    over: (inventory) => ({
      ...inventory,
      async resources(ids) {
        const answers = await inventory.resources(ids.map((id) => (id === "R1" ? "r1" : id)));
        return answers;
      },
    }),
  },
  {
    fault: "remembers what was taken out",
    caught: "what is taken out is gone, and nothing else is",
    over: (inventory) => {
      const before = memoryInventory(resources);
      return { ...inventory, resources: (ids) => before.resources(ids) };
    },
  },
  {
    fault: "never changes its version",
    caught: "the catalogue is answered whole, and its version changes when it does",
    over: (inventory) => ({ ...inventory, catalog: async () => ({ ...(await inventory.catalog()), version: "1" }) }),
  },
  {
    fault: "cuts its list off",
    caught: "the list of everything ends, and has each resource once",
    over: (inventory) => ({ ...inventory, search: async (...query) => ({ ...(await inventory.search(...query)), next: null }) }),
  },
  {
    fault: "knows integrations by id only",
    caught: "a search misses nothing that a target may mean",
    over: (inventory) => ({
      ...inventory,
      search: async (selector, after) =>
        selector !== "everything" && selector.integration === "Postgres" ? { items: [], next: null } : inventory.search(selector, after),
    }),
  },
  {
    fault: "finds shortened records",
    caught: "a search finds records as they are",
    over: (inventory) => ({
      ...inventory,
      async search(...query) {
        const page = await inventory.search(...query);
        return { ...page, items: page.items.map(({ id, name, type, integration }) => ({ id, name, type, integration })) };
      },
    }),
  },
];

describe("inventoryConformance", () => {
  it.each(sloppy)("finds out an inventory that $fault", async ({ caught, over }) => {
    const found = inventoryConformance(() => subjectWith(over)).find(({ name }) => name === caught);
    if (found === undefined) throw new Error(`there is no case "${caught}"`);
    await expect(found.run()).rejects.toThrow();
  });
});
