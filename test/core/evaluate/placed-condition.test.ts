import { describe, expect, it } from "vitest";
import { placeConditions } from "../../../src/core/evaluate/placed-condition.js";
import { readyConditions } from "../../../src/core/evaluate/ready-condition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const conditions = { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["admins"] }] } as const;
const requestors = deepFreeze(["requestors"]);
const grantees = deepFreeze(["requestFor", "grantees"]);

describe("placeConditions", () => {
  const places = (...asked: Parameters<typeof placeConditions>) => {
    const { combined, members } = placeConditions(...asked);
    return [combined.holds.path, ...members.map(({ subject, path, failure }) => [subject, path, failure.path])];
  };

  it("E1: knows conditions again that stand where they stood", () => {
    const together = readyConditions(conditions);
    expect(placeConditions(together, "requestor", requestors)).toBe(placeConditions(together, "requestor", requestors));
  });

  it("E1: does not take another subject or another place for the known one", () => {
    const together = readyConditions(conditions);
    const inRequestors = ["requestors", "conditions", 0];
    const inGrantees = ["requestFor", "grantees", "conditions", 0];
    expect(places(together, "requestor", requestors)).toEqual([requestors, ["requestor", inRequestors, inRequestors]]);
    expect(places(together, "grantee", requestors)).toEqual([requestors, ["grantee", inRequestors, inRequestors]]);
    expect(places(together, "grantee", grantees)).toEqual([grantees, ["grantee", inGrantees, inGrantees]]);
  });

  it("E1: a place that may change is read anew", () => {
    const together = readyConditions(conditions);
    const path = ["requestors"];
    placeConditions(together, "requestor", path);
    path[0] = "voters";
    const at = ["voters", "conditions", 0];
    expect(places(together, "requestor", path)).toEqual([["voters"], ["requestor", at, at]]);
  });
});
