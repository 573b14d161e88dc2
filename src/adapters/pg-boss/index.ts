/**
 * Wakes by pg-boss, a queue in PostgreSQL.
 *
 * @packageDocumentation
 */

export { type WakeBoss, pgBossWake, workPgBossWakes } from "./pg-boss-wake.js";
