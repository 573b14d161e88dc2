import { deepFreeze } from "../../core/kernel/deep-freeze.js";
import { Defect } from "../../core/kernel/defect.js";
import { compareText } from "../../core/kernel/text.js";
import type { RequestState } from "../../core/request/request-state.js";
import { isEnd } from "../../core/request/request-status.js";
import type { Instant } from "../../core/time/instant.js";
import type {
  ClaimedEffect,
  CommitOutcome,
  OutgoingEffect,
  RequestQuery,
  RequestStore,
  RequestWrite,
  StoredEvent,
} from "../../ports/request-store.js";

/** An effect that is not settled yet. */
type Waiting = {
  readonly request: string;
  readonly effect: OutgoingEffect;
  readonly lane: string | null;
  notBefore: Instant;
  lease: { readonly token: string; readonly ends: Instant } | null;
  attempt: number;
  handle: string | null;
};

type Command = { readonly bodyHash: string; readonly id: string; readonly revision: number };

/**
 * A request store in the memory of this process, with all the guarantees of the port but one: it is gone when the
 * process ends. What goes in and what comes out are copies; what comes out is frozen. Command keys are kept for good.
 *
 * @example
 * const store = memoryStore();
 * await store.load("req-1");
 * // => null
 * await store.due({ now: Date.UTC(2026, 2, 2), limit: 10 });
 * // => []
 */
export function memoryStore(): RequestStore {
  const states = new Map<string, RequestState>();
  const events = new Map<string, readonly StoredEvent[]>();
  const commands = new Map<string, Command>();
  // In the order of recording: a Map keeps it, and a retried effect keeps its place.
  const waiting = new Map<string, Waiting>();
  let leases = 0;

  // Nothing below waits: between its first line and its last no other call can come in. All that can fail stands
  // before the first change.
  const commit = (given: RequestWrite): CommitOutcome => {
    const write = copyOf(given);
    requireNextRevision(write);
    const commandKey = write.command === null ? null : JSON.stringify([write.command.actor, write.command.key]);
    const earlier = commandKey === null ? undefined : commands.get(commandKey);
    if (earlier !== undefined) {
      const isSame = earlier.bodyHash === write.command?.bodyHash;
      return isSame ? { outcome: "repeated", id: earlier.id, revision: earlier.revision } : { outcome: "keyReused" };
    }
    if (write.settle !== null && waiting.get(write.settle.key)?.lease?.token !== write.settle.lease) return { outcome: "leaseLost" };
    if ((states.get(write.id)?.revision ?? null) !== write.expected) return { outcome: "conflict" };
    requireNewKeys(write, waiting);

    if (write.settle !== null) waiting.delete(write.settle.key);
    states.set(write.id, write.state);
    events.set(write.id, [...(events.get(write.id) ?? []), write.event]);
    for (const { effect, lane, notBefore } of write.effects) {
      waiting.set(effect.key, { request: write.id, effect, lane, notBefore, lease: null, attempt: 0, handle: null });
    }
    if (commandKey !== null && write.command !== null) {
      commands.set(commandKey, { bodyHash: write.command.bodyHash, id: write.id, revision: write.state.revision });
    }
    return { outcome: "committed" };
  };

  return {
    load: async (id) => states.get(id) ?? null,

    commit: async (write) => commit(write),

    list: async (query) => {
      const { after, limit } = query;
      const found = [...states.values()]
        .filter((state) => (after === undefined || compareText(state.request.id, after) > 0) && isMeant(state, query))
        .sort((left, right) => compareText(left.request.id, right.request.id));
      const items = found.slice(0, limit);
      return { items, next: found.length > items.length ? (items.at(-1)?.request.id ?? null) : null };
    },

    events: async (id, afterRevision) => (events.get(id) ?? []).filter(({ revision }) => revision > afterRevision),

    due: async ({ now, limit }) =>
      [...states.values()]
        .flatMap(({ request: { id }, wakeAt }) => (wakeAt !== null && wakeAt <= now ? [{ id, wakeAt }] : []))
        .sort((left, right) => left.wakeAt - right.wakeAt || compareText(left.id, right.id))
        .slice(0, limit),

    claimEffects: async ({ now, leaseMs, limit, worker }) => {
      const claimed: ClaimedEffect[] = [];
      const lanes = new Set<string>();
      for (const one of waiting.values()) {
        const isFirst = one.lane === null || !lanes.has(one.lane);
        if (one.lane !== null) lanes.add(one.lane);
        const isFree = one.notBefore <= now && (one.lease === null || one.lease.ends <= now);
        if (!isFirst || !isFree || claimed.length >= limit) continue;
        leases += 1;
        one.lease = { token: `${worker}/${leases}`, ends: now + leaseMs };
        one.attempt += 1;
        const { request, effect, lane, lease, attempt, handle } = one;
        claimed.push({ request, effect, lane, lease: lease.token, leaseEnds: lease.ends, attempt, handle });
      }
      return claimed;
    },

    settleEffect: async ({ key, lease, outcome }) => {
      const one = waiting.get(key);
      if (one === undefined || one.lease?.token !== lease) return "leaseLost";
      if (outcome === "done") waiting.delete(key);
      else Object.assign(one, { lease: null, notBefore: outcome.retryAt, handle: outcome.handle });
      return "settled";
    },

    held: async (grantee) =>
      [...states.values()]
        .filter((state) => granteeOf(state) === grantee && !isEnd(state.status))
        .sort((left, right) => compareText(left.request.id, right.request.id))
        .map(({ request, status }) => ({ request: request.id, status, entitlements: request.entitlements })),
  };
}

/** As if it had been written down and read again: what no JSON says is lost here too, as it would be in a database. */
function copyOf<T>(value: T): T {
  return deepFreeze(JSON.parse(JSON.stringify(value)));
}

function granteeOf({ request }: RequestState): string {
  return (request.grantee ?? request.requestor).id;
}

function isMeant(state: RequestState, { requestor, grantee, voter, flow, statuses }: RequestQuery): boolean {
  return (
    (requestor === undefined || state.request.requestor.id === requestor) &&
    (grantee === undefined || granteeOf(state) === grantee) &&
    (voter === undefined || (state.approval?.votes.some((vote) => vote.voter === voter) ?? false)) &&
    (flow === undefined || state.request.flow.id === flow) &&
    (statuses === undefined || statuses.includes(state.status))
  );
}

function requireNextRevision({ id, expected, state, event }: RequestWrite): void {
  const next = (expected ?? 0) + 1;
  const isNext = state.revision === next && event.revision === next && state.request.id === id && event.request === id;
  if (!isNext) throw new Defect(`a write of request \`${id}\` does not lead to its revision ${next}`);
}

function requireNewKeys({ effects }: RequestWrite, waiting: ReadonlyMap<string, Waiting>): void {
  const keys = new Set<string>();
  for (const { effect } of effects) {
    if (waiting.has(effect.key) || keys.has(effect.key)) throw new Defect(`the effect \`${effect.key}\` is recorded already`);
    keys.add(effect.key);
  }
}
