import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState } from "../../src/core/approval/approval-state.js";
import { nextState } from "../../src/core/approval/event/next-state.js";
import { pendingApproval } from "../../src/core/approval/pending-approval.js";
import { planApproval } from "../../src/core/approval/plan-approval.js";
import { restoreApprovalState } from "../../src/core/approval/restore-approval-state.js";
import { startApproval } from "../../src/core/approval/start-approval.js";
import { overlap } from "../../src/core/approval/state/person-record.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { ApprovalDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze, isDeepFrozen } from "../../src/core/kernel/deep-freeze.js";
import { wakeAt } from "../../src/core/request/wake-at.js";
import { approvalCaseArbitrary } from "../arbitrary/approval-case.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { courseArbitrary, type Step } from "./approval-course.js";
import { lessKnown } from "./less-known.js";

const runs = { numRuns: 200 };
const opened = Date.UTC(2026, 2, 2, 9);
const copyOf = (value: unknown) => JSON.parse(JSON.stringify(value));

function flowOf(approval: ApprovalDefinition, requestorCannotApproveSelf = false): AccessFlow {
  return defineAccessFlow({
    name: "law",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "law" }],
    approval,
    settings: { requestorCannotApproveSelf },
  });
}

function started(flow: AccessFlow, requestor: Identity = { id: "requestor" }, grantee?: Identity): ApprovalState {
  const answer = startApproval(flow, { requestor, at: opened, ...(grantee === undefined ? {} : { grantee }) });
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value.state;
}

/** Where approvals by these people lead, one after the other; who is refused is passed over. */
function afterApprovals(state: ApprovalState, voters: readonly Identity[], at = opened): ApprovalState {
  return voters.reduce((current, voter) => {
    const answer = transitionApproval(current, { type: "vote", voter, decision: "approve", at });
    return answer.ok ? answer.value.state : current;
  }, state);
}

const acceptedSteps = (steps: readonly Step[]) => steps.flatMap(({ answer, before }) => (answer.ok ? [{ before, ...answer.value }] : []));

describe("what an approval keeps to", () => {
  it("A4: a decided request stays decided, whatever follows", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ steps }) => {
        for (const { before, answer } of steps) {
          if (before.status !== "pending" && answer.ok) expect(answer.value.state).toBe(before);
        }
      }),
      runs,
    );
  });

  it("A5: nobody who overlaps another counted voter counts for the same group", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ end }) => {
        const voters = end.votes.filter((vote) => vote.counts.some((count) => count.tier === null));
        for (const [index, vote] of voters.entries()) {
          for (const other of voters.slice(0, index)) expect(overlap(vote.keys, other.keys)).toBe(false);
        }
      }),
      runs,
    );
  });

  it("A10: a refusal has a reason, and changes nothing", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ steps }) => {
        for (const { before, event, answer } of steps) {
          if (answer.ok) continue;
          const text = JSON.stringify(before);
          expect(answer.error.reasons.length).toBeGreaterThan(0);
          expect(Object.keys(answer)).toEqual(["ok", "error"]);
          transitionApproval(before, event);
          expect(JSON.stringify(before)).toBe(text);
        }
      }),
      runs,
    );
  });

  it("A14: the same state and event give the same answer, frozen all the way down", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ opening, steps }) => {
        expect(isDeepFrozen(opening)).toBe(true);
        for (const { before, event, answer } of steps) {
          expect(JSON.stringify(transitionApproval(before, event))).toBe(JSON.stringify(answer));
          expect(isDeepFrozen(answer)).toBe(true);
        }
      }),
      runs,
    );
  });

  it("A14: a state that is stored and restored at every step goes the same way", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ opening, steps }) => {
        let stored = JSON.stringify(opening.state);
        for (const { event, answer } of steps) {
          const restored = restoreApprovalState(JSON.parse(stored));
          if (!restored.ok) expect(restored.error).toBe("restored");
          else {
            expect(JSON.stringify(restored.value)).toBe(stored);
            const again = transitionApproval(restored.value, event);
            expect(JSON.stringify(again)).toBe(JSON.stringify(answer));
            if (again.ok) stored = JSON.stringify(again.value.state);
          }
        }
      }),
      runs,
    );
  });

  it("A14: folding the recorded events gives the state, and the revision counts them", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ opening, steps, end }) => {
        const log = acceptedSteps(steps).flatMap(({ recorded }) => (recorded === null ? [] : [recorded]));
        const replayed = log.reduce((state, event) => nextState(state, copyOf(event)), opening.state);
        expect(JSON.stringify(replayed)).toBe(JSON.stringify(end));
        expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
        expect(end.revision).toBe(log.length);
      }),
      runs,
    );
  });

  it("A14: no effect's key comes twice", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ opening, steps }) => {
        const keys = [opening, ...acceptedSteps(steps)].flatMap(({ effects }) => effects.map(({ key }) => key));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });

  it("A12: `wakeAt` is exact: `timeReached` before it changes nothing, at it something", () => {
    fc.assert(
      fc.property(courseArbitrary(), fc.double({ min: 0, max: 1, noNaN: true }), ({ steps, opening }, share) => {
        for (const { state } of [opening, ...acceptedSteps(steps)]) {
          const wake = wakeAt(state);
          const until = wake ?? state.lastAt + 1e11;
          const early = state.lastAt + Math.floor(share * (until - state.lastAt));
          if (early < until)
            expect(transitionApproval(state, { type: "timeReached", at: early })).toMatchObject({ value: { recorded: null } });
          if (early < until && early < until - 1) {
            expect(transitionApproval(state, { type: "timeReached", at: until - 1 })).toMatchObject({ value: { recorded: null } });
          }
          if (wake === null) continue;
          const woken = transitionApproval(state, { type: "timeReached", at: wake });
          expect(woken.ok && woken.value.recorded?.type).toBe("timeReached");
        }
      }),
      runs,
    );
  });

  it("A3: something is pending exactly while the request is undecided and in time", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ steps, opening }) => {
        for (const { state } of [opening, ...acceptedSteps(steps)]) {
          expect(pendingApproval(state, state.lastAt).length > 0).toBe(state.status === "pending");
        }
      }),
      runs,
    );
  });
});

describe("the order of votes", () => {
  const groupNames = ["a", "b", "c"];
  /** People whose every identity is in the same groups and shares an entry with every other of theirs: the premise. */
  const people = fc
    .array(fc.tuple(fc.subarray(groupNames), fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 5 })
    .map((crowd) =>
      crowd.flatMap(([group, identities], index) =>
        Array.from(
          { length: identities },
          (_, id): Identity => ({ id: `p${index}-${id}`, accounts: [`p${index}`], attributes: { group } }),
        ),
      ),
    );
  const approval = fc
    .tuple(
      fc.constantFrom("anyOf", "allOf"),
      fc.array(fc.tuple(fc.constantFrom(...groupNames), fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
    )
    .map(
      ([groups, members, distinct]): ApprovalDefinition => ({
        kind: "approvalOf",
        groups,
        approverGroups: members.map(([name, required]) => ({ required, conditions: [{ attribute: "group", values: [name] }] })),
        distinctApprovers: distinct && groups === "allOf",
      }),
    );

  it("A5: where overlap is transitive and a person's identities are in the same groups, the order of approvals never changes the outcome", () => {
    fc.assert(
      fc.property(
        approval,
        people.chain((crowd) => fc.tuple(fc.constant(crowd), fc.shuffledSubarray(crowd, { minLength: crowd.length }))),
        (rules, [crowd, shuffled]) => {
          const state = started(flowOf(rules));
          expect(afterApprovals(state, shuffled).status).toBe(afterApprovals(state, crowd).status);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("A13: approvals by everybody approve exactly what the plan calls decidable, under the same premise", () => {
    fc.assert(
      fc.property(approval, people, (rules, crowd) => {
        const flow = flowOf(rules);
        const { decidable } = planApproval(flow, { requestor: { id: "requestor" }, at: opened, candidates: crowd });
        expect(afterApprovals(started(flow), crowd).status).toBe(decidable ? "approved" : "pending");
      }),
      { numRuns: 1000 },
    );
  });

  it("TH8: the order of the candidates never changes a plan", () => {
    fc.assert(
      fc.property(
        approvalCaseArbitrary().chain((start) =>
          fc.tuple(fc.constant(start), fc.shuffledSubarray([...start.crowd], { minLength: start.crowd.length })),
        ),
        ([{ definition, input, crowd }, shuffled]) => {
          const flow = defineAccessFlow(definition);
          const planned = (candidates: readonly Identity[]) => planApproval(flow, deepFreeze({ ...input, candidates }));
          expect(JSON.stringify(planned(shuffled))).toBe(JSON.stringify(planned(crowd)));
        },
      ),
      runs,
    );
  });

  it("TH8: the order of the resources never changes a state", () => {
    fc.assert(
      fc.property(approvalCaseArbitrary(), ({ definition, input }) => {
        const flow = defineAccessFlow(definition);
        const turned = { ...input, ...(input.resources === undefined ? {} : { resources: [...input.resources].reverse() }) };
        expect(JSON.stringify(startApproval(flow, turned))).toBe(JSON.stringify(startApproval(flow, input)));
      }),
      runs,
    );
  });
});

describe("self-exclusion", () => {
  const text = fc.constantFrom("zo\u00eb", "ada", "Ada@Corp.com", "caf\u00e9@corp.com", "gh-1", "\u01d5", "x@y");
  const requestor: fc.Arbitrary<Identity> = fc.record({
    id: text,
    emails: fc.array(text, { maxLength: 2 }),
    accounts: fc.array(fc.oneof(text, fc.record({ id: text, source: fc.constantFrom("okta", "ad") })), { maxLength: 2 }),
  });
  /** The same key as somebody might write it: another Unicode form, and another letter case where it is an address. */
  const disguised = (key: string): fc.Arbitrary<string> =>
    fc.tuple(fc.constantFrom("NFC", "NFD"), fc.constantFrom("as it is", "upper")).map(([form, letters]) => {
      const written = key.normalize("NFC");
      // Only ASCII letters: the composed letters of an address have no other case (C6).
      const other = letters === "upper" && key.includes("@") ? written.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : written;
      return other.normalize(form);
    });
  const variant = requestor.chain((person) => {
    const keys = [
      person.id,
      ...(person.emails ?? []),
      ...(person.accounts ?? []).map((account) => (typeof account === "string" ? account : account.id)),
    ];
    return fc.tuple(
      fc.constant(person),
      fc.constantFrom(...keys).chain(disguised),
      fc.constantFrom("id", "email", "account", "sourced account"),
    );
  });
  const bearing = (key: string, place: string): Identity => ({
    id: place === "id" ? key : "somebody",
    emails: place === "email" ? [key] : [],
    accounts: place === "account" ? [key] : place === "sourced account" ? [{ id: key, source: "gitlab" }] : [],
    attributes: { group: ["leads"] },
  });
  const strict = flowOf(
    { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
    true,
  );

  it("A6: no variant of the requestor's or the grantee's identity may vote (TH1)", () => {
    fc.assert(
      fc.property(variant, fc.constantFrom("requestor", "grantee"), ([person, key, place], side) => {
        const other: Identity = { id: "other", emails: [], accounts: [] };
        const state = side === "requestor" ? started(strict, person) : started(strict, other, person);
        const answer = transitionApproval(state, { type: "vote", voter: bearing(key, place), decision: "approve", at: opened });
        expect(answer.ok ? [] : answer.error.reasons.map(({ code }) => code)).toContain(`same_person_as_${side}`);
      }),
      { numRuns: 1000 },
    );
  });

  it("A6: no counted vote is by anybody who is known to be requestor or grantee", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ end }) => {
        if (!end.rules.requestorCannotApproveSelf) return;
        const last = end.votes.at(-1);
        if (last === undefined) return;
        for (const party of [end.requestor, end.grantee]) expect(party !== null && overlap(party.keys, last.keys)).toBe(false);
      }),
      runs,
    );
  });
});

describe("knowledge", () => {
  it("A10: taking a fact away from a voter never makes a vote count for more (TH3)", () => {
    fc.assert(
      fc.property(courseArbitrary(), fc.nat({ max: 50 }), ({ steps }, choice) => {
        for (const { before, event, answer } of steps) {
          if (event.type !== "vote") continue;
          // Whether two voters are one is asked of known addresses only (A5), so these stay.
          const { emails } = event.voter;
          const voter = { ...lessKnown(event.voter, choice), ...(emails === undefined ? {} : { emails }) };
          const less = transitionApproval(before, { ...event, voter });
          if (!less.ok) continue;
          expect(answer.ok).toBe(true);
          const counts = answer.ok ? JSON.stringify(answer.value.state.votes.at(-1)?.counts) : "";
          for (const count of less.value.state.votes.at(-1)?.counts ?? []) {
            if (count.owners === "all") expect(counts).toContain(JSON.stringify(count));
          }
        }
      }),
      runs,
    );
  });

  it("A7: taking the manager away from requestor or grantee, or tags from the resources, never approves", () => {
    fc.assert(
      fc.property(approvalCaseArbitrary(), fc.constantFrom("requestor", "grantee", "tags"), ({ definition, input, crowd }, what) => {
        const flow = defineAccessFlow(definition);
        const without = ({ manager: _, ...rest }: Identity): Identity => rest;
        const less = {
          ...input,
          ...(what === "requestor" ? { requestor: without(input.requestor) } : {}),
          ...(what === "grantee" && input.grantee !== undefined ? { grantee: without(input.grantee) } : {}),
          ...(what === "tags" && input.resources !== undefined ? { resources: input.resources.map(({ tags: _, ...rest }) => rest) } : {}),
        };
        const decidable = (opening: typeof less) => planApproval(flow, { ...opening, candidates: crowd }).decidable;
        expect(!decidable(less) || decidable(input)).toBe(true);
      }),
      runs,
    );
  });

  it("TH1: giving everybody another name, the same way, never changes an outcome", () => {
    const rules: ApprovalDefinition = {
      kind: "approvalOf",
      groups: "allOf",
      approverGroups: [{ conditions: [{ relation: "manager" }] }, { conditions: [{ attribute: "group", values: ["leads"] }] }],
    };
    const name = fc.constantFrom("ada", "bob", "eve@corp.com", "zo\u00eb");
    const identity = fc.record(
      {
        id: name,
        emails: fc.array(name, { maxLength: 1 }),
        accounts: fc.array(name, { maxLength: 1 }),
        manager: name,
        group: fc.boolean(),
      },
      { requiredKeys: ["id", "group"] },
    );
    const identityOf = (
      { group, ...facts }: typeof identity extends fc.Arbitrary<infer Drawn> ? Drawn : never,
      rename: (text: string) => string,
    ): Identity => ({
      id: rename(facts.id),
      ...(facts.emails === undefined ? {} : { emails: facts.emails.map(rename) }),
      ...(facts.accounts === undefined ? {} : { accounts: facts.accounts.map(rename) }),
      ...(facts.manager === undefined ? {} : { manager: rename(facts.manager) }),
      attributes: { group: group ? ["leads"] : [] },
    });
    fc.assert(
      fc.property(identity, fc.array(identity, { maxLength: 4 }), fc.boolean(), (asking, voters, strict) => {
        const outcome = (rename: (text: string) => string) => {
          const state = afterApprovals(
            started(flowOf(rules, strict), identityOf(asking, rename)),
            voters.map((voter) => identityOf(voter, rename)),
          );
          return [state.status, state.votes.map(({ counts }) => counts)];
        };
        expect(outcome((text) => `q.${text}`)).toEqual(outcome((text) => text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("totality", () => {
  it("E1: any JSON as an event is answered, and never recorded unless it is an event", () => {
    const state = started(flowOf({ kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] }));
    const like = fc.record({
      type: fc.constantFrom("vote", "withdraw", "timeReached"),
      voter: jsonArbitrary(),
      by: jsonArbitrary(),
      at: jsonArbitrary(),
    });
    fc.assert(
      fc.property(fc.oneof(jsonArbitrary(), like), (event) => {
        const answer = transitionApproval(state, event as unknown as ApprovalEvent);
        expect(answer.ok ? answer.value.recorded : answer.error.reasons.length > 0).toBe(answer.ok ? null : true);
      }),
      { numRuns: 1000 },
    );
  });

  it("L13: any JSON as a state is refused, with a reason", () => {
    fc.assert(
      fc.property(jsonArbitrary(), (json) => {
        const restored = restoreApprovalState(json);
        expect(restored.ok ? 0 : restored.error.length).toBeGreaterThan(0);
        const answer = transitionApproval(json as never, { type: "timeReached", at: opened });
        expect(answer.ok ? [] : answer.error.reasons.map(({ code }) => code)).toEqual(["state_foreign"]);
      }),
      { numRuns: 1000 },
    );
  });

  it("TH21: a stored state with any place replaced is refused with state_invalid, or is a state like any other", () => {
    fc.assert(
      fc.property(
        courseArbitrary(),
        fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
        jsonArbitrary(),
        ({ end, steps }, turns, json) => {
          const stored = copyOf(end);
          replaceAt(stored, turns, json);
          const restored = restoreApprovalState(stored);
          if (restored.ok) {
            expect(restoreApprovalState(copyOf(restored.value))).toEqual(restored);
            for (const { event } of steps) transitionApproval(restored.value, event);
          } else expect(restored.error.every(({ code }) => code.startsWith("state_"))).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("E1: any JSON as an opening or a plan's input is answered", () => {
    const flow = flowOf({ kind: "automatic" });
    fc.assert(
      fc.property(jsonArbitrary(), jsonArbitrary(), (input, rules) => {
        expect(startApproval(flow, input as never).ok).toBe(false);
        expect(planApproval(flow, input as never).decidable).toBe(false);
        expect(startApproval(rules as never, { requestor: { id: "r" }, at: opened }).ok).toBe(false);
      }),
      runs,
    );
  });
});

/** Replaces the value at the end of a walk through a JSON document. */
function replaceAt(document: { [key: string]: unknown }, turns: readonly number[], json: unknown): void {
  let at = document;
  for (const [index, turn] of turns.entries()) {
    const keys = Object.keys(at);
    const key = keys[turn % keys.length] ?? "kind";
    const next = at[key];
    if (index === turns.length - 1 || typeof next !== "object" || next === null || Object.keys(next).length === 0) {
      at[key] = json;
      return;
    }
    at = next as { [key: string]: unknown };
  }
}
