import type { Clock } from "../../ports/clock.js";
import { ask, type SqlClient } from "./sql-client.js";

/**
 * The clock of the database, in whole epoch milliseconds: one time for all the machines that share a store. It
 * costs a round trip.
 *
 * @example
 * const clock = postgresClock({ query: async () => ({ rows: [{ answer: "1772442000000" }] }) });
 * await clock.now();
 * // => 1772442000000
 */
export function postgresClock(client: SqlClient): Clock {
  return { now: () => ask(client, "select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as answer") };
}
