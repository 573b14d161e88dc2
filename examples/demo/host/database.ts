import { PGlite } from "@electric-sql/pglite";
import type { Resource } from "accessflow";
import type { PostgresAccess } from "accessflow/adapters/postgres";
import type { Company } from "../company.js";
import { clearFolder, isWhole, setWhole } from "./folder.js";

/**
 * Opens PostgreSQL within this process, on a folder that is locked for it. One database serves both: the store keeps
 * its requests there in a schema of its own, and its roles are the ones that the company's people are given.
 */
export async function openDatabase(folder: string, path: string, options: { readonly resume: boolean }): Promise<PGlite> {
  if (!options.resume || !isWhole(folder)) clearFolder(folder);
  const database = await PGlite.create(path);
  setWhole(folder);
  return database;
}

/** The roles of the company: one for each person, and one for each permission on each of its databases. All of them, or none yet. */
export async function makeRoles(database: PGlite, { identities, resources }: Company): Promise<void> {
  const found = await database.query("select 1 from pg_roles where rolname = 'harbourline'");
  if (found.rows.length > 0) return;
  const groups = resources
    .filter(isDatabase)
    .flatMap((resource) => permissionsOf(resource).map((permission) => roleOf(resource, permission)));
  const statements = [
    "create role harbourline nologin",
    ...identities.map(({ id }) => `create role ${quoted(id)} login`),
    ...groups.map((role) => `create role ${quoted(role)} nologin`),
  ];
  await database.exec(["begin", ...statements, "commit"].join(";\n"));
}

/** What an entitlement means there: to read or write a database is to be a member of a role. */
export function accessOf(entitlement: { readonly resource: Resource; readonly permission: string }): PostgresAccess | null {
  const { resource, permission } = entitlement;
  return isDatabase(resource) ? { kind: "membership", role: roleOf(resource, permission) } : null;
}

/** Who is a member of which role, as PostgreSQL itself says: a line a role that has members. */
export async function memberships(database: PGlite): Promise<string[]> {
  const { rows } = await database.query<{ role: string; members: string }>(`
    select g.rolname as role, string_agg(m.rolname, ', ' order by m.rolname) as members
    from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
    where m.rolcanlogin group by g.rolname order by g.rolname`);
  return rows.length === 0 ? ["nobody is a member of any"] : rows.map(({ role, members }) => `${role}: ${members}`);
}

function isDatabase({ type }: Resource): boolean {
  return type === "postgresql-database";
}

function permissionsOf({ permissions }: Resource): readonly string[] {
  return (permissions ?? []).map((permission) => (typeof permission === "string" ? permission : permission.name));
}

function roleOf({ name }: Resource, permission: string): string {
  return `${name}-${permission}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
