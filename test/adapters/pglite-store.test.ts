import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { embeddedStore } from "accessflow/adapters/pglite";
import { postgresStore } from "accessflow/adapters/postgres";
import { type StoreUnderTest, storeConformance } from "accessflow/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleState, writeOf } from "../../src/testing/store/sample-write.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "accessflow-pglite-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (path: string): Promise<PGlite> => PGlite.create(path);

describe("postgresStore, by PGlite on a folder", () => {
  let database: PGlite | null = null;
  let schemas = 0;

  // Each case in a schema of its own; a restart closes the database, and opens its folder again.
  const make = async (): Promise<StoreUnderTest> => {
    database ??= await open(join(folder, "conformance"));
    schemas += 1;
    const schema = `case_${schemas}`;
    const store = postgresStore(database, { schema });
    await store.migrate();
    const restart = async () => {
      await database?.close();
      database = await open(join(folder, "conformance"));
      const again = postgresStore(database, { schema });
      await again.migrate();
      return again;
    };
    return { store, restart, close: async () => {} };
  };

  for (const { name, run } of storeConformance(make)) it(name, run);

  afterAll(async () => {
    await database?.close();
  });
});

describe("embeddedStore", () => {
  it("keeps what was committed, and opens again after it was closed", async () => {
    const place = join(folder, "kept");
    const first = await embeddedStore({ folder: place, open });
    const state = sampleState("r1");
    await first.commit(writeOf(state));
    expect(Math.abs((await first.clock.now()) - Date.now())).toBeLessThan(60_000);
    await first.close();

    const second = await embeddedStore({ folder: place, open });
    expect(await second.load("r1")).toEqual(state);
    await second.close();
  });

  it("refuses a folder that this process has open, and opens nothing", async () => {
    const place = join(folder, "twice");
    const store = await embeddedStore({ folder: place, open });
    const opened: string[] = [];
    const again = embeddedStore({
      folder: place,
      open: async (path) => {
        opened.push(path);
        return open(path);
      },
    });
    await expect(again).rejects.toThrow(`in use by process ${process.pid}`);
    expect(opened).toEqual([]);
    await store.close();
  });

  it("refuses a folder locked by another process while that is alive, and takes it over when it was killed", async () => {
    const place = join(folder, "other");
    const other = await lockingProcess(place);
    await expect(embeddedStore({ folder: place, open })).rejects.toThrow(`in use by process ${other.pid}`);
    await other.kill();
    expect(await readFile(join(place, "lock"), "utf8")).toContain(`${other.pid} `);
    const store = await embeddedStore({ folder: place, open });
    expect(await store.load("r1")).toBeNull();
    await store.close();
  });

  it("takes over the lock of an earlier process that had the number of this one", async () => {
    const place = join(folder, "number");
    const store = await embeddedStore({ folder: place, open });
    await store.close();
    await writeFile(join(place, "lock"), `${process.pid} 1`);
    const again = await embeddedStore({ folder: place, open });
    await again.close();
  });

  it("refuses a lock that says nothing: it may be a living one's", async () => {
    const place = join(folder, "empty");
    const store = await embeddedStore({ folder: place, open });
    await store.close();
    await writeFile(join(place, "lock"), "");
    await expect(embeddedStore({ folder: place, open })).rejects.toThrow("delete");
  });

  it("unlocks the folder when the database cannot be opened", async () => {
    const place = join(folder, "failing");
    const failing = embeddedStore({ folder: place, open: () => Promise.reject(new Error("no room")) });
    await expect(failing).rejects.toThrow("no room");
    const store = await embeddedStore({ folder: place, open });
    await store.close();
  });

  it("lets one of many in where they take over a stale lock at once", async () => {
    const place = join(folder, "many");
    const first = await embeddedStore({ folder: place, open });
    await first.close();
    const dead = await lockingProcess(place);
    await dead.kill();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => embeddedStore({ folder: place, open })));
    const stores = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(stores.length).toBe(1);
    for (const store of stores) await store.close();
  });
});

/** A process of its own that locks a folder, and does nothing else until it is killed. */
async function lockingProcess(place: string): Promise<{ readonly pid: number | undefined; kill(): Promise<void> }> {
  const script = new URL("support/locking-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, place], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", () => reject(new Error("the locking process ended by itself")));
  });
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { pid: child.pid, kill };
}
