/**
 * Wakes by pg-boss, a queue in PostgreSQL.
 *
 * @packageDocumentation
 */

export { pgBossWake, type Wake, type WakeBoss, workPgBossWakes } from "./pg-boss-wake.js";
