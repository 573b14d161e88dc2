import { PGlite } from "@electric-sql/pglite";
import { embeddedStore } from "accessflow/adapters/pglite";
import { postgresClock, postgresRoles, postgresStore, type SqlClient } from "accessflow/adapters/postgres";
import type { AccessService } from "accessflow/service";
import pg from "pg";
import { peopleCount, personName, sceneStatements, serviceOver, tableAccess, tableName } from "./scene.js";

// Everybody asks for their table, and the worker sees to it, until it is killed or everything has come to its end. The
// next worker does the same again: commands are known by their keys, and what is under way is in the store.
const { connection, folder, worker } = JSON.parse(process.env["WORKER"] ?? "{}") as {
  connection?: pg.PoolConfig;
  folder?: string;
  worker: string;
};

const limits = { worker, timeoutMs: 1_500 };
const { service, close } = folder === undefined ? onServer(connection ?? {}) : await onDisk(folder);
process.stdout.write("ready\n");
for (let number = 0; number < peopleCount; number += 1) {
  const entitlements = [{ resource: tableName(number), permission: "SELECT" }] as const;
  await persistently(async () => {
    const answer = await service.submit({ actor: { id: personName(number) }, key: "only", flow: "open", entitlements });
    if (!answer.ok) throw new Error(answer.error.reasons.map(({ code }) => code).join());
    await service.tick({ limit: 20, budgetMs: 200 });
  });
}
while (!(await persistently(isOver))) await new Promise((resolve) => setTimeout(resolve, 10));
process.stdout.write("done\n");
await close();

/** Does what is due, and tells whether that was all for good. */
async function isOver(): Promise<boolean> {
  const { more } = await service.tick({ limit: 100, budgetMs: 500 });
  const statuses = ["scheduled", "activating", "active", "deactivating"] as const;
  const { items } = await service.list({ actor: { id: "root", administrator: true }, query: { statuses, limit: 100 } });
  return !more && items.length === 0;
}

/** On a busy machine a port may not answer in time: like any host, it calls again. */
async function persistently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!/unavailable/.test(`${(error as { code?: unknown }).code} ${error}`)) throw error;
    }
  }
}

function onServer(config: pg.PoolConfig): { readonly service: AccessService; close(): Promise<void> } {
  const pool = new pg.Pool({ ...config, max: 6 });
  return { service: serviceOver(postgresStore(pool), postgresClock(pool), pool, limits), close: () => pool.end() };
}

/** Store and roles in one PGlite on a locked folder; the first worker makes the scene. */
async function onDisk(path: string): Promise<{ readonly service: AccessService; close(): Promise<void> }> {
  let client: SqlClient | undefined;
  const store = await embeddedStore({
    folder: path,
    open: async (data) => {
      const database = await PGlite.create(data);
      const { rows } = await database.query("select 1 from pg_event_trigger where evtname = 'counting'");
      if (rows.length === 0) await database.exec(`begin; ${sceneStatements.join(";\n")}; commit;`);
      client = database;
      return database;
    },
  });
  if (client === undefined) throw new Error("the database was not opened");
  await postgresRoles(client, { accessOf: tableAccess }).migrate();
  return { service: serviceOver(store, store.clock, client, limits), close: () => store.close() };
}
