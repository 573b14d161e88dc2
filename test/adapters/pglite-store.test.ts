import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
  it("TH13: keeps every commit that was acknowledged, through SIGKILL, and the folder is locked until then", {
    timeout: 180_000,
  }, async () => {
    const place = join(folder, "kept");
    const first = await embeddedStore({ folder: place, open });
    const state = sampleState("r1");
    await first.commit(writeOf(state));
    expect(Math.abs((await first.clock.now()) - Date.now())).toBeLessThan(60_000);
    await first.close();

    const writer = await writingProcess(place);
    await expect(embeddedStore({ folder: place, open })).rejects.toThrow(`in use by process ${writer.pid}`);
    await writer.hasWritten(10);
    const acknowledged = await writer.kill();
    expect(await readFile(join(place, "lock"), "utf8")).toContain(`${writer.pid} `);

    const second = await embeddedStore({ folder: place, open });
    const revisions = (await second.events("r1", 0)).map(({ revision }) => revision);
    // One more may have been written that could not be acknowledged any more.
    expect(acknowledged.at(-1)).toBeGreaterThanOrEqual(11);
    expect(revisions.slice(0, acknowledged.length + 1)).toEqual([1, ...acknowledged]);
    expect(revisions.length).toBeLessThanOrEqual(acknowledged.length + 2);
    expect((await second.load("r1"))?.revision).toBe(revisions.length);
    await second.close();
  });

  it("refuses a folder that this process has open, and opens nothing", async () => {
    const place = join(folder, "twice");
    const { opened, openFake } = fakes();
    const store = await embeddedStore({ folder: place, open: openFake });
    await expect(embeddedStore({ folder: place, open: openFake })).rejects.toThrow(`in use by process ${process.pid}`);
    expect(opened).toEqual([`${place}/data`]);
    await store.close();
    const again = await embeddedStore({ folder: place, open: openFake });
    await again.close();
    expect(await readdir(place)).toEqual([]);
  });

  it("takes over the lock of an earlier process that had the number of this one", async () => {
    const place = join(folder, "number");
    await mkdir(place);
    await writeFile(join(place, "lock"), `${process.pid} 1`);
    const store = await embeddedStore({ folder: place, open: fakes().openFake });
    await store.close();
  });

  it("refuses a lock that says nothing: it may be a living one's", async () => {
    const place = join(folder, "empty");
    await mkdir(place);
    await writeFile(join(place, "lock"), "");
    await expect(embeddedStore({ folder: place, open: fakes().openFake })).rejects.toThrow("delete");
  });

  it("unlocks the folder when the database cannot be opened", async () => {
    const place = join(folder, "failing");
    await expect(embeddedStore({ folder: place, open: () => Promise.reject(new Error("no room")) })).rejects.toThrow("no room");
    expect(await readdir(place)).toEqual([]);
  });

  it("lets one of many in where they find a stale lock at once", async () => {
    const place = join(folder, "many");
    await mkdir(place);
    await writeFile(join(place, "lock"), `${process.pid} 1`);
    const { opened, openFake } = fakes();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => embeddedStore({ folder: place, open: openFake })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(opened).toHaveLength(1);
  });
});

/** Databases that answer to anything with nothing, for what does not depend on one. */
function fakes() {
  const opened: string[] = [];
  const openFake = async (path: string) => {
    opened.push(path);
    return { query: async () => ({ rows: [] }), close: async () => {} };
  };
  return { opened, openFake };
}

/** A process of its own that commits one revision after the other, and says so after each, until it is killed. */
async function writingProcess(place: string) {
  const script = new URL("support/embedded-writer.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, place], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  let look = (): void => {};
  child.stdout.on("data", (text) => {
    output += text;
    look();
  });
  /** Only whole lines were acknowledged. */
  const acknowledged = (): number[] => output.split("\n").slice(0, -1).map(Number);
  const hasWritten = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the writer ended by itself: ${code}`)));
      look = () => (acknowledged().length >= count ? resolve() : undefined);
      look();
    });
  const kill = (): Promise<number[]> =>
    new Promise((resolve) => {
      child.once("close", () => resolve(acknowledged()));
      child.kill("SIGKILL");
    });
  await hasWritten(1);
  return { pid: child.pid, hasWritten, kill };
}
