import { describe, expect, it } from "vitest";
import { standsInside } from "../../../src/core/evaluate/condition-text.js";
import { operators } from "../../../src/core/flow/condition.js";

describe("standsInside", () => {
  const table = (text: string, listed: string, ofPerson = false) =>
    operators.filter((operator) => standsInside(operator, text, listed, ofPerson));

  it("C2, C3: asks of a negative operator what it asks of its positive one", () => {
    expect([table("admins", "admins"), table("admins", "adm"), table("admins", "mins"), table("admins", "x")]).toEqual([
      [...operators],
      ["contains", "doesNotContain", "startsWith"],
      ["contains", "doesNotContain"],
      [],
    ]);
  });

  it("C6: ignores case for a person only, and only where either text is an address", () => {
    expect([table("Ann@x", "ann@X", true), table("Ann@x", "ann", true), table("ann", "Ann", true), table("Ann@x", "ann@X")]).toEqual([
      [...operators],
      ["contains", "doesNotContain", "startsWith"],
      [],
      [],
    ]);
  });
});
