import { readdirSync, readFileSync } from "node:fs";
import { type AccessFlow, type Catalog, checkAccessFlow, type Identity, type Resource } from "accessflow";

/** Everything the demo decides over, read from `examples/company`. */
export type Company = {
  /** By file name, without `.json`. */
  readonly flows: ReadonlyMap<string, AccessFlow>;
  readonly identities: readonly Identity[];
  readonly resources: readonly Resource[];
  readonly catalog: Catalog;
  /** By file name. Each of these throws for what the company does not have: a scene that is misspelt. */
  readonly flow: (file: string) => AccessFlow;
  readonly person: (id: string) => Identity;
  readonly resource: (id: string) => Resource;
  readonly nameOf: (id: string) => string;
};

const folder = new URL("../company/", import.meta.url);

export function loadCompany(): Company {
  const files = (path: string): string[] => readdirSync(new URL(path, folder)).sort();
  const flows = new Map(files("flows/").map((file) => [file.replace(/\.json$/, ""), loadFlow(`flows/${file}`)]));
  // The types are promised by the files; the library checks the shape of every record it is given.
  const identities = readJson("identities.json") as Identity[];
  const resources = files("resources/").flatMap((file) => readJson(`resources/${file}`) as Resource[]);
  const catalog = readJson("catalog.json") as Catalog;
  const people = new Map(identities.map((identity) => [identity.id, identity]));
  const things = new Map(resources.map((resource) => [resource.id, resource]));
  const person = (id: string): Identity => named("identity", id, people.get(id));
  return {
    flows,
    identities,
    resources,
    catalog,
    flow: (file) => named("flow", file, flows.get(file)),
    person,
    resource: (id) => named("resource", id, things.get(id)),
    nameOf: (id) => person(id).name ?? id,
  };
}

function loadFlow(file: string): AccessFlow {
  const checked = checkAccessFlow(readJson(file));
  if (!checked.ok) throw new Error(`${file}: ${checked.error.map((issue) => issue.message).join("; ")}`);
  return checked.value;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}

export function named<T>(what: string, id: string, found: T | undefined): T {
  if (found === undefined) throw new Error(`the company has no ${what} ${id}`);
  return found;
}
