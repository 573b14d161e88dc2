import { quotedIdentifier, quotedLiteral } from "./quote-sql.js";
import { tryAgain } from "./role-session.js";
import type { SqlClient } from "./sql-client.js";

/** The record of what we gave and have not taken: one row for each role and unit of access. */
export type GrantsTable = { readonly name: string; migrate(): Promise<void> };

/**
 * A schema of its own, so that nobody who may create tables in `public` can put another one in its place. Nobody
 * but its owner may read or change it.
 */
export function grantsTable(client: SqlClient, schema = "accessflow"): GrantsTable {
  const home = quotedIdentifier(schema);
  const name = `${home}.accessflow_grants`;
  return {
    name,
    async migrate() {
      const [found] = await tryAgain(client, `select pg_catalog.to_regclass(${quotedLiteral(name)}) is not null as there`);
      // Even `if not exists` needs the right to create.
      if (found?.["there"] === true) return;
      const body = `
        begin
          if not exists (select 1 from pg_catalog.pg_namespace where nspname::text = ${quotedLiteral(schema)}) then create schema ${home}; end if;
          create table if not exists ${name} (
            grantee text not null,
            access text not null,
            request text not null,
            grantee_oid oid not null,
            object_oid oid not null,
            granted_at timestamptz not null default pg_catalog.clock_timestamp(),
            primary key (grantee, access)
          );
        end`;
      await tryAgain(client, `do ${quotedLiteral(body)}`);
    },
  };
}
