/** A row as every client gives it: by column name. */
export type SqlRow = { readonly [column: string]: unknown };

/**
 * What the PostgreSQL adapters need of a client, by structure: a `Pool` or `Client` of pg, a PGlite (`query`), or
 * postgres.js (`unsafe`). The host makes it and ends it.
 */
export type SqlClient =
  | { query(text: string, values: string[]): PromiseLike<{ readonly rows: readonly unknown[] }> }
  | { unsafe(text: string, values: string[]): PromiseLike<readonly unknown[]> };

/** Runs one statement; its values travel beside the text, never in it. */
export async function rowsOf(client: SqlClient, text: string, values: readonly string[]): Promise<readonly SqlRow[]> {
  const rows = "unsafe" in client ? await client.unsafe(text, [...values]) : (await client.query(text, [...values])).rows;
  // Both kinds of client give objects by column name.
  return rows as readonly SqlRow[];
}
