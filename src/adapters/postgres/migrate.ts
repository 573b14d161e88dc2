import { migration1 } from "./migration-1.js";
import { type SqlClient, send } from "./sql-client.js";

/** In order, forward only: what was released is not edited, it is followed by another one. */
const migrations: readonly ((schema: string) => string)[] = [migration1];

/**
 * Brings a schema up to this version, in one statement, so that any pooled client will do: all of it or nothing.
 * Whoever comes second waits, and finds it done. A role that may not create anything may call it on a schema that
 * is up to date.
 */
export async function migrate(client: SqlClient, schema: string): Promise<void> {
  const steps = migrations.map((migration, index) => step(schema, index + 1, migration(schema)));
  await send(
    client,
    `do $migrate$
declare
  newest integer;
begin
  if current_setting('server_encoding') <> 'UTF8' then
    raise exception 'accessflow needs a database with the encoding UTF8';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('accessflow migrate ${schema}', 0));
  if to_regnamespace('${schema}') is null then
    create schema ${schema};
  end if;
  if to_regclass('${schema}.migrations') is null then
    create table ${schema}.migrations (number integer primary key, applied_at timestamptz not null default now());
  end if;
  select max(number) into newest from ${schema}.migrations;
  if newest > ${migrations.length} then
    raise exception 'the schema ${schema} was made by a newer version of accessflow: migration % of ${migrations.length}', newest;
  end if;
${steps.join("\n")}
end
$migrate$`,
  );
}

function step(schema: string, number: number, sql: string): string {
  return `  if coalesce(newest, 0) < ${number} then
${sql}
    insert into ${schema}.migrations (number) values (${number});
  end if;`;
}
