import type { PGlite } from "@electric-sql/pglite";

/**
 * What was seen and cannot be seen again, because it was so at its moment: refusals, which the service does not
 * remember, and what was read. It is kept beside the requests, so that a run that was killed is told from it.
 */
export type Notebook = {
  /** What is noted under the key; else it is found out now, and noted unless it is null. */
  once<T>(key: string, findOut: () => Promise<T>): Promise<T>;
};

export async function openNotebook(database: PGlite): Promise<Notebook> {
  await database.exec(
    "create schema if not exists demo; create table if not exists demo.notebook (key text primary key, seen text not null)",
  );
  return {
    async once<T>(key: string, findOut: () => Promise<T>): Promise<T> {
      const { rows } = await database.query<{ seen: string }>("select seen from demo.notebook where key = $1", [key]);
      const [row] = rows;
      if (row !== undefined) return JSON.parse(row.seen);
      const seen = await findOut();
      if (seen !== null) await database.query("insert into demo.notebook values ($1, $2)", [key, JSON.stringify(seen)]);
      return seen;
    },
  };
}
