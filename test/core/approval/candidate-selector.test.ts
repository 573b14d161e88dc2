import { describe, expect, it } from "vitest";
import { candidateSelector } from "../../../src/core/approval/candidate-selector.js";
import type { ConditionDefinition } from "../../../src/core/flow/definition.js";
import { ada, approvalOf, catalog, flowWith, group, inGroup, open, person, resource } from "./support.js";

const selector = (combinator: "and" | "or", ...conditions: ConditionDefinition[]) =>
  candidateSelector(flowWith(approvalOf("anyOf", [{ combinator, conditions }])), { requestor: ada })[0];
const term = (attribute: string, operator: string, ...values: string[]) => ({ attribute, operator, values, source: null });

describe("candidateSelector", () => {
  it("A13: there is one for each group, then one for each tier", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("a"), inGroup("b")], { escalation: { tiers: [inGroup("c")] } }));
    expect(candidateSelector(flow, { requestor: ada })).toEqual(["a", "b", "c"].map((name) => ({ anyOf: [term("group", "is", name)] })));
  });

  it("E1: what it is given is not frozen", () => {
    const owners = [{ owner: { attribute: "group", operator: "is" as const, values: ["pay"] as [string] }, unknown: false, resources: 1 }];
    candidateSelector(flowWith(approvalOf("anyOf", [group({ relation: "owner" })])), { requestor: ada, owners });
    expect([owners, owners[0], owners[0]?.owner, owners[0]?.owner.values].map((value) => Object.isFrozen(value))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("E1: a requestor who cannot be read is answered", () => {
    const unreadable = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new TypeError("no");
        },
      },
    );
    expect(() => candidateSelector(flowWith(approvalOf("anyOf", [inGroup("a")])), { requestor: unreadable as never })).toThrow(
      expect.objectContaining({ code: "facts_invalid" }),
    );
  });

  it("E1: what is wrong with the flow and with the people is told at once", () => {
    const flow = flowWith(approvalOf("anyOf", [inGroup("a")]));
    const messages = (given: object, requestor: unknown): string[] => {
      try {
        candidateSelector(given as never, { requestor: requestor as never });
      } catch (error) {
        return (error as Error).message.split("\n");
      }
      return [];
    };
    const [ofFlow, ofPeople] = [messages({ ...flow, name: 7 }, ada), messages(flow, 1)];
    expect([ofFlow.length, ofPeople.length, messages(flow, ada)]).toEqual([1, 1, []]);
    expect(messages({ ...flow, name: 7 }, 1)).toEqual([...ofFlow, ...ofPeople]);
  });

  it("A13: an automatic approval asks nobody", () => {
    expect(candidateSelector(flowWith({ kind: "automatic" }), { requestor: ada })).toEqual([]);
  });

  it("A13: an `and` gives its most selective positive condition", () => {
    const conditions: ConditionDefinition[] = [
      { attribute: "department", operator: "contains", values: ["eng"] },
      { attribute: "group", operator: "isNot", values: ["x"] },
      { attribute: "group", values: ["leads"], source: "okta" },
      { attribute: "department", operator: "startsWith", values: ["e"] },
    ];
    expect(selector("and", ...conditions)).toEqual({ anyOf: [{ ...term("group", "is", "leads"), source: "okta" }] });
  });

  it("A13: of equally selective ones it gives the first; a few people by id are fewer than one group", () => {
    const [leads, dba]: [ConditionDefinition, ConditionDefinition] = [
      { attribute: "group", values: ["leads"] },
      { attribute: "group", values: ["dba"] },
    ];
    const users: ConditionDefinition = { attribute: "user", values: ["lena", "otto"] };
    const crowd: ConditionDefinition = { attribute: "user", values: Array.from({ length: 11 }, (_, index) => `u${index}`) };
    expect(
      [
        [leads, dba],
        [dba, leads],
        [leads, users],
        [crowd, leads],
      ].map((conditions) => selector("and", ...conditions)),
    ).toEqual([
      { anyOf: [term("group", "is", "leads")] },
      { anyOf: [term("group", "is", "dba")] },
      { anyOf: [term("user", "is", "lena", "otto")] },
      { anyOf: [term("group", "is", "leads")] },
    ]);
  });

  it("A13: an `or` gives the union", () => {
    const union = { anyOf: [term("group", "is", "leads"), term("department", "startsWith", "e")] };
    expect(
      selector("or", { attribute: "group", values: ["leads"] }, { attribute: "department", operator: "startsWith", values: ["e"] }),
    ).toEqual(union);
  });

  it.each(["isNot", "doesNotContain"] as const)("A13: only negatives (%s) give everyone", (operator) => {
    expect(selector("and", { attribute: "group", operator, values: ["x"] })).toBe("everyone");
  });

  it("A13: an `or` with a negative gives everyone", () => {
    expect(selector("or", { attribute: "group", values: ["leads"] }, { attribute: "group", operator: "isNot", values: ["x"] })).toBe(
      "everyone",
    );
  });

  it("A13: a condition that matches names selects by id and by name, since a directory compares ids", () => {
    expect(selector("and", { attribute: "group", values: ["Leads"], match: "name" })).toEqual({
      anyOf: [term("group", "is", "Leads"), term("group", "contains", "Leads")],
    });
  });

  it.each(["startsWith", "contains"] as const)("A13: a name that %s something is asked for once", (operator) => {
    expect(selector("and", { attribute: "group", operator, values: ["Lead"], match: "name" })).toEqual({
      anyOf: [term("group", operator, "Lead")],
    });
  });

  const manager = flowWith(approvalOf("anyOf", [group({ relation: "manager" }), group({ relation: "manager", of: "grantee" })]));

  it("A7: a manager is asked for by id or address", () => {
    expect(candidateSelector(manager, { requestor: ada, grantee: person("gil", [], { manager: "henk@corp.com" }) })).toEqual([
      { anyOf: [term("user", "is", "grace")] },
      { anyOf: [term("user", "is", "henk@corp.com")] },
    ]);
  });

  it("A7: without a grantee the requestor's manager is meant", () => {
    expect(candidateSelector(manager, { requestor: ada, grantee: null })[1]).toEqual({ anyOf: [term("user", "is", "grace")] });
  });

  it("A7: where it is known that there is no manager, nobody is asked", () => {
    expect(candidateSelector(manager, { requestor: { ...ada, manager: null } })[0]).toEqual({ anyOf: [] });
  });

  it("A7: an unknown manager may be anybody", () => {
    expect(candidateSelector(manager, { requestor: { id: "ada" } })[0]).toBe("everyone");
  });

  it("A8: owners are asked for as the approval state keeps them, and so are its people", () => {
    const flow = flowWith(approvalOf("anyOf", [group({ relation: "owner" }), group({ relation: "manager" })]));
    const { requestor, grantee, owners } = open(flow, {
      resources: [resource("r1", { team: "pay" }), resource("r2", {}, "wild"), resource("r3")],
      catalog,
    });
    expect(candidateSelector(flow, { requestor, grantee, owners })).toEqual([
      { anyOf: [term("group", "is", "pay")] },
      { anyOf: [term("user", "is", "grace")] },
    ]);
  });

  it("A8: without owners nobody is asked as one", () => {
    expect(selector("and", { relation: "owner" })).toEqual({ anyOf: [] });
  });

  it.each([
    null,
    {},
    { requestor: {} },
    { requestor: ada, owners: {} },
    { requestor: { managerKnown: true } },
    { requestor: ada, grant: ada },
  ])("E1: %j throws", (input) => {
    expect(() => candidateSelector(manager, input as never)).toThrowError(
      expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
    );
  });

  it("E1: what is no flow throws", () => {
    expect(() => candidateSelector({} as never, { requestor: ada })).toThrowError(expect.objectContaining({ code: "facts_invalid" }));
  });
});
