import { postgresStore, type SqlClient } from "accessflow/adapters/postgres";
import { type StoreUnderTest, storeConformance } from "accessflow/testing";
import pg from "pg";
import postgres from "postgres";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type PostgresServer, startPostgres } from "./support/postgres-server.js";

let server: PostgresServer;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  for (const end of ends) await end();
  await server.stop();
});

/** Each case in a schema of its own; a restart is another client. */
let schemas = 0;
function conformanceWith(connect: () => SqlClient): void {
  let client: SqlClient | null = null;
  const make = async (): Promise<StoreUnderTest> => {
    client ??= connect();
    schemas += 1;
    const schema = `case_${schemas}`;
    const store = postgresStore(client, { schema });
    await store.migrate();
    const restart = async () => {
      const again = postgresStore(connect(), { schema });
      await again.migrate();
      return again;
    };
    return { store, restart, close: async () => {} };
  };
  for (const { name, run } of storeConformance(make)) it(name, run);
}

describe("postgresStore, by a pool of pg", () => {
  conformanceWith(() => {
    const pool = new pg.Pool({ ...server.connection, max: 8 });
    ends.push(() => pool.end());
    return pool;
  });
});

describe("postgresStore, by postgres.js", () => {
  conformanceWith(() => {
    const sql = postgres({ ...server.connection, username: server.connection.user, max: 8, onnotice: () => {} });
    ends.push(() => sql.end());
    return sql;
  });
});
