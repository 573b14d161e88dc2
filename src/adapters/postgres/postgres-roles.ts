import type { Identity } from "../../core/facts/identity.js";
import { isNonEmpty } from "../../core/kernel/non-empty-array.js";
import type { Clock } from "../../ports/clock.js";
import type { GrantOrder, ProvisionAnswer, Provisioner } from "../../ports/provisioner.js";
import { grantsTable } from "./grants-table.js";
import { giveUnit, takeUnit } from "./move-unit.js";
import { type AccessUnit, type PostgresAccess, unitsOf, usualAccessOf } from "./postgres-access.js";
import { type Meaning, reportsOn, shownName } from "./report-access.js";
import { roleSession } from "./role-session.js";
import type { SqlClient } from "./sql-client.js";
import { failureOf, type SqlFailure } from "./sql-failure.js";
import { type Deadline, validUntilBlock } from "./unit-statements.js";

/** What people and entitlements are in this database. */
export type PostgresRolesOptions = {
  /** The PostgreSQL role of a grantee; null: they have none. Default: the role named by the identity's id. */
  readonly roleOf?: ((grantee: Identity) => string | null) | undefined;
  /** What an entitlement means; null: nothing here. Default: membership of the role named by a resource of type `postgresql-role`. */
  readonly accessOf?: ((entitlement: GrantOrder["entitlements"][number]) => PostgresAccess | null) | undefined;
  /** The schema of the table that remembers our grants. Default: `accessflow`. */
  readonly schema?: string | undefined;
  /**
   * Also set `VALID UNTIL` of the grantee's login role to the end of the window. It ends password logins only, never
   * open sessions, and limits the whole role: for roles that serve nothing but grants. Default: false.
   */
  readonly validUntil?: boolean | undefined;
  /** What deadlines are compared with. Default: the database's own clock. */
  readonly clock?: Clock | undefined;
};

/** A provisioner for PostgreSQL. */
export type PostgresRoles = Provisioner & {
  /** Makes its table, and changes nothing where it is there already: once at the start of a process. */
  migrate(): Promise<void>;
};

/** Carries one unit of an order out; null: without a fault, as far as was heard. */
type Step = (role: string, unit: AccessUnit, deadline: Deadline) => Promise<SqlFailure | null>;

/**
 * Gives and takes access in PostgreSQL (from version 12): membership of roles, or privileges on tables, sequences,
 * schemas and databases, by GRANT and REVOKE.
 *
 * What we gave is written down in the same transaction as the grant, by role and object (`accessflow.accessflow_grants`),
 * so that a repeated activation, a new process or another request does not mistake it for standing access. What
 * was there and not written down stood before: it is reported as `heldBefore` and never taken. Everything is read
 * back with PostgreSQL's own privilege functions, so access that remains by another way (another grantor, another
 * role, PUBLIC) is never reported as ended. A role or object that was renamed is found by its oid.
 *
 * `sessionsMayPersist`: a REVOKE acts in open sessions at once, but who did SET ROLE stays in that role until the
 * session ends; reported for memberships while somebody is connected who can act as the grantee.
 *
 * Fails for good (`retryable: false`) where the role or the object does not exist, the grantee is a superuser, the
 * entitlement means nothing here, or the connection's role lacks the right. Statements that met another one
 * (`tuple concurrently updated`, deadlocks) are tried again, up to ten times. Call `migrate()` once before.
 *
 * @example
 * import { PGlite } from "@electric-sql/pglite";
 *
 * const client = new PGlite();
 * await client.exec(`create role ada login; create role "payroll-readers"`);
 * const provisioner = postgresRoles(client);
 * await provisioner.migrate();
 * const order = {
 *   key: "q1:3:0", request: "q1", generation: 1, deadline: Date.now() + 60_000, handle: null, grantee: { id: "ada" },
 *   entitlements: [{ resource: { id: "r1", name: "payroll-readers", type: "postgresql-role", integration: "pg" }, permission: "member" }],
 *   window: { start: Date.now(), end: Date.now() + 3_600_000 }, keep: [],
 * };
 * await provisioner.activate(order);
 * // => { outcome: "done", reports: [{ entitlement: 0, access: "held", sessionsMayPersist: false }] }
 * await provisioner.deactivate(order);
 * // => { outcome: "done", reports: [{ entitlement: 0, access: "notHeld", sessionsMayPersist: false }] }
 */
export function postgresRoles(client: SqlClient, options: PostgresRolesOptions = {}): PostgresRoles {
  const { roleOf = ({ id }) => id, accessOf = usualAccessOf, schema, validUntil = false, clock } = options;
  const table = grantsTable(client, schema);
  const session = roleSession(client, table.name);

  const meaningsOf = ({ grantee, entitlements }: GrantOrder): readonly Meaning[] => {
    const role = roleOf(grantee);
    return entitlements.map((entitlement) => {
      const access = role === null ? null : accessOf(entitlement);
      const units = access === null ? null : unitsOf(access);
      return role === null || units === null ? null : { role, units };
    });
  };

  const deadlineOf = async ({ deadline }: GrantOrder): Promise<Deadline> =>
    clock === undefined ? { at: deadline } : { inMs: deadline - (await clock.now()) };

  const stepOn = async (order: GrantOrder, { role, units }: NonNullable<Meaning>, step: Step): Promise<SqlFailure | null> => {
    for (const unit of units) {
      const failure = await step(role, unit, await deadlineOf(order)).catch(failureOf);
      if (failure !== null) return failure;
    }
    return null;
  };

  const limitLogin = async (order: GrantOrder): Promise<SqlFailure | null> => {
    const role = roleOf(order.grantee);
    const grantee = role === null ? null : await session.login(role);
    if (grantee !== null) await session.run(validUntilBlock(grantee, order.window.end, await deadlineOf(order)));
    return null;
  };

  return Object.freeze<PostgresRoles>({
    /** One after the other; the first that fails ends it, and the reports say what was given until then. */
    async activate(order) {
      const meanings = meaningsOf(order);
      let failure: SqlFailure | null = meanings.includes(null) ? meaningless(order, meanings.indexOf(null)) : null;
      if (failure === null && validUntil) failure = await limitLogin(order).catch(failureOf);
      for (const meaning of meanings) {
        if (failure !== null || meaning === null) break;
        failure = await stepOn(order, meaning, (role, unit, deadline) =>
          giveUnit(session, table.name, { role, unit, request: order.request, deadline }),
        );
      }
      const reports = await reportsOn(session, meanings);
      const missing = reports.findIndex(({ access }) => access !== "held" && access !== "heldBefore");
      if (failure === null && missing !== -1) failure = { retryable: true, reason: `entitlement ${missing} is not there on reading back` };
      return answer(reports, failure);
    },
    /** As much as can be taken is taken, whatever fails beside it. */
    async deactivate(order) {
      const meanings = meaningsOf(order);
      const failures: SqlFailure[] = [];
      for (const [position, meaning] of meanings.entries()) {
        if (meaning === null || order.keep.includes(position)) continue;
        const failure = await stepOn(order, meaning, (role, unit, deadline) => takeUnit(session, table.name, { role, unit, deadline }));
        if (failure !== null) failures.push(failure);
      }
      // What means nothing here was never given, unless it meant something when it was: then a record is left over.
      const known = meanings.flatMap((meaning) => meaning?.units ?? []);
      const leftOver = meanings.includes(null) ? await session.hasOthers(order.request, known).catch(() => true) : false;
      if (leftOver) failures.push(meaningless(order, meanings.indexOf(null)));
      const reports = await reportsOn(session, meanings, leftOver ? "unknown" : "notHeld");
      const left = reports.find(
        ({ entitlement, access }) => !order.keep.includes(entitlement) && access !== "notHeld" && access !== "heldBefore",
      );
      if (left !== undefined) failures.push({ retryable: true, reason: `entitlement ${left.entitlement} is still there on reading back` });
      if (!isNonEmpty(failures)) return answer(reports, null);
      return answer(reports, { retryable: failures.some(({ retryable }) => retryable), reason: failures[0].reason });
    },
    ...(validUntil
      ? {
          async changeEnd(order: GrantOrder): Promise<ProvisionAnswer> {
            const failure = await limitLogin(order).catch(failureOf);
            return answer(await reportsOn(session, meaningsOf(order)), failure);
          },
        }
      : {}),
    inspect: async (order) => reportsOn(session, meaningsOf(order)),
    migrate: table.migrate,
  });
}

function answer(reports: Awaited<ReturnType<typeof reportsOn>>, failure: SqlFailure | null): ProvisionAnswer {
  return Object.freeze(failure === null ? { outcome: "done", reports } : { outcome: "failed", ...failure, reports });
}

function meaningless({ entitlements }: GrantOrder, position: number): SqlFailure {
  const type = shownName(entitlements[position]?.resource.type ?? "");
  return { retryable: false, reason: `the grantee, or entitlement ${position} of the type ${type}, means nothing in this database` };
}
