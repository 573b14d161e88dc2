import { sameRecord } from "../core/evaluate/resource-equality.js";
import type { Catalog } from "../core/facts/catalog.js";
import type { Resource } from "../core/facts/resource.js";
import { normalText } from "../core/kernel/text.js";
import type { ResourceInventory, ResourceSelector } from "../ports/resource-inventory.js";
import { allPages } from "./all-pages.js";
import { check, shown } from "./check.js";
import type { ConformanceCase } from "./conformance-case.js";
import { hostileNames } from "./hostile-names.js";

/** An inventory, made anew for each case, and the whole truth about its resources. */
export type InventorySubject = {
  readonly inventory: ResourceInventory;
  /** Everything in the inventory: several pages, of more than one integration and type, some without tags. */
  readonly resources: readonly Resource[];
  readonly catalog: Catalog;
  /** Takes a resource out of the inventory. */
  remove(id: string): Promise<void>;
  /** Puts another catalogue in the place of the present one. */
  setCatalog(catalog: Catalog): Promise<void>;
  /** Ends what was made for the case. */
  close?(): Promise<void>;
};

type Case = (subject: InventorySubject) => Promise<void>;

/**
 * What every inventory must do, as cases for any test runner: an answer for every id, gone ones included; lists that
 * end; searches that miss nothing. `make` is called once a case.
 *
 * @example
 * const resources = [{ id: "r1", name: "payroll", type: "database", integration: "pg" }];
 * const make = async () => {
 *   const inventory = memoryInventory(resources);
 *   const setCatalog = async (catalog: Catalog) => inventory.setCatalog(catalog);
 *   return { inventory, resources, catalog: {}, remove: async (id: string) => inventory.remove(id), setCatalog };
 * };
 * const results = inventoryConformance(make).map(({ run }) => run());
 * (await Promise.all(results)).length > 5;
 * // => true
 */
export function inventoryConformance(make: () => Promise<InventorySubject>): readonly ConformanceCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name,
    async run() {
      const subject = await make();
      try {
        await run(subject);
      } finally {
        await subject.close?.();
      }
    },
  }));
}

const cases: { readonly [name: string]: Case } = {
  "every id is answered, gone ones included": async ({ inventory, resources }) => {
    const ids = [...resources.map(({ id }) => id), "no such resource"].reverse();
    const answers = await inventory.resources(ids);
    check(shown(answers.map(({ id }) => id).sort()) === shown([...ids].sort()), `${shown(ids)} is answered with ${shown(answers)}`);
    for (const answer of answers) {
      const resource = resources.find(({ id }) => id === answer.id);
      check("gone" in answer === (resource === undefined), `${shown(answer.id)} is answered with ${shown(answer)}`);
    }
    check((await inventory.resources([])).length === 0, "no ids are answered with something");
  },
  "records are answered as they are: what is absent stays absent": async ({ inventory, resources }) => {
    check(
      resources.some(({ tags }) => tags === undefined),
      "the subject has no resource without tags",
    );
    for (const resource of resources) {
      const [answer] = await inventory.resources([resource.id]);
      check(sameRecord(answer, resource), `${shown(resource)} is answered as ${shown(answer)}`);
    }
  },
  "what is not there is gone, however its id looks": async ({ inventory, resources }) => {
    const ids = new Set(resources.map(({ id }) => normalText(id)));
    const others = resources.flatMap(({ id }) => [`${id} `, `${id}*`, id.toUpperCase(), id.toLowerCase()]);
    const asked = [...new Set([...hostileNames, ...others])].filter((id) => !ids.has(normalText(id)));
    for (const answer of await inventory.resources(asked)) {
      check("gone" in answer, `${shown(answer.id)} is answered with ${shown(answer)}`);
    }
  },
  "what is taken out is gone, and nothing else is": async ({ inventory, resources, remove }) => {
    const [first, ...others] = resources;
    check(first !== undefined, "the subject has no resource");
    await remove(first.id);
    for (const answer of await inventory.resources(resources.map(({ id }) => id))) {
      check("gone" in answer === (answer.id === first.id), `after ${shown(first.id)} was taken out, ${shown(answer)} is answered`);
    }
    const listed = new Set((await allPages((after) => inventory.search("everything", after))).map(({ id }) => id));
    const missed = others.filter(({ id }) => !listed.has(id));
    check(missed.length === 0, `after ${shown(first.id)} was taken out, ${shown(missed.map(({ id }) => id))} is missing`);
  },
  "the catalogue is answered whole, and its version changes when it does": async ({ inventory, catalog, setCatalog }) => {
    const first = await inventory.catalog();
    check(sameRecord(first.catalog, catalog), `the catalogue is answered as ${shown(first.catalog)}`);
    check((await inventory.catalog()).version === first.version, "the version changes by itself");
    const next: Catalog = { ...catalog, integrations: [...(catalog.integrations ?? []), { id: "added-by-the-kit", name: "Added" }] };
    await setCatalog(next);
    const second = await inventory.catalog();
    check(sameRecord(second.catalog, next), `the catalogue is still answered as ${shown(second.catalog)}`);
    check(second.version !== first.version, "another catalogue has the same version");
  },
  "the list of everything ends, and has each resource once": async ({ inventory, resources }) => {
    const listed = await allPages((after) => inventory.search("everything", after));
    const expected = resources.map(({ id }) => id).sort();
    check(shown(listed.map(({ id }) => id).sort()) === shown(expected), `it has ${shown(listed.map(({ id }) => id))}`);
  },
  "a list read twice is the same list": async ({ inventory }) => {
    const read = async (): Promise<string> => shown((await allPages((after) => inventory.search("everything", after))).map(({ id }) => id));
    const first = await read();
    check(first === (await read()), "two readings differ");
  },
  "a search misses nothing that a target may mean": async ({ inventory, resources, catalog }) => {
    for (const selector of selectorsOver(resources, catalog)) {
      const listed = new Set((await allPages((after) => inventory.search(selector, after))).map(({ id }) => id));
      const missed = resources.filter((resource) => isMeant(selector, resource, catalog) && !listed.has(resource.id));
      check(missed.length === 0, `${shown(selector)} misses ${shown(missed.map(({ id }) => id))}`);
    }
  },
  "a search finds records as they are": async ({ inventory, resources, catalog }) => {
    for (const selector of selectorsOver(resources, catalog)) {
      for (const found of await allPages((after) => inventory.search(selector, after))) {
        check(
          resources.some((resource) => sameRecord(resource, found)),
          `${shown(selector)} finds ${shown(found)}`,
        );
      }
    }
  },
};

/** Every integration by id and by name, with every type, for any name, for one, for some, for none that there is. */
function selectorsOver(resources: readonly Resource[], catalog: Catalog): readonly ResourceSelector[] {
  const integrations = new Set([
    ...resources.map(({ integration }) => integration),
    ...(catalog.integrations ?? []).flatMap(({ id, name }) => [id, name]),
    "no such integration",
  ]);
  const types = new Set(resources.map(({ type }) => type));
  const names = resources.map(({ name }) => name);
  const choices = [null, names.slice(0, 1), names.filter((_, index) => index % 2 === 0), ["no such name", ...hostileNames]];
  return [...integrations].flatMap((integration) =>
    [...types].flatMap((resourceType) => choices.map((chosen): ResourceSelector => ({ integration, resourceType, names: chosen }))),
  );
}

/** A full scan: the resource is of that type, of an integration of that id or name, and of one of the names (T1, T3). */
function isMeant(selector: ResourceSelector, resource: Resource, catalog: Catalog): boolean {
  if (selector === "everything") return true;
  const names = selector.names?.map(normalText) ?? null;
  const wanted = normalText(selector.integration);
  const entry = (catalog.integrations ?? []).find(({ id }) => normalText(id) === normalText(resource.integration));
  const isOf = normalText(resource.integration) === wanted || (entry !== undefined && normalText(entry.name) === wanted);
  return (
    isOf && normalText(resource.type) === normalText(selector.resourceType) && (names === null || names.includes(normalText(resource.name)))
  );
}
