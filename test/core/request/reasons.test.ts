import { describe, expect, it } from "vitest";
import type { Refusal } from "../../../src/core/kernel/refusal.js";
import type { Result } from "../../../src/core/kernel/result.js";
import { type Effect, laneOf } from "../../../src/core/request/request-effect.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { wakeAt } from "../../../src/core/request/wake-at.js";
import {
  activated,
  asking,
  byLeads,
  factsRead,
  flowWith,
  hour,
  lena,
  monday,
  person,
  played,
  read,
  revoke,
  root,
  submitted,
  take,
  told,
  vote,
  write,
} from "./support.js";

/** Why an event, or a request, is refused: every reason in full. */
const refused = (result: Result<unknown, Refusal>): readonly string[] => (result.ok ? [] : told(result.error.reasons));

/** What an error says, and its code. */
function thrown(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return [code, message];
  }
}

describe("requests and events, with every reason in full", () => {
  const flow = flowWith({ approval: byLeads });
  const waiting = submitted(flow);
  const activating = played(waiting, vote(lena), factsRead());
  const active = played(activating, activated);
  const ending = played(active, revoke(root));

  it("L7: votes when there is nothing to vote on, and reports about what was not asked for", () => {
    const withMfa = submitted(flowWith({ approval: byLeads }, { requireMfa: true }));
    const stray = { type: "activated", generation: 1, reports: [{ entitlement: 1, access: "held", sessionsMayPersist: false }] } as const;
    expect([
      ...[withMfa, activating, submitted(flowWith()), ending, played(waiting, vote(lena, "reject"))].map((state) =>
        refused(take(state, vote(lena))),
      ),
      refused(take(activating, () => ({ ...stray, at: activating.lastAt }))),
    ]).toStrictEqual([
      ["status_forbids L7 [] awaitingMfa"],
      ["request_decided A4 [] approved"],
      ["request_decided A4 [] approved"],
      ["request_decided A4 [] approved"],
      ["request_over L7 [] rejected"],
      ['facts_invalid C4 [] event ["reports"]'],
    ]);
  });

  it("D4: a request that asks for too much, or for nothing", () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ resource: "db-1", permission: `p${index}` }));
    expect(
      [submitRequest(flow, asking({ entitlements: many })), submitRequest(flow, asking({ entitlements: [] }))].map(refused),
    ).toStrictEqual([["too_much_asked D4 [] 1000"], ["nothing_asked L1 []"]]);
  });

  it("L12: what is held is in the way, even in part", () => {
    const held = [{ request: "r0", entitlements: [write, read], status: "active" as const }];
    expect(refused(submitRequest(flow, asking({ held })))).toStrictEqual(["already_held L12 [] r0"]);
  });

  it("A6: the grantee's vote on their own access is none, already when the request is planned", () => {
    const others = { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["leads"] }] } } as const;
    const careful = flowWith({ approval: byLeads, requestFor: others }, { requestorCannotApproveSelf: true });
    const dry = (grantee: typeof lena) => submitRequest(careful, asking({ grantee, candidates: [lena], complete: true }));
    expect([refused(dry(lena)), refused(dry(person("bo", ["leads"])))]).toStrictEqual([['nobody_can_approve A13 ["approval"]'], []]);
  });

  it("L6: orders about one grantee's access wait for each other, and nothing else does", () => {
    const types = ["activate", "deactivate", "changeEnd", "readFacts", "wake", "notify", "askApprovers"] as const;
    expect(types.map((type) => laneOf({ type, key: "k" } as Effect, "ada"))).toStrictEqual([
      "grantee:ada",
      "grantee:ada",
      "grantee:ada",
      null,
      null,
      null,
      null,
    ]);
  });

  it("L3: `wakeAt` reads a request's own time, and an approval's", () => {
    expect([wakeAt(active), wakeAt(waiting), waiting.approval === null ? null : wakeAt(waiting.approval)]).toStrictEqual([
      monday + hour + 2_000,
      monday + 24 * hour,
      monday + 24 * hour,
    ]);
    expect([5, null, {}, { kind: "requestState" }].map((state) => thrown(() => wakeAt(state as never)))).toStrictEqual([
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no request state of this library"],
    ]);
  });
});
