/**
 * What is needed of a client: to send one statement. A `Pool` of pg has it, and PGlite (`query`), and so has the
 * `sql` of postgres.js (`unsafe`). Values are texts or null.
 */
export type SqlClient =
  | {
      /** As pg and PGlite have it: `$1` in the text is the first value. */
      query(text: string, values: (string | null)[]): PromiseLike<{ readonly rows: readonly unknown[] }>;
    }
  | {
      /** As postgres.js has it: not unsafe here, since values never are part of the text. */
      unsafe(text: string, values: (string | null)[]): PromiseLike<readonly unknown[]>;
    };

/**
 * Sends a statement whose one row has one column, `answer`, a text of JSON, and reads it. Clients differ in what
 * they make of numbers, arrays, dates and JSON, on the way in and out; of text they all make text.
 */
export async function ask<T>(client: SqlClient, text: string, values: readonly (string | null)[] = []): Promise<T> {
  const rows = await send(client, text, values);
  const row = rows[0] as { readonly answer: string };
  return JSON.parse(row.answer);
}

/** Sends a statement whose rows do not matter. */
export async function send(client: SqlClient, text: string, values: readonly (string | null)[] = []): Promise<readonly unknown[]> {
  if ("unsafe" in client) return client.unsafe(text, [...values]);
  return (await client.query(text, [...values])).rows;
}

/** A row as every client gives it: by column name. */
export type SqlRow = { readonly [column: string]: unknown };

/** Sends a statement and gives its rows: columns are read as texts or booleans, of which all clients make the same. */
export async function rowsOf(client: SqlClient, text: string, values: readonly (string | null)[] = []): Promise<readonly SqlRow[]> {
  return (await send(client, text, values)) as readonly SqlRow[];
}
