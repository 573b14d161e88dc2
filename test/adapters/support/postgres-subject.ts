import type { PostgresAccess } from "../../../src/adapters/postgres/postgres-access.js";
import { type PostgresRolesOptions, postgresRoles } from "../../../src/adapters/postgres/postgres-roles.js";
import { rowsOf, type SqlClient } from "../../../src/adapters/postgres/sql-client.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { OrderedEntitlement, ProvisionerSubject } from "../../../src/testing/provisioner-conformance.js";

/** Quoting of the tests' own, so that a fault of the adapter's quoting is not made twice. */
export const ident = (name: string): string => `"${name.split('"').join('""')}"`;

export const tableEntitlement = (schema: string, name: string): OrderedEntitlement => ({
  resource: { id: JSON.stringify([schema, name]), name, path: schema, type: "postgresql-table", integration: "pg" },
  permission: "SELECT",
});

export const roleEntitlement = (role: string): OrderedEntitlement => ({
  resource: { id: role, name: role, type: "postgresql-role", integration: "pg" },
  permission: "member",
});

/** Roles by name, and SELECT on tables by schema and name. */
export function accessOf({ resource }: OrderedEntitlement): PostgresAccess | null {
  if (resource.type === "postgresql-role") return { kind: "membership", role: resource.name };
  if (resource.type !== "postgresql-table") return null;
  return { kind: "privileges", on: { type: "table", schema: resource.path ?? "", name: resource.name }, privileges: ["SELECT"] };
}

/** A role and a table, fresh for each case, and what the database itself says about them. */
export async function postgresSubject(client: SqlClient, options: PostgresRolesOptions = {}): Promise<ProvisionerSubject> {
  const roles: string[] = [];
  const run = async (text: string, values: readonly string[] = []) => rowsOf(client, text, values);
  const makeRole = async (name: string): Promise<string> => {
    roles.push(name);
    await run(`create role ${ident(name)}`);
    return name;
  };
  const makeTable = async (name: string): Promise<void> => {
    await run(`create table ${ident("kit")}.${ident(name)} (id int)`);
  };
  const sentence = ({ resource }: OrderedEntitlement): string =>
    resource.type === "postgresql-role" ? ident(resource.name) : `select on table ${ident(resource.path ?? "")}.${ident(resource.name)}`;
  const fresh = async () => postgresRoles(client, { accessOf, ...options });

  await run(`drop schema if exists ${ident("kit")} cascade`);
  await run(`create schema ${ident("kit")}`);
  await run(`drop schema if exists ${ident("accessflow")} cascade`);
  const provisioner = await fresh();
  await provisioner.migrate();
  for (const name of ["ada", "bob", "payroll-readers"]) await makeRole(name);
  await makeTable("ledger");

  return {
    provisioner,
    grantees: [{ id: "ada" }, { id: "bob" }],
    entitlements: [roleEntitlement("payroll-readers"), tableEntitlement("kit", "ledger")],
    async holds(grantee: Identity, { resource }: OrderedEntitlement) {
      const isRole = resource.type === "postgresql-role";
      const text = isRole
        ? `select count(*)::int as n from pg_auth_members m join pg_roles g on g.oid = m.member join pg_roles r on r.oid = m.roleid
           where g.rolname = $1::name and r.rolname = $2::name`
        : `select count(*)::int as n from pg_class c join pg_namespace s on s.oid = c.relnamespace, aclexplode(c.relacl) a join pg_roles g on g.oid = a.grantee
           where g.rolname = $1::name and c.relname = $2::name and s.nspname = $3::name and a.privilege_type = 'SELECT'`;
      const [row] = await run(text, [grantee.id, resource.name, ...(isRole ? [] : [resource.path ?? ""])]);
      return Number(row?.["n"]) > 0;
    },
    give: async (grantee, what) => void (await run(`grant ${sentence(what)} to ${ident(grantee.id)}`)),
    take: async (grantee, what) => void (await run(`revoke ${sentence(what)} from ${ident(grantee.id)}`)),
    restart: fresh,
    now: () => Date.now(),
    async named(name) {
      await makeRole(name);
      await makeTable(name);
      return { grantee: { id: name }, entitlement: tableEntitlement("kit", name) };
    },
    unknownGrantee: { id: "nobody" },
    impossible: roleEntitlement("nothing"),
    async close() {
      await run(`drop schema ${ident("kit")} cascade`);
      for (const name of roles) await run(`drop role ${ident(name)}`);
    },
  };
}

/** The same, where the name is that of the role to become a member of. */
export async function roleNamedSubject(client: SqlClient): Promise<ProvisionerSubject> {
  const subject = await postgresSubject(client);
  const made: string[] = [];
  return {
    ...subject,
    async named(name) {
      made.push(name, `${name}'s`);
      await rowsOf(client, `create role ${ident(name)}`, []);
      await rowsOf(client, `create role ${ident(`${name}'s`)}`, []);
      return { grantee: { id: name }, entitlement: roleEntitlement(`${name}'s`) };
    },
    async close() {
      await subject.close?.();
      for (const name of made) await rowsOf(client, `drop role ${ident(name)}`, []);
    },
  };
}
