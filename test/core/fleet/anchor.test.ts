import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { makeReady } from "../../../src/core/evaluate/ready-condition.js";
import { anchorsOf, isPostable } from "../../../src/core/fleet/anchor.js";
import type { AttributeCondition } from "../../../src/core/flow/condition.js";

/* Which conditions lead to a flow. It decides how quick an index is, never what it answers. */

const values = (count: number): string[] => Array.from({ length: count }, (_, number) => `v${number}`);
const is = (attribute: string, count = 1) => ({ attribute, operator: "is", values: values(count) });
const named = { attribute: "group", operator: "is", values: ["a"], match: "name" };
const prefix = { attribute: "group", operator: "startsWith", values: ["a"] };
const part = { attribute: "group", operator: "contains", values: ["a"] };
const not = { attribute: "group", operator: "isNot", values: ["a"] };

function readyOf(...conditions: object[]) {
  const { requestors } = defineAccessFlow({
    name: "Read",
    requestors: { conditions } as never,
    targets: [{ kind: "bundle", bundle: "b" }],
  });
  return requestors.conditions.map((condition) => makeReady(condition as AttributeCondition));
}

const anchors = (all: boolean, ...conditions: object[]): readonly number[] =>
  anchorsOf(all, [...conditions.keys()], readyOf(...conditions));

describe("the conditions that lead to a flow", () => {
  it("values find a condition that is met by whole ids alone", () => {
    expect(readyOf(is("group"), named, prefix, part, not).map(isPostable)).toEqual([true, false, false, false, false]);
  });

  it("C1: under `or` all of them do", () => {
    expect([anchors(false, not, is("group"), is("user")), anchors(false, is("group"))]).toEqual([[0, 1, 2], [0]]);
  });

  it.each([
    ["a user before a group", [is("group"), is("user", 9)], 1],
    ["a group before a manager", [is("manager"), is("group", 9)], 1],
    ["a manager before anything else", [is("location"), is("manager", 9)], 1],
    ["a user before a manager and a group, wherever it stands", [is("manager"), is("user"), is("group")], 1],
    ["few values before many", [is("location", 3), is("title", 2), is("costCenter", 4)], 1],
    ["of equals the first", [is("location", 2), is("title", 2)], 0],
    ["whole ids before parts", [prefix, part, is("location", 9)], 2],
    ["whole ids before negations", [not, is("location", 9), not], 1],
    ["whole ids, though parts come later", [is("location", 9), prefix], 0],
    ["parts before negations", [not, prefix], 1],
    ["parts, though a negation comes later", [prefix, not], 0],
    ["of parts the first", [prefix, part], 0],
    ["of negations the first", [not, { ...not, values: ["b"] }], 0],
    ["names like parts", [not, named, prefix], 1],
  ])("C1: under `and` one does: %s", (_, conditions, position) => {
    expect(anchors(true, ...conditions)).toEqual([position]);
  });
});
