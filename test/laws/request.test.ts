import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { deepFreeze, isDeepFrozen } from "../../src/core/kernel/deep-freeze.js";
import { evaluateRequest } from "../../src/core/request/evaluate-request.js";
import type { CurrentGrant, GrantPlan } from "../../src/core/request/grant-plan.js";
import { grantRequest } from "../../src/core/request/grant-request.js";
import { reconcileGrants } from "../../src/core/request/reconcile-grants.js";
import { replay } from "../../src/core/request/replay.js";
import type { FactsRead } from "../../src/core/request/request-event.js";
import type { RequestInput } from "../../src/core/request/request-input.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { restoreRequestState } from "../../src/core/request/restore-request-state.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { timelineOf } from "../../src/core/request/timeline-of.js";
import { toActivityRow } from "../../src/core/request/to-activity-row.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import { viewFor } from "../../src/core/request/view-for.js";
import { wakeAt } from "../../src/core/request/wake-at.js";
import { durationMs } from "../../src/core/time/duration.js";
import { lastInstant } from "../../src/core/time/instant.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { conditionsArbitrary } from "../../src/testing/arbitraries/condition-arbitrary.js";
import { crowdArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { inventoryArbitrary } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { targetsArbitrary } from "../../src/testing/arbitraries/target-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { ada, canary, eventOf, factsOf, gil, requestCaseArbitrary, voters } from "../arbitrary/request-case.js";
import { requestCourseArbitrary } from "./request-course.js";

const runs = { numRuns: 150 };
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("what a request keeps to", () => {
  it("L7: invariant 9: the state is the fold of what was recorded, and the revision counts it", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ log, states, end }) => {
        expect(JSON.stringify(replay(copyOf(log)))).toBe(JSON.stringify(end));
        expect(states.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
        expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
      }),
      runs,
    );
  });

  it("L7: a log with a gap, another order or an event twice is no log", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), fc.nat(), ({ log }, number) => {
        const at = number % log.length;
        const [event] = log.slice(at, at + 1);
        expect(() => replay([...log.slice(0, at + 1), ...(event === undefined ? [] : [event]), ...log.slice(at + 1)])).toThrow();
        if (at < log.length - 1) expect(() => replay(log.filter((_, index) => index !== at))).toThrow();
        if (log.length > 1) expect(() => replay([...log].reverse())).toThrow();
      }),
      runs,
    );
  });

  it("L13: a request that is stored and restored at every step goes the same way", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ steps }) => {
        for (const { before, event, answer } of steps) {
          const restored = restoreRequestState(copyOf(before));
          expect(restored).toEqual({ ok: true, value: before });
          if (!restored.ok) continue;
          expect(JSON.stringify(restored.value)).toBe(JSON.stringify(before));
          expect(JSON.stringify(transitionRequest(restored.value, event))).toBe(JSON.stringify(answer));
          // Plain JSON is taken as it is, and comes back where nothing happens.
          const plain = copyOf(before);
          const again = transitionRequest(plain, event);
          expect(JSON.stringify(again)).toBe(JSON.stringify(answer));
          if (again.ok && again.value.recorded === null) expect(again.value.state).toBe(plain);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("L7: invariant 8: before `wakeAt` time changes nothing, and at it something", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), fc.double({ min: 0, max: 1, noNaN: true }), ({ states }, share) => {
        for (const state of states) {
          const due = wakeAt(state);
          expect(due).toBe(state.wakeAt);
          const until = due ?? Math.min(state.lastAt + 40 * 86_400_000, lastInstant);
          const early = state.lastAt + Math.floor((until - state.lastAt) * share) - (due === null ? 0 : 1);
          for (const at of [early, due === null ? until : due - 1]) {
            if (at < state.lastAt || (due !== null && at >= due)) continue;
            const answer = transitionRequest(state, { type: "timeReached", at });
            expect(answer.ok && answer.value.state).toBe(state);
          }
          if (due === null) continue;
          const answer = transitionRequest(state, { type: "timeReached", at: due });
          expect(answer.ok && answer.value.state !== state && answer.value.recorded !== null).toBe(true);
        }
      }),
      runs,
    );
  });

  it("L7: time that is reported until nothing changes comes to rest", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), fc.constantFrom(0, 60_000, 86_400_000, 4_000 * 86_400_000), ({ end }, later) => {
        const at = end.lastAt + later;
        let state = end;
        for (let round = 0; ; round += 1) {
          const answer = transitionRequest(state, { type: "timeReached", at });
          expect(answer.ok && round < 10).toBe(true);
          if (!answer.ok || answer.value.state === state) break;
          state = answer.value.state;
        }
        expect(state.wakeAt === null || state.wakeAt > at).toBe(true);
      }),
      runs,
    );
  });

  it("L6: invariant 10: effects are keyed by request, revision and position, each key once, and the same again", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ opening, steps }) => {
        const accepted = steps.flatMap(({ answer }) => (answer.ok ? [answer.value] : []));
        const keys = [opening, ...accepted].flatMap(({ effects }) => effects.map(({ key }) => key));
        expect(new Set(keys).size).toBe(keys.length);
        for (const { state, effects } of [opening, ...accepted]) {
          expect(effects.map(({ key }) => key)).toEqual(effects.map((_, n) => `r1:${state.revision}:${n}`));
        }
        for (const { before, event, answer } of steps) {
          expect(JSON.stringify(transitionRequest(before, event))).toBe(JSON.stringify(answer));
        }
      }),
      runs,
    );
  });

  it("L7: answers are frozen all the way down; a refusal has a reason, and an empty event gives the very object back", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ opening, steps }) => {
        expect(isDeepFrozen(opening)).toBe(true);
        for (const { before, answer } of steps) {
          expect(isDeepFrozen(answer)).toBe(true);
          if (!answer.ok) {
            expect(answer.error.reasons.length).toBeGreaterThan(0);
            expect(Object.keys(answer)).toEqual(["ok", "error"]);
          } else if (answer.value.recorded === null) {
            expect(answer.value.state).toBe(before);
            expect(answer.value.effects).toEqual([]);
          } else {
            expect(answer.value.state.request).toBe(before.request);
            expect(answer.value.state.lastAt).toBeGreaterThanOrEqual(before.lastAt);
          }
        }
      }),
      runs,
    );
  });

  it("L4, W6: invariant 11: the window never grows but by an extension, and never beyond what was granted", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ flow, steps }) => {
        for (const { before, event, answer } of steps) {
          if (!answer.ok) continue;
          const { grant, request } = answer.value.state;
          if (before.grant !== null && event.type !== "extend") expect(grant?.window).toEqual(before.grant.window);
          if (grant === null) continue;
          const asked = request.requestedDuration ?? (flow.grantFor.kind === "fixed" ? flow.grantFor : null);
          const longest =
            asked === null ? Number.POSITIVE_INFINITY : durationMs(asked) + grant.extensions * durationMs(flow.settings.extension);
          expect((grant.window.end ?? Number.POSITIVE_INFINITY) - grant.window.start).toBeLessThanOrEqual(longest);
          expect(grant.window.start).toBeGreaterThanOrEqual(request.startAt ?? request.submittedAt);
          expect(grant.extensions).toBeLessThanOrEqual(flow.settings.maxExtensions);
        }
      }),
      runs,
    );
  });

  it("L3: invariant 13: less known facts never activate where better known ones would not", () => {
    const less: readonly Partial<FactsRead>[] = [
      { requestor: "unknown" },
      { flow: "unknown" },
      { notCovered: "unknown" },
      { requestor: { id: "ada" } },
    ];
    fc.assert(
      fc.property(requestCourseArbitrary(), fc.nat({ max: 1_000 }), fc.constantFrom(...less), ({ states }, variant, unknown) => {
        for (const state of states.filter(({ status }) => status === "scheduled")) {
          const at = Math.max(state.lastAt, state.wakeAt ?? 0) - 1;
          const facts = factsOf(state, variant, at);
          const [known, blurred] = [facts, { ...facts, ...unknown }].map((each) =>
            transitionRequest(state, { type: "factsRead", facts: each, at }),
          );
          const isActivating = (step: typeof known): boolean => step?.ok === true && step.value.state.status === "activating";
          expect(isActivating(blurred)).toBe(false);
          if (isActivating(known)) expect(blurred?.ok && blurred.value.state.status).toBe("scheduled");
        }
      }),
      runs,
    );
  });

  it("L4: invariant 13: what happens later gives no earlier window, and none that is longer than was granted", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), fc.nat({ max: 3 * 86_400_000 }), ({ flow, states }, delay) => {
        for (const state of states.filter((each) => each.status === "scheduled" && each.awaitingFacts)) {
          const [now, later] = [state.lastAt, state.lastAt + delay].map((at) =>
            transitionRequest(state, { type: "factsRead", facts: factsOf(state, 0, at), at }),
          );
          const grantOf = (step: typeof now) => (step?.ok === true ? step.value.state.grant : null);
          const [first, second] = [grantOf(now), grantOf(later)];
          if (first !== null && second !== null) expect(second.window.start).toBeGreaterThanOrEqual(first.window.start);
          if (second === null || flow.grantFor.kind !== "fixed") continue;
          expect((second.window.end ?? Number.POSITIVE_INFINITY) - second.window.start).toBeLessThanOrEqual(durationMs(flow.grantFor));
        }
      }),
      runs,
    );
  });
});

describe("what people see (L8, L11)", () => {
  it("TH23: invariant 14: nothing that a requestor or grantee can read holds an approval's reason", () => {
    let approvals = 0;
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ states, log, end }) => {
        const alias = voters.find(({ id }) => id === "alias") ?? ada;
        for (const state of states) {
          const viewers = [ada, ...(state.request.grantee === null ? [] : [gil])];
          for (const identity of viewers) {
            for (const administrator of [false, true]) {
              const view = viewFor(state, { identity, administrator, at: state.lastAt });
              expect(JSON.stringify(view)).not.toContain(canary);
              expect(view.audience).toBe("requestor");
            }
          }
          const asAlias = viewFor(state, { identity: alias, administrator: true, at: state.lastAt });
          expect(asAlias.audience).toBe("requestor");
          expect(JSON.stringify({ ...asAlias, votes: [] })).not.toContain(canary);
        }
        expect(JSON.stringify(timelineOf(log, "requestor"))).not.toContain(canary);
        if (end.approval?.votes.some(({ decision }) => decision === "approve") === true) {
          approvals += 1;
          const root = { identity: { id: "root" }, administrator: true, at: end.lastAt };
          expect(JSON.stringify([viewFor(end, root), timelineOf(log, "approver")]).split(canary).length).toBeGreaterThan(2);
        }
      }),
      runs,
    );
    expect(approvals).toBeGreaterThan(0);
  });

  it("L11: somebody who has no part in a request does not find it", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), ({ states }) => {
        for (const state of states) {
          expect(() => viewFor(state, { identity: { id: "eve", emails: [], accounts: [] }, at: state.lastAt })).toThrow("no such request");
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** A copy of a value in which something is put in the place of one of its parts. */
function spoilt(value: unknown, path: readonly number[], put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return put;
  const part = (value as Record<string, unknown>)[key];
  const changed = spoilt(part, rest, put);
  return Array.isArray(value) ? value.map((each, index) => (String(index) === key ? changed : each)) : { ...value, [key]: changed };
}

const pathArbitrary = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 });

describe("anything at all", () => {
  it("E1: any JSON in the place of a state, an event, a flow or an input gives a refusal, never an exception", () => {
    fc.assert(
      fc.property(jsonArbitrary(), requestCaseArbitrary(1), (json, { definition, input }) => {
        const flow = defineAccessFlow(definition);
        const begun = submitRequest(flow, input);
        if (!begun.ok) throw new Error("refused");
        const { state } = begun.value;
        expect(transitionRequest(json as never, { type: "timeReached", at: state.lastAt }).ok).toBe(false);
        expect(transitionRequest(state, json as never).ok).toBe(false);
        expect(submitRequest(json as never, input).ok).toBe(false);
        expect(submitRequest(flow, json as never).ok).toBe(false);
        expect(grantRequest(flow, json as never).ok).toBe(false);
        expect(evaluateRequest(flow, json as never).outcome).toBe("refused");
        expect(reconcileGrants(flow, json as never).reasons.length).toBeGreaterThan(0);
        expect(restoreRequestState(json).ok).toBe(false);
        for (const call of [
          () => replay(json as never),
          () => timelineOf(json as never, "requestor"),
          () => viewFor(json as never, { identity: ada, at: 0 }),
          () => viewFor(state, json as never),
          () => toActivityRow(json as never, { identities: [], resources: [] }),
          () => toActivityRow(state, json as never),
          () => wakeAt(json as never),
        ]) {
          expect(call).toThrow(expect.objectContaining({ name: "AccessFlowError" }));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("E1: any JSON somewhere inside an event or an input gives an answer, never an exception", () => {
    fc.assert(
      fc.property(requestCaseArbitrary(8), pathArbitrary, jsonArbitrary(), ({ definition, input, happenings }, path, json) => {
        const flow = defineAccessFlow(definition);
        const bad = spoilt(input, path, json) as RequestInput;
        const answer = submitRequest(flow, bad);
        expect(answer.ok || answer.error.reasons.length > 0).toBe(true);
        let state: RequestState | null = null;
        const begun = submitRequest(flow, input);
        if (begun.ok) state = begun.value.state;
        for (const happening of happenings) {
          if (state === null) break;
          const event = eventOf(happening, state);
          const spoiled = transitionRequest(state, spoilt(event, path, json) as never);
          expect(spoiled.ok || spoiled.error.reasons.length > 0).toBe(true);
          const next = transitionRequest(state, event);
          if (next.ok) state = next.value.state;
        }
      }),
      runs,
    );
  });

  it("TH21: a state or a log in which any one place was changed is refused, or is one the machine can go on with", () => {
    fc.assert(
      fc.property(requestCourseArbitrary(), pathArbitrary, jsonArbitrary(), ({ end, log, start }, path, json) => {
        const state = spoilt(copyOf(end), path, json);
        const restored = restoreRequestState(state);
        if (restored.ok) {
          for (const happening of start.happenings) {
            const answer = transitionRequest(restored.value, eventOf(happening, restored.value));
            expect(answer.ok || answer.error.reasons.length > 0).toBe(true);
          }
          expect(JSON.stringify(restored.value)).toBe(JSON.stringify(restoreRequestState(copyOf(restored.value)).ok && restored.value));
        } else expect(restored.error[0].code).toMatch(/^state_(foreign|newer|invalid)$/);
        try {
          replay(spoilt(copyOf(log), path, json) as never);
        } catch (error) {
          expect(error).toMatchObject({ name: "AccessFlowError", code: "state_invalid" });
        }
      }),
      runs,
    );
  });
});

describe("the dry run", () => {
  it("L1: `evaluateRequest` says what `submitRequest` does, with the same reasons", () => {
    const worse = fc.constantFrom<Partial<RequestInput>>(
      {},
      { requestor: { id: "ada" } },
      { requestor: { ...ada, active: false } },
      { entitlements: [{ resource: "db-1", permission: "drop" }] },
      { entitlements: [] },
      { resources: [] },
      { justification: "x".repeat(1_001) },
      { requestedDuration: { amount: 0, unit: "hour" } },
      { candidates: [ada], complete: true },
      { candidates: [...voters], complete: true },
      { held: [{ request: "r0", entitlements: [{ resource: "db-1", permission: "read" }], status: "active" }] },
      { mfa: { id: "e", at: 0 } },
      { startAt: 0 },
      { at: Number.NaN },
    );
    fc.assert(
      fc.property(requestCaseArbitrary(1), worse, worse, ({ definition, input }, one, other) => {
        const flow = defineAccessFlow(definition);
        const asked = deepFreeze({ ...input, ...one, ...other });
        const { id: _, ...rest } = asked;
        const [done, dry] = [submitRequest(flow, asked), evaluateRequest(flow, rest)];
        expect(dry.outcome).toBe(done.ok ? "acceptable" : "refused");
        if (dry.outcome === "refused") expect(done.ok ? [] : done.error.reasons).toEqual(dry.reasons);
        else expect(done.ok && done.value.state.status).toBe(dry.next);
      }),
      { numRuns: 400 },
    );
  });
});

const runArbitrary = fc
  .record({
    conditions: conditionsArbitrary(),
    targets: targetsArbitrary(),
    crowd: crowdArbitrary(6),
    inventory: inventoryArbitrary(),
    catalog: catalogArbitrary(),
    grants: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 }), fc.constantFrom("read", "write", "admin")), { maxLength: 12 }),
    maxEnds: fc.constantFrom(0, 2, 100),
  })
  .map(({ conditions, targets, crowd, inventory, catalog, grants, maxEnds }) => ({
    flow: defineAccessFlow({ name: "automatic", trigger: "automatic", requestors: conditions, targets }),
    input: {
      ...{ identities: crowd, resources: inventory, catalog, maxEnds, at: 0 },
      current: grants.map(([grantee, resource, permission], index) => ({
        grantee: crowd[grantee]?.id ?? "missing",
        entitlement: { resource: inventory[resource]?.id ?? "lost", permission },
        request: `g${index}`,
      })),
    },
  }));

/** What stands after a plan was carried out. */
function applied(current: readonly CurrentGrant[], plan: GrantPlan): CurrentGrant[] {
  const ended = new Set(plan.ends.map(({ request }) => request));
  const begun = plan.grants.flatMap(({ grantee, entitlements }, index) =>
    entitlements.map((entitlement) => ({ grantee, entitlement, request: `new-${index}` })),
  );
  return [...current.filter(({ request }) => !ended.has(request)), ...begun];
}

describe("reconciling", () => {
  it("M2: a plan that was carried out leaves nothing to plan", () => {
    fc.assert(
      fc.property(runArbitrary, ({ flow, input }) => {
        const plan = reconcileGrants(flow, input);
        const again = reconcileGrants(flow, { ...input, current: applied(input.current, plan) });
        expect([again.grants, again.ends, again.halted]).toEqual([[], [], plan.halted]);
      }),
      { numRuns: 400 },
    );
  });

  it("TH8, M1: the order of people, grants and resources changes nothing, to the byte", () => {
    fc.assert(
      fc.property(runArbitrary, fc.infiniteStream(fc.nat()), ({ flow, input }, numbers) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((each) => [numbers.next().value, each] as const)
            .sort(([left], [right]) => left - right)
            .map(([, each]) => each);
        const [twin] = input.identities;
        const identities = twin === undefined ? input.identities : [...input.identities, { ...twin, attributes: { group: null } }];
        const whole = { ...input, identities };
        const other = {
          ...whole,
          identities: shuffled(identities),
          current: shuffled(input.current),
          resources: shuffled(input.resources),
        };
        expect(JSON.stringify(reconcileGrants(flow, other))).toBe(JSON.stringify(reconcileGrants(flow, whole)));
      }),
      { numRuns: 400 },
    );
  });

  it("M1, M3: who is missing, and what is unknown, ends nothing and begins nothing", () => {
    fc.assert(
      fc.property(runArbitrary, ({ flow, input }) => {
        const blank = input.identities.map(({ id }) => ({ id }));
        const unknown = reconcileGrants(
          defineAccessFlow({ ...flow, requestors: { conditions: [{ attribute: "nobody-knows", operator: "isNot", values: ["x"] }] } }),
          {
            ...input,
            identities: blank,
            maxEnds: 1_000,
          },
        );
        expect(unknown.grants).toEqual([]);
        const missing = reconcileGrants(flow, { ...input, identities: [], maxEnds: 1_000 });
        expect([missing.grants, missing.ends]).toEqual([[], []]);
        expect(missing.keeps.length).toBe(input.current.length);
      }),
      { numRuns: 200 },
    );
  });
});
