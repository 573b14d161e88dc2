import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { resolveTargets } from "../../../src/core/evaluate/resolve-targets.js";
import type { FilterDefinition, TargetDefinition } from "../../../src/core/flow/definition.js";

type Integration = Extract<TargetDefinition, { kind: "integration" }>;

function aws(include: readonly FilterDefinition[], changes: Partial<Integration> = {}): Integration {
  return { kind: "integration", integration: "aws", resourceType: "aws-s3", permissions: ["read"], resources: { include }, ...changes };
}

const names = (count: number, text = (index: number) => `n${index}`) => Array.from({ length: count }, (_, index) => text(index));
const named = (values: readonly string[]): FilterDefinition => ({ by: "name", values });

function warnings(targets: readonly TargetDefinition[], bundles: Record<string, readonly TargetDefinition[]> = {}) {
  const flow = defineAccessFlow({ name: "flow", requestors: { conditions: [{ attribute: "group", values: ["dev"] }] }, targets });
  const catalog = {
    integrations: [{ id: "aws", name: "aws" }],
    bundles: Object.entries(bundles).map(([name, members]) => ({ name, targets: members })),
  };
  return resolveTargets(flow, { resources: [], catalog }).reasons;
}

describe("the warning about AWS policies", () => {
  it("T9: a hundred named resources are no warning", () => {
    expect(warnings([aws([named(names(100))])])).toEqual([]);
  });

  it("T9: more than a hundred are one, named by name or by id, in one target or several", () => {
    const targets = [aws([named(names(60))]), aws([{ by: "id", values: names(41) }], { resourceType: "aws-ec2" })];
    expect(warnings(targets)).toEqual([{ code: "aws_many_resources", rule: "T9", path: ["targets"], count: 101, limit: 100 }]);
  });

  it("T9: a resource that two targets name in the same way counts once", () => {
    expect(warnings([aws([named(names(100))]), aws([named(names(100))], { permissions: ["write"] })])).toEqual([]);
  });

  it.each<[string, TargetDefinition]>([
    ["tags", aws([{ by: "tag", key: "k", values: names(101) }])],
    ["excluded resources", aws([], { resources: { exclude: [named(names(101))] } })],
    ["resources of other clouds", aws([named(names(101))], { resourceType: "gcp-aws-s3" })],
  ])("T9: %s are not counted", (_, target) => {
    expect(warnings([target])).toEqual([]);
  });

  it("T9: the policy is estimated as the characters of every name and three more, white space not counted", () => {
    // 10 names of 202 characters that count: 10 × (202 + 3) = 2,050.
    const long = names(10, (index) => `${index} \t${"𝒳".repeat(201)}`);
    expect(warnings([aws([named(long)])])).toEqual([
      { code: "aws_policy_size", rule: "T9", path: ["targets"], characters: 2_050, limit: 2_048 },
    ]);
  });

  it("T9: a policy at the limit is no warning", () => {
    // 8 × (253 + 3) = 2,048.
    expect(warnings([aws([named(names(8, (index) => `${index}${"x".repeat(252)}`))])])).toEqual([]);
  });

  it("T9: the smallest limit that is exceeded is named", () => {
    expect(warnings([aws([named(names(90, (index) => `${index}`.padStart(200, "x")))])])).toMatchObject([
      { characters: 18_270, limit: 2_048 },
    ]);
  });

  it("T9: a flow's count leaves out its bundles', and each bundle is counted on its own", () => {
    const bundles = { small: [aws([named(names(60))])], large: [aws([named(names(101))])] };
    const targets: TargetDefinition[] = [aws([named(names(60, (index) => `m${index}`))]), { kind: "bundle", bundle: "small" }];
    expect(warnings([...targets, { kind: "bundle", bundle: "large" }], bundles)).toEqual([
      { code: "aws_many_resources", rule: "T9", path: ["targets", 2], count: 101, limit: 100 },
    ]);
  });
});
