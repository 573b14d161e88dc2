import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { ApprovalState, VoteRecord } from "../../src/core/approval/approval-state.js";
import { plainVote } from "../../src/core/approval/event/plain-vote.js";
import { readEvent } from "../../src/core/approval/event/read-event.js";
import { pendingApproval } from "../../src/core/approval/pending-approval.js";
import { restoreApprovalState } from "../../src/core/approval/restore-approval-state.js";
import { isMadeState, memoOf, newMemo } from "../../src/core/approval/state/made-states.js";
import { overlap } from "../../src/core/approval/state/person-record.js";
import { jsonBytes, stateLimit } from "../../src/core/approval/state/state-size.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { hasVoted, noVoters, withVoters } from "../../src/core/approval/vote/voter-index.js";
import { personKeys } from "../../src/core/facts/person-keys.js";
import { compareText, personKey } from "../../src/core/kernel/text.js";
import { wakeAt } from "../../src/core/request/wake-at.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { approvalOf, ballot, flowWith, inGroup, open, opened, person } from "../core/approval/support.js";
import { courseArbitrary } from "./approval-course.js";

const copyOf = (value: unknown) => JSON.parse(JSON.stringify(value));
const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Texts whose JSON is longer than they are, and texts that are not. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom('"', "\\", "\n", "\u0000", "é", "漢", "😀", "\ud800", "\u007f", "ada@corp.com", "ADA@corp.com"),
);

describe("what is kept beside a state", () => {
  it("A14: follows from the state alone: size, approvals that count, times", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ opening, steps }) => {
        const states = [opening.state, ...steps.flatMap(({ answer }) => (answer.ok ? [answer.value.state] : []))];
        for (const state of states) {
          expect(isMadeState(state)).toBe(true);
          const { ready, bytes, tally } = memoOf(state);
          const anew = newMemo(copyOf(state));
          expect(bytes).toBe(bytesOf(state));
          expect({ ...ready, tally }).toEqual({ ...anew.ready, tally: anew.tally });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("A14: changes no answer: a state and its JSON are answered alike", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ steps }) => {
        for (const { before, event, answer } of steps) {
          const copy: ApprovalState = copyOf(before);
          expect(JSON.stringify(transitionApproval(copy, event))).toBe(JSON.stringify(answer));
          expect(JSON.stringify(pendingApproval(copy, event.at))).toBe(JSON.stringify(pendingApproval(before, event.at)));
          expect(wakeAt(copy)).toBe(wakeAt(before));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("A14: is shared by states that follow one another, and two that follow the same do not mix", () => {
    fc.assert(
      fc.property(courseArbitrary(), courseArbitrary(), ({ opening, steps }, other) => {
        const events = [...steps, ...other.steps].map(({ event }) => event);
        const branch = (state: ApprovalState, turn: number): string =>
          JSON.stringify(events.filter((_, index) => index % 2 === turn).reduce(stateAfter, state));
        const apart = [0, 1].map((turn) => branch(copyOf(opening.state), turn));
        expect([0, 1].map((turn) => branch(opening.state, turn))).toEqual(apart);
      }),
      { numRuns: 200 },
    );
  });

  it("D4: a vote is refused for the size of the state exactly beyond 256,000 bytes, whoever has made the state", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads", 900)]));
    let full = open(flow);
    for (let number = 0; bytesOf(full) < stateLimit - 7_000; number += 1) {
      const emails = Array.from({ length: 60 }, (_, index) => `${number}-${index}-${"x".repeat(90)}@corp.com`);
      full = stateAfter(full, ballot(person(`lead-${number}`, ["leads"], { emails })));
    }
    const room = stateLimit - bytesOf(full);
    const outcomes = new Set<boolean>();
    const base = bytesOf(stateAfter(full, ballot(person("z", ["leads"], { emails: [] })))) - bytesOf(full);
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -400, max: 400 })), text, (difference, odd) => {
        const letters = room - base - 3 + difference;
        const voter = person("z", ["leads"], { emails: [`${odd}${"y".repeat(Math.max(1, letters - odd.length))}`] });
        const vote = ballot(voter);
        const answers = [full, copyOf(full)].map((state: ApprovalState) => transitionApproval(state, vote));
        const [made, restored] = answers.map((answer) => JSON.stringify(answer));
        expect(made).toBe(restored);
        const grown = { ...full, revision: full.revision + 1, votes: [...full.votes, voteOf(vote.voter)] };
        expect(answers[0]?.ok).toBe(bytesOf(grown) <= stateLimit);
        outcomes.add(answers[0]?.ok === true);
      }),
      {
        numRuns: 60,
        examples: [
          [-40, ""],
          [40, ""],
        ],
      },
    );
    expect(outcomes.size).toBe(2);
  });
});

function stateAfter(state: ApprovalState, event: ApprovalEvent): ApprovalState {
  const answer = transitionApproval(state, event);
  return answer.ok ? answer.value.state : state;
}

/** The vote of an approver of the one group, as it is kept. */
function voteOf(voter: ReturnType<typeof person>): VoteRecord {
  const counts = [{ group: 0, tier: null, owners: "all" as const }];
  return { voter: voter.id, keys: personKeys(voter), decision: "approve", reason: null, at: opened, counts };
}

describe("quick looks", () => {
  it("D4: the size of a value is that of its JSON text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(text, fc.array(text)),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.maxSafeInteger(),
        ),
        (json) => {
          expect(jsonBytes(json)).toBe(bytesOf(json));
        },
      ),
      { numRuns: 2000 },
    );
    expect(jsonBytes({ a: undefined, b: 1, c: undefined })).toBe(bytesOf({ b: 1 }));
    expect(jsonBytes({ a: undefined })).toBe(2);
  });

  it("A6: keys are sorted, each once, however many there are", () => {
    const texts = fc.array(fc.oneof(text, fc.constantFrom("a@b", "A@b", "a", "A", "ab")), { maxLength: 20 });
    fc.assert(
      fc.property(text, texts, texts, (id, emails, accounts) => {
        const all = [id, ...emails, ...accounts].map(personKey);
        const identity = {
          id,
          emails,
          accounts: accounts.map((account, index) => (index % 2 === 0 ? account : { id: account, name: "n" })),
        };
        expect(personKeys(identity)).toEqual([...new Set(all)].sort(compareText));
      }),
      { numRuns: 1000 },
    );
  });

  it("A5: who has voted is found by any key, however many votes there are and however they came", () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 90 }), fc.array(fc.nat({ max: 90 }), { maxLength: 6 }), keys, (lists, stops, asked) => {
        const votes = lists.map((list) => ({ keys: list.map(String).sort(compareText) }) as unknown as VoteRecord);
        const wanted = asked.map(String).sort(compareText);
        let voters = noVoters;
        for (const stop of [...stops.sort((left, right) => left - right), votes.length]) {
          const length = Math.min(stop, votes.length);
          voters = withVoters(voters, votes, length);
          const plainly = votes.slice(0, length).some((vote) => overlap(vote.keys, wanted));
          expect(hasVoted(voters, votes, length, wanted)).toBe(plainly);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("L7: a vote that is read in one look is read alike step by step", () => {
    const at = fc.constantFrom<unknown>(opened, "2026-03-02T09:00:00Z", new Date(opened), -1, "soon", null);
    const people = fc.constantFrom<unknown>(person("eve", ["leads"]), { id: "" }, { id: "eve", emails: ["e"] }, "eve", null, undefined);
    const like = fc.record(
      {
        type: fc.constantFrom<unknown>("vote", "withdraw", "vote", 1),
        voter: people,
        decision: fc.constantFrom<unknown>("approve", "reject", "abstain", undefined),
        reason: fc.constantFrom<unknown>("fine", "", "\ud800", undefined, 1),
        requestor: people,
        grantee: people,
        at,
        more: fc.constantFrom<unknown>(undefined, 1),
      },
      { requiredKeys: ["type", "voter", "decision", "at"] },
    );
    const usual: unknown = ballot(person("eve", ["leads"]));
    let looks = 0;
    fc.assert(
      fc.property(fc.oneof(like, fc.constant(usual), jsonArbitrary()), (event) => {
        const look = plainVote(event);
        if (look === null) return;
        looks += 1;
        // Without a prototype it is no record of the usual sort, and is read step by step.
        const bare = Object.assign(Object.create(null), event);
        expect(plainVote(bare)).toBeNull();
        expect(readEvent(bare)).toEqual({ ok: true, value: look });
        expect(Object.keys(look)).toEqual(["type", "voter", "decision", "reason", "requestor", "grantee", "at"]);
      }),
      { numRuns: 1000, examples: [[usual]] },
    );
    expect(looks).toBeGreaterThan(0);
  });

  it("L13: a state that is restored is made, and restored again it is the same object", () => {
    fc.assert(
      fc.property(courseArbitrary(), ({ end }) => {
        const restored = restoreApprovalState(copyOf(end));
        expect(restored).toEqual({ ok: true, value: end });
        expect(restored.ok && isMadeState(restored.value)).toBe(true);
        expect(restored.ok && restoreApprovalState(restored.value)).toEqual(restored);
      }),
      { numRuns: 100 },
    );
  });
});
