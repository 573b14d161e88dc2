import { describe, expect, it } from "vitest";
import { judgeCondition } from "../../../src/core/evaluate/judge-condition.js";
import { judgeConditions } from "../../../src/core/evaluate/judge-conditions.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AttributeCondition } from "../../../src/core/flow/condition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const path = deepFreeze(["requestors", "conditions", 0]);

function judge(condition: Partial<AttributeCondition>, identity: Partial<Identity>) {
  return judgeCondition(
    deepFreeze({ attribute: "group", operator: "is", values: ["admins"], ...condition }),
    deepFreeze({ id: "ann", ...identity }),
    "requestor",
    path,
  );
}

function stepOf(condition: Partial<AttributeCondition>, identity: Partial<Identity>) {
  const { step } = judge(condition, identity);
  if (step.kind !== "condition") throw new Error("not the step of a condition");
  return step;
}

describe("judgeCondition", () => {
  it("E1: a condition that holds says on which value, and gives no reason", () => {
    expect(judge({ values: ["ops", "admins"] }, { attributes: { group: ["x", "admins"] } })).toEqual({
      truth: "holds",
      step: {
        kind: "condition",
        rule: "C2",
        subject: "requestor",
        path,
        outcome: "holds",
        seen: ["x", "admins"],
        seenCount: 2,
        matched: ["admins", "admins"],
        cause: null,
      },
      reason: null,
    });
  });

  it("C2: a condition that fails gives the reason", () => {
    const { truth, reason } = judge({}, { attributes: { group: [] } });
    expect(truth).toBe("fails");
    expect(reason).toEqual({ code: "condition_fails", rule: "C2", path, subject: "requestor", attribute: "group" });
  });

  it("C3: a negative condition that fails shows the pair that matched", () => {
    const step = stepOf({ operator: "isNot" }, { attributes: { group: ["admins"] } });
    expect(step).toMatchObject({ rule: "C3", outcome: "fails", matched: ["admins", "admins"], cause: "condition_fails" });
  });

  it("E1: no more than five values are shown, and all are counted", () => {
    const step = stepOf({}, { attributes: { group: ["a", "b", "c", "d", "e", "f", "g"] } });
    expect(step.seen).toEqual(["a", "b", "c", "d", "e"]);
    expect(step.seenCount).toBe(7);
  });

  it("E1: no more than five are shown of a person, either", () => {
    const step = stepOf({ attribute: "user" }, { emails: ["a@x", "b@x", "c@x"], accounts: ["d", "e", "f"] });
    expect(step).toMatchObject({ seen: ["ann", "a@x", "b@x", "c@x", "d"], seenCount: 7 });
  });

  it("E1: the pair that is named is the first by the flow's list, then by the identity's", () => {
    expect(stepOf({ values: ["z", "b", "a"] }, { attributes: { group: ["b", "a"] } }).matched).toEqual(["b", "b"]);
    expect(stepOf({ values: ["b", "a"] }, { attributes: { group: ["a", "b"] } }).matched).toEqual(["b", "b"]);
    expect(stepOf({ operator: "contains", values: ["o"] }, { attributes: { group: ["two", "one"] } }).matched).toEqual(["two", "o"]);
  });

  it("E1: the pair that is named may lie beyond the values shown", () => {
    expect(stepOf({}, { attributes: { group: ["a", "b", "c", "d", "e", "f", "admins"] } }).matched).toEqual(["admins", "admins"]);
  });

  it("C5: a value is shown by the text that the operator reads", () => {
    const group = [{ id: "g-1", name: "admins" }, { id: "g-2" }];
    expect(stepOf({}, { attributes: { group } }).seen).toEqual(["g-1", "g-2"]);
    expect(stepOf({ operator: "contains" }, { attributes: { group } }).seen).toEqual(["admins", "g-2"]);
    expect(stepOf({ match: "name" }, { attributes: { group } }).seen).toEqual(["admins", "g-2"]);
  });

  it("C5: the pair names the text that the operator read: the name, or the id where there is none", () => {
    const named = { id: "g-1", name: "admins", source: "okta" };
    const nameless = { id: "g-2", source: "okta" };
    const inside = (listed: string) =>
      stepOf({ operator: "contains", values: [listed], source: "okta" }, { attributes: { group: [named, nameless] } });
    expect([inside("min").matched, inside("-2").matched, inside("-1").matched]).toEqual([["admins", "min"], ["g-2", "-2"], null]);
  });

  it("C6: case counts in an address that is no person's", () => {
    const step = stepOf({ operator: "contains", values: ["Ann@"] }, { attributes: { group: ["ann@corp.com"] } });
    expect(step).toMatchObject({ outcome: "fails", matched: null });
  });

  it("C7: only values that carry the source are shown", () => {
    const group = [{ id: "g-1", source: "okta" }, { id: "g-2", source: "github" }, "g-3", null];
    expect(stepOf({ source: "okta" }, { attributes: { group } })).toMatchObject({ seen: ["g-1"], seenCount: 1 });
  });

  it("C8: of `user`, id, addresses and accounts are shown", () => {
    const identity = { emails: ["a@x"], accounts: ["acc", { id: "gh", source: "github" }], sources: ["okta"] };
    expect(stepOf({ attribute: "user" }, identity).seen).toEqual(["ann", "a@x", "acc", "gh"]);
    expect(stepOf({ attribute: "user", source: "okta" }, identity).seen).toEqual(["ann", "a@x", "acc"]);
    expect(stepOf({ attribute: "user", source: "github" }, identity).seen).toEqual([]);
  });

  it("C8: a pair names an account with a source only under a condition that names that source", () => {
    const identity = { emails: [], accounts: [{ id: "gh", source: "github" }], sources: ["github"] };
    expect(stepOf({ attribute: "user", values: ["gh", "ann"] }, identity).matched).toEqual(["ann", "ann"]);
    expect(stepOf({ attribute: "user", values: ["gh", "ann"], source: "github" }, identity).matched).toEqual(["gh", "gh"]);
  });

  it("C10: the manager is shown where there is one", () => {
    expect(stepOf({ attribute: "manager" }, { manager: "bob" }).seen).toEqual(["bob"]);
    expect(stepOf({ attribute: "manager" }, { manager: null }).seen).toEqual([]);
  });

  it("C10: an empty text as manager is shown as little as an absent one, and is the reason", () => {
    const { step, reason } = judge({ attribute: "manager" }, { manager: "" });
    expect([step, reason]).toMatchObject([
      { seen: [], seenCount: 0 },
      { code: "attribute_missing", attribute: "manager" },
    ]);
  });

  it("TH20: among many listed values the same pair is named", () => {
    const values = Array.from({ length: 20 }, (_, index) => `none-${index}`);
    const many = { values: [...values, "caf\u00e9", "b"] as const } as unknown as Partial<AttributeCondition>;
    expect(stepOf(many, { attributes: { group: ["b", "cafe\u0301"] } }).matched).toEqual(["cafe\u0301", "caf\u00e9"]);
  });

  it("C4: an absent attribute is the reason, with the one present that resembles it", () => {
    expect(judge({}, { attributes: { grup: ["admins"], department: "it" } }).reason).toEqual({
      code: "attribute_missing",
      rule: "C4",
      path,
      subject: "requestor",
      attribute: "group",
      nearest: "grup",
    });
  });

  it("C4: an attribute that resembles the missing one but is absent itself is not suggested", () => {
    expect(judge({}, { attributes: { grup: null } }).reason).toMatchObject({ code: "attribute_missing", nearest: null });
  });

  it("C4: derived attributes are suggested, reserved names under `attributes` are not", () => {
    expect(judge({ attribute: "users" }, {}).reason).toMatchObject({ nearest: "user" });
    expect(judge({ attribute: "users" }, { manager: "bob" }).reason).toMatchObject({ nearest: "user" });
    expect(judge({ attribute: "managr" }, {}).reason).toMatchObject({ nearest: null });
    expect(judge({ attribute: "managr" }, { manager: null }).reason).toMatchObject({ nearest: "manager" });
    expect(judge({ attribute: "ownr" }, { attributes: { owner: "x" } }).reason).toMatchObject({ nearest: null });
  });

  it("C4: an identity with very many attributes gets no suggestion", () => {
    const attributes = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`grou${index}`, "x"]));
    expect(judge({}, { attributes: attributes(101) }).reason).toMatchObject({ nearest: null });
    expect(judge({}, { attributes: attributes(100) }).reason).toMatchObject({ nearest: "grou0" });
  });

  it("C4: the attribute that is suggested does not depend on the order of the identity's", () => {
    const nearest = (names: readonly string[]) => judge({}, { attributes: Object.fromEntries(names.map((name) => [name, "x"])) }).reason;
    expect(nearest(["groupb", "groupa"])).toMatchObject({ nearest: "groupa" });
    expect(nearest(["groupa", "groupb"])).toMatchObject({ nearest: "groupa" });
    expect(judge({ attribute: "a" }, { attributes: { ab: "x" } }).reason).toMatchObject({ nearest: "ab" });
  });

  it("C6: an attribute that is unknown because its name stands there twice is not suggested for itself", () => {
    const attributes = { "caf\u00e9": "x", "cafe\u0301": "y" };
    expect(judge({ attribute: "caf\u00e9" }, { attributes }).reason).toMatchObject({ code: "attribute_missing", nearest: null });
  });

  it("C4: a null in the list is the reason", () => {
    const { reason, step } = judge({}, { attributes: { group: ["x", null] } });
    expect(reason).toEqual({ code: "value_unknown", rule: "C4", path, subject: "requestor", attribute: "group" });
    expect(step).toMatchObject({ seen: ["x"], seenCount: 1, matched: null, cause: "value_unknown" });
  });

  it("C5: a missing name is the reason", () => {
    expect(judge({ operator: "contains" }, { attributes: { group: [{ id: "g-1" }] } }).reason).toEqual({
      code: "name_unknown",
      rule: "C5",
      path,
      subject: "requestor",
      attribute: "group",
    });
  });

  it("C7: a directory that did not answer is the reason", () => {
    expect(judge({ source: "okta" }, { attributes: { group: ["admins"] } }).reason).toEqual({
      code: "source_not_asked",
      rule: "C7",
      path,
      subject: "requestor",
      source: "okta",
    });
  });

  it("C8: unknown addresses are the reason", () => {
    expect(judge({ attribute: "user", values: ["x@corp.com"] }, {}).reason).toEqual({
      code: "aliases_unknown",
      rule: "C8",
      path,
      subject: "requestor",
    });
  });

  it("C8: an account with a source that a condition without one meets is the reason, and no match", () => {
    const identity = { emails: [], accounts: [{ id: "admins", source: "github" }] };
    expect(judge({ attribute: "user" }, identity).reason).toMatchObject({ code: "aliases_unknown" });
    expect(stepOf({ attribute: "user" }, identity)).toMatchObject({ outcome: "unknown", seen: ["ann", "admins"], matched: null });
  });

  it("C4: of several unknown things, the same one is named whatever their order", () => {
    const group = [{ id: "g-1" }, null] as const;
    expect(stepOf({ operator: "contains" }, { attributes: { group } }).cause).toBe("value_unknown");
    expect(stepOf({ operator: "contains" }, { attributes: { group: [...group].reverse() } }).cause).toBe("value_unknown");
  });
});

describe("judgeConditions", () => {
  const holds = { attribute: "group", operator: "is", values: ["admins"] } as const;
  const fails = { attribute: "group", operator: "is", values: ["x"] } as const;
  const unknown = { attribute: "department", operator: "is", values: ["x"] } as const;
  const identity = { id: "ann", attributes: { group: ["admins"] } };

  it("R1: under `and`, everything that does not hold is a reason", () => {
    const judged = judgeConditions({ combinator: "and", conditions: [fails, holds, unknown] }, identity, "requestor", ["requestors"]);
    expect(judged.truth).toBe("fails");
    expect(judged.reasons.map(({ code, path: at }) => [code, at])).toEqual([
      ["condition_fails", ["requestors", "conditions", 0]],
      ["attribute_missing", ["requestors", "conditions", 2]],
    ]);
  });

  it("C1: under `or`, what does not hold is no reason where the whole holds", () => {
    const judged = judgeConditions({ combinator: "or", conditions: [fails, holds, unknown] }, identity, "requestor", ["requestors"]);
    expect(judged.truth).toBe("holds");
    expect(judged.reasons).toEqual([]);
  });

  it("C1: under `or`, an unknown and no success is unknown", () => {
    const judged = judgeConditions({ combinator: "or", conditions: [fails, unknown] }, identity, "requestor", ["requestors"]);
    expect(judged.truth).toBe("unknown");
    expect(judged.reasons.map(({ code }) => code)).toEqual(["condition_fails", "attribute_missing"]);
  });

  it("E1: the combination follows its members in the trace", () => {
    const judged = judgeConditions({ combinator: "or", conditions: [fails, holds] }, identity, "grantee", ["requestFor", "grantees"]);
    expect(judged.steps.map((step) => [step.kind, step.path, step.outcome])).toEqual([
      ["condition", ["requestFor", "grantees", "conditions", 0], "fails"],
      ["condition", ["requestFor", "grantees", "conditions", 1], "holds"],
      ["combine", ["requestFor", "grantees"], "holds"],
    ]);
  });
});
