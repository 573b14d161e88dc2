import * as fc from "fast-check";
import type { Identity } from "../../src/core/facts/identity.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import type { FactsRead, RequestEvent } from "../../src/core/request/request-event.js";
import type { RequestInput } from "../../src/core/request/request-input.js";
import type { EntitlementReport, RequestState } from "../../src/core/request/request-state.js";
import { isEnd } from "../../src/core/request/request-status.js";

const minute = 60_000;
const hour = 60 * minute;
/** Monday, nine o'clock in UTC. */
const begin = Date.UTC(2026, 2, 2, 9);

/** A text that no requestor may come to see: every approval is given with it. */
export const canary = "canary-51c0";

/** A flow, a submission under it that is accepted, and what happens afterwards. */
export type RequestCase = {
  readonly definition: AccessFlowDefinition;
  readonly input: RequestInput;
  readonly happenings: readonly Happening[];
};

/** Numbers from which an event is made once it is known where the request stands. */
export type Happening = {
  readonly after: number | "due" | "just before";
  readonly pick: number;
  readonly variant: number;
  readonly likely: boolean;
};

const person = (id: string, group: readonly string[], more: Partial<Identity> = {}): Identity => ({
  ...{ id, emails: [`${id}@corp.com`], accounts: [] as string[], attributes: { group: [...group] } },
  ...more,
});

export const ada: Identity = person("ada", ["staff"]);
export const gil: Identity = person("gil", ["staff"], { manager: "ada" });
export const voters: readonly Identity[] = [
  person("lena", ["leads"]),
  person("lou", ["leads"]),
  person("boss", ["bosses"]),
  person("alias", ["leads"], { accounts: ["ada"] }),
  person("off", ["leads"], { active: false }),
  { id: "bare" },
];

const group = (name: string, required = 1) => ({ required, conditions: [{ attribute: "group", values: [name] }] });

function definitionArbitrary(): fc.Arbitrary<AccessFlowDefinition> {
  const approval = fc.record({
    required: fc.constantFrom(1, 1, 1, 2),
    expiresAfter: fc.constantFrom({ amount: 1, unit: "hour" } as const, { amount: 3, unit: "day" } as const, "never" as const),
    escalates: fc.boolean(),
  });
  const grantFor = fc.constantFrom<NonNullable<AccessFlowDefinition["grantFor"]>>(
    { kind: "fixed", amount: 1, unit: "hour" },
    { kind: "fixed", amount: 12, unit: "hour" },
    { kind: "fixed", amount: 3_650, unit: "day" },
    { kind: "fixed", amount: 12, unit: "hour", endWith: "schedule" },
    { kind: "indefinite" },
  );
  return fc
    .record({
      approval: fc.option(approval),
      grantFor,
      byDay: fc.boolean(),
      forOthers: fc.boolean(),
      mfa: fc.boolean(),
      self: fc.boolean(),
      maxExtensions: fc.constantFrom(0, 1, 2, 2),
      activateWithin: fc.constantFrom({ amount: 2, unit: "hour" } as const, { amount: 3, unit: "day" } as const),
    })
    .map(({ approval: asked, grantFor: granted, byDay, forOthers, mfa, self, maxExtensions, activateWithin }) => ({
      name: "course",
      requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
      targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] }],
      ...(byDay
        ? {
            schedule: {
              ...{ kind: "onlyOn", days: ["monday", "tuesday", "wednesday", "thursday", "friday"] },
              ...{ from: "08:00", to: "18:00", timeZone: "UTC" },
            } as never,
          }
        : {}),
      requestFor: forOthers
        ? { scopes: ["self", "others", "directReports"], grantees: group("staff") as never }
        : { scopes: ["self", "directReports"] },
      grantFor: granted,
      ...(asked === null
        ? {}
        : {
            approval: {
              ...{
                kind: "approvalOf",
                groups: "anyOf",
                approverGroups: [group("leads", asked.required)],
                expiresAfter: asked.expiresAfter,
              },
              ...(asked.escalates
                ? {
                    escalation: {
                      every: { amount: 20, unit: "minute" },
                      tiers: [{ conditions: [{ attribute: "group", values: ["bosses"] }] }],
                    },
                  }
                : {}),
            } as never,
          }),
      settings: {
        requireMfa: mfa,
        requestorCannotApproveSelf: self,
        activateWithin,
        startWithin: { amount: 2, unit: "day" },
        ...(granted.kind === "indefinite" ? {} : { maxExtensions }),
      },
    }))
    .map((definition) => {
      const { grantees, ...requestFor } = definition.requestFor as { scopes: string[]; grantees?: { conditions: unknown } };
      // A group of grantees has conditions only.
      const named = grantees === undefined ? {} : { grantees: { conditions: grantees.conditions } };
      return { ...definition, requestFor: { ...requestFor, ...named } } as AccessFlowDefinition;
    });
}

export function requestCaseArbitrary(maxLength = 16): fc.Arbitrary<RequestCase> {
  const input = fc.record({
    forGil: fc.boolean(),
    startAt: fc.constantFrom(null, null, begin + 2 * hour, begin + 24 * hour),
    duration: fc.constantFrom(null, null, { amount: 45, unit: "minute" } as const),
    mfa: fc.boolean(),
    both: fc.boolean(),
  });
  const after = fc.constantFrom<Happening["after"]>(
    ...([0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 30_000, minute, 15 * minute, 20 * minute, hour, 24 * hour, -1] as const),
    ...(["due", "due", "due", "just before"] as const),
  );
  const happening = fc.record({
    after,
    pick: fc.nat({ max: 1_000 }),
    variant: fc.nat({ max: 1_000 }),
    likely: fc.nat({ max: 11 }).map((number) => number > 0),
  });
  return fc
    .tuple(definitionArbitrary(), input, fc.array(happening, { minLength: Math.min(6, maxLength), maxLength }))
    .map(([definition, { forGil, startAt, duration, mfa, both }, happenings]) => ({
      definition,
      input: {
        id: "r1",
        requestor: ada,
        ...(forGil ? { grantee: gil } : {}),
        entitlements: [{ resource: "db-1", permission: "read" }, ...(both ? [{ resource: "db-1", permission: "write" }] : [])],
        resources: [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions: ["read", "write"] }],
        ...(startAt === null ? {} : { startAt }),
        ...(duration === null ? {} : { requestedDuration: duration }),
        justification: "for the report",
        ...(mfa ? { mfa: { id: "e0", at: begin } } : {}),
        at: begin,
      },
      happenings,
    }));
}

const times = (count: number, type: RequestEvent["type"]): RequestEvent["type"][] => Array.from({ length: count }, () => type);

const likely: { readonly [status: string]: readonly RequestEvent["type"][] } = {
  awaitingMfa: [...times(12, "completeMfa"), "timeReached", "withdraw"],
  awaitingApproval: [...times(14, "vote"), "timeReached", "timeReached", "withdraw"],
  scheduled: [...times(8, "factsRead"), ...times(8, "timeReached"), "withdraw"],
  activating: [...times(6, "activated"), ...times(3, "activationFailed"), "timeReached", "revoke"],
  active: [...times(6, "extend"), ...times(2, "factsRead"), ...times(3, "timeReached"), "revoke"],
  deactivating: [...times(3, "deactivated"), ...times(4, "deactivationFailed"), ...times(4, "timeReached"), "revoke"],
};
const types: readonly RequestEvent["type"][] = [...new Set(Object.values(likely).flat())];

/** One of a few values, by a number; the first half of all numbers means the first. */
function mostly<T>(number: number, ...values: readonly [T, ...T[]]): T {
  return values[number % 2 === 0 ? 0 : Math.floor(number / 2) % values.length] ?? values[0];
}

/** The event that happens next where the request stands like this. */
export function eventOf({ after, pick, variant, likely: isLikely }: Happening, state: RequestState): RequestEvent {
  const due = state.wakeAt ?? state.lastAt;
  const at = after === "due" ? due : after === "just before" ? Math.max(due - 1, state.lastAt) : state.lastAt + after;
  const pool = (isLikely && !isEnd(state.status) && likely[state.status]) || types;
  const type = pool[pick % pool.length] ?? "timeReached";
  const { requestor, grantee } = state.request;
  const actors = [
    { id: grantee?.id ?? requestor.id },
    { id: requestor.id },
    { id: "lena" },
    { id: "eve" },
    { id: "root", administrator: true },
  ];
  const by = mostly(variant, ...(actors as [{ id: string }, ...{ id: string }[]]));
  const report = {
    generation: Math.max(1, (state.grant?.generation ?? 1) + mostly(variant, 0, 0, 0, 1, -1)),
    reports: reportsOf(state, type, variant),
    at,
  };
  switch (type) {
    case "completeMfa":
      return { type, by, evidence: { id: "e1", at: at - mostly(pick, 0, 15 * minute, 15 * minute + 1, -1) }, at };
    case "vote": {
      const voter = mostly(variant, ...(voters as [Identity, ...Identity[]]));
      const decision = mostly(pick, "approve", "approve", "approve", "reject");
      return { type, voter, decision, reason: decision === "approve" ? canary : "not today", at };
    }
    case "withdraw":
    case "revoke":
      return { type, by, at };
    case "extend":
      return { type, by, facts: factsOf(state, pick, at), at };
    case "factsRead":
      return { type, facts: factsOf(state, variant, at), at };
    case "activationFailed":
      return { type, retryable: variant % 4 !== 0, ...report };
    case "timeReached":
      return { type, at };
    default:
      return { type, ...report };
  }
}

function reportsOf({ request }: RequestState, type: RequestEvent["type"], variant: number): EntitlementReport[] {
  const good = type === "activated" ? "held" : "notHeld";
  const access = mostly(variant, good, good, "heldBefore", "notHeld", "unknown");
  return request.entitlements.map((_, entitlement) => ({
    entitlement,
    access: entitlement === 0 ? good : access,
    sessionsMayPersist: variant % 2 === 1,
  }));
}

/** Facts that mostly hold, and in one way or two do not, or are not known. */
export function factsOf({ request }: RequestState, variant: number, at: number): FactsRead {
  const [asking, holding] = [ada, request.grantee === null ? null : gil];
  const base: FactsRead = { requestor: asking, grantee: holding, flow: "active", notCovered: [], readAt: at };
  const spoilt: readonly Partial<FactsRead>[] = [
    {},
    { requestor: "unknown" },
    { requestor: { id: "ada" } },
    { requestor: "gone" },
    { requestor: { ...ada, active: false } },
    { requestor: person("ada", []) },
    holding === null ? {} : { grantee: "unknown" },
    holding === null ? { grantee: ada } : { grantee: "gone" },
    holding === null ? {} : { grantee: { ...gil, active: false } },
    holding === null ? {} : { grantee: person("gil", [], { manager: "eve" }) },
    holding === null ? {} : { grantee: { id: "gil" } },
    { flow: "unknown" },
    { flow: "inactive" },
    { flow: "gone" },
    { notCovered: [0] },
    { notCovered: "unknown" },
    { readAt: at - minute },
    { readAt: at - minute - 1 },
  ];
  if (variant % 2 === 0) return base;
  const [one, other] = [spoilt[Math.floor(variant / 2) % spoilt.length], variant % 5 === 0 ? spoilt[variant % spoilt.length] : {}];
  return { ...base, ...one, ...other };
}
