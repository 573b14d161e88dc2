import { postgresClock, postgresRoles, postgresStore } from "accessflow/adapters/postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "../adapters/support/postgres-server.js";
import { type Child, roundsOf, startChild } from "./support/child.js";
import { personName, serviceOver, tableName, voterCount } from "./support/scene.js";

const processes = 4;
const rounds = roundsOf(5);

let server: PostgresServer;
let pool: pg.Pool;
let voters: readonly Child[] = [];

beforeAll(async () => {
  server = await startPostgres();
  pool = new pg.Pool({ ...server.connection, max: 4 });
  await postgresStore(pool).migrate();
  await postgresRoles(pool).migrate();
  voters = Array.from({ length: processes }, (_, process) => {
    const numbers = Array.from({ length: voterCount }, (_, number) => number).filter((number) => number % processes === process);
    return startChild("voter.ts", { VOTER: JSON.stringify({ connection: server.connection, voters: numbers }) });
  });
  for (const voter of voters) expect(await voter.line()).toBe("ready");
});

afterAll(async () => {
  await Promise.all(voters.map((voter) => voter.kill()));
  await pool.end();
  await server.stop();
});

it(`TH13: ${voterCount} voters in ${processes} processes on one request, ${rounds} rounds: one decision, every vote accounted for`, {
  timeout: rounds * 60_000,
}, async () => {
  const store = postgresStore(pool);
  const service = serviceOver(store, postgresClock(pool), pool, { worker: "parent", timeoutMs: 60_000 });
  for (let round = 0; round < rounds; round += 1) {
    const entitlements = [{ resource: tableName(0), permission: "SELECT" }] as const;
    const asked = await service.submit({ actor: { id: personName(0) }, key: `round ${round}`, flow: "voted", entitlements });
    if (!asked.ok) throw new Error(`refused: ${JSON.stringify(asked.error)}`);
    const request = asked.value.view.id;
    for (const voter of voters) voter.write(request);
    const lines = await Promise.all(voters.map((voter) => voter.line()));
    const answers = lines.flatMap((line) => JSON.parse(line ?? "[]") as { voter: string; outcome: string }[]);

    const accepted = answers.filter(({ outcome }) => outcome === "accepted").map(({ voter }) => voter);
    // Whoever comes too late is told so, or, once it is no request of theirs any more, nothing about it (L11).
    const late = answers.filter(({ outcome }) => outcome === "request_decided" || outcome === "request_not_found");
    expect([accepted.length, late.length]).toEqual([30, voterCount - 30]);
    const state = await store.load(request);
    expect(state?.status).toBe("scheduled");
    expect(state?.approval?.votes.map(({ voter }) => voter).sort()).toEqual(accepted.sort());
    const events = await store.events(request, 0);
    expect(events.map(({ revision, type }) => [revision, type])).toEqual([
      [1, "submitted"],
      ...Array.from({ length: 30 }, (_, place) => [place + 2, "vote"]),
    ]);
    expect(events.filter(({ concluded }) => concluded.status === "scheduled")).toHaveLength(1);
  }
});
