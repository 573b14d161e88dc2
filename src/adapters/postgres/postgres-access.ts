import type { Resource } from "../../core/facts/resource.js";
import type { NonEmptyArray } from "../../core/kernel/non-empty-array.js";

/** What an entitlement means in PostgreSQL. Names are exact: no folding of case, no quotes. */
export type PostgresAccess =
  /** Membership of a role. */
  | { readonly kind: "membership"; readonly role: string }
  /** Privileges on one object of the database that the client is connected to. */
  | { readonly kind: "privileges"; readonly on: PostgresObject; readonly privileges: NonEmptyArray<PostgresPrivilege> };

/** `table` stands for views, materialized views, partitioned and foreign tables, too. */
export type PostgresObject =
  | { readonly type: "table" | "sequence"; readonly schema: string; readonly name: string }
  | { readonly type: "schema" | "database"; readonly name: string };

/** The privileges of PostgreSQL that can be given by itself; which an object has depends on its type. */
export type PostgresPrivilege =
  | "SELECT"
  | "INSERT"
  | "UPDATE"
  | "DELETE"
  | "TRUNCATE"
  | "REFERENCES"
  | "TRIGGER"
  | "USAGE"
  | "CREATE"
  | "CONNECT"
  | "TEMPORARY";

/** The smallest thing that is given or taken by itself: one membership, or one privilege on one object. */
export type AccessUnit = {
  readonly kind: "membership" | PostgresObject["type"];
  /** Role, table, sequence, schema or database. */
  readonly name: string;
  /** The schema of a table or sequence; empty for the others. */
  readonly schema: string;
  /** Empty for a membership. */
  readonly privilege: PostgresPrivilege | "";
};

const privilegesOf: { readonly [type in PostgresObject["type"]]: readonly PostgresPrivilege[] } = {
  table: ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  sequence: ["USAGE", "SELECT", "UPDATE"],
  schema: ["USAGE", "CREATE"],
  database: ["CONNECT", "CREATE", "TEMPORARY"],
};

/** Unless the host says otherwise: a resource of the type `postgresql-role` is the role of its name, whatever the permission. */
export function usualAccessOf({ resource }: { readonly resource: Resource }): PostgresAccess | null {
  return resource.type === "postgresql-role" ? { kind: "membership", role: resource.name } : null;
}

/** The units of an access; null where it asks for nothing, or for a privilege that such an object does not have. */
export function unitsOf(access: PostgresAccess): NonEmptyArray<AccessUnit> | null {
  if (access.kind === "membership") return [{ kind: "membership", name: access.role, schema: "", privilege: "" }];
  const { on } = access;
  const offered = Object.hasOwn(privilegesOf, on.type) ? privilegesOf[on.type] : [];
  const [first, ...others] = new Set(access.privileges);
  // A privilege is a word of SQL, written into the statement: only words of the list ever are.
  if (first === undefined || ![first, ...others].every((privilege) => offered.includes(privilege))) return null;
  const unit = (privilege: PostgresPrivilege): AccessUnit => ({
    kind: on.type,
    name: on.name,
    schema: "schema" in on ? on.schema : "",
    privilege,
  });
  return [unit(first), ...others.map(unit)];
}

/** How the record of grants names a unit. */
export function unitKey({ kind, schema, name, privilege }: AccessUnit): string {
  return JSON.stringify([kind, schema, name, privilege]);
}
