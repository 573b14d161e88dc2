import { describe, expect, it } from "vitest";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { accepted, approvalOf, codesOf, flowWith, group, hour, inGroup, open, opened, person, played, vote } from "./support.js";

const lead = person("lena", ["leads"]);
const expert = person("eric", ["dba"]);
const both = person("bo", ["leads", "dba"]);

describe("who decides (A1–A3)", () => {
  it("A1: an automatic approval is approved at once, and asks nobody", () => {
    const started = accepted(startApproval(flowWith({ kind: "automatic" }), { requestor: person("ada"), at: opened }));
    expect([started.state.status, started.state.decidedAt, started.effects, started.recorded]).toEqual(["approved", opened, [], null]);
  });

  it("A1: an approval by people waits for them", () => {
    expect(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))).status).toBe("pending");
  });

  it("A1: opening asks every group, and sets a timer for the deadline", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")]));
    expect(accepted(startApproval(flow, { requestor: person("ada"), at: opened })).effects).toEqual([
      { key: "0:0", type: "askApprovers", groups: [0, 1], tier: null },
      { key: "0:1", type: "wake", at: opened + 24 * hour },
    ]);
  });

  const two = [
    { attribute: "group", values: ["leads"] },
    { attribute: "group", values: ["dba"] },
  ];

  it("A2: under `and` one approver must meet all conditions", () => {
    const state = open(flowWith(approvalOf("anyOf", [group(...two)])));
    expect(codesOf(vote(state, lead))).toEqual(["not_an_approver"]);
  });

  it("A2: under `and` who meets all conditions approves", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [group(...two)]))), both).status).toBe("approved");
  });

  it("A2: under `or` one approver who meets one condition approves", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [{ combinator: "or", conditions: two }]))), expert).status).toBe("approved");
  });

  it("A3: a group is satisfied by one voter by default", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))), lead).status).toBe("approved");
  });

  it("A3: a group with `required` 2 waits for a second voter", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [inGroup("leads", 2)]))), lead).status).toBe("pending");
  });

  it("A3: a group with `required` 2 is satisfied by two different voters", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [inGroup("leads", 2)]))), lead, both).status).toBe("approved");
  });

  it("A3: `anyOf` does not add up voters of different groups", () => {
    const state = open(flowWith(approvalOf("anyOf", [inGroup("leads", 2), inGroup("dba", 2)])));
    expect(played(state, lead, expert).status).toBe("pending");
  });

  it("A3: `anyOf` needs one satisfied group", () => {
    expect(played(open(flowWith(approvalOf("anyOf", [inGroup("leads"), inGroup("dba")]))), expert).status).toBe("approved");
  });

  it("A3: `allOf` waits for every group", () => {
    expect(played(open(flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")]))), expert).status).toBe("pending");
  });

  it("A3: one person in several groups counts for each of them", () => {
    expect(played(open(flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")]))), both).status).toBe("approved");
  });

  const distinct = flowWith(approvalOf("allOf", [inGroup("leads"), inGroup("dba")], { distinctApprovers: true }));

  it("A3: `distinctApprovers` needs different people for different groups", () => {
    expect(played(open(distinct), both).status).toBe("pending");
  });

  it("A3: `distinctApprovers` is decided exactly: who could serve either group serves the one that is left", () => {
    const statuses = [lead, expert].map((second) => played(open(distinct), both, second).status);
    expect(statuses).toEqual(["approved", "approved"]);
  });

  it("A3: `distinctApprovers` moves earlier voters along a chain of groups", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("a"), inGroup("b"), inGroup("c")], { distinctApprovers: true }));
    const state = played(open(flow), person("x", ["a", "b"]), person("y", ["b", "c"]));
    expect(played(state, person("z", ["a"])).status).toBe("approved");
  });

  it("A3: `distinctApprovers` counts `required` voters for each group", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("a", 2), inGroup("b")], { distinctApprovers: true }));
    const state = played(open(flow), person("x", ["a", "b"]), person("y", ["a", "b"]));
    expect([state.status, played(state, person("z", ["b"])).status]).toEqual(["pending", "approved"]);
  });

  it("A3: a `required` beyond all voters is never met, however large", () => {
    const flow = flowWith(approvalOf("allOf", [inGroup("leads", Number.MAX_SAFE_INTEGER)], { distinctApprovers: true }));
    expect(played(open(flow), lead, both).status).toBe("pending");
  });
});
