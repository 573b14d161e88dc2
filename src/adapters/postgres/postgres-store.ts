import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { deepFreeze } from "../../core/kernel/deep-freeze.js";
import type { RequestState, SubmittedRequest } from "../../core/request/request-state.js";
import type { ClaimedEffect, CommitOutcome, RequestStore, StoredEvent } from "../../ports/request-store.js";
import { listStatement } from "./list-statement.js";
import { migrate } from "./migrate.js";
import { ask, type SqlClient } from "./sql-client.js";
import { storableText, storedText } from "./storable-text.js";
import { writtenWrite } from "./written-write.js";

/** A request as its two tables give it: null stands in the state where what was asked goes. */
type Row = { readonly state: Omit<RequestState, "request"> & { readonly request: null }; readonly request: SubmittedRequest };

/** A request store in PostgreSQL. */
export type PostgresStore = RequestStore & {
  /** Brings the schema up to date, and changes nothing where it is: at the start of every process, several at once if need be. */
  migrate(): Promise<void>;
};

/**
 * A request store in PostgreSQL 13 or later, in a schema of its own (`accessflow` unless another is named). The
 * client is the host's: a `Pool` of pg, the `sql` of postgres.js, or PGlite. Every call is one statement, so any
 * pool will do, and no transaction is held. Call `migrate` at the start of every process: it is safe when several
 * do so at once, and changes nothing where there is nothing to do.
 *
 * It counts on READ COMMITTED, which is PostgreSQL's default; under a stricter level a commit that meets another
 * one is rejected instead of being answered `conflict`. Ids and command keys are limited to some 2,600 bytes.
 * Command keys stay; those older than 24 hours may be deleted (`commands.recorded_at`).
 *
 * Throws `AccessFlowError`: `facts_invalid` for a schema that is not 1 to 63 of `[a-z0-9_]`, beginning with a letter.
 *
 * @example
 * const sent: string[] = [];
 * const client = { query: async (text: string) => ({ rows: [{ answer: sent.push(text) > 1 ? "[]" : "null" }] }) };
 * await postgresStore(client).load("req-1");
 * // => null
 * await postgresStore(client, { schema: "access" }).held("ana");
 * // => []
 */
export function postgresStore(client: SqlClient, options: { readonly schema?: string | undefined } = {}): PostgresStore {
  const { schema = "accessflow" } = options;
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema)) {
    throw accessFlowError("facts_invalid", `schema must be 1 to 63 of a-z, 0-9 and _, beginning with a letter, not \`${schema}\``);
  }
  return {
    migrate: () => migrate(client, schema),

    load: async (id) => {
      const row = await ask<Row | null>(
        client,
        `select coalesce((
           select json_build_object('state', r.state, 'request', s.request)
           from ${schema}.requests r join ${schema}.submissions s using (id) where id = $1::text
         ), 'null')::text as answer`,
        [storableText(id)],
      );
      return row === null ? null : stateOf(row);
    },

    commit: async (write) => {
      const { header, submission, state, event } = writtenWrite(write);
      const outcome = await ask<CommitOutcome>(
        client,
        `select ${schema}.commit_write($1::text::json, $2::text::json, $3::text::json, $4::text::json) as answer`,
        [header, submission, state, event],
      );
      return deepFreeze(outcome.outcome === "repeated" ? { ...outcome, id: storedText(outcome.id) } : outcome);
    },

    list: async (query) => {
      const { text, values } = listStatement(schema, query);
      const rows = await ask<readonly Row[]>(client, text, values);
      const items = rows.slice(0, query.limit).map(stateOf);
      return Object.freeze({ items: Object.freeze(items), next: rows.length > items.length ? (items.at(-1)?.request.id ?? null) : null });
    },

    events: async (id, afterRevision) =>
      deepFreeze(
        await ask<readonly StoredEvent[]>(
          client,
          `select coalesce(json_agg(event order by revision), '[]')::text as answer
           from ${schema}.events where request = $1::text and revision > $2::text::bigint`,
          [storableText(id), String(afterRevision)],
        ),
      ),

    due: async ({ now, limit }) => {
      const rows = await ask<readonly { readonly id: string; readonly wakeAt: number }[]>(
        client,
        `select coalesce(json_agg(json_build_object('id', id, 'wakeAt', wake_at) order by wake_at, id), '[]')::text as answer
         from (select id, wake_at from ${schema}.requests where wake_at <= $1::text::bigint
               order by wake_at, id limit $2::text::bigint) due`,
        [String(now), String(limit)],
      );
      return deepFreeze(rows.map(({ id, wakeAt }) => ({ id: storedText(id), wakeAt })));
    },

    // A row that another worker has locked, or changed since this statement began, is passed over.
    claimEffects: async ({ now, leaseMs, limit, worker }) => {
      const rows = await ask<readonly ClaimedEffect[]>(
        client,
        `with picked as materialized (
           select e.position from ${schema}.effects e
           where e.not_before <= $1::text::bigint and (e.lease_ends is null or e.lease_ends <= $1::text::bigint)
             and (e.lane is null
                  or not exists (select from ${schema}.effects first where first.lane = e.lane and first.position < e.position))
           order by e.position limit $3::text::bigint for update skip locked
         ), claimed as (
           update ${schema}.effects e
           set lease = $4::text || '/' || gen_random_uuid(), lease_ends = $1::text::bigint + $2::text::bigint, attempt = attempt + 1
           from picked where e.position = picked.position returning e.*
         )
         select coalesce(json_agg(json_build_object(
           'request', request, 'effect', effect, 'lane', lane, 'lease', lease, 'leaseEnds', lease_ends,
           'attempt', attempt, 'handle', handle) order by position), '[]')::text as answer
         from claimed`,
        [String(now), String(leaseMs), String(limit), storableText(worker)],
      );
      return deepFreeze(
        rows.map((row) => ({
          ...row,
          request: storedText(row.request),
          lane: orNull(storedText, row.lane),
          lease: storedText(row.lease),
          handle: orNull(storedText, row.handle),
        })),
      );
    },

    settleEffect: async ({ key, lease, outcome }) => {
      const isDone = outcome === "done";
      const settled = await ask<number>(
        client,
        `with settled as (
           ${
             isDone
               ? `delete from ${schema}.effects where key = $1::text and lease = $2::text`
               : `update ${schema}.effects set lease = null, lease_ends = null, not_before = $3::text::bigint, handle = $4::text
                  where key = $1::text and lease = $2::text`
           }
           returning 1
         ) select count(*)::text as answer from settled`,
        [storableText(key), storableText(lease), ...(isDone ? [] : [String(outcome.retryAt), orNull(storableText, outcome.handle)])],
      );
      return settled === 1 ? "settled" : "leaseLost";
    },

    held: async (grantee) => {
      const rows = await ask<readonly Row[]>(
        client,
        `select coalesce(json_agg(json_build_object('state', r.state, 'request', s.request) order by id), '[]')::text as answer
         from ${schema}.requests r join ${schema}.submissions s using (id) where grantee = $1::text and not is_over`,
        [storableText(grantee)],
      );
      return deepFreeze(
        rows.map(({ state, request }) => ({ request: request.id, status: state.status, entitlements: request.entitlements })),
      );
    },
  };
}

function stateOf({ state, request }: Row): RequestState {
  return deepFreeze({ ...state, request });
}

function orNull(change: (text: string) => string, text: string | null): string | null {
  return text === null ? null : change(text);
}
