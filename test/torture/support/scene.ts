import { type AccessFlow, defineAccessFlow, type Identity, type Resource } from "accessflow";
import { memoryDirectory, memoryFlows, memoryInventory } from "accessflow/adapters/memory";
import { type PostgresRolesOptions, postgresRoles, type SqlClient } from "accessflow/adapters/postgres";
import { type AccessService, type Clock, createAccessService, type RequestStore, secretIds } from "accessflow/service";

/** How many people there are, each with a table of their own. */
export const peopleCount = 12;

/** How many may vote on one request. */
export const voterCount = 50;

/** A grant of six seconds: it begins and ends while workers die. */
export const openFlow: AccessFlow = defineAccessFlow({
  name: "open",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "postgresql-table", permissions: ["SELECT"] }],
  grantFor: { kind: "fixed", amount: 0.1, unit: "minute" },
});

/** Thirty of fifty have to approve. */
export const votedFlow: AccessFlow = defineAccessFlow({
  name: "voted",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "postgresql-table", permissions: ["SELECT"] }],
  approval: {
    kind: "approvalOf",
    groups: "anyOf",
    approverGroups: [{ conditions: [{ attribute: "group", values: ["voters"] }], required: 30 }],
  },
});

const person = (id: string, group: string): Identity => ({ id, active: true, emails: [], accounts: [], attributes: { group: [group] } });

export const personName = (number: number): string => `person-${number}`;
export const tableName = (number: number): string => `table_${number}`;
export const voterName = (number: number): string => `voter-${number}`;

const numbers = Array.from({ length: peopleCount }, (_, number) => number);

const people: readonly Identity[] = [
  ...numbers.map((number) => person(personName(number), "staff")),
  ...Array.from({ length: voterCount }, (_, number) => person(voterName(number), "voters")),
];

const resources: readonly Resource[] = numbers.map((number) => ({
  ...{ id: tableName(number), name: tableName(number), type: "postgresql-table", integration: "pg" },
  ...{ tags: {}, permissions: ["SELECT"] },
}));

export const tableAccess: NonNullable<PostgresRolesOptions["accessOf"]> = ({ resource }) => ({
  kind: "privileges",
  on: { type: "table", schema: "public", name: resource.name },
  privileges: ["SELECT"],
});

/** The service of one process over a database that all of them share. */
export function serviceOver(
  store: RequestStore,
  clock: Clock,
  client: SqlClient,
  { worker, timeoutMs }: { readonly worker: string; readonly timeoutMs: number },
): AccessService {
  return createAccessService(
    {
      ...{ store, clock, ids: secretIds("a secret of the tests, long enough to be one") },
      directory: memoryDirectory(people),
      flows: memoryFlows([openFlow, votedFlow]),
      inventory: memoryInventory(resources),
      provisioner: postgresRoles(client, { accessOf: tableAccess }),
    },
    // Leases are a multiple of the time-outs: short ones free sooner what a killed worker had claimed.
    { worker, portTimeoutMs: timeoutMs, provisionTimeoutMs: timeoutMs, attempts: 100, overlap: "stack" },
  );
}

/** Roles and tables of the scene, and a count of every GRANT and REVOKE that is carried out on a table. */
export const sceneStatements: readonly string[] = [
  ...numbers.map((number) => `create role "${personName(number)}"`),
  ...numbers.map((number) => `create table ${tableName(number)} (id int)`),
  "create table carried_out (tag text not null)",
  `create function count_it() returns event_trigger language plpgsql as
   $$ begin insert into public.carried_out values (tg_tag); end $$`,
  "create event trigger counting on ddl_command_end when tag in ('GRANT', 'REVOKE') execute function count_it()",
];
