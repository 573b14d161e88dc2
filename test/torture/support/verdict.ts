import { replay } from "accessflow";
import type { RequestStore } from "accessflow/service";
import { expect } from "vitest";
import { rowsOf, type SqlClient } from "../../../src/adapters/postgres/sql-client.js";
import { peopleCount, personName } from "./scene.js";

/** That every request has come to its end as if nobody had died: nothing lost, nothing doubled, nothing left over. */
export async function expectAllEnded(store: RequestStore, client: SqlClient): Promise<void> {
  const { items } = await store.list({ limit: 1_000 });
  expect(items.map(({ status, request }) => [request.requestor.id, status]).sort()).toEqual(
    Array.from({ length: peopleCount }, (_, number) => [personName(number), "ended"]).sort(),
  );
  for (const state of items) {
    const events = await store.events(state.request.id, 0);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, place) => place + 1));
    // What stands beside the record of an event is the request's id alone.
    expect(replay(events.map(({ request: _, ...event }) => event))).toEqual(state);
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === "activated" || type === "deactivated")).toEqual(["activated", "deactivated"]);
    const gone = events.find(({ type }) => type === "deactivated");
    expect(gone !== undefined && gone.at >= (state.grant?.window.end ?? 0)).toBe(true);
  }
  const held = await rowsOf(
    client,
    `select c.relname, g.rolname from pg_class c, aclexplode(c.relacl) a join pg_roles g on g.oid = a.grantee where g.rolname like 'person-%'`,
    [],
  );
  expect(held).toEqual([]);
  const counts = await rowsOf(client, "select tag, count(*)::int as times from carried_out group by tag order by tag", []);
  expect(counts.map(({ tag, times }) => [tag, Number(times)])).toEqual([
    ["GRANT", peopleCount],
    ["REVOKE", peopleCount],
  ]);
  expect(await store.claimEffects({ now: Number.MAX_SAFE_INTEGER, leaseMs: 1, limit: 10, worker: "verdict" })).toEqual([]);
}
