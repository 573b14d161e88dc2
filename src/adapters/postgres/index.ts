/**
 * PostgreSQL, by a client of the host's own: pg, postgres.js or PGlite.
 *
 * @packageDocumentation
 */

export type { PostgresAccess, PostgresObject, PostgresPrivilege } from "./postgres-access.js";
export { postgresClock } from "./postgres-clock.js";
export { type PostgresRoles, type PostgresRolesOptions, postgresRoles } from "./postgres-roles.js";
export { type PostgresStore, postgresStore } from "./postgres-store.js";
export type { SqlClient } from "./sql-client.js";
