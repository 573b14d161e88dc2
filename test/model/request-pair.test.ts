import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Effect } from "../../src/core/request/request-effect.js";
import type { RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { isEnd } from "../../src/core/request/request-status.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import { viewFor } from "../../src/core/request/view-for.js";

/*
 * Two requests of one grantee for one entitlement, in one lane, before a provisioner that leaves what the other request
 * holds: explored to the end (invariant 12). Each says why it asks, which the other's views must not show (invariant 14).
 *
 * The bounds: five hours, schedule always open, grants of two hours, facts that hold; the grantee may revoke at any time; a
 * provisioner that applies, crashes or fails.
 */

const hour = 3_600_000;
const begin = Date.UTC(2026, 2, 2);
const lastTick = 4;
const ada: Identity = { id: "ada", emails: [], accounts: [], attributes: { group: ["staff"] } };
const flow = defineAccessFlow({
  name: "pair",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
  grantFor: { kind: "fixed", amount: 2, unit: "hour" },
});

type Order = { readonly request: number; readonly effect: Extract<Effect, { generation: number }> };
type Pair = { readonly t: number; readonly states: readonly RequestState[]; readonly lane: readonly Order[]; readonly access: boolean };

const isOrder = (effect: Effect): effect is Order["effect"] => "generation" in effect;
const at = ({ t }: Pair) => begin + t * hour;

/** What each of the two says, in which the other's views must not be found. */
const justifications = ["canary-of-r1", "canary-of-r2"];

function started(): Pair {
  const states = justifications.map((justification, position) => {
    const answer = submitRequest(flow, {
      id: `r${position + 1}`,
      requestor: ada,
      justification,
      entitlements: [{ resource: "db-1", permission: "read" }],
      resources: [{ id: "db-1", name: "db", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
      at: begin,
    });
    if (!answer.ok) throw new Error("refused");
    return answer.value.state;
  });
  return { t: 0, states, lane: [], access: false };
}

/** The pair after an event of one of the two; what is refused or empty changes nothing but what was done before it. */
function after(pair: Pair, request: number, event: RequestEvent): Pair {
  const state = pair.states[request];
  const answer = state === undefined ? null : transitionRequest(state, deepFreeze(event));
  if (answer?.ok !== true) return pair;
  const orders = answer.value.effects.filter(isOrder).map((effect) => ({ request, effect }));
  return {
    ...pair,
    states: pair.states.map((each, position) => (position === request ? answer.value.state : each)),
    lane: [...pair.lane, ...orders],
  };
}

/** What the provisioner leaves when told to take access away: what the other request holds, nothing, or everything. */
type Leaves = "what is held" | "nothing" | "everything";

const factsAt = (pair: Pair) => ({ requestor: ada, grantee: null, flow: "active", notCovered: [], readAt: at(pair) }) as const;

function next(pair: Pair, leaves: Leaves): readonly Pair[] {
  const facts = factsAt(pair);
  const commands = [0, 1].flatMap((request) =>
    (
      [
        { type: "timeReached", at: at(pair) },
        { type: "factsRead", facts, at: at(pair) },
        { type: "revoke", by: { id: "ada" }, at: at(pair) },
      ] as const
    ).map((event) => after(pair, request, event)),
  );
  const ticked = pair.t < lastTick ? [{ ...pair, t: pair.t + 1 }] : [];
  return [...ticked, ...commands, ...worked(pair, leaves)];
}

/** The provisioner takes the oldest order: done, done and crashed, done and reported as failed, or failed. */
function worked(pair: Pair, leaves: Leaves): readonly Pair[] {
  const [order, ...lane] = pair.lane;
  if (order === undefined) return [];
  const { request, effect } = order;
  if (effect.notBefore !== null && effect.notBefore > at(pair)) return [];
  const other = pair.states[1 - request]?.status;
  const isHeldByOther = other === "activating" || other === "active";
  const isLeft = leaves === "everything" || (leaves === "what is held" && isHeldByOther);
  const access = effect.type === "activate" || (isLeft && pair.access);
  const report = { generation: effect.generation, reports: [], at: at(pair) };
  const isActivation = effect.type === "activate";
  const done: RequestEvent = isActivation ? { type: "activated", ...report } : { type: "deactivated", ...report };
  const failed: RequestEvent = isActivation
    ? { type: "activationFailed", retryable: false, ...report }
    : { type: "deactivationFailed", ...report };
  const [applied, rest] = [
    { ...pair, access },
    { ...pair, lane },
  ];
  return [applied, after({ ...applied, lane }, request, done), after({ ...applied, lane }, request, failed), after(rest, request, failed)];
}

function keyOf({ t, states, lane, access }: Pair): string {
  const stateKeys = states.map(({ status, wakeAt, awaitingFacts, grant, cause }) => [
    ...[status, wakeAt === null ? null : Math.ceil((wakeAt - begin) / hour), awaitingFacts, grant?.window.start, cause],
  ]);
  const orders = lane.map(({ request, effect }) => [
    ...[request, effect.type, effect.generation - (states[request]?.grant?.generation ?? 0)],
    (effect.notBefore ?? 0) > begin + t * hour,
  ]);
  return JSON.stringify([t, access, stateKeys, orders]);
}

/** Every pair that can be reached, each once; up to the first that is looked for. */
function explored(leaves: Leaves, until: (pair: Pair) => boolean = () => false): readonly Pair[] {
  const first = started();
  const seen = new Map([[keyOf(first), first]]);
  for (const pair of seen.values()) {
    if (until(pair)) break;
    for (const reached of next(pair, leaves)) {
      const key = keyOf(reached);
      if (!seen.has(key)) seen.set(key, reached);
    }
  }
  return [...seen.values()];
}

/**
 * One step of honest time and an honest provisioner: the oldest order done, facts read, or the earliest timer fired; time
 * goes on from where it is, beyond the bounds, too. null: nothing is left to do.
 */
function honest(pair: Pair): Pair | null {
  const [order, ...lane] = pair.lane;
  if (order !== undefined) {
    const due = { ...pair, t: Math.max(pair.t, ((order.effect.notBefore ?? 0) - begin) / hour) };
    const report = { generation: order.effect.generation, reports: [], at: at(due) };
    const isActivation = order.effect.type === "activate";
    const other = due.states[1 - order.request]?.status;
    const access = isActivation || (due.access && (other === "activating" || other === "active"));
    return after({ ...due, lane, access }, order.request, { type: isActivation ? "activated" : "deactivated", ...report });
  }
  const reads = pair.states.findIndex(({ awaitingFacts }) => awaitingFacts);
  if (reads >= 0) return after(pair, reads, { type: "factsRead", facts: factsAt(pair), at: at(pair) });
  const [first] = pair.states
    .flatMap(({ wakeAt }, request) => (wakeAt === null ? [] : [{ wakeAt, request }]))
    .sort((left, right) => left.wakeAt - right.wakeAt);
  if (first === undefined) return null;
  const due = { ...pair, t: Math.max(pair.t, (first.wakeAt - begin) / hour) };
  return after(due, first.request, { type: "timeReached", at: at(due) });
}

/** Whether it comes to an end for both, with nothing left, within so many honest steps. */
function comesToAnEnd(pair: Pair, step: typeof honest = honest): boolean {
  let current: Pair | null = pair;
  for (let steps = 0; current !== null && steps < 40; steps += 1) {
    if (isOver(current) && current.lane.length === 0) return !current.access;
    current = step(current);
  }
  return false;
}

const isOver = ({ states }: Pair) => states.every(({ status }) => isEnd(status));

const has = ({ states }: Pair, ...statuses: string[]) => states.some(({ status }) => statuses.includes(status));

const lacksAccess = (pair: Pair) => has(pair, "active") && !pair.access;
const hasTooMuch = (pair: Pair) => pair.access && !has(pair, "activating", "active", "deactivating");
const viewOf = (state: RequestState) => viewFor(state, { identity: ada, at: state.lastAt });
const showsOther = (view: unknown, position: number) => JSON.stringify(view).includes(justifications[1 - position] ?? "");

describe("two requests of one grantee for one entitlement", () => {
  const pairs = explored("what is held");

  it("L6: invariant 12: who is active has access, whatever became of the other request", () => {
    expect(pairs.filter(lacksAccess).map(keyOf)).toEqual([]);
  });

  it("L6: invariant 12: access is there only while one of the two is activating, active or not yet deactivated", () => {
    expect(pairs.filter(hasTooMuch).map(keyOf)).toEqual([]);
  });

  it("L6: invariant 12: where both are over, nothing is left", () => {
    const over = pairs.filter((pair) => isOver(pair) && pair.lane.length === 0);
    expect(over.length).toBeGreaterThan(0);
    expect(pairs.filter((pair) => isOver(pair) && (pair.access || pair.lane.length > 0)).map(keyOf)).toEqual([]);
  });

  it("L6: invariant 7: from every state time and an honest provisioner bring both to an end", () => {
    // Time leads from every pair to one of the last hour.
    const last = pairs.filter(({ t }) => t === lastTick);
    expect(last.filter((pair) => !comesToAnEnd(pair)).map(keyOf)).toEqual([]);
  });

  it("L6: invariant 7 is broken by a provisioner that serves the first request only", () => {
    const ofOne = (pair: Pair) => (pair.lane[0]?.request === 1 ? null : honest(pair));
    expect(pairs.filter(({ t }) => t === lastTick).some((pair) => !comesToAnEnd(pair, ofOne))).toBe(true);
  });

  it("L6: every state within the bounds, which have not shrunk", () => {
    console.info(`two requests (one entitlement, five hours): ${pairs.length} states`);
    expect(pairs.length).toBeGreaterThanOrEqual(21_440);
  });

  it("L8: invariant 14: no view of a request shows why the other one was made", () => {
    expect(pairs.flatMap(({ states }) => states).filter((state, index) => showsOther(viewOf(state), index % 2))).toEqual([]);
  });

  it("L6: invariant 12 is broken by a provisioner that takes away what the other request holds", () => {
    expect(explored("nothing", lacksAccess).some(lacksAccess)).toBe(true);
  });

  it("L6: invariant 12 is broken by a provisioner that leaves what nobody holds", () => {
    expect(explored("everything", hasTooMuch).some(hasTooMuch)).toBe(true);
  });

  it("L8: invariant 14 is broken by a view that lists what else the grantee has asked for", () => {
    const withAll = ({ states }: Pair) => states.map((state) => ({ ...viewOf(state), history: states.map(viewOf) }));
    expect(
      pairs
        .slice(0, 10)
        .flatMap(withAll)
        .filter((view, index) => showsOther(view, index % 2)).length,
    ).toBeGreaterThan(0);
  });
});
