/* The people of the workloads: twelve attributes, fifty groups, as `JSON.parse` gives them. */

export type Person = {
  readonly id: string;
  readonly emails: readonly string[];
  readonly attributes: { readonly [name: string]: readonly string[] };
};

const departments = ["engineering", "operations", "finance", "sales", "legal", "support"];
const places = ["eu-paris", "eu-berlin", "us-boston", "us-austin", "ap-tokyo"];

/** A repeatable series of numbers in [0, 1): the same people in every run. */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** People of a company with that many groups, of which each is in `own`. Parsed from text: their strings are nobody else's. */
export function makePeople(count: number, groups = 400, own = 50, seed = 7): readonly Person[] {
  const chance = seededChance(seed);
  const people = Array.from({ length: count }, (_, index) => onePerson(index, groups, own, chance));
  return JSON.parse(JSON.stringify(people)) as readonly Person[];
}

function onePerson(index: number, groups: number, ownGroups: number, chance: () => number): Person {
  const pick = (list: readonly string[]): string => list[Math.floor(chance() * list.length)] ?? "";
  const own = new Set<string>();
  while (own.size < ownGroups) own.add(groupName(Math.floor(chance() * groups)));
  return {
    id: `person-${index}`,
    emails: [`person-${index}@corp.example`],
    attributes: {
      group: [...own],
      department: [pick(departments)],
      location: [pick(places)],
      onCall: [`shift-${index % 9}`, `backup-${index % 7}`],
      title: ["engineer"],
      country: [pick(["fr", "de", "us", "jp"])],
      costCenter: [`cc-${index % 40}`],
      employment: [pick(["permanent", "permanent", "contractor"])],
      project: [`project-${index % 12}`, `project-${index % 17}`, `project-${index % 23}`],
      office: [`office-${index % 5}`],
      clearance: [pick(["none", "basic", "high"])],
      division: [`division-${index % 3}`],
    },
  };
}

export function groupName(number: number): string {
  return `team-${number}-members`;
}
