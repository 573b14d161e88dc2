import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { factsNeeded } from "../../../src/core/evaluate/facts-needed.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type {
  AccessFlowDefinition,
  ApprovalDefinition,
  AttributeConditionDefinition,
  ConditionDefinition,
} from "../../../src/core/flow/definition.js";

const nothing = { attributes: [], manager: false };

function needs(definition: Partial<AccessFlowDefinition>) {
  return factsNeeded(
    defineAccessFlow({
      name: "S3 read",
      requestors: { conditions: [{ attribute: "user", values: ["ann"] }] },
      targets: [{ kind: "bundle", bundle: "all" }],
      ...definition,
    }),
  );
}

function ofRequestor(...conditions: readonly AttributeConditionDefinition[]) {
  return needs({ requestors: { conditions } }).requestor;
}

function approvalBy(...conditions: readonly ConditionDefinition[]): ApprovalDefinition {
  return { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions }] };
}

describe("factsNeeded", () => {
  it("C8: `user` is always answered and needs no asking", () => {
    expect(needs({})).toEqual({ requestor: nothing, grantee: nothing, voter: nothing, resources: true, catalog: true });
  });

  it("C7: names the directories that conditions name, sorted, each once", () => {
    const conditions = ["okta", "github", "okta"].map((source) => ({ attribute: "group", values: ["a"], source }));
    expect(ofRequestor(...conditions).attributes).toEqual([{ name: "group", sources: ["github", "okta"] }]);
  });

  it("C7: asks any directory where one condition names none", () => {
    const [named, unnamed] = [
      { attribute: "group", values: ["a"], source: "okta" },
      { attribute: "group", values: ["a"] },
    ];
    expect(ofRequestor(named, unnamed).attributes).toEqual([{ name: "group", sources: "any" }]);
    expect(ofRequestor(unnamed, named).attributes).toEqual([{ name: "group", sources: "any" }]);
  });

  it("C6: attributes are sorted and compared as NFC", () => {
    const attributes = ["z", "caf\u00e9", "cafe\u0301", "a"].map((attribute) => ({ attribute, values: ["x"] }));
    expect(ofRequestor(...attributes).attributes.map(({ name }) => name)).toEqual(["a", "caf\u00e9", "z"]);
  });

  it("C7: a condition on `user` or `manager` that names a directory has it asked", () => {
    const conditions = ["user", "manager"].map((attribute) => ({ attribute, values: ["x"], source: "okta" }));
    expect(ofRequestor(...conditions)).toEqual({
      attributes: [
        { name: "manager", sources: ["okta"] },
        { name: "user", sources: ["okta"] },
      ],
      manager: true,
    });
  });

  it("C10: a condition on `manager` needs the manager", () => {
    expect(ofRequestor({ attribute: "manager", values: ["bob"] })).toEqual({ attributes: [], manager: true });
  });

  it("C8: an attribute `owner` is never known and not asked for", () => {
    expect(ofRequestor({ attribute: "owner", values: ["bob"] })).toEqual(nothing);
  });

  it("R3: scope `others` needs the grantee's attributes, `directReports` their manager", () => {
    const grantees = { conditions: [{ attribute: "department", values: ["it"] }] };
    const requestFor = { scopes: ["others" as const, "directReports" as const], grantees };
    expect(needs({ requestFor }).grantee).toEqual({ attributes: [{ name: "department", sources: "any" }], manager: true });
  });

  it("A7: approval by the requestor's manager needs that manager", () => {
    const { requestor, grantee } = needs({ approval: approvalBy({ relation: "manager" }) });
    expect([requestor.manager, grantee.manager]).toEqual([true, false]);
  });

  it("A7: approval by the grantee's manager needs the requestor's, too, where they may ask for themselves", () => {
    const approval = approvalBy({ relation: "manager", of: "grantee" });
    const scopesOf = (scope: "self" | "directReports") => {
      const { requestor, grantee } = needs({ approval, requestFor: { scopes: [scope] } });
      return [requestor.manager, grantee.manager];
    };
    expect(scopesOf("self")).toEqual([true, true]);
    expect(scopesOf("directReports")).toEqual([false, true]);
  });

  it("A7: voters are asked for what groups and tiers test, relations apart", () => {
    const approval = {
      ...approvalBy({ attribute: "group", values: ["leads"] }, { relation: "owner" }),
      escalation: { tiers: [{ conditions: [{ attribute: "onCall", values: ["db"], source: "pager" }] }] },
    };
    expect(needs({ approval }).voter).toEqual({
      attributes: [
        { name: "group", sources: "any" },
        { name: "onCall", sources: ["pager"] },
      ],
      manager: false,
    });
  });

  it("R4: does not depend on the order of the conditions", () => {
    const conditions = ["b", "a", "b"].map((attribute, index) => ({ attribute, values: ["x"], source: `s${index}` }));
    expect(ofRequestor(...[...conditions].reverse())).toEqual(ofRequestor(...conditions));
  });

  it("R4: throws for what is no flow", () => {
    expect(() => factsNeeded({} as AccessFlow)).toThrow(expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }));
  });
});
