import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const at = Date.UTC(2026, 2, 2, 9);
const ann = deepFreeze({ id: "ann", attributes: { group: ["platform"] } });
const bob = deepFreeze({ id: "bob", manager: "ann", attributes: { group: ["interns"] } });

function flowOf(definition: Partial<AccessFlowDefinition> = {}) {
  return defineAccessFlow({
    name: "S3 read",
    requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
    targets: [{ kind: "bundle", bundle: "all" }],
    ...definition,
  });
}

/** What hosts without types may pass. */
const ask = isEligible as (flow: unknown, input: unknown) => boolean;

describe("isEligible", () => {
  it("R2: holds when everything holds", () => {
    expect(isEligible(flowOf(), { requestor: ann, at })).toBe(true);
  });

  it("R2: fails when the flow is inactive, automatic or closed", () => {
    const schedule = { kind: "onlyOn" as const, days: ["friday" as const], from: "09:00", to: "10:00", timeZone: "UTC" };
    const flows = [flowOf({ active: false }), flowOf({ trigger: "automatic" }), flowOf({ schedule })];
    expect(flows.map((flow) => isEligible(flow, { requestor: ann, at }))).toEqual([false, false, false]);
  });

  it("R2: fails when the requestor does not meet the conditions", () => {
    expect(isEligible(flowOf(), { requestor: bob, at })).toBe(false);
  });

  it("C9: fails when requestor or grantee is inactive", () => {
    const requestFor = { scopes: ["self" as const, "directReports" as const] };
    expect(isEligible(flowOf({ requestFor }), { requestor: { ...ann, active: false }, at })).toBe(false);
    expect(isEligible(flowOf({ requestFor }), { requestor: ann, grantee: { ...bob, active: false }, at })).toBe(false);
    expect(isEligible(flowOf({ requestFor }), { requestor: ann, grantee: { ...ann, active: false }, at })).toBe(false);
  });

  it("R3: follows the scopes", () => {
    const grantees = { conditions: [{ attribute: "group", values: ["interns"] }] };
    expect(isEligible(flowOf(), { requestor: ann, grantee: bob, at })).toBe(false);
    expect(isEligible(flowOf({ requestFor: { scopes: ["others"], grantees } }), { requestor: ann, grantee: bob, at })).toBe(true);
    expect(isEligible(flowOf({ requestFor: { scopes: ["others"], grantees } }), { requestor: ann, at })).toBe(false);
    expect(isEligible(flowOf({ requestFor: { scopes: ["directReports"] } }), { requestor: ann, grantee: bob, at })).toBe(true);
    expect(isEligible(flowOf({ requestFor: { scopes: ["directReports"] } }), { requestor: ann, grantee: { id: "x" }, at })).toBe(false);
  });

  it("S8: throws for a bad instant, naming the argument", () => {
    expect(() => ask(flowOf(), { requestor: ann, at: "tomorrow" })).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "instant_invalid", message: "at is no instant of the years 1970 to 9999" }),
    );
  });

  it("R1: throws for facts of the wrong shape, naming every place", () => {
    expect(() => ask(flowOf(), { requestor: { id: "ann", actve: false }, grantee: 7, at })).toThrow(
      expect.objectContaining({
        name: "AccessFlowError",
        code: "facts_invalid",
        message: "requestor.actve is not of the stated shape\ngrantee is not of the stated shape",
      }),
    );
  });

  it("R1: throws for what is no flow", () => {
    expect(() => ask({ name: "S3 read" }, { requestor: ann, at })).toThrow(expect.objectContaining({ code: "facts_invalid" }));
    expect(() => ask({ ...flowOf(), active: "yes" }, { requestor: ann, at })).toThrow(
      expect.objectContaining({ code: "facts_invalid", message: "flow.active is not of the stated shape" }),
    );
  });
});
