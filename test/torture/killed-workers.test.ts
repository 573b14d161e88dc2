import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { postgresRoles, postgresStore } from "accessflow/adapters/postgres";
import pg from "pg";
import { expect, it } from "vitest";
import { startPostgres } from "../adapters/support/postgres-server.js";
import { roundsOf, startChild } from "./support/child.js";
import { sceneStatements, tableAccess } from "./support/scene.js";
import { expectAllEnded } from "./support/verdict.js";

/** How long a worker lives once it is ready, in milliseconds: spread evenly, so that every step is met in the end. */
function lifetime(round: number, rounds: number): number {
  return 20 + ((round * 7919) % 97) * 13 + Math.floor((round / Math.max(rounds, 1)) * 50);
}

/** Kills one worker after another, and lets the last one finish. */
async function torture(rounds: number, config: Readonly<Record<string, unknown>>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const worker = startChild("worker.ts", { WORKER: JSON.stringify({ ...config, worker: `worker-${round}` }) });
    expect(await worker.line()).toBe("ready");
    await new Promise((resolve) => setTimeout(resolve, lifetime(round, rounds)));
    await worker.kill();
  }
  const last = startChild("worker.ts", { WORKER: JSON.stringify({ ...config, worker: "last" }) });
  expect([await last.line(), await last.line(), await last.ended]).toEqual(["ready", "done", 0]);
}

it("TH14, TH15: workers killed again and again on PostgreSQL lose nothing, double nothing, and leave no access behind", {
  timeout: 120_000 + roundsOf(4) * 20_000,
}, async () => {
  const server = await startPostgres();
  const pool = new pg.Pool({ ...server.connection, max: 4 });
  try {
    await postgresStore(pool).migrate();
    await postgresRoles(pool, { accessOf: tableAccess }).migrate();
    for (const statement of sceneStatements) await pool.query(statement);
    await torture(roundsOf(4), { connection: server.connection });
    await expectAllEnded(postgresStore(pool), pool);
  } finally {
    await pool.end();
    await server.stop();
  }
});

it("TH14, TH15: workers killed again and again on the embedded store lose nothing, double nothing, and leave no access behind", {
  timeout: 120_000 + roundsOf(3) * 30_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "accessflow-torture-"));
  try {
    await torture(roundsOf(3), { folder });
    const database = await PGlite.create(join(folder, "data"));
    await expectAllEnded(postgresStore(database), database);
    await database.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
