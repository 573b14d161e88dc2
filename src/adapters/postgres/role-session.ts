import { type AccessUnit, unitKey } from "./postgres-access.js";
import { canBeName } from "./quote-sql.js";
import { rowsOf, type SqlClient, type SqlRow } from "./sql-client.js";
import { isPassing } from "./sql-failure.js";
import { type NamedOid, readStanding, standingQuery, type UnitStanding } from "./unit-standing.js";

/** What the provisioner asks of the database. */
export type RoleSession = {
  /** How it stands between a role and a unit of access. */
  standing(role: string, unit: AccessUnit): Promise<UnitStanding>;
  /** A role of that very name; null: there is none. */
  login(role: string): Promise<NamedOid | null>;
  /** Whether we gave something for a request that is none of these units and not taken yet. */
  hasOthers(request: string, units: readonly AccessUnit[]): Promise<boolean>;
  /** Carries out a block of our own making. */
  run(block: string): Promise<void>;
};

/** How often a statement that met another one is tried. */
const mostTries = 10;

/** Nobody and nothing bears such a name. */
const nothing: UnitStanding = Object.freeze({
  ours: false,
  grantee: null,
  object: null,
  renamed: false,
  superuser: false,
  present: false,
  direct: false,
  sessions: false,
});

export function roleSession(client: SqlClient, table: string): RoleSession {
  const ask = (text: string, values: readonly string[] = []): Promise<readonly SqlRow[]> => tryAgain(client, text, values);

  const readOnce = async (role: string, unit: AccessUnit): Promise<UnitStanding> => {
    const { text, values } = standingQuery(table, role, unit);
    return readStanding((await ask(text, values))[0]);
  };

  return {
    async standing(role, unit) {
      if (![role, unit.name, ...(unit.schema === "" ? [] : [unit.schema])].every(canBeName)) return nothing;
      const standing = await readOnce(role, unit);
      /*
       * PostgreSQL's privilege functions see a grant at once, a statement sees our record only from its beginning
       * on: a grant made in between would pass for standing access. The second look sees its record.
       */
      return standing.present && !standing.ours ? readOnce(role, unit) : standing;
    },
    async login(role) {
      if (!canBeName(role)) return null;
      const text =
        "select oid::text as oid, pg_catalog.format('%I', rolname) as name from pg_catalog.pg_roles where rolname::text = $1::text";
      const [row] = await ask(text, [role]);
      return row === undefined ? null : { oid: String(row["oid"]), name: String(row["name"]) };
    },
    async hasOthers(request, units) {
      const text = `select 1 from ${table} where request = $1::text and access not in (select pg_catalog.json_array_elements_text($2::json))`;
      return (await ask(`${text} limit 1`, [request, JSON.stringify(units.map(unitKey))])).length > 0;
    },
    async run(block) {
      await ask(block);
    },
  };
}

/** The database waits in between: for a short time of its own choosing, longer from try to try. */
export async function tryAgain(client: SqlClient, text: string, values: readonly string[] = []): Promise<readonly SqlRow[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await rowsOf(client, text, values);
    } catch (error) {
      if (tries >= mostTries || !isPassing(error)) throw error;
    }
    await rowsOf(client, "select pg_catalog.pg_sleep(pg_catalog.random() * $1::float8)", [String(tries / 50)]);
  }
}
