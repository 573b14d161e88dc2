import { replay } from "accessflow";
import type { RequestStore } from "accessflow/service";
import { expect } from "vitest";
import { rowsOf, type SqlClient } from "../../../src/adapters/postgres/sql-client.js";
import { peopleCount, personName } from "./scene.js";

/**
 * That every request has come to its end as if nobody had died: nothing lost, nothing doubled, nothing left over. Where
 * no worker lived while a grant could begin, it has failed, and whatever was given of it was taken back.
 */
export async function expectAllEnded(store: RequestStore, client: SqlClient): Promise<void> {
  const { items } = await store.list({ limit: 1_000 });
  const names = Array.from({ length: peopleCount }, (_, number) => personName(number));
  expect(items.map(({ request }) => request.requestor.id).sort()).toEqual([...names].sort());
  let ended = 0;
  for (const state of items) {
    const events = await store.events(state.request.id, 0);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, place) => place + 1));
    expect(replay(events)).toEqual(state);
    const confirmed = events.map(({ type }) => type).filter((type) => type === "activated" || type === "deactivated");
    const isEnded = state.status === "ended";
    expect([state.status, confirmed]).toEqual(isEnded ? ["ended", ["activated", "deactivated"]] : ["activationFailed", ["deactivated"]]);
    const gone = events.find(({ type }) => type === "deactivated");
    expect(gone !== undefined && gone.at >= (state.grant?.window.end ?? 0)).toBe(true);
    if (isEnded) ended += 1;
  }
  const held = await rowsOf(
    client,
    `select c.relname, g.rolname from pg_class c, aclexplode(c.relacl) a join pg_roles g on g.oid = a.grantee where g.rolname like 'person-%'`,
    [],
  );
  expect(held).toEqual([]);
  const rows = await rowsOf(client, "select tag, count(*)::int as times from carried_out group by tag", []);
  const times = (tag: string): number => Number(rows.find((row) => row["tag"] === tag)?.["times"] ?? 0);
  // One GRANT for each access that there was, one for none twice; and as many REVOKE.
  expect(times("GRANT")).toBe(times("REVOKE"));
  expect(times("GRANT")).toBeGreaterThanOrEqual(ended);
  expect(times("GRANT")).toBeLessThanOrEqual(peopleCount);
  expect(await store.claimEffects({ now: Number.MAX_SAFE_INTEGER, leaseMs: 1, limit: 10, worker: "verdict" })).toEqual([]);
}
