import { lastInstant } from "../../core/time/instant.js";
import type { GrantOrder } from "../../ports/provisioner.js";
import { type AccessUnit, unitKey } from "./postgres-access.js";
import { quotedLiteral } from "./quote-sql.js";
import { deadlinePassed } from "./sql-failure.js";
import { type NamedOid, presenceSql } from "./unit-standing.js";

/** A unit of access, and the role and the object that it is about. */
export type UnitTarget = {
  readonly unit: AccessUnit;
  readonly grantee: NamedOid;
  readonly object: NamedOid;
  /** The name that the record of grants knows the role by. */
  readonly role: string;
};

/** When nothing may be begun any more: by the database's clock, or so many milliseconds from now where the host has its own. */
export type Deadline = { readonly at: number } | { readonly inMs: number };

/*
 * Each order to the database is one `DO` block: one statement, so that any client can send it and all of it or
 * nothing happens. It looks at the clock where it is carried out, and waits for locks no longer than the deadline.
 */
function block(deadline: Deadline, statements: readonly string[]): string {
  const until = "at" in deadline ? `pg_catalog.to_timestamp(${wholeMs(deadline.at)} / 1000.0)` : inMilliseconds(deadline.inMs);
  const body = `
    declare
      deadline timestamptz := ${until};
      remaining bigint := pg_catalog.floor(extract(epoch from deadline - pg_catalog.clock_timestamp()) * 1000);
    begin
      if remaining <= 0 then raise exception using errcode = '${deadlinePassed}', message = 'too late'; end if;
      perform pg_catalog.set_config('lock_timeout', least(remaining, 2147483647)::text, true);
      ${statements.map((statement) => `${statement};`).join("\n      ")}
    end`;
  return `do ${quotedLiteral(body)}`;
}

function inMilliseconds(ms: number): string {
  return `pg_catalog.clock_timestamp() + ${wholeMs(ms)} * interval '1 millisecond'`;
}

function wholeMs(ms: number): number {
  return Math.max(-lastInstant, Math.min(lastInstant, Math.floor(ms)));
}

/** Gives a unit, and writes down that it is ours before it is there. */
export function givingBlock(table: string, { unit, grantee, object, role }: UnitTarget, request: string, deadline: Deadline): string {
  const values = [role, unitKey(unit), request].map(quotedLiteral).join(", ");
  return block(deadline, [
    // A record of what was dropped is overwritten. The update locks the row, so that a deactivation at the same moment is over before, or begins after.
    `insert into ${table} (grantee, access, request, grantee_oid, object_oid) values (${values}, ${grantee.oid}, ${object.oid})
      on conflict (grantee, access) do update set grantee_oid = excluded.grantee_oid, object_oid = excluded.object_oid`,
    `grant ${whatOf(unit, object)} to ${grantee.name}`,
  ]);
}

/** Takes a unit, and forgets that it was ours only where it is no longer there. */
export function takingBlock(table: string, { unit, grantee, object, role }: UnitTarget, deadline: Deadline): string {
  const row = `grantee = ${quotedLiteral(role)} and access = ${quotedLiteral(unitKey(unit))}`;
  return block(deadline, [
    `perform 1 from ${table} where ${row} for update`,
    `revoke ${whatOf(unit, object)} from ${grantee.name}`,
    `delete from ${table} where ${row} and not ${presenceSql(unit, `${grantee.oid}::oid`, `${object.oid}::oid`)}`,
  ]);
}

/** Moves the end of a login role's password, later only: another grant of the same person may need it longer. */
export function validUntilBlock(grantee: NamedOid, end: GrantOrder["window"]["end"], deadline: Deadline): string {
  const until = quotedLiteral(end === null ? "infinity" : new Date(end).toISOString());
  return block(deadline, [
    `if exists (select 1 from pg_catalog.pg_roles where oid = ${grantee.oid} and rolcanlogin
        and (rolvaliduntil is null or rolvaliduntil < ${until}::timestamptz))
      then alter role ${grantee.name} valid until ${until}; end if`,
  ]);
}

/** What stands between GRANT and TO, between REVOKE and FROM. */
function whatOf({ kind, privilege }: AccessUnit, object: NamedOid): string {
  return kind === "membership" ? object.name : `${privilege} on ${kind} ${object.name}`;
}
