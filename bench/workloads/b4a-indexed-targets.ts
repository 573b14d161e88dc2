import { createInventoryIndex, defineAccessFlow, type ResolvedTargets, type Resource } from "../accessflow.js";
import { type Asked, asked, byHand, flowFor, makeResources } from "../inventory.js";
import type { Case, Contender, Workload } from "../measure.js";

const floor = "positions by hand";

/** By the question: what the objects may cost, and how much faster than the database positions must be. */
const goals: { readonly [name: string]: { readonly rows: number; readonly sqlite: number } } = {
  any: { rows: 4, sqlite: 20 },
  "any except 50": { rows: 12, sqlite: 20 },
  "200 names": { rows: 1.5, sqlite: 14 },
  "3 tags": { rows: 3, sqlite: 20 },
};

export const workload: Workload = {
  id: "b4a",
  title: "What a target gives on 100,000 resources, indexed",
  cases: async () => {
    const resources = makeResources(100_000);
    const index = createInventoryIndex(resources);
    const hand = byHand(resources);
    const cases: Case[] = [];
    for (const question of asked) {
      const flow = flowFor(defineAccessFlow, question);
      const { peers, notes } = await databaseContenders(resources, question);
      const goal = goals[question.name] ?? { rows: 4, sqlite: 20 };
      cases.push({
        name: question.name,
        questions: 1,
        contenders: [
          { name: floor, role: "floor", run: () => hand(question), answer: (answer) => (answer as Uint32Array).length },
          { name: "positions", role: "accessflow", run: () => index.positions(flow), answer: (answer) => (answer as Uint32Array).length },
          { name: "count", role: "accessflow", run: () => index.count(flow) },
          { name: "resolve", role: "accessflow", run: () => index.resolve(flow), answer: (answer) => (answer as ResolvedTargets).size },
          ...peers,
        ],
        goals: [
          { of: "positions", against: floor, atMost: 1.5 },
          { of: "count", against: floor, atMost: 1.5 },
          { of: "resolve", against: floor, atMost: goal.rows },
          ...peers.map(({ name }) => ({ of: "positions", against: name, atMost: 1 / goal.sqlite })),
        ],
        notes,
      });
    }
    return cases;
  },
  growth: asked.map((question) => ({
    name: `positions, ${question.name}`,
    unit: "resources",
    sizes: [1_000, 10_000, 100_000, 300_000],
    at: (size) => {
      const index = createInventoryIndex(makeResources(size));
      const flow = flowFor(defineAccessFlow, question);
      return () => index.positions(flow);
    },
  })),
};

type Statement = {
  readonly pluck: () => Statement;
  readonly all: (...values: readonly unknown[]) => readonly unknown[];
  readonly run: (...values: readonly unknown[]) => unknown;
};
type Database = { readonly exec: (text: string) => unknown; readonly prepare: (text: string) => Statement };

async function databaseContenders(
  resources: readonly Resource[],
  { excluded, names, teams }: Asked,
): Promise<{ readonly peers: readonly Contender[]; readonly notes: readonly string[] }> {
  try {
    const { default: open } = (await import("better-sqlite3" as string)) as { default: new (path: string) => Database };
    const database = new open(":memory:");
    database.exec(
      "CREATE TABLE resource (position INTEGER PRIMARY KEY, name TEXT UNIQUE, team TEXT); CREATE INDEX by_team ON resource (team)",
    );
    const insert = database.prepare("INSERT INTO resource VALUES (?, ?, ?)");
    database.exec("BEGIN");
    for (const [position, { name, tags }] of resources.entries()) insert.run(position, name, tags?.team);
    database.exec("COMMIT");
    const values = names ?? teams ?? excluded;
    const listed = `(${values.map(() => "?").join(", ")})`;
    const where =
      names !== null
        ? `WHERE name IN ${listed}`
        : teams !== null
          ? `WHERE team IN ${listed}`
          : excluded.length > 0
            ? `WHERE name NOT IN ${listed}`
            : "";
    const statement = database.prepare(`SELECT position FROM resource ${where}`).pluck();
    return {
      peers: [
        {
          name: "better-sqlite3 in memory",
          role: "peer",
          run: () => statement.all(...values),
          answer: (answer) => (answer as unknown[]).length,
        },
      ],
      notes: [],
    };
  } catch (error) {
    return { peers: [], notes: [`better-sqlite3 is missing: ${String(error).split("\n")[0]}`] };
  }
}
