import { isOpen as isOpenAt } from "accessflow";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { isEnd } from "../../src/core/request/request-status.js";
import { restoreRequestState } from "../../src/core/request/restore-request-state.js";
import { nextRequestState } from "../../src/core/request/state/next-request-state.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import { viewFor } from "../../src/core/request/view-for.js";
import {
  ada,
  begun,
  type Configuration,
  canary,
  configurations,
  explore,
  type Fault,
  honestStep,
  instantOf,
  keyOf,
  lastTick,
  machineOf,
  nameOf,
  type World,
  type WorldStep,
} from "./request-world.js";

/*
 * The request machine in a small world, explored to the end. Each test is one of the invariants that a host relies on,
 * under its number; the negative controls show that a host with a fault would break them.
 */

type Broken = { readonly [invariant: number]: string[] };

/** What is wrong with a step, by the number of the invariant it breaks. */
function stepFaults(step: WorldStep): readonly (readonly [number, string])[] {
  const { before, after, event, recorded, effects, action } = step;
  const [was, is] = [before.state, after.state];
  const faults: (readonly [number, boolean])[] = [
    [1, isEnd(is.status) && (after.access || after.lane.some(({ type }) => type === "activate"))],
    [2, is.status === "activating" && was.status === "scheduled" && !mayActivate(step)],
    [2, is.status === "active" && was.status !== "active" && was.status !== "activating"],
    [3, after.access && !["activating", "active", "deactivating"].includes(is.status)],
    [4, isEnd(was.status) && is !== was],
    [4, was.approval?.status === "approved" && is.approval?.status !== "approved"],
    [4, was.approval?.status === "rejected" && is.approval?.status !== "rejected"],
    [5, is.approval?.votes.some(({ voter }) => voter !== "lena") === true || (is.approval?.votes.length ?? 0) > 1],
    [6, endedByRemoval(is) && was.status !== is.status && !isLastRemoval(step)],
    [9, is !== was && is.revision !== was.revision + 1],
    [9, recorded !== null && before.stale === null && !isSame(nextRequestState(was, recorded), is)],
    [10, effects.some(({ key }, position) => key !== `r1:${is.revision}:${position}`)],
    [10, event !== null && recorded !== null && before.stale === null && keysAgain(was, step) !== effects.map(({ key }) => key).join()],
    [11, was.grant !== null && event?.type !== "extend" && !isSameWindow(was, is)],
    [11, is.grant !== null && !isWithinGrant(is)],
    [13, event !== null && knowsNot(event) && (isGiven(step) || !isSameWindow(was, is))],
    [13, event !== null && isGiven(step) && (is.grant?.window.start ?? 0) < Number(event.at)],
  ];
  return faults.flatMap(([number, isWrong]) => (isWrong ? [[number, `${was.status} –${action}→ ${is.status}`] as const] : []));
}

/** What was asked is written once: the very record. */
function isSame(left: RequestState, right: RequestState): boolean {
  return left.request === right.request && JSON.stringify({ ...left, request: null }) === JSON.stringify({ ...right, request: null });
}

function isSameWindow({ grant: was }: RequestState, { grant: is }: RequestState): boolean {
  return was?.window.start === is?.window.start && was?.window.end === is?.window.end;
}

function knowsNot(event: RequestEvent): boolean {
  return (event.type === "factsRead" || event.type === "extend") && event.facts.requestor === "unknown";
}

/** Whether access is ordered by this step. */
function isGiven({ before, after }: WorldStep): boolean {
  return before.state.status === "scheduled" && after.state.status === "activating";
}

function mayActivate({ before, event, after }: WorldStep): boolean {
  const { flow, startAt } = before.state.request;
  const { approval, mfa } = before.state;
  if (event?.type !== "factsRead") return false;
  const at = Number(event.at);
  const isAllowed = flow.approval.kind === "automatic" || approval?.status === "approved";
  const isFresh = event.facts.readAt <= at && at - event.facts.readAt <= 60_000;
  const holds = event.facts.requestor === ada && event.facts.flow === "active" && event.facts.notCovered.length === 0;
  const isOpen = isOpenAt(flow.schedule, at) && after.t % 4 !== 1;
  return isAllowed && (!flow.settings.requireMfa || mfa !== null) && isFresh && holds && isOpen && at >= (startAt ?? 0);
}

function endedByRemoval({ status }: RequestState): boolean {
  return status === "ended" || status === "revoked" || status === "activationFailed";
}

function isLastRemoval({ before, event }: WorldStep): boolean {
  return event?.type === "deactivated" && event.generation === before.state.grant?.generation;
}

function keysAgain(state: RequestState, { event }: WorldStep): string {
  if (event === null) return "";
  const again = transitionRequest(state, deepFreeze(event));
  return again.ok ? again.value.effects.map(({ key }) => key).join() : "refused";
}

function isWithinGrant({ grant, request }: RequestState): boolean {
  if (grant === null) return true;
  const { window, extensions } = grant;
  const isFixed = request.flow.grantFor.kind === "fixed";
  const longest = isFixed ? (3 + extensions) * 6 * 3_600_000 : Number.POSITIVE_INFINITY;
  const isShort = isFixed === (window.end !== null) && (window.end ?? 0) - window.start <= longest;
  return isShort && extensions <= request.flow.settings.maxExtensions && window.start >= (request.startAt ?? 0);
}

/** What is wrong with a world that can be reached. */
function worldFaults(world: World, fault: Fault | null = null, view: View = viewFor): readonly (readonly [number, string])[] {
  const { state, lane, reading } = world;
  const { status, wakeAt, grant } = state;
  const isOver = isEnd(status);
  const waitsForPeople =
    (status === "active" && grant?.window.end === null) ||
    (status === "awaitingApproval" && wakeAt === null) ||
    (status === "deactivating" && (grant?.attempts ?? 0) >= 3);
  const isAlive = isOver || wakeAt !== null || lane.length > 0 || reading || waitsForPeople;
  const at = Math.max(instantOf(world.t), state.lastAt);
  const early = wakeAt === null ? at : wakeAt - 1;
  const faults: (readonly [number, boolean])[] = [
    [7, !isAlive],
    [8, early >= state.lastAt && changesAt(state, early, fault)],
    [8, wakeAt !== null && !changesAt(state, wakeAt, fault)],
    [14, JSON.stringify(view(state, { identity: ada, at })).includes(canary)],
  ];
  return faults.flatMap(([number, isWrong]) => (isWrong ? [[number, status] as const] : []));
}

function changesAt(state: RequestState, at: number, fault: Fault | null): boolean {
  const answer = machineOf(fault)(state, { type: "timeReached", at });
  return !answer.ok || answer.value.state !== state;
}

/**
 * Worlds from which honest time and honest workers never come to an end, other than those that are without one. Time
 * leads from every world to one of the last tick, so it is enough to begin there.
 */
function endless(worlds: readonly World[], step: typeof honestStep = honestStep): readonly string[] {
  const good = new Set<string>();
  return worlds.flatMap((world) => {
    if (world.t < lastTick) return [];
    const way: string[] = [];
    let current: World | null = world;
    for (let steps = 0; current !== null && steps < 60; steps += 1) {
      const key = keyOf(current);
      const { status, grant } = current.state;
      const isThere = isEnd(status) || (status === "active" && grant?.window.end === null && current.lane.length === 0);
      way.push(key);
      if (isThere || good.has(key)) {
        for (const passed of way) good.add(passed);
        return [];
      }
      current = step(current);
    }
    return [`${world.state.status}, from ${keyOf(world)}`];
  });
}

function explored(configuration: Configuration): {
  readonly worlds: readonly World[];
  readonly broken: Broken;
  readonly statuses: ReadonlySet<string>;
  readonly steps: number;
} {
  const broken: { [invariant: number]: string[] } = {};
  const note = ([number, what]: readonly [number, string]): void => {
    broken[number] = [...(broken[number] ?? []), what];
  };
  let steps = 0;
  const worlds = explore(begun(configuration), (step) => {
    steps += 1;
    stepFaults(step).forEach(note);
  });
  worlds.flatMap((world) => worldFaults(world)).forEach(note);
  return { worlds, broken, statuses: new Set(worlds.map(({ state }) => state.status)), steps };
}

const results = configurations.map((configuration) => ({ configuration, ...explored(configuration) }));

const invariants: [number, string][] = [
  [1, "no access, and no order to give it, in a final state"],
  [2, "activating only after approval, MFA and fresh facts, with the schedule open and the start reached"],
  [3, "access in the world only in activating, active and deactivating"],
  [4, "a final status stays, an approval stays, a rejection stays"],
  [5, "no vote by the requestor under any id, and none twice"],
  [6, "ended, revoked and activationFailed only after `deactivated` of the newest generation"],
  [7, "every state that is no end has a timer, an open effect or somebody who can act"],
  [8, "`wakeAt` is exact to the millisecond"],
  [9, "the revision counts recorded events, and the state is their fold"],
  [10, "effects and their keys are a function of state and event"],
  [11, "the window stays within what was granted, and only an extension moves it"],
  [13, "what is unknown gives nothing, and what comes later begins later"],
  [14, "no view of the requestor holds an approval's reason"],
];

describe("the request machine in a small world, explored to the end", () => {
  it.each(invariants)("L3–L7: invariant %i: %s", (number) => {
    const found = results.flatMap(({ configuration, broken }) =>
      [...new Set(broken[number] ?? [])].map((what) => `${nameOf(configuration)}: ${what}`),
    );
    expect(found).toEqual([]);
  });

  it("L6: invariant 7: from every state time and honest workers come to an end, unless the access is without one", () => {
    expect(results.flatMap(({ configuration, worlds }) => endless(worlds).map((what) => `${nameOf(configuration)}: ${what}`))).toEqual([]);
  });

  it("L13: every state that can be reached can be restored", () => {
    const states = results.flatMap(({ worlds }) => worlds.map(({ state }) => state));
    const sample = states.filter((_, index) => index % 151 === 0);
    expect(sample.length).toBeGreaterThan(50);
    const wrong = sample.flatMap((state) => {
      const restored = restoreRequestState(JSON.parse(JSON.stringify(state)));
      return restored.ok ? [] : [restored.error];
    });
    expect(wrong).toEqual([]);
  });

  it("L: every status is reached", () => {
    const reached = new Set(results.flatMap(({ statuses }) => [...statuses]));
    expect(reached.size).toBe(12);
    const [states, steps] = [
      results.reduce((sum, { worlds }) => sum + worlds.length, 0),
      results.reduce((sum, each) => sum + each.steps, 0),
    ];
    // The bounds: one entitlement, ten ticks, and what `configurations` has.
    console.info(`request machine: ${configurations.length} configurations, ${states} states, ${steps} steps`);
    expect(states).toBeGreaterThan(20_000);
  });
});

/** Which invariants a fault breaks within so many states. */
function brokenBy(fault: Fault | null, configuration: Configuration, view: View = fault === null ? viewFor : noView): readonly number[] {
  const found = new Set<number>();
  const note = ([number]: readonly [number, string]): void => void found.add(number);
  const visit = (step: WorldStep): void => stepFaults(step).forEach(note);
  const worlds = explore(begun(configuration), visit, fault, 1_500);
  worlds.flatMap((world) => worldFaults(world, fault, view)).forEach(note);
  return [...found];
}

/** States that a faulty machine makes are none of the library's: no view of them is given. */
function noView(): null {
  return null;
}

type View = (...input: Parameters<typeof viewFor>) => unknown;

describe("negative controls", () => {
  const plain: Configuration = { mfa: false, approval: false, startAt: null, indefinite: false, extensions: 0 };
  const approved: Configuration = { ...plain, approval: true };

  it("without a fault nothing is broken", () => {
    expect([brokenBy(null, plain), brokenBy(null, approved)]).toEqual([[], []]);
  });

  it.each<[number, Fault, Configuration]>([
    [1, "effects out of order", plain],
    [1, "activationFailed as a direct end", plain],
    [2, "facts however old", plain],
    [3, "effects out of order", plain],
    [3, "activationFailed as a direct end", plain],
    [4, "no revision check", approved],
    [5, "aliases left out", approved],
    [6, "activationFailed as a direct end", plain],
    [7, "a timer lost", plain],
    [8, "a timer late", plain],
    [9, "a revision skipped", plain],
    [10, "keys by chance", plain],
    [11, "a window that moves", plain],
    [13, "what is unknown holds", plain],
  ])("L3–L7: invariant %i is broken by: %s", (number, fault, configuration) => {
    expect(brokenBy(fault, configuration)).toContain(number);
  });

  it("L8: invariant 14 is broken by a view that shows the state", () => {
    expect(brokenBy(null, approved, (state) => state)).toContain(14);
  });

  it("L6: invariant 7 is broken where timers never fire: some states come to no end", () => {
    expect(
      endless(
        explore(begun(plain), () => {}),
        (world) => (world.lane.length > 0 ? honestStep(world) : null),
      ),
    ).not.toEqual([]);
  });
});
