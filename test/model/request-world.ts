import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { RecordedRequestEvent } from "../../src/core/request/recorded-request-event.js";
import type { Effect } from "../../src/core/request/request-effect.js";
import type { FactsRead, RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { isEnd } from "../../src/core/request/request-status.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { faultyMachines, type Machine, made, requestMachine } from "./request-faults.js";

/*
 * A small world around the request machine: a clock of ten ticks, people, a provisioner that carries out the effects of
 * one lane, and the access that is there or is not. Everything that can happen next is enumerated.
 *
 * A tick is six hours of UTC; the schedule is closed in the second quarter of each day, so at t ≡ 1 (mod 4).
 */

export const tick: number = 6 * 3_600_000;
export const lastTick = 9;
const begin = Date.UTC(2026, 2, 2);

export function instantOf(t: number): number {
  return begin + t * tick;
}

export type Configuration = {
  readonly mfa: boolean;
  /** "never": an approval that does not expire. */
  readonly approval: boolean | "never";
  readonly startAt: number | null;
  readonly indefinite: boolean;
  readonly extensions: 0 | 1;
  /** Whether `ada` asks for somebody else, `gil`. */
  readonly grantee: boolean;
};

const approvalsThatExpire: readonly Configuration[] = [false, true].flatMap((mfa) =>
  [false, true].flatMap((approval) =>
    [null, 2].flatMap((startAt) =>
      // Extensions of what has no end mean nothing (D5).
      (
        [
          [false, 0],
          [false, 1],
          [true, 0],
        ] as const
      ).map(([indefinite, extensions]) => ({ mfa, approval, startAt, indefinite, extensions, grantee: false })),
    ),
  ),
);

export const configurations: readonly Configuration[] = [
  ...approvalsThatExpire,
  ...[false, true].map(
    (indefinite) => ({ mfa: false, approval: "never", startAt: null, indefinite, extensions: 0, grantee: false }) as const,
  ),
  { mfa: true, approval: true, startAt: null, indefinite: false, extensions: 1, grantee: true },
];

export function nameOf({ mfa, approval, startAt, indefinite, extensions, grantee }: Configuration): string {
  const people = approval === "never" ? "approval that never expires" : approval ? "approval" : "automatic";
  const parts = [mfa ? "MFA" : "no MFA", people, startAt === null ? "at once" : `from ${startAt}`];
  return [...parts, indefinite ? "indefinite" : `fixed, ${extensions} extensions`, ...(grantee ? ["for a grantee"] : [])].join(", ");
}

/** Faults that a host could have: what the invariants are there to find. */
export type Fault =
  | "effects out of order"
  | "activationFailed as a direct end"
  | "no revision check"
  | "an order kept past the end"
  | "access given ahead"
  | "a removal lost"
  | keyof typeof faultyMachines;

/** The machine itself, or the one with that fault. */
export function machineOf(fault: Fault | null): Machine {
  return fault !== null && Object.hasOwn(faultyMachines, fault) ? faultyMachines[fault as keyof typeof faultyMachines] : requestMachine;
}

export type World = {
  readonly t: number;
  readonly state: RequestState;
  /** Effects on the grantee's access that are not done yet, oldest first. */
  readonly lane: readonly Effect[];
  /** `readFacts` was asked for and has not been answered. */
  readonly reading: boolean;
  /** Whether the grantee can use what was asked for. */
  readonly access: boolean;
  /** What another process has loaded before the last event, and may still write by; null where writes are checked. */
  readonly stale: RequestState | null;
};

/** A step of the world; `event` where it is one of the machine's. */
export type WorldStep = {
  readonly before: World;
  readonly action: string;
  readonly event: RequestEvent | null;
  readonly effects: readonly Effect[];
  readonly recorded: RecordedRequestEvent | null;
  readonly after: World;
};

export const canary = "canary-7f3a";

const person = (id: string, group: string): Identity => ({ id, emails: [], accounts: [], attributes: { group: [group] } });
export const ada: Identity = person("ada", "staff");
const lena = person("lena", "leads");
/** Who asks, under another id. */
export const alias: Identity = { ...person("alias", "leads"), accounts: ["ada"] };
/** For whom is asked, and who would be an approver. */
export const gil: Identity = person("gil", "leads");
const former: Identity = { ...person("former", "leads"), active: false };

const hours = (ticks: number) => ({ amount: 6 * ticks, unit: "hour" }) as const;

/** The request as it was submitted. */
export function submitted({ mfa, approval, startAt, indefinite, extensions, grantee }: Configuration): Submitted {
  const flow = defineAccessFlow({
    name: "explored",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["leads"] }] } },
    targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
    schedule: {
      kind: "onlyOn",
      days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
      from: "12:00",
      to: "06:00",
      timeZone: "UTC",
    },
    grantFor: indefinite ? { kind: "indefinite" } : { kind: "fixed", ...hours(3) },
    ...(approval !== false
      ? {
          approval: {
            kind: "approvalOf",
            groups: "anyOf",
            approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }],
            expiresAfter: approval === "never" ? approval : hours(3),
          } as const,
        }
      : {}),
    settings: {
      requireMfa: mfa,
      ...(mfa ? { mfaWithin: hours(2) } : {}),
      requestorCannotApproveSelf: true,
      startWithin: hours(4),
      activateWithin: hours(4),
      maxExtensions: extensions,
      extension: hours(1),
    },
  });
  const answer = submitRequest(
    flow,
    deepFreeze({
      id: "r1",
      requestor: ada,
      ...(grantee ? { grantee: gil } : {}),
      entitlements: [{ resource: "db-1", permission: "read" }],
      resources: [{ id: "db-1", name: "db", type: "database", integration: "pg", tags: {}, permissions: ["read"] }],
      ...(startAt === null ? {} : { startAt: instantOf(startAt) }),
      at: instantOf(0),
    }),
  );
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

type Submitted = Extract<ReturnType<typeof submitRequest>, { readonly ok: true }>["value"];

export function begun(configuration: Configuration): World {
  const { state, effects } = submitted(configuration);
  return withEffects({ t: 0, state, lane: [], reading: false, access: false, stale: null }, effects);
}

function withEffects(world: World, effects: readonly Effect[]): World {
  const orders = effects.filter(({ type }) => type === "activate" || type === "deactivate" || type === "changeEnd");
  return {
    ...world,
    lane: [...world.lane, ...orders],
    reading: world.reading || effects.some(({ type }) => type === "readFacts"),
  };
}

/** Everything that can happen next. */
export function stepsFrom(world: World, fault: Fault | null = null): readonly WorldStep[] {
  const at = instantOf(world.t);
  // Where all is over and done, time brings nothing that this instant does not.
  const isDone = isEnd(world.state.status) && world.lane.length === 0 && world.stale === null;
  const steps: WorldStep[] = world.t < lastTick && !isDone ? [plain(world, "tick", { ...world, t: world.t + 1 })] : [];
  for (const [action, event] of commandsAt(world, at)) steps.push(...sent(world, action, event, fault));
  return [...steps, ...workerSteps(world, at, fault)];
}

function plain(before: World, action: string, after: World): WorldStep {
  return { before, action, event: null, effects: [], recorded: null, after };
}

/** What is read where nothing has changed. */
function factsAt({ request }: RequestState, at: number): FactsRead {
  return { requestor: ada, grantee: request.grantee === null ? null : gil, flow: "active", notCovered: [], readAt: at };
}

/** Facts with one of them taken away. */
function lessThan(facts: FactsRead): readonly (readonly [string, FactsRead])[] {
  return [
    ["unknown facts of the requestor", { ...facts, requestor: "unknown" }],
    ...(facts.grantee === null ? [] : [["unknown facts of the grantee", { ...facts, grantee: "unknown" }] as const]),
    ["an unknown flow", { ...facts, flow: "unknown" }],
    ["unknown coverage", { ...facts, notCovered: "unknown" }],
  ];
}

function commandsAt({ state, reading }: World, at: number): readonly (readonly [string, RequestEvent])[] {
  const facts = factsAt(state, at);
  const by = { id: "ada" };
  const grantee = { id: state.request.grantee?.id ?? "ada" };
  const vote = { type: "vote", at } as const;
  // What a status has no place for is refused by the table; here votes, withdrawals and revocations try everywhere.
  const commands: (readonly [string, RequestEvent])[] = [
    ["time", { type: "timeReached", at }],
    ["approve", { ...vote, voter: lena, decision: "approve", reason: canary }],
    ["reject", { ...vote, voter: lena, decision: "reject" }],
    ["withdraw", { type: "withdraw", by, at }],
    ["revoke", { type: "revoke", by, at }],
  ];
  if (state.status === "awaitingMfa") {
    const mfa = { type: "completeMfa", by: grantee, evidence: { id: "e1", at }, at } as const;
    commands.push(
      ["MFA", mfa],
      ["MFA of sixteen minutes ago", { ...mfa, evidence: { id: "e1", at: at - 16 * 60_000 } }],
      ["MFA yet to come", { ...mfa, evidence: { id: "e1", at: at + 1 } }],
      ["MFA of somebody else", { ...mfa, by: { id: "lena" } }],
    );
  }
  if (state.status === "awaitingApproval") {
    commands.push(
      ["approve oneself", { ...vote, voter: ada, decision: "approve" }],
      ["approve oneself under another id", { ...vote, voter: alias, decision: "approve" }],
      ["approve after leaving", { ...vote, voter: former, decision: "approve" }],
      ...(facts.grantee === null ? [] : [["approve for oneself", { ...vote, voter: gil, decision: "approve" }] as const]),
    );
  }
  if (state.status === "active") {
    commands.push(
      ["extend", { type: "extend", by: grantee, facts, at }],
      ...lessThan(facts).map(([what, less]) => [`extend on ${what}`, { type: "extend", by: grantee, facts: less, at }] as const),
    );
  }
  if (reading || state.status === "active") {
    commands.push(
      ["facts hold", { type: "factsRead", facts, at }],
      ["facts are old", { type: "factsRead", facts: { ...facts, readAt: at - 60_001 }, at }],
      ...lessThan(facts).map(([what, less]) => [what, { type: "factsRead", facts: less, at }] as const),
      ...(facts.grantee === null
        ? []
        : [["the grantee is gone", { type: "factsRead", facts: { ...facts, grantee: "gone" }, at }] as const]),
      ["the requestor is gone", { type: "factsRead", facts: { ...facts, requestor: "gone" }, at }],
      ["no longer covered", { type: "factsRead", facts: { ...facts, notCovered: [0] }, at }],
      ["the flow is inactive", { type: "factsRead", facts: { ...facts, flow: "inactive" }, at }],
    );
  }
  return commands;
}

/** An event as the host saves it: by the state as it is, or, with that fault, also by one that is old. */
function sent(world: World, action: string, event: RequestEvent, fault: Fault | null): readonly WorldStep[] {
  const saved = save(world, action, world.state, event, fault);
  const blind = world.stale === null ? null : save(world, `${action}, by an old state`, world.stale, event, fault);
  return [saved, blind].filter((step) => step !== null);
}

function save(before: World, action: string, loaded: RequestState, event: RequestEvent, fault: Fault | null): WorldStep | null {
  const answer = machineOf(fault).step(loaded, deepFreeze(event));
  // Whatever became of it, the answer has arrived.
  const heard = event.type === "factsRead" ? { ...before, reading: answer.ok ? false : before.reading } : before;
  // What is refused or empty leads nowhere, unless it changes the state all the same.
  if (!answer.ok || (answer.value.recorded === null && answer.value.state === loaded)) return null;
  const { effects, recorded } = answer.value;
  const state = fault === "activationFailed as a direct end" ? endedDirectly(answer.value.state) : answer.value.state;
  const kept = state === answer.value.state ? effects : [];
  const stale = fault === "no revision check" ? before.state : null;
  const after = withEffects(
    { ...heard, state, stale },
    kept.filter(({ type }) => type !== "deactivate" || fault !== "a removal lost"),
  );
  return { before, action, event, effects: kept, recorded, after: withHostFault(after, fault) };
}

/** What a host with one of these faults makes of a world. */
function withHostFault(world: World, fault: Fault | null): World {
  const { state, lane, access } = world;
  if (fault === "access given ahead") return { ...world, access: state.status === "scheduled" || (access && !isEnd(state.status)) };
  if (fault !== "an order kept past the end" || !isEnd(state.status) || lane.length > 0) return world;
  // So much later that nobody comes to carry it out here.
  const notBefore = instantOf(lastTick + 1);
  return { ...world, lane: [{ key: "kept", type: "activate", generation: state.grant?.generation ?? 1, notBefore }] };
}

function endedDirectly(state: RequestState): RequestState {
  return state.status === "deactivating" && state.cause === "activationFailed"
    ? made({ ...state, status: "activationFailed", wakeAt: null })
    : state;
}

/** The provisioner takes the oldest effect – or, with that fault, any – and may crash before or after it reports. */
function workerSteps(world: World, at: number, fault: Fault | null): readonly WorldStep[] {
  const positions = fault === "effects out of order" ? world.lane.map((_, position) => position) : world.lane.slice(0, 1).map(() => 0);
  return positions.flatMap((position) => {
    const effect = world.lane[position];
    if (effect === undefined || (effect.type !== "activate" && effect.type !== "deactivate" && effect.type !== "changeEnd")) return [];
    if (effect.notBefore !== null && effect.notBefore > at) return [];
    const rest = world.lane.filter((_, other) => other !== position);
    if (effect.type === "changeEnd") return [plain(world, "end changed", { ...world, lane: rest })];
    const { generation } = effect;
    const applied = { ...world, access: effect.type === "activate" };
    const report = { generation, reports: [], at } as const;
    const [done, failed]: readonly [RequestEvent, readonly RequestEvent[]] =
      effect.type === "activate"
        ? [{ type: "activated", ...report }, [true, false].map((retryable) => ({ type: "activationFailed", retryable, ...report }))]
        : [{ type: "deactivated", ...report }, [{ type: "deactivationFailed", ...report }]];
    const reported = (from: World, action: string, event: RequestEvent, lane: readonly Effect[]): WorldStep[] => {
      const base = { ...from, lane };
      // A report that is refused is done with: the effect is taken off the lane all the same.
      const step = save(base, action, base.state, event, fault) ?? plain(base, `${action}, refused`, base);
      return [{ ...step, before: world }];
    };
    return [
      plain(world, `${effect.type} applied, and crashed`, applied),
      ...reported(applied, `${effect.type} applied`, done, rest),
      ...reported(applied, `${effect.type} applied, reported, and crashed`, done, world.lane),
      ...failed.flatMap((event) => [
        ...reported(applied, `${effect.type} applied, and reported as failed`, event, rest),
        // With that fault only reports fail: what is wrong is then the end itself, and not that access is left.
        ...(fault === "a failed removal taken for one" && effect.type === "deactivate"
          ? []
          : reported(world, `${effect.type} failed`, event, rest)),
      ]),
    ];
  });
}

/**
 * What tells worlds apart, as far as the future goes: counters that only name or pace things are left out, due times
 * count in ticks, generations from that of the state.
 */
export function keyOf({ t, state, lane, reading, access, stale }: World): string {
  const { grant } = state;
  return JSON.stringify([
    ...[t, reading, access, stateKey(state), stale === null ? null : [stateKey(stale), state.revision - stale.revision]],
    lane.map((effect) => [
      effect.type,
      "generation" in effect ? effect.generation - (grant?.generation ?? 0) : 0,
      dueTick(notBefore(effect), t),
    ]),
  ]);
}

function notBefore(effect: Effect): number | null {
  return "notBefore" in effect ? effect.notBefore : null;
}

function stateKey({ status, wakeAt, awaitingFacts, activateBy, grant, cause, mfa, approval }: RequestState): unknown {
  const due = wakeAt === null ? null : Math.ceil((wakeAt - begin) / tick);
  const attempts = status === "activating" ? grant?.attempts : 0;
  const ends = grant === null ? null : [grant.window, grant.extensions, attempts];
  return [status, due, awaitingFacts, activateBy, ends, cause, mfa !== null, approval?.status ?? null, approval?.openedAt ?? null];
}

function dueTick(instant: number | null, t: number): boolean {
  return instant !== null && instant > instantOf(t);
}

/** Every world that can be reached, each once, and every step between them, with the positions of its two worlds. */
export function explore(
  first: World,
  visit: (step: WorldStep, from: number, to: number) => void,
  fault: Fault | null = null,
  limit = Number.POSITIVE_INFINITY,
): readonly World[] {
  const worlds = [first];
  const positions = new Map([[keyOf(first), 0]]);
  // Worlds are added while they are gone through.
  for (const [from, world] of worlds.entries()) {
    for (const step of stepsFrom(world, fault)) {
      const key = keyOf(step.after);
      const to = positions.get(key) ?? worlds.length;
      if (to === worlds.length) {
        positions.set(key, to);
        worlds.push(step.after);
      }
      visit(step, from, to);
    }
    if (worlds.length > limit) break;
  }
  return worlds;
}

/** One step of honest time and honest workers: effects done in order, facts read, and timers that fire. null: nothing is left to do. */
export function honestStep(world: World): World | null {
  const [effect] = world.lane;
  if (effect !== undefined && "notBefore" in effect) {
    const at = Math.max(instantOf(world.t), effect.notBefore ?? 0, world.state.lastAt);
    const later = { ...world, t: Math.ceil((at - begin) / tick) };
    const step = workerSteps(later, at, null).find(({ action }) =>
      /^(activate|deactivate) applied(, refused)?$|^end changed$/.test(action),
    );
    return step?.after ?? null;
  }
  const at = Math.max(instantOf(world.t), world.state.lastAt);
  if (world.reading) {
    const facts = factsAt(world.state, at);
    return save(world, "facts hold", world.state, { type: "factsRead", facts, at }, null)?.after ?? { ...world, reading: false };
  }
  if (world.state.wakeAt === null) return null;
  const due = Math.max(at, world.state.wakeAt);
  return save({ ...world, t: Math.ceil((due - begin) / tick) }, "time", world.state, { type: "timeReached", at: due }, null)?.after ?? null;
}

export function isOverAt(world: World): boolean {
  return isEnd(world.state.status);
}
