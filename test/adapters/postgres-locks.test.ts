import { postgresClock, postgresStore } from "accessflow/adapters/postgres";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RequestStore } from "../../src/ports/request-store.js";
import { nextWrite, sampleEffect, sampleState, start, writeOf } from "../../src/testing/store/sample-write.js";
import { type PostgresServer, startPostgres } from "./support/postgres-server.js";

let server: PostgresServer;
let pool: pg.Pool;
/** A connection in a transaction that is not committed yet: the one that comes first. */
let slow: pg.PoolClient;
let schema: string;
let store: RequestStore;
let schemas = 0;

beforeAll(async () => {
  server = await startPostgres();
  pool = new pg.Pool({ ...server.connection, max: 8 });
  slow = await pool.connect();
});

afterAll(async () => {
  slow.release();
  await pool.end();
  await server.stop();
});

beforeEach(async () => {
  schemas += 1;
  schema = `case_${schemas}`;
  const made = postgresStore(pool, { schema });
  await made.migrate();
  store = made;
});

describe("postgresStore beside a transaction that is still open", () => {
  it("L6: records the effects of a lane in the order in which they can be seen", async () => {
    await slow.query("begin");
    await postgresStore(slow, { schema }).commit(writeOf(sampleState("r1"), { effects: [sampleEffect("first", "A")] }));
    const second = store.commit(writeOf(sampleState("r2"), { effects: [sampleEffect("second", "A")] }));
    await isWaitingOrDone(second);
    expect(await claimedKeys()).toEqual([]);
    await slow.query("commit");
    expect(await second).toEqual({ outcome: "committed" });
    expect(await claimedKeys()).toEqual(["first"]);
  });

  it("keeps other lanes and requests waiting for nothing", async () => {
    await slow.query("begin");
    await postgresStore(slow, { schema }).commit(writeOf(sampleState("r1"), { effects: [sampleEffect("first", "A")] }));
    expect(await store.commit(writeOf(sampleState("r2"), { effects: [sampleEffect("other", "B")] }))).toEqual({ outcome: "committed" });
    expect(await claimedKeys()).toEqual(["other"]);
    await slow.query("commit");
  });

  it("answers a command that another one is carrying out when that is done, and carries it out when that failed", async () => {
    const command = { actor: "ana", key: "k", bodyHash: "h" };
    for (const end of ["rollback", "commit"]) {
      await slow.query("begin");
      await postgresStore(slow, { schema }).commit(writeOf(sampleState(`slow-${end}`), { command: { ...command, key: end } }));
      const same = store.commit(writeOf(sampleState(`fast-${end}`), { command: { ...command, key: end } }));
      await isWaitingOrDone(same);
      await slow.query(end);
      const repeated = { outcome: "repeated", id: `slow-${end}`, revision: 1 };
      expect(await same).toEqual(end === "commit" ? repeated : { outcome: "committed" });
    }
  });

  it("passes over an effect that is being settled, and does not wait for it", async () => {
    const first = sampleState("r1");
    await store.commit(writeOf(first, { effects: [sampleEffect("e", "A"), sampleEffect("next", "A")] }));
    const [claimed] = await store.claimEffects({ now: start, leaseMs: 10, limit: 1, worker: "w" });
    await slow.query("begin");
    await postgresStore(slow, { schema }).commit(nextWrite(first, { settle: { key: "e", lease: claimed?.lease ?? "" } }));
    // Its lease has ended, and yet nobody gets it, nor what waits behind it.
    expect(await store.claimEffects({ now: start + 20, leaseMs: 10, limit: 9, worker: "w" })).toEqual([]);
    await slow.query("commit");
    expect(await claimedKeys()).toEqual(["next"]);
  });

  it("loses its lease to a worker that claims the effect first, and then writes nothing", async () => {
    const first = sampleState("r1");
    await store.commit(writeOf(first, { effects: [sampleEffect("e")] }));
    const [claimed] = await store.claimEffects({ now: start, leaseMs: 10, limit: 1, worker: "w" });
    await slow.query("begin");
    await postgresStore(slow, { schema }).claimEffects({ now: start + 20, leaseMs: 10, limit: 1, worker: "v" });
    const late = store.commit(nextWrite(first, { settle: { key: "e", lease: claimed?.lease ?? "" } }));
    await isWaitingOrDone(late);
    await slow.query("commit");
    expect(await late).toEqual({ outcome: "leaseLost" });
    expect(await store.load("r1")).toEqual(first);
  });
});

describe("postgresStore under stricter isolation", () => {
  it.each(["repeatable read", "serializable"])("%s: commits at most one of many, and rejects what it cannot answer", async (level) => {
    const strict = new pg.Pool({ ...server.connection, max: 6, options: `-c default_transaction_isolation=${level.replace(" ", "\\ ")}` });
    const strictly = postgresStore(strict, { schema });
    const state = sampleState("r1");
    await strictly.commit(writeOf(state));
    const tries = Array.from({ length: 6 }, (_, place) => strictly.commit(nextWrite(state, {}, { pauses: place })));
    const outcomes = await Promise.allSettled(tries);
    const won = outcomes.filter((result) => result.status === "fulfilled" && result.value.outcome === "committed");
    expect(won).toHaveLength(1);
    expect((await store.events("r1", 0)).map(({ revision }) => revision)).toEqual([1, 2]);
    await strict.end();
  });
});

describe("migrate", () => {
  it("may be called by many at once, and again", async () => {
    const again = postgresStore(pool, { schema: "at_once" });
    await Promise.all(Array.from({ length: 7 }, () => postgresStore(pool, { schema: "at_once" }).migrate()));
    await again.commit(writeOf(sampleState("r1")));
    await again.migrate();
    expect((await again.load("r1"))?.revision).toBe(1);
  });

  it("needs no right to create anything where nothing is to be done", async () => {
    await pool.query(`create role humble login password 'x'`);
    await pool.query(`grant usage on schema ${schema} to humble; grant all on all tables in schema ${schema} to humble`);
    const humble = new pg.Pool({ ...server.connection, user: "humble", password: "x" });
    const humbly = postgresStore(humble, { schema });
    await humbly.migrate();
    expect(await humbly.commit(writeOf(sampleState("r1")))).toEqual({ outcome: "committed" });
    await humble.end();
  });

  it("refuses a schema of a newer version, and one in a database that cannot hold every text", async () => {
    await pool.query(`insert into ${schema}.migrations (number) values (999)`);
    await expect(postgresStore(pool, { schema }).migrate()).rejects.toThrow("newer version");

    await pool.query("create database latin template template0 encoding 'LATIN1' locale_provider libc locale 'C'");
    const latin = new pg.Pool({ ...server.connection, database: "latin" });
    await expect(postgresStore(latin).migrate()).rejects.toThrow("UTF8");
    await latin.end();
  });

  it("leaves nothing behind where it fails", async () => {
    await pool.query("create schema half; create table half.events (mine integer)");
    await expect(postgresStore(pool, { schema: "half" }).migrate()).rejects.toThrow("already exists");
    const { rows } = await pool.query("select table_name from information_schema.tables where table_schema = 'half'");
    expect(rows).toEqual([{ table_name: "events" }]);
  });

  it.each(["", "Access", "a b", 'a"; drop schema public; --', "1a", "é", "a".repeat(64)])("refuses the schema name %j", (name) => {
    expect(() => postgresStore(pool, { schema: name })).toThrow("schema must be");
  });
});

describe("this server", () => {
  it("orders texts in the way of a language, where it is not told otherwise", async () => {
    const { rows } = await pool.query(`select 'a' < 'B' as a, 'ı' < 'j' as b, 'a' collate "C" < 'B' collate "C" as c`);
    expect(rows).toEqual([{ a: true, b: true, c: false }]);
  });

  it("tells its own time in milliseconds", async () => {
    const clock = postgresClock(pool);
    const [before, now, after] = [await clock.now(), await clock.now(), await clock.now()];
    expect(Number.isInteger(now) && before <= now && now <= after).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });
});

async function claimedKeys(): Promise<readonly string[]> {
  const claimed = await store.claimEffects({ now: start + 1e6, leaseMs: 1e6, limit: 9, worker: "w" });
  return claimed.map(({ effect }) => effect.key);
}

/** Until a call is held up by a lock of another, or has come through without. */
async function isWaitingOrDone(call: Promise<unknown>): Promise<void> {
  let isDone = false;
  const done = call.finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  for (;;) {
    const { rows } = await pool.query("select count(*)::int as waiting from pg_locks where not granted");
    if (isDone || rows[0].waiting > 0) return;
  }
}
