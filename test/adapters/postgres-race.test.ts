import { type ChildProcess, spawn } from "node:child_process";
import { postgresStore } from "accessflow/adapters/postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleState, writeOf } from "../../src/testing/store/sample-write.js";
import { type PostgresServer, startPostgres } from "./support/postgres-server.js";

/** How often each process tries; more with `ACCESSFLOW_RACE_ATTEMPTS`. */
const attempts = Number(process.env["ACCESSFLOW_RACE_ATTEMPTS"] ?? 120);
const processes = 4;

let server: PostgresServer;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres();
  pool = new pg.Pool({ ...server.connection, max: 1 });
});

afterAll(async () => {
  await pool.end();
  await server.stop();
});

describe("several processes on one request", () => {
  it("TH13: one commit for each revision, and none that was acknowledged is lost, though one process is killed", async () => {
    const store = postgresStore(pool);
    const writers = Array.from({ length: processes }, (_, writer) => startWriter(writer));
    await Promise.all(writers.map(({ ready }) => ready));
    await store.commit(writeOf(sampleState("r1")));
    for (const { child } of writers) child.stdin?.write("go\n");
    const [victim, ...others] = writers;
    await victim?.acknowledged(5);
    victim?.child.kill("SIGKILL");
    const ends = await Promise.all(writers.map(({ ended }) => ended));

    await othersAreGone();

    expect(ends.slice(1).map(({ code }) => code)).toEqual(others.map(() => 0));
    const acknowledged = ends.flatMap(({ lines }) => lines.map((line) => line.split(" ")));
    const byRevision = new Map(acknowledged.map(([revision, mark]) => [Number(revision), mark]));
    expect(byRevision.size).toBe(acknowledged.length);

    const state = await store.load("r1");
    const events = await store.events("r1", 1);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, place) => place + 2));
    expect(state?.revision).toBe(events.length + 1);
    expect([...byRevision.keys()].filter((revision) => revision > events.length + 1)).toEqual([]);
    // What was written and not acknowledged can only be what the killed process had under way: four commits of one revision.
    expect(events.length - acknowledged.length).toBeLessThanOrEqual(1);
    const last = byRevision.get(events.length + 1);
    if (last !== undefined) expect(state?.mfa?.id).toBe(last);
  });
});

/** A killed process may have left a statement that the server still carries out. */
async function othersAreGone(): Promise<void> {
  const others = "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  while ((await pool.query(others)).rows[0].others > 0);
}

type Writer = {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
  acknowledged(count: number): Promise<void>;
};

function startWriter(writer: number): Writer {
  const script = new URL("support/race-writer.ts", import.meta.url).pathname;
  const env = { ...process.env, RACE: JSON.stringify({ connection: server.connection, writer, attempts }) };
  const child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["pipe", "pipe", "inherit"], env });
  let output = "";
  /** Whole lines; the first one says that it is ready. */
  const lines = (): readonly string[] => output.split("\n").slice(0, -1);
  const waiting = new Set<() => void>();
  child.stdout.on("data", (text) => {
    output += text;
    for (const look of waiting) look();
  });
  const hasLines = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => (lines().length >= count ? resolve() : undefined);
      waiting.add(look);
      // Whoever waits for more than there will be goes on at the end.
      child.once("close", () => resolve());
      look();
    });
  const ended = new Promise<{ code: number | null; lines: readonly string[] }>((resolve) => {
    child.once("close", (code) => resolve({ code, lines: lines().slice(1) }));
  });
  return { child, ready: hasLines(1), ended, acknowledged: (count) => hasLines(count + 1) };
}
