import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";

describe("prepareIdentity", () => {
  it("gives a deep-frozen copy: a later change of the record does not show", () => {
    const groups = ["platform"];
    const prepared = prepareIdentity({ id: "ann", attributes: { group: groups } });
    groups.push("admins");
    expect(prepared).toEqual({ id: "ann", attributes: { group: ["platform"] } });
    expect(isDeepFrozen(prepared)).toBe(true);
  });

  it("gives a prepared identity back as it is", () => {
    const prepared = prepareIdentity({ id: "ann" });
    expect(prepareIdentity(prepared)).toBe(prepared);
  });

  it("refuses what is no identity, naming every place", () => {
    const prepare = prepareIdentity as (identity: unknown) => Identity;
    expect(() => prepare({ id: "", actve: true })).toThrow(
      expect.objectContaining({
        name: "AccessFlowError",
        code: "facts_invalid",
        message: "identity.id is not of the stated shape\nidentity.actve is not of the stated shape",
      }),
    );
    for (const value of [null, 7, "ann", [], new Date(0)])
      expect(() => prepare(value)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });

  it("takes no copy of a prepared identity for a prepared one", () => {
    const copy = { ...prepareIdentity({ id: "ann" }), id: "" };
    expect(() => prepareIdentity(copy)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });

  const caf = ["caf\u00e9", "cafe\u0301"] as const;
  it.each<[string, Identity["attributes"]]>([
    ["one spelling", { [caf[0]]: ["a"], other: ["b"] }],
    ["another spelling, beside others", { [caf[1]]: ["a"], other: ["b"], group: ["b"] }],
    ["two spellings", { [caf[0]]: ["a"], [caf[1]]: ["b"] }],
    ["two spellings, one of them null", { [caf[0]]: ["a"], [caf[1]]: null }],
    ["names that are derived", { user: ["a"], manager: ["a"], owner: ["a"], group: ["a"] }],
    ["more values than are shown", { group: ["1", "2", "3", "4", "5", "6", "a"] }],
    ["as many values as are shown", { group: ["1", "2", "3", "4", "a"] }],
    ["nothing", undefined],
    ["an unknown value", { group: ["b", null], other: null }],
    ["records of values", { group: [{ id: "a", name: "b", source: "okta" }, "b"] }],
  ])("C6: is answered about as the record it was made of: %s", (_, attributes) => {
    const flow = defineAccessFlow({
      name: "Prepared",
      requestors: {
        combinator: "or",
        conditions: ["caf\u00e9", "cafe\u0301", "group", "other", "title"].flatMap((attribute) => [
          { attribute, values: ["a"] },
          { attribute, operator: "isNot" as const, values: ["a"] },
          { attribute, operator: "startsWith" as const, values: ["a", "6"] },
        ]),
      },
      targets: [{ kind: "bundle", bundle: "b" }],
    });
    const plain: Identity = { id: "ann", ...(attributes === undefined ? {} : { attributes }) };
    const decide = (requestor: Identity) => evaluateRequestor(flow, { requestor, at: 0 });
    expect(decide(prepareIdentity(plain))).toEqual(decide(plain));
  });
});
