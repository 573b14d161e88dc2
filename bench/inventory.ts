/* The questions of B4: which of a hundred thousand resources does a target pick. By hand, and by other means. */
import type { AccessFlow, defineAccessFlow, Resource } from "./accessflow.js";
import { seededChance } from "./people.js";

const teams = 400;

/** Databases of one integration, all active, all offering the same two permissions, each with three tags. */
export function makeResources(count: number): readonly Resource[] {
  const chance = seededChance(11);
  const pick = (from: number): number => Math.floor(chance() * from);
  return Array.from({ length: count }, (_, number) => ({
    id: `r-${String(number).padStart(6, "0")}`,
    name: `database ${number}`,
    type: "database",
    integration: "pg",
    tags: { team: `team-${pick(teams)}`, env: ["prod", "test", "dev"][pick(3)] ?? "dev", tier: `tier-${pick(50)}` },
    permissions: ["read", "write"],
  }));
}

export type Asked = {
  readonly name: string;
  readonly excluded: readonly string[];
  readonly names: readonly string[] | null;
  readonly teams: readonly string[] | null;
};

const numbered = (count: number, step: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `database ${(index + 1) * step}`);

export const asked: readonly Asked[] = [
  { name: "any", excluded: [], names: null, teams: null },
  { name: "any except 50", excluded: numbered(50, 1999), names: null, teams: null },
  { name: "200 names", excluded: [], names: numbered(200, 487), teams: null },
  { name: "3 tags", excluded: [], names: null, teams: ["team-3", "team-77", "team-250"] },
];

export function flowFor(define: typeof defineAccessFlow, { excluded, names, teams: values }: Asked): AccessFlow {
  const include = [
    ...(names === null ? [] : [{ by: "name" as const, values: names }]),
    ...(values === null ? [] : [{ by: "tag" as const, key: "team", values }]),
  ];
  const resources =
    excluded.length > 0 ? { exclude: [{ by: "name" as const, values: excluded }] } : include.length > 0 ? { include } : ("any" as const);
  return define({
    name: "Databases",
    requestors: { conditions: [{ attribute: "group", values: ["dev"] }] },
    targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"], resources } as never],
  });
}

/** What one would write for just this inventory: positions by hash and by list. */
export function byHand(resources: readonly Resource[]): (asked: Asked) => Uint32Array {
  const all = Uint32Array.from(resources, (_, position) => position);
  const places = new Map(resources.map(({ name }, position) => [name, position]));
  const lists = new Map<string, number[]>();
  resources.forEach(({ tags }, position) => {
    const team = tags?.team ?? "";
    const list = lists.get(team);
    if (list === undefined) lists.set(team, [position]);
    else list.push(position);
  });
  const teamLists = new Map([...lists].map(([team, list]) => [team, Uint32Array.from(list)]));
  const placesOf = (names: readonly string[]): Uint32Array => Uint32Array.from(names, (name) => places.get(name) ?? 0).sort();
  return ({ excluded, names, teams: values }) => {
    if (names !== null) return placesOf(names);
    if (values !== null) {
      const found = values.map((team) => teamLists.get(team) ?? new Uint32Array(0));
      const joined = new Uint32Array(found.reduce((sum, list) => sum + list.length, 0));
      let length = 0;
      for (const list of found) {
        joined.set(list, length);
        length += list.length;
      }
      return joined.sort();
    }
    if (excluded.length === 0) return all.slice();
    const kept = new Uint32Array(all.length - excluded.length);
    let [from, length] = [0, 0];
    for (const place of [...placesOf(excluded), all.length]) {
      kept.set(all.subarray(from, place), length);
      length += place - from;
      from = place + 1;
    }
    return kept;
  };
}

/** One pass with a set, for a list that is asked once. */
export function filtered(resources: readonly Resource[], { excluded, names, teams: values }: Asked): readonly Resource[] {
  if (names !== null) {
    const wanted = new Set(names);
    return resources.filter(({ name }) => wanted.has(name));
  }
  if (values !== null) {
    const wanted = new Set(values);
    return resources.filter(({ tags }) => wanted.has(tags?.team ?? ""));
  }
  const out = new Set(excluded);
  return resources.filter(({ name }) => !out.has(name));
}

/** The same records, shuffled. */
export function inNoOrder(resources: readonly Resource[]): readonly Resource[] {
  const chance = seededChance(13);
  const keyed = resources.map((resource) => [chance(), resource] as const);
  return keyed.sort(([left], [right]) => left - right).map(([, resource]) => resource);
}

/**
 * What one would write for just this question who may not trust the records: each is checked, no id comes twice, and ids are
 * given in order.
 */
export function checkedByHand(resources: readonly Resource[], { excluded, names, teams: values }: Asked): readonly string[] {
  const ids = new Set<string>();
  const [out, wantedNames, wantedTeams] = [
    new Set(excluded),
    names === null ? null : new Set(names),
    values === null ? null : new Set(values),
  ];
  const found: string[] = [];
  for (const resource of resources) {
    if (!isSound(resource)) throw new Error("a record of the wrong shape");
    ids.add(resource.id);
    if (resource.integration !== "pg" || resource.type !== "database") continue;
    if (resource.permissions?.includes("read") === false || (resource.status ?? "active") !== "active") continue;
    if (wantedNames?.has(resource.name) === false || wantedTeams?.has(resource.tags?.team ?? "") === false) continue;
    if (!out.has(resource.name)) found.push(resource.id);
  }
  if (ids.size < resources.length) throw new Error("an id comes twice");
  return found.sort();
}

function isSound(resource: unknown): resource is Resource {
  if (!isPlain(resource)) return false;
  let needed = 4;
  for (const key in resource) {
    const value = resource[key];
    switch (key) {
      case "id":
      case "name":
      case "type":
      case "integration":
        if (typeof value !== "string") return false;
        needed -= 1;
        break;
      case "path":
      case "sourceId":
      case "riskLevel":
      case "status":
        if (typeof value !== "string") return false;
        break;
      case "tags":
      case "context":
        if (!isPlain(value)) return false;
        for (const name in value) if (typeof value[name] !== "string") return false;
        break;
      case "permissions":
        if (!Array.isArray(value)) return false;
        for (const permission of value) if (typeof permission !== "string") return false;
        break;
      default:
        return false;
    }
  }
  return needed === 0;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
