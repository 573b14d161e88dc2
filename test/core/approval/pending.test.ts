import { describe, expect, it } from "vitest";
import { pendingApproval } from "../../../src/core/approval/pending-approval.js";
import { approvalOf, ballot, catalog, flowWith, group, hour, inGroup, minute, open, opened, person, played, resource } from "./support.js";

const lead = person("lena", ["leads"]);

describe("pendingApproval", () => {
  it("A3: it lists the groups that are not satisfied, and how far they are", () => {
    const state = played(open(flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba"), inGroup("leads", 3)]))), lead);
    expect(pendingApproval(state, opened + minute)).toEqual([
      { group: 1, required: 1, approvals: 0, owners: [] },
      { group: 2, required: 3, approvals: 1, owners: [] },
    ]);
  });

  it("A3: with `distinctApprovers` it lists every group for which one more voter would help", () => {
    const distinct = approvalOf("allOf", [inGroup("leads"), inGroup("dba"), inGroup("security")], { distinctApprovers: true });
    const state = played(open(flowWith(distinct)), person("bo", ["leads", "dba"]), person("sam", ["security"]));
    expect(pendingApproval(state, opened + minute).map(({ group }) => group)).toEqual([0, 1]);
  });

  it("A8: it lists the owners whose resources are not covered", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ relation: "owner" })]));
    const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" }), resource("r3", {}, "wild")];
    const state = played(open(flow, { resources, catalog }), person("wim", ["web"]));
    expect(state.owners.map(({ owner }) => owner?.values)).toEqual([undefined, ["pay"], ["web"]]);
    expect(pendingApproval(state, opened + minute)).toEqual([
      {
        group: 0,
        required: 1,
        approvals: 0,
        owners: [
          { owner: 0, approvals: 0 },
          { owner: 1, approvals: 0 },
        ],
      },
    ]);
  });

  it("A12: open tiers are listed, each of which decides alone", () => {
    const state = open(
      flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation: { tiers: [inGroup("bosses"), inGroup("chiefs")] } })),
    );
    expect(pendingApproval(state, opened + 31 * minute)).toEqual([
      { group: 0, required: 1, approvals: 0, owners: [] },
      { group: 0, tier: 1, required: 1, approvals: 0, owners: [] },
    ]);
  });

  it("A4: nothing is pending once decided", () => {
    const state = played(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))), lead);
    expect(pendingApproval(state, opened + minute)).toEqual([]);
  });

  it("A11: nothing helps at the deadline", () => {
    expect(pendingApproval(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))), opened + 24 * hour)).toEqual([]);
  });

  it("S8: a bad instant throws", () => {
    const state = open(flowWith(approvalOf("anyOf", [inGroup("leads")])));
    expect(() => pendingApproval(state, "today")).toThrowError(
      expect.objectContaining({ name: "AccessFlowError", code: "instant_invalid" }),
    );
  });

  it.each([
    [{}, "state_foreign"],
    [{ kind: "approvalState", format: "approvalState/v9" }, "state_newer"],
  ])("L13: %j is no state: it throws", (state, code) => {
    expect(() => pendingApproval(state as never, opened)).toThrowError(expect.objectContaining({ name: "AccessFlowError", code }));
  });

  it("A6: a vote that no longer counts is not counted as an approval", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("leads", 3)]), { requestorCannotApproveSelf: true });
    const requestor = person("ada");
    const state = played(
      open(flow, { requestor }),
      person("alias", ["leads"]),
      ballot(lead, { requestor: { ...requestor, accounts: ["alias"] } }),
    );
    expect(pendingApproval(state, opened + minute)).toMatchObject([{ approvals: 1 }]);
  });

  it("A14: a vote changes nothing of the state before it, and another one can follow from there", () => {
    const owners = flowWith(approvalOf("allOf", [inGroup("leads", 3), group({ relation: "owner" })]));
    const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
    const first = open(owners, { resources, catalog });
    const told = pendingApproval(first, opened + minute);
    const next = played(first, lead);
    const others = [played(first, person("pia", ["pay"])), played(first, person("bo", ["leads", "web"]))];
    expect(others.map(({ status, votes }) => [status, votes.length])).toEqual(Array(2).fill(["pending", 1]));
    const toldNext = pendingApproval(next, opened + minute);
    played(next, person("pia", ["pay", "leads"]));
    expect([pendingApproval(first, opened + minute), pendingApproval(next, opened + minute)]).toEqual([told, toldNext]);
  });
});
