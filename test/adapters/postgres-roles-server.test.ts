import { type PostgresAccess, postgresRoles, type SqlClient } from "accessflow/adapters/postgres";
import { provisionerConformance } from "accessflow/testing";
import pg from "pg";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GrantOrder } from "../../src/ports/provisioner.js";
import { type PostgresServer, startPostgres } from "./support/postgres-server.js";
import { accessOf, ident, postgresSubject, roleEntitlement, tableEntitlement } from "./support/postgres-subject.js";

let server: PostgresServer;
let pool: pg.Pool;
const made: string[] = [];
const sessions: pg.Client[] = [];

beforeAll(async () => {
  server = await startPostgres();
  pool = new pg.Pool({ ...server.connection, max: 12 });
  // A connection that the server ends while the pool is ending, too, is no fault.
  pool.on("error", () => {});
}, 120_000);

afterAll(async () => {
  await pool.end();
  await server.stop();
});

describe("postgresRoles on PostgreSQL, by a pool of pg", () => {
  it.each(provisionerConformance(() => postgresSubject(pool), { without: ["changeEnd"] }))("L6: $name", ({ run }) => run());
});

describe("postgresRoles on PostgreSQL, by postgres.js", () => {
  let sql: postgres.Sql;
  beforeAll(() => {
    sql = postgres({ ...server.connection, username: server.connection.user, max: 4, onnotice: () => {} });
  });
  afterAll(() => sql.end());
  const kit = provisionerConformance(() => postgresSubject(sql), { without: ["changeEnd", "hostileNames"] });
  it.each(kit)("L6: $name", ({ run }) => run());
});

/** A table `kit.ledger`, a role `readers` that may read it, and these login roles. */
async function makeWorld(logins: readonly string[]): Promise<void> {
  await pool.query("create schema kit; create table kit.ledger (id int); create role readers; grant usage on schema kit to public");
  await pool.query("grant select on kit.ledger to readers");
  made.push("readers");
  for (const login of logins) {
    await pool.query(`create role ${ident(login)} login password 'secret'`);
    made.push(login);
  }
}

beforeEach(async () => {
  await pool.query("drop schema if exists accessflow cascade");
});

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.end();
  await pool.query("drop schema if exists kit cascade");
  for (const role of made.splice(0).reverse()) {
    await pool.query(`drop owned by ${ident(role)} cascade`);
    await pool.query(`drop role ${ident(role)}`);
  }
});

async function connect(user: string): Promise<pg.Client> {
  const session = new pg.Client({ ...server.connection, user, password: "secret" });
  await session.connect();
  sessions.push(session);
  return session;
}

const orderFor = (grantee: string, parts: Partial<GrantOrder> = {}): GrantOrder => ({
  key: `${grantee}:1:0`,
  request: grantee,
  generation: 1,
  deadline: Date.now() + 60_000,
  handle: null,
  grantee: { id: grantee },
  entitlements: [roleEntitlement("readers")],
  window: { start: Date.now(), end: Date.now() + 3_600_000 },
  keep: [],
  ...parts,
});

const refused = { code: "42501" };

async function rolesOn(client: SqlClient = pool, options: Parameters<typeof postgresRoles>[1] = {}) {
  const roles = postgresRoles(client, { accessOf, ...options });
  await roles.migrate();
  return roles;
}

describe("what a REVOKE reaches", () => {
  it("TH16: a session that was opened before the deactivation loses the access", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn();
    const session = await connect("ada");
    await expect(session.query("select from kit.ledger")).rejects.toMatchObject(refused);
    expect(await roles.activate(orderFor("ada"))).toMatchObject({ outcome: "done" });
    await session.query("select from kit.ledger");
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    await expect(session.query("select from kit.ledger")).rejects.toMatchObject(refused);
  });

  it("TH16: a session that did SET ROLE keeps it, and the report says that sessions may persist", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn();
    await roles.activate(orderFor("ada"));
    const session = await connect("ada");
    await session.query("set role readers");
    const answer = await roles.deactivate(orderFor("ada"));
    expect(answer).toMatchObject({ outcome: "done", reports: [{ access: "notHeld", sessionsMayPersist: true }] });
    await session.query("select from kit.ledger");
    await session.end();
    await expect
      .poll(async () => roles.deactivate(orderFor("ada", { generation: 2 })), { timeout: 20_000 })
      .toMatchObject({ outcome: "done", reports: [{ access: "notHeld", sessionsMayPersist: false }] });
  });

  it("L6: VALID UNTIL is a safety net for passwords, never the revocation", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn(pool, { validUntil: true });
    const end = Date.now() - 1_000;
    expect(await roles.activate(orderFor("ada", { window: { start: end - 1_000, end: Date.now() + 3_600_000 } }))).toMatchObject({
      outcome: "done",
    });
    const session = await connect("ada");
    // As if the time had come: no new session, and the open one goes on.
    await pool.query(`alter role ada valid until '2001-01-01'`);
    await expect(connect("ada")).rejects.toMatchObject({ code: "28P01" });
    await session.query("select from kit.ledger");
    expect(await roles.inspect?.(orderFor("ada"))).toMatchObject([{ access: "held" }]);
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    await expect(session.query("select from kit.ledger")).rejects.toMatchObject(refused);
  });

  it("moves VALID UNTIL later only, only of login roles, and only when asked", async () => {
    await makeWorld(["ada", "bob"]);
    await pool.query("create role app");
    made.push("app");
    const until = async (role: string) =>
      (await pool.query(`select rolvaliduntil::text as until from pg_roles where rolname = $1`, [role])).rows[0].until;
    await (await rolesOn()).activate(orderFor("bob"));
    const roles = await rolesOn(pool, { validUntil: true });
    await roles.activate(orderFor("app"));
    expect([await until("bob"), await until("app")]).toEqual([null, null]);
    const [early, late] = [Date.UTC(2090, 0, 1), Date.UTC(2091, 0, 1)];
    const seen: string[] = [];
    for (const end of [early, late, early, null, late]) {
      await roles.activate(orderFor("ada", { window: { start: Date.now(), end } }));
      seen.push((await until("ada")).slice(0, 8));
    }
    expect(seen).toEqual(["2090-01-", "2091-01-", "2091-01-", "infinity", "infinity"]);
  });
});

describe("grants at the same time", () => {
  const people = Array.from({ length: 8 }, (_, index) => `person ${index}`);

  it.each([
    ["a role", roleEntitlement("readers")],
    ["a table, whose list of privileges is one row", tableEntitlement("kit", "ledger")],
  ])("L6: of %s, eight activations and deactivations all come to their end", async (_, entitlement) => {
    await makeWorld(people);
    const roles = await rolesOn();
    const orders = people.map((person) => orderFor(person, { entitlements: [entitlement] }));
    for (let round = 0; round < 3; round += 1) {
      for (const answer of await Promise.all(orders.map((order) => roles.activate(order)))) {
        expect(answer).toMatchObject({ outcome: "done", reports: [{ access: "held" }] });
      }
      for (const answer of await Promise.all(orders.map((order) => roles.deactivate(order)))) {
        expect(answer).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
      }
    }
  });

  it("L6: a statement that met another one is tried again, not for ever", async () => {
    await makeWorld(["ada"]);
    await rolesOn();
    const failing = (times: number): SqlClient & { failures: number } => ({
      failures: times,
      async query(text: string, values: (string | null)[]) {
        if (text.startsWith("do ") && this.failures > 0) {
          this.failures -= 1;
          throw Object.assign(new Error("tuple concurrently updated"), { code: "XX000" });
        }
        return pool.query(text, values);
      },
    });
    expect(await postgresRoles(failing(5)).activate(orderFor("ada"))).toMatchObject({ outcome: "done" });
    const answer = await postgresRoles(failing(1_000)).deactivate(orderFor("ada"));
    expect(answer).toMatchObject({
      outcome: "failed",
      retryable: true,
      reason: "the database refused (XX000)",
      reports: [{ access: "held" }],
    });
  });

  it("L6: one grantee's activations of several requests at once leave nothing behind", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn();
    const orders = people.map((person) => orderFor("ada", { request: person }));
    for (let round = 0; round < 3; round += 1) {
      for (const answer of await Promise.all(orders.map((order) => roles.activate(order)))) {
        expect(answer).toMatchObject({ outcome: "done", reports: [{ access: "held" }] });
      }
      expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    }
  });

  it("L6: waits for a lock until the deadline, and has begun nothing then", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn();
    const blocker = new pg.Client(server.connection);
    await blocker.connect();
    sessions.push(blocker);
    // Reading goes on, writing waits: without an end to its waiting, the activation would never answer.
    await blocker.query("begin; lock table accessflow.accessflow_grants in share mode");
    const answer = await roles.activate(orderFor("ada", { deadline: Date.now() + 300 }));
    await blocker.query("rollback");
    expect(answer).toMatchObject({ outcome: "failed", retryable: true, reports: [{ access: "notHeld" }] });
  });

  it("L6: a grant that shows before its record does is not taken for standing access", async () => {
    await makeWorld(["ada"]);
    await (await rolesOn()).activate(orderFor("ada"));
    let looks = 0;
    const early: SqlClient = {
      async query(text: string, values: (string | null)[]) {
        const { rows } = await pool.query(text, values);
        const isFirstLook = rows[0]?.ours === true && looks === 0;
        if (isFirstLook) looks += 1;
        return { rows: isFirstLook ? [{ ...rows[0], ours: false }] : rows };
      },
    };
    expect(await postgresRoles(early).deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    expect(looks).toBe(1);
  });
});

describe("objects other than tables", () => {
  it.each<[PostgresAccess & { kind: "privileges" }, string]>([
    [
      { kind: "privileges", on: { type: "sequence", schema: "kit", name: "Ids" }, privileges: ["USAGE"] },
      `has_sequence_privilege('ada', 'kit."Ids"', 'USAGE')`,
    ],
    [{ kind: "privileges", on: { type: "schema", name: "kit" }, privileges: ["CREATE"] }, "has_schema_privilege('ada', 'kit', 'CREATE')"],
    [
      { kind: "privileges", on: { type: "database", name: "postgres" }, privileges: ["CREATE"] },
      "has_database_privilege('ada', 'postgres', 'CREATE')",
    ],
    [
      { kind: "privileges", on: { type: "table", schema: "kit", name: "a view" }, privileges: ["SELECT"] },
      `has_table_privilege('ada', 'kit."a view"', 'SELECT')`,
    ],
  ])("L6: %j is given and taken", async (access, expression) => {
    await makeWorld(["ada"]);
    await pool.query('create sequence kit."Ids"; create view kit."a view" as select 1 as n');
    const isThere = async () => (await pool.query(`select ${expression} as there`)).rows[0].there;
    const roles = await rolesOn(pool, { accessOf: () => access });
    expect(await isThere()).toBe(false);
    expect(await roles.activate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "held" }] });
    expect(await isThere()).toBe(true);
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({
      outcome: "done",
      reports: [{ access: "notHeld", sessionsMayPersist: false }],
    });
    expect(await isThere()).toBe(false);
  });
});

describe("what others have done", () => {
  it("L6: access that remains by another grantor is not reported as ended", async () => {
    await makeWorld(["ada", "boss"]);
    await pool.query("grant readers to boss with admin option");
    const roles = await rolesOn();
    await roles.activate(orderFor("ada"));
    await pool.query("set role boss; grant readers to ada; reset role");
    const left = await roles.deactivate(orderFor("ada"));
    expect(left).toMatchObject({ outcome: "failed", retryable: true, reports: [{ access: "held" }] });
    expect(await roles.deactivate(orderFor("ada", { generation: 2 }))).toMatchObject({ outcome: "failed" });
    await pool.query("set role boss; revoke readers from ada; reset role");
    expect(await roles.deactivate(orderFor("ada", { generation: 3 }))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
  });

  it("L6: access by another role, or by PUBLIC, stood before", async () => {
    await makeWorld(["ada"]);
    await pool.query("create role team; grant readers to team; grant team to ada; grant select on kit.ledger to public");
    made.push("team");
    const roles = await rolesOn();
    const order = orderFor("ada", { entitlements: [roleEntitlement("readers"), tableEntitlement("kit", "ledger")] });
    const stood = { outcome: "done", reports: [{ access: "heldBefore" }, { access: "heldBefore" }] };
    expect(await roles.activate(order)).toMatchObject(stood);
    expect(await roles.deactivate(order)).toMatchObject(stood);
  });

  it("L6: of several privileges those that stood before stay, and the others are taken", async () => {
    await makeWorld(["ada"]);
    await pool.query("grant select on kit.ledger to ada");
    const on = { type: "table", schema: "kit", name: "ledger" } as const;
    const access: PostgresAccess = { kind: "privileges", on, privileges: ["SELECT", "INSERT", "DELETE"] };
    const roles = await rolesOn(pool, { accessOf: () => access });
    expect(await roles.activate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "held" }] });
    await pool.query("revoke delete on kit.ledger from ada");
    expect(await roles.inspect?.(orderFor("ada"))).toMatchObject([{ access: "unknown" }]);
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    const { rows } = await pool.query(
      "select privilege_type from pg_class, aclexplode(relacl) where oid = 'kit.ledger'::regclass and grantee = 'ada'::regrole",
    );
    expect(rows).toEqual([{ privilege_type: "SELECT" }]);
  });

  it("L6: a role that was renamed loses what was given to it under its old name, and its namesake keeps its own", async () => {
    await makeWorld(["ada"]);
    const roles = await rolesOn();
    await roles.activate(orderFor("ada"));
    await pool.query("alter role readers rename to auditors; create role readers; grant readers to ada");
    made.push("auditors");
    expect(await roles.activate(orderFor("ada", { generation: 2 }))).toMatchObject({ outcome: "failed", retryable: false });
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "heldBefore" }] });
    const { rows } = await pool.query("select roleid::regrole::text as role from pg_auth_members where member = 'ada'::regrole");
    expect(rows).toEqual([{ role: "readers" }]);
  });

  it("L6: a role that was dropped and made anew holds nothing, and is given to anew", async () => {
    await makeWorld([]);
    const roles = await rolesOn();
    await pool.query("create role ada");
    await roles.activate(orderFor("ada"));
    await pool.query("drop role ada");
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    await roles.activate(orderFor("ada"));
    await pool.query("create role ada");
    made.push("ada");
    expect(await roles.activate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "held" }] });
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
  });

  it("L6: a membership that cannot be used is left as it is, and nothing is given beside it", async () => {
    await makeWorld(["ada"]);
    await pool.query("grant readers to ada with admin true, inherit false, set false");
    const roles = await rolesOn();
    expect(await roles.activate(orderFor("ada"))).toMatchObject({ outcome: "failed", retryable: false, reports: [{ access: "notHeld" }] });
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
    const { rows } = await pool.query("select admin_option from pg_auth_members where member = 'ada'::regrole");
    expect(rows).toEqual([{ admin_option: true }]);
  });
});

describe("what cannot be given", () => {
  const failure = { outcome: "failed", retryable: false };

  it("L6: to a superuser, or to a role that is not there; and what was not given is no longer asked for", async () => {
    await makeWorld(["ada"]);
    await pool.query("alter role ada superuser");
    const roles = await rolesOn();
    expect(await roles.activate(orderFor("ada"))).toMatchObject(failure);
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "done", reports: [{ access: "heldBefore" }] });
    expect(await roles.activate(orderFor("nobody"))).toMatchObject(failure);
    expect(await roles.deactivate(orderFor("nobody"))).toMatchObject({ outcome: "done", reports: [{ access: "notHeld" }] });
  });

  it("TH19: a name that PostgreSQL would cut, fold or read as everybody is nobody's", async () => {
    const long = "x".repeat(63);
    await makeWorld([long]);
    const roles = await rolesOn();
    const table = [tableEntitlement("kit", "ledger")];
    for (const name of [`${long}y`, "public", "PUBLIC", "current_user", "readers\0", "\ud800", "", long.toUpperCase()]) {
      expect(await roles.activate(orderFor(name, { entitlements: table }))).toMatchObject(failure);
      expect(await roles.deactivate(orderFor(name, { entitlements: table }))).toMatchObject({
        outcome: "done",
        reports: [{ access: "notHeld" }],
      });
    }
    const { rows } = await pool.query(
      "select count(*)::int as n from pg_class, aclexplode(relacl) where oid = 'kit.ledger'::regclass and grantee = 0",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it("TH19: a privilege that is no word of the list is written into no statement", async () => {
    await makeWorld(["ada"]);
    const on = { type: "table", schema: "kit", name: "ledger" } as const;
    for (const privilege of ["SELECT on table kit.ledger to public; --", "select", "USAGE", "ALL"]) {
      const access = { kind: "privileges", on, privileges: [privilege] } as unknown as PostgresAccess;
      const roles = await rolesOn(pool, { accessOf: () => access });
      expect(await roles.activate(orderFor("ada"))).toMatchObject(failure);
    }
  });

  it("L6: an entitlement that meant something when it was given is not called taken when it no longer does", async () => {
    await makeWorld(["ada"]);
    await (await rolesOn()).activate(orderFor("ada"));
    const roles = await rolesOn(pool, { accessOf: () => null });
    expect(await roles.deactivate(orderFor("ada"))).toMatchObject({ outcome: "failed", reports: [{ access: "unknown" }] });
    expect(await roles.deactivate(orderFor("ada", { request: "another" }))).toMatchObject({
      outcome: "done",
      reports: [{ access: "notHeld" }],
    });
  });

  it("L6: without the right, the table, or the database, in words without secrets", async () => {
    await makeWorld(["ada", "clerk"]);
    await rolesOn();
    await pool.query("grant usage on schema accessflow to clerk; grant all on accessflow.accessflow_grants to clerk");
    const clerk = new pg.Pool({ ...server.connection, user: "clerk", password: "secret", max: 1 });
    expect(await postgresRoles(clerk).activate(orderFor("ada"))).toMatchObject({ ...failure, reason: expect.stringContaining("42501") });
    await clerk.end();
    await pool.query("drop schema accessflow cascade");
    const unmigrated = await postgresRoles(pool).activate(orderFor("ada"));
    expect(unmigrated).toMatchObject({ ...failure, reason: expect.stringContaining("migrate()"), reports: [{ access: "unknown" }] });
    const dead: SqlClient = { query: () => Promise.reject(new Error("connect postgres://admin:hunter2@db")) };
    const silent = await postgresRoles(dead).deactivate(orderFor("ada"));
    expect(silent).toMatchObject({
      outcome: "failed",
      retryable: true,
      reason: "the database did not answer",
      reports: [{ access: "unknown" }],
    });
  });

  it("is prepared by a role that may create nothing, where the table is there", async () => {
    await makeWorld(["clerk"]);
    await rolesOn();
    await pool.query("grant usage on schema accessflow to clerk");
    const clerk = new pg.Pool({ ...server.connection, user: "clerk", password: "secret", max: 1 });
    await postgresRoles(clerk).migrate();
    await clerk.end();
  });

  it("L6: compares deadlines with the host's clock where there is one", async () => {
    await makeWorld(["ada"]);
    const now = Date.UTC(2026, 2, 2, 9);
    const roles = await rolesOn(pool, { clock: { now: () => now } });
    expect(await roles.activate(orderFor("ada", { deadline: now }))).toMatchObject({
      outcome: "failed",
      reason: "the deadline has passed",
    });
    expect(await roles.activate(orderFor("ada", { deadline: now + 60_000 }))).toMatchObject({ outcome: "done" });
  });
});
