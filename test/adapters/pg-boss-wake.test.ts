import { pgBossWake, workPgBossWakes } from "accessflow/adapters/pg-boss";
import PgBoss from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "./support/postgres-server.js";

let server: PostgresServer;
let boss: PgBoss;

beforeAll(async () => {
  server = await startPostgres();
  boss = new PgBoss({ ...server.connection, max: 4, pollingIntervalSeconds: 0.5 });
  await boss.start();
});

afterAll(async () => {
  await boss.stop({ graceful: true, wait: true });
  await server.stop();
});

/** Waiting for the clock of the server: a job that is due is fetched at the next poll. */
const hour = 3_600_000;

describe("pgBossWake", () => {
  it("keeps one job for a key, and one for each of several keys", async () => {
    const queue = "one-a-key";
    const scheduler = pgBossWake(boss, { queue });
    const at = Date.now() + hour;
    await Promise.all(["r1:1:0", "r1:1:0", "r1:1:0", "r1:2:0", "R1:1:0"].map((key) => scheduler.wake({ key, request: "r1", at })));
    await pgBossWake(boss, { queue }).wake({ key: "r1:1:0", request: "r1", at });
    expect(await boss.getQueueSize(queue)).toBe(3);
  });

  it("calls back when the time of a job has come, not before, whoever made the queue first", async () => {
    const queue = "in-time";
    const { woken, onWake } = collector(2);
    await workPgBossWakes(boss, onWake, { queue });
    const scheduler = pgBossWake(boss, { queue });
    await scheduler.wake({ key: "later", request: "later", at: Date.now() + hour });
    await scheduler.wake({ key: "past", request: "past", at: Date.now() - hour });
    await scheduler.wake({ key: "now", request: "now", at: Date.now() });
    expect((await woken).sort()).toEqual(["now", "past"]);
    expect(await boss.getQueueSize(queue)).toBe(1);
  });

  it("calls back again where the callback failed", async () => {
    const queue = "again";
    let failures = 1;
    const { woken, onWake } = collector(1);
    const failsOnce = async (request: string): Promise<void> => {
      failures -= 1;
      if (failures === 0) throw new Error("the service is not there");
      await onWake(request);
    };
    await workPgBossWakes(boss, failsOnce, { queue });
    await pgBossWake(boss, { queue }).wake({ key: "k", request: "r1", at: Date.now() });
    expect(await woken).toEqual(["r1"]);
    expect(failures).toBe(-1);
  });
});

/** Collects a number of wakes. */
function collector(count: number): { readonly woken: Promise<string[]>; readonly onWake: (request: string) => Promise<void> } {
  const requests: string[] = [];
  let isComplete = (_: string[]): void => {};
  const woken = new Promise<string[]>((resolve) => {
    isComplete = resolve;
  });
  const onWake = async (request: string): Promise<void> => {
    requests.push(request);
    if (requests.length === count) isComplete(requests);
  };
  return { woken, onWake };
}
