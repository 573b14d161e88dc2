/* Libraries that filter records by a query, asked for the resources of B4. */
import type { Resource } from "./accessflow.js";
import type { Asked } from "./inventory.js";
import type { Contender } from "./measure.js";

type Query = Record<string, { readonly $in: readonly string[] } | { readonly $nin: readonly string[] }>;

function queryOf({ excluded, names, teams }: Asked): Query {
  if (names !== null) return { name: { $in: names } };
  if (teams !== null) return { "tags.team": { $in: teams } };
  return excluded.length > 0 ? { name: { $nin: excluded } } : {};
}

type Sift = { readonly default: (query: Query) => (record: unknown) => boolean };
type Mingo = { readonly Query: new (query: Query) => { readonly test: (record: unknown) => boolean } };

/** Their queries are compiled before they are timed. */
const libraries: readonly { readonly name: string; readonly load: (query: Query) => Promise<(record: unknown) => boolean> }[] = [
  { name: "sift", load: async (query) => ((await import("sift" as string)) as Sift).default(query) },
  {
    name: "mingo",
    load: async (query) => {
      const compiled = new ((await import("mingo" as string)) as Mingo).Query(query);
      return (record) => compiled.test(record);
    },
  },
];

export async function inventoryPeers(
  resources: readonly Resource[],
  asked: Asked,
): Promise<{ readonly peers: readonly Contender[]; readonly notes: readonly string[] }> {
  const peers: Contender[] = [];
  const notes: string[] = [];
  for (const { name, load } of libraries) {
    try {
      const test = await load(queryOf(asked));
      peers.push({ name, role: "peer", run: () => resources.filter(test) });
    } catch (error) {
      notes.push(`${name} is missing: ${String(error).split("\n")[0]}`);
    }
  }
  return { peers, notes };
}
