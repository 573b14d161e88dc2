import { isOpen as isOpenAt } from "accessflow";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { RecordedRequestEvent } from "../../src/core/request/recorded-request-event.js";
import { replay } from "../../src/core/request/replay.js";
import type { RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { isEnd } from "../../src/core/request/request-status.js";
import { viewFor } from "../../src/core/request/view-for.js";
import {
  ada,
  alias,
  begun,
  type Configuration,
  canary,
  explore,
  type Fault,
  gil,
  honestStep,
  instantOf,
  keyOf,
  lastTick,
  machineOf,
  submitted,
  type World,
  type WorldStep,
} from "./request-world.js";

/*
 * What is wrong with an explored request, by the number of the invariant that it breaks.
 */

export type Broken = ReadonlyMap<number, readonly string[]>;

export type View = (...input: Parameters<typeof viewFor>) => unknown;

export type Explored = {
  readonly worlds: readonly World[];
  readonly broken: Broken;
  readonly steps: number;
  /** Steps that a delay makes better (invariant 13). */
  readonly hastened: readonly string[];
  /** What was recorded on the way to a world, by its position, the submission first. */
  readonly logOf: (position: number) => readonly RecordedRequestEvent[];
};

/** Everything that can be reached, or so many worlds, and what is wrong there. */
export function explored(configuration: Configuration, fault: Fault | null = null, view: View = viewFor, limit?: number): Explored {
  const broken = new Map<number, string[]>();
  const note = ([number, what]: readonly [number, string]): void => void broken.set(number, [...(broken.get(number) ?? []), what]);
  const links: Link[] = [];
  const found = new Map<number, Link>();
  const visit = (step: WorldStep, from: number, to: number): void => {
    stepFaults(step, fault).forEach(note);
    const link = { from, to, action: step.action, isEvent: step.event !== null, recorded: step.recorded };
    links.push(link);
    if (to > from && !found.has(to)) found.set(to, link);
  };
  const worlds = explore(begun(configuration), visit, fault, limit);
  worlds.flatMap((world) => worldFaults(world, fault, view)).forEach(note);
  const logOf = (position: number): readonly RecordedRequestEvent[] => {
    const log: RecordedRequestEvent[] = [];
    for (let link = found.get(position); link !== undefined; link = found.get(link.from))
      if (link.recorded !== null) log.unshift(link.recorded);
    const { recorded } = submitted(configuration);
    return recorded === null ? log : [recorded, ...log];
  };
  return { worlds, broken, steps: links.length, hastened: limit === undefined ? hastenedBy(worlds, links) : [], logOf };
}

/** Worlds, one in so many, whose whole log does not lead to their state (invariant 9). */
export function mislogged({ worlds, logOf }: Explored, oneIn: number): readonly string[] {
  return worlds.flatMap(({ state }, position) => {
    if (position % oneIn !== 0) return [];
    return leadsTo(logOf(position), state) ? [] : [`${state.status} of revision ${state.revision}`];
  });
}

/** Whether a log is that of a state. One that is wrong need not lead to a state at all: `replay` then throws. */
function leadsTo(log: readonly RecordedRequestEvent[], state: RequestState): boolean {
  if (log.length !== state.revision) return false;
  try {
    return JSON.stringify(replay(log)) === JSON.stringify(state);
  } catch {
    return false;
  }
}

type Link = {
  readonly recorded: RecordedRequestEvent | null;
  readonly from: number;
  readonly to: number;
  readonly action: string;
  readonly isEvent: boolean;
};

/**
 * Events before the access after which it can be there earlier if they come a tick later: the best that can come of
 * each event is compared with the best that can come of the same event in the same world one tick on.
 */
function hastenedBy(worlds: readonly World[], links: readonly Link[]): readonly string[] {
  const earliest = earliestStarts(worlds, links);
  const next = new Map<string, number>();
  for (const { from, to, action, isEvent } of links) if (isEvent || action === "tick") next.set(`${from} ${action}`, to);
  return links.flatMap(({ from, to, action, isEvent }) => {
    const later = next.get(`${next.get(`${from} tick`)} ${action}`);
    if (!isEvent || later === undefined || worlds[from]?.state.grant !== null) return [];
    const [now, then] = [earliest[to] ?? 0, earliest[later] ?? 0];
    return then < now ? [`${worlds[from]?.state.status} –${action} at ${worlds[from]?.t}: ${now} becomes ${then}`] : [];
  });
}

/** The earliest start of a grant that can be reached from each world; infinity where there is none. */
function earliestStarts(worlds: readonly World[], links: readonly Link[]): readonly number[] {
  const before: number[][] = worlds.map(() => []);
  for (const { from, to } of links) before[to]?.push(from);
  const earliest = worlds.map(({ state }) => state.grant?.window.start ?? Number.POSITIVE_INFINITY);
  const open = [...earliest.keys()].filter((position) => earliest[position] !== Number.POSITIVE_INFINITY);
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const start = earliest[position] ?? 0;
    for (const previous of before[position] ?? []) {
      if ((earliest[previous] ?? 0) <= start) continue;
      earliest[previous] = start;
      open.push(previous);
    }
  }
  return earliest;
}

/** What is wrong with a step, by the number of the invariant it breaks. */
function stepFaults(step: WorldStep, fault: Fault | null): readonly (readonly [number, string])[] {
  const { before, after, event, recorded, effects, action } = step;
  const [was, is] = [before.state, after.state];
  const faults: (readonly [number, boolean])[] = [
    [1, isEnd(is.status) && (after.access || after.lane.some(({ type }) => type === "activate"))],
    [2, is.status === "activating" && was.status === "scheduled" && !mayActivate(step)],
    [2, event?.type === "completeMfa" && is !== was && !isMfaNow(event, was)],
    [2, is.status === "active" && was.status !== "active" && was.status !== "activating"],
    [3, after.access && !["activating", "active", "deactivating"].includes(is.status)],
    [4, isEnd(was.status) && is !== was],
    [4, was.approval?.status === "approved" && is.approval?.status !== "approved"],
    [4, was.approval?.status === "rejected" && is.approval?.status !== "rejected"],
    [5, is.approval?.votes.some(({ voter }) => voter !== "lena") === true || (is.approval?.votes.length ?? 0) > 1],
    [6, endedByRemoval(is) && was.status !== is.status && !isLastRemoval(step)],
    [9, is !== was && is.revision !== was.revision + 1],
    [9, event !== null && (recorded === null) !== (is === was)],
    [9, recorded !== null && before.stale === null && !isSame(machineOf(fault).fold(was, recorded), is)],
    [10, effects.some(({ key }, position) => key !== `r1:${is.revision}:${position}`)],
    [10, event !== null && recorded !== null && before.stale === null && !isRepeatable(step, fault)],
    [11, was.grant !== null && event?.type !== "extend" && !isSameWindow(was, is)],
    [11, is.grant !== null && !isWithinGrant(is)],
    [11, is.status === "active" && was.status !== "active" && is.lastAt >= (is.grant?.window.end ?? Number.POSITIVE_INFINITY)],
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
  if (event.type !== "factsRead" && event.type !== "extend") return false;
  const { requestor, grantee, flow, notCovered } = event.facts;
  return [requestor, grantee, flow, notCovered].includes("unknown");
}

/** Whether the grantee has completed MFA within the last quarter of an hour (L2). */
function isMfaNow({ by, evidence, at }: Extract<RequestEvent, { type: "completeMfa" }>, { request }: RequestState): boolean {
  const age = Number(at) - evidence.at;
  return by.id === (request.grantee ?? request.requestor).id && age >= 0 && age <= 15 * 60_000;
}

/** Whether access is ordered by this step. */
function isGiven({ before, after }: WorldStep): boolean {
  return before.state.status === "scheduled" && after.state.status === "activating";
}

function mayActivate({ before, event, after }: WorldStep): boolean {
  const { flow, startAt, grantee } = before.state.request;
  const { approval, mfa } = before.state;
  if (event?.type !== "factsRead") return false;
  const at = Number(event.at);
  const isAllowed = flow.approval.kind === "automatic" || approval?.status === "approved";
  const isFresh = event.facts.readAt <= at && at - event.facts.readAt <= 60_000;
  const { requestor, flow: flowNow, notCovered } = event.facts;
  const arePeopleThere = requestor === ada && event.facts.grantee === (grantee === null ? null : gil);
  const holds = arePeopleThere && flowNow === "active" && notCovered.length === 0;
  const isOpen = isOpenAt(flow.schedule, at) && after.t % 4 !== 1;
  return isAllowed && (!flow.settings.requireMfa || mfa !== null) && isFresh && holds && isOpen && at >= (startAt ?? 0);
}

function endedByRemoval({ status }: RequestState): boolean {
  return status === "ended" || status === "revoked" || status === "activationFailed";
}

function isLastRemoval({ before, event }: WorldStep): boolean {
  return event?.type === "deactivated" && event.generation === before.state.grant?.generation;
}

/** Whether the same state and event give the same effects again, but for those that a host with a fault has dropped. */
function isRepeatable({ before, event, effects }: WorldStep, fault: Fault | null): boolean {
  if (event === null || fault === "activationFailed as a direct end") return true;
  const again = machineOf(fault).step(before.state, deepFreeze(event));
  return again.ok && JSON.stringify(again.value.effects) === JSON.stringify(effects);
}

function isWithinGrant({ grant, request }: RequestState): boolean {
  if (grant === null) return true;
  const { window, extensions } = grant;
  const isFixed = request.flow.grantFor.kind === "fixed";
  const longest = isFixed ? (3 + extensions) * 6 * 3_600_000 : Number.POSITIVE_INFINITY;
  const isShort = isFixed === (window.end !== null) && (window.end ?? 0) - window.start <= longest;
  return isShort && extensions <= request.flow.settings.maxExtensions && window.start >= (request.startAt ?? 0);
}

/** The two states that no clock ends: access without an end, and an approval that does not expire. */
function waitsForPeople(world: World): boolean {
  const { status, grant } = world.state;
  return (status === "active" && grant?.window.end === null) || (status === "awaitingApproval" && neverExpires(world));
}

/** Whoever asked can give the access back, or take the request back. */
function somebodyCanAct({ state }: World, fault: Fault | null): boolean {
  const type = state.status === "active" ? "revoke" : "withdraw";
  return machineOf(fault).step(state, { type, by: { id: ada.id }, at: state.lastAt }).ok;
}

function neverExpires({ state: { approval } }: World): boolean {
  const rules = approval?.rules.approval;
  return rules?.kind === "approvalOf" && rules.expiresAfter === "never";
}

/** What is wrong with a world that can be reached. */
function worldFaults(world: World, fault: Fault | null, view: View): readonly (readonly [number, string])[] {
  const { state, lane, reading } = world;
  const { status, wakeAt } = state;
  const isAlive = isEnd(status) || wakeAt !== null || lane.length > 0 || reading || (waitsForPeople(world) && somebodyCanAct(world, fault));
  const at = Math.max(instantOf(world.t), state.lastAt);
  const early = wakeAt === null ? at : wakeAt - 1;
  const faults: (readonly [number, boolean])[] = [
    [7, !isAlive],
    [8, early >= state.lastAt && changesAt(state, early, fault)],
    [8, wakeAt !== null && !changesAt(state, wakeAt, fault)],
    [14, showsReason(view, world, at)],
  ];
  return faults.flatMap(([number, isWrong]) => (isWrong ? [[number, status] as const] : []));
}

/** Whether requestor or grantee, or the requestor under another id and as an administrator, is shown why it was approved. */
function showsReason(view: View, { state }: World, at: number): boolean {
  const viewers = [
    { identity: ada, at },
    { identity: alias, administrator: true, at },
    ...(state.request.grantee === null ? [] : [{ identity: gil, at }]),
  ];
  return viewers.some((viewer) => JSON.stringify(view(state, viewer)).includes(canary));
}

function changesAt(state: RequestState, at: number, fault: Fault | null): boolean {
  const answer = machineOf(fault).step(state, { type: "timeReached", at });
  return !answer.ok || answer.value.state !== state;
}

/**
 * Worlds from which honest time and honest workers never come to an end, other than those that are without one. Time
 * leads from every world to one of the last tick, so it is enough to begin there.
 */
export function endless(worlds: readonly World[], step: typeof honestStep = honestStep): readonly string[] {
  const good = new Set<string>();
  return worlds.flatMap((world) => {
    if (world.t < lastTick) return [];
    const way: string[] = [];
    let current: World | null = world;
    for (let steps = 0; current !== null && steps < 60; steps += 1) {
      const key = keyOf(current);
      const isThere = isEnd(current.state.status) || (waitsForPeople(current) && current.lane.length === 0);
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
