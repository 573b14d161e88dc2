import { describe, expect, it } from "vitest";
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
});
