import { Defect } from "../../core/kernel/defect.js";
import { type AccessUnit, unitKey } from "./postgres-access.js";
import type { SqlRow } from "./sql-client.js";

/** How it stands between a role and a unit of access, as the database says now. */
export type UnitStanding = {
  /** We gave it, and have not taken it: whatever is there now is not standing access. A record of what was dropped counts for nothing. */
  readonly ours: boolean;
  /** The role and the object that are meant; null where there is none. Those of our record, where there is one. */
  readonly grantee: NamedOid | null;
  readonly object: NamedOid | null;
  /** Our record is about a role or an object that has another name by now. */
  readonly renamed: boolean;
  readonly superuser: boolean;
  /** Whether the role can use it, by whatever way: directly, through another role, as owner or superuser. */
  readonly present: boolean;
  /** There is a membership, though perhaps one that cannot be used (`INHERIT FALSE`, `SET FALSE`). */
  readonly direct: boolean;
  /** Somebody is connected who can act as the role: `SET ROLE` outlasts a membership until the session ends. */
  readonly sessions: boolean;
};

/** `name` is quoted by the database itself, ready for a statement. */
export type NamedOid = { readonly oid: string; readonly name: string };

type Kind = AccessUnit["kind"];

/** How an object is found by name, which catalogue has its oid, and how its name is read back, quoted. */
type ObjectSql = { readonly find: string; readonly catalog: string; readonly name: string };

const relation = (kinds: string): ObjectSql => ({
  catalog: "pg_class",
  find: `select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relname::text = q.name and n.nspname::text = q.within and c.relkind in (${kinds})`,
  name: `select pg_catalog.format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = m.object`,
});

/* `::text` keeps the comparison exact: a name longer than PostgreSQL's 63 bytes would be cut off before it is compared. */
const objects: { readonly [kind in Kind]: ObjectSql } = {
  membership: {
    catalog: "pg_roles",
    find: "select oid from pg_catalog.pg_roles where rolname::text = q.name",
    name: "select pg_catalog.format('%I', rolname) from pg_catalog.pg_roles where oid = m.object",
  },
  table: relation("'r', 'p', 'v', 'm', 'f'"),
  sequence: relation("'S'"),
  schema: {
    catalog: "pg_namespace",
    find: "select oid from pg_catalog.pg_namespace where nspname::text = q.name",
    name: "select pg_catalog.format('%I', nspname) from pg_catalog.pg_namespace where oid = m.object",
  },
  database: {
    catalog: "pg_database",
    find: "select oid from pg_catalog.pg_database where datname::text = q.name",
    name: "select pg_catalog.format('%I', datname) from pg_catalog.pg_database where oid = m.object",
  },
};

/** Whether a role can use an object, as an SQL expression over two oids. */
export function presenceSql(unit: AccessUnit, grantee: string, object: string): string {
  if (unit.kind !== "membership") return `pg_catalog.has_${unit.kind}_privilege(${grantee}, ${object}, '${unit.privilege}')`;
  // Before PostgreSQL 16 every member could SET ROLE, and the word SET is not known.
  const set = "case when pg_catalog.current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end";
  return `(pg_catalog.pg_has_role(${grantee}, ${object}, 'USAGE') or pg_catalog.pg_has_role(${grantee}, ${object}, ${set}))`;
}

/** Reads a standing in one statement. `table` is the record of our grants, as a quoted name. */
export function standingQuery(
  table: string,
  role: string,
  unit: AccessUnit,
): { readonly text: string; readonly values: readonly string[] } {
  const { find, catalog, name } = objects[unit.kind];
  const isMembership = unit.kind === "membership";
  const text = `
    with q as (select $1::text as grantee, $2::text as access, $3::text as name, $4::text as within),
    named as (
      select q.*, (select oid from pg_catalog.pg_roles where rolname::text = q.grantee) as grantee_now, (${find}) as object_now from q
    ),
    meant as (
      select r.grantee is not null as ours, n.grantee_now, n.object_now,
        coalesce(r.grantee_oid, n.grantee_now) as grantee, coalesce(r.object_oid, n.object_now) as object
      from named n left join ${table} r on r.grantee = n.grantee and r.access = n.access
        and exists (select 1 from pg_catalog.pg_roles where oid = r.grantee_oid)
        and exists (select 1 from pg_catalog.${catalog} where oid = r.object_oid)
    ),
    m as (select meant.*, g.oid is not null as known, g.rolname, g.rolsuper from meant left join pg_catalog.pg_roles g on g.oid = meant.grantee),
    o as (select m.*, (${name}) as object_name from m)
    select ours, grantee::text as grantee_oid, object::text as object_oid, case when known then pg_catalog.format('%I', rolname) end as grantee_name, object_name, known,
      coalesce(grantee <> grantee_now or object <> object_now, ours) as renamed,
      coalesce(rolsuper, false) as superuser,
      case when known and object_name is not null then ${presenceSql(unit, "grantee", "object")} else false end as present,
      ${isMembership ? "exists (select 1 from pg_catalog.pg_auth_members a where a.roleid = object and a.member = grantee)" : "false"} as direct,
      ${isMembership ? sessionsSql : "false"} as sessions
    from o`;
  return { text, values: [role, unitKey(unit), unit.name, unit.schema] };
}

/* Superusers can be anybody; that they are connected says nothing about this access. */
const sessionsSql = `exists (
  select 1 from pg_catalog.pg_stat_activity s join pg_catalog.pg_roles u on u.oid = s.usesysid
  where known and not u.rolsuper and pg_catalog.pg_has_role(u.oid, grantee, 'MEMBER'))`;

export function readStanding(row: SqlRow | undefined): UnitStanding {
  if (row === undefined) throw new Defect("a standing without a row");
  const object = typeof row["object_name"] === "string" ? { oid: String(row["object_oid"]), name: row["object_name"] } : null;
  return {
    ours: row["ours"] === true,
    grantee: row["known"] === true ? { oid: String(row["grantee_oid"]), name: String(row["grantee_name"]) } : null,
    object,
    renamed: row["renamed"] === true,
    superuser: row["superuser"] === true,
    present: row["present"] === true,
    direct: row["direct"] === true,
    sessions: row["sessions"] === true,
  };
}
