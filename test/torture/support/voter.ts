import { createInterface } from "node:readline";
import { postgresClock, postgresStore } from "accessflow/adapters/postgres";
import pg from "pg";
import { serviceOver, voterName } from "./scene.js";

// Votes for some of the voters, all at once, on each request that it reads a line about, and prints what came of it.
const { connection, voters } = JSON.parse(process.env["VOTER"] ?? "{}") as { connection: pg.ClientConfig; voters: readonly number[] };
const pool = new pg.Pool({ ...connection, max: 8 });
const service = serviceOver(postgresStore(pool), postgresClock(pool), pool, { worker: `voter-${voters[0]}`, timeoutMs: 60_000 });
process.stdout.write("ready\n");

for await (const request of createInterface({ input: process.stdin })) {
  const votes = voters.map(async (number) => {
    const answer = await service.vote({ actor: { id: voterName(number) }, key: `vote on ${request}`, request, decision: "approve" });
    return { voter: voterName(number), outcome: answer.ok ? "accepted" : answer.error.reasons.map(({ code }) => code).join() };
  });
  process.stdout.write(`${JSON.stringify(await Promise.all(votes))}\n`);
}
await pool.end();
