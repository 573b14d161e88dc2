import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/core/facts/identity.js";
import { productStatusOf } from "../../../src/core/request/product-status.js";
import { laneOf } from "../../../src/core/request/request-effect.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { requestStatuses } from "../../../src/core/request/request-status.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { timelineOf } from "../../../src/core/request/timeline-of.js";
import { mayRead, viewFor } from "../../../src/core/request/view-for.js";
import {
  accepted,
  activated,
  ada,
  asking,
  boss,
  byLeads,
  factsRead,
  flowWith,
  forOthers,
  gil,
  hour,
  lena,
  logged,
  monday,
  person,
  played,
  revoke,
  root,
  submitted,
  take,
  timeReached,
  vote,
} from "./support.js";

const two = {
  ...byLeads,
  approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 2 }],
  escalation: { every: { amount: 1, unit: "hour" }, tiers: [{ conditions: [{ attribute: "group", values: ["bosses"] }] }] },
} as never;
const flow = flowWith({ approval: two, requestFor: forOthers }, { requestorCannotApproveSelf: true });
const lou = person("lou", ["leads"]);
const voted = played(submitted(flow, { grantee: gil, justification: "mine" }), vote(lena, "approve", "canary"));
const rejected = played(voted, vote(lou, "reject", "not today"));

function see(state: RequestState, identity: Identity, administrator = false, at = state.lastAt) {
  return viewFor(state, { identity, administrator, at });
}

describe("who reads (L11)", () => {
  it("L11: requestor, grantee, who may vote now, who has voted, and administrators; to others there is no such request", () => {
    const may = (identity: Identity, administrator = false, at = voted.lastAt) => mayRead(voted, { identity, administrator, at });
    expect([may(ada), may(gil), may(lou), may(lena), may({ id: "x" }, true)]).toEqual([true, true, true, true, true]);
    expect([may(boss), may(person("eve", ["staff"])), may({ ...lou, active: false })]).toEqual([false, false, false]);
    expect(() => see(voted, boss)).toThrow(expect.objectContaining({ code: "request_not_found" }));
  });

  it("L11: who may vote from a tier on reads from then on", () => {
    expect(mayRead(voted, { identity: boss, at: monday + hour })).toBe(true);
  });

  it("L11: once it is decided, who could have voted reads no more; who has voted does", () => {
    expect([
      mayRead(rejected, { identity: person("lia", ["leads"]), at: rejected.lastAt }),
      mayRead(rejected, { identity: lena, at: rejected.lastAt }),
    ]).toEqual([...[false, true]]);
  });

  it("L8: an administrator who is a party sees a party's view; so does who overlaps a party under another id", () => {
    expect(see(voted, ada, true).audience).toBe("requestor");
    expect(see(voted, { ...person("alias"), accounts: ["gil@corp.com"] }, true).audience).toBe("requestor");
    expect(see(voted, { id: "x" }, true).audience).toBe("administrator");
    expect(see(voted, lena).audience).toBe("approver");
  });

  it("L11: to share an address with a party is no way in for who may not read at all", () => {
    const alias = { ...person("alias"), accounts: ["gil@corp.com"] };
    expect(mayRead(voted, { identity: alias, at: voted.lastAt })).toBe(false);
    expect(() => see(voted, alias)).toThrow(expect.objectContaining({ code: "request_not_found", message: "no such request", issues: [] }));
  });

  it("L11: bad viewers are refused, none is let in", () => {
    expect(() => viewFor(voted, { identity: { id: "" }, at: 0 })).toThrow(expect.objectContaining({ code: "facts_invalid" }));
    expect(() => viewFor(voted, { identity: ada, administrator: "yes", at: 0 } as never)).toThrow(
      expect.objectContaining({ code: "facts_invalid" }),
    );
    expect(() => viewFor(voted, { identity: ada, at: "soon" })).toThrow(expect.objectContaining({ code: "instant_invalid" }));
    expect(() => viewFor({} as never, { identity: ada, at: 0 })).toThrow(expect.objectContaining({ code: "state_foreign" }));
  });
});

describe("what they read (L8)", () => {
  it("L8: a requestor and a grantee see the same: a rejection's reason, no approval's, and no votes of others", () => {
    const [asRequestor, asGrantee] = [see(rejected, ada), see(rejected, gil)];
    expect(asRequestor).toEqual(asGrantee);
    expect(asRequestor).toMatchObject({
      votes: [],
      rejectionReason: "not today",
      justification: "mine",
      status: "rejected",
      productStatus: "REJECTED",
    });
    expect(JSON.stringify(asRequestor)).not.toContain("canary");
  });

  it("L8: approvers and administrators see both reasons", () => {
    for (const view of [see(rejected, lena), see(rejected, { id: "x" }, true)]) {
      expect(view.votes.map(({ voter, reason }) => [voter, reason])).toEqual([
        ["lena", "canary"],
        ["lou", "not today"],
      ]);
    }
  });

  it("L8: who is a party and has voted sees their own vote, and no other", () => {
    const lax = flowWith({
      approval: two,
      requestFor: forOthers,
      requestors: { conditions: [{ attribute: "group", values: ["staff", "leads"] }] },
    });
    const asking = submitted(lax, { requestor: { ...lena, attributes: { group: ["leads"] } } });
    const state = played(asking, vote(lena, "approve", "myself"), vote(lou, "approve", "canary"));
    expect(see(state, lena).votes.map(({ reason }) => reason)).toEqual(["myself"]);
  });

  it("L9: every status has its word in the product", () => {
    expect(requestStatuses.map((status) => `${status} ${productStatusOf(status)}`)).toEqual([
      ...[
        "awaitingMfa PENDING",
        "awaitingApproval PENDING",
        "scheduled APPROVED",
        "activating APPROVED",
        "active GRANTED",
        "deactivating REVOKING",
      ],
      ...["ended EXPIRED", "revoked EXPIRED", "rejected REJECTED", "withdrawn EXPIRED", "expired EXPIRED", "activationFailed FAILED"],
    ]);
  });
});

describe("what happened (L8)", () => {
  const { log } = logged(
    flow,
    asking({ grantee: gil }),
    vote(lena, "approve", "canary"),
    vote(lou, "approve", "canary"),
    factsRead(),
    activated,
    revoke(root),
  );

  it("L8: a timeline for requestors names no voter, no administrator, and no approval's reason", () => {
    const timeline = timelineOf(log, "requestor");
    expect(timeline.map(({ type, status, by }) => [type, status, by])).toEqual([
      ["submitted", "awaitingApproval", "ada"],
      ["vote", "awaitingApproval", null],
      ["vote", "scheduled", null],
      ["factsRead", "activating", null],
      ["activated", "active", null],
      ["revoke", "deactivating", null],
    ]);
    expect(JSON.stringify(timeline)).not.toMatch(/canary|lena|lou|root/);
  });

  it("L8: approvers and administrators learn who and why", () => {
    for (const audience of ["approver", "administrator"] as const) {
      expect(timelineOf(log, audience).map(({ by, decision, reason }) => [by, decision, reason])).toEqual([
        ["ada", null, null],
        ["lena", "approve", "canary"],
        ["lou", "approve", "canary"],
        [null, null, null],
        [null, null, null],
        ["root", null, null],
      ]);
    }
  });

  it("L8: votes that a party cast themselves are hidden, too, for the log does not say who reads it", () => {
    const lax = flowWith({ approval: two, requestors: { conditions: [{ attribute: "group", values: ["staff", "leads"] }] } });
    const { log: own } = logged(lax, asking({ requestor: lena }), vote(lena, "approve", "myself"));
    expect(timelineOf(own, "requestor").map(({ by, decision, reason }) => [by, decision, reason])).toEqual([
      ["lena", null, null],
      [null, "approve", null],
    ]);
  });

  it("L8: a rejection's reason is for everybody, its voter's name is not", () => {
    const { log: short } = logged(flow, asking(), vote(lou, "reject", "not today"));
    expect(timelineOf(short, "requestor").at(-1)).toMatchObject({ by: null, decision: "reject", reason: "not today", status: "rejected" });
  });

  it("L4: the window stands in the timeline from its activation on", () => {
    expect(timelineOf(log, "requestor").map(({ window }) => window !== null)).toEqual([false, false, false, true, true, true]);
  });

  it("L8: an audience that is none of the three reads nothing", () => {
    expect(() => timelineOf(log, "everybody" as never)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });
});

describe("lanes (L6)", () => {
  it("L6: effects on a grantee's access run in one lane, all others in none", () => {
    const { effects } = accepted(submitRequest(flow, asking()));
    expect(effects.map((effect) => laneOf(effect, "ada"))).toEqual([null, null]);
    const state = played(submitted(flowWith()), factsRead(), activated);
    const orders = accepted(take(state, timeReached)).effects;
    expect(orders.map((effect) => laneOf(effect, "ada"))).toEqual(["grantee:ada"]);
    const order = { key: "r1:1:0", generation: 1, notBefore: null } as const;
    const types = ["activate", "deactivate", "changeEnd"] as const;
    expect(types.map((type) => laneOf({ ...order, type }, "ada"))).toEqual(["grantee:ada", "grantee:ada", "grantee:ada"]);
  });
});
