/**
 * PostgreSQL, by a client of the host's own: pg, postgres.js or PGlite.
 *
 * @packageDocumentation
 */

export { postgresClock } from "./postgres-clock.js";
export { postgresStore } from "./postgres-store.js";
export type { SqlClient } from "./sql-client.js";
