import { describe, expect, it } from "vitest";
import { givenOn } from "../../../src/core/evaluate/target-grants.js";
import { planTargets } from "../../../src/core/evaluate/target-plan.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import type { Target } from "../../../src/core/flow/target.js";
import type { Reason } from "../../../src/core/kernel/reason.js";

const resource: Resource = { id: "a", name: "a", type: "db", integration: "pg", permissions: ["read", "write", "read"] };

describe("givenOn", () => {
  it("T6: names that stand there twice are reported where a target is about the resource, and nowhere else", () => {
    const answer = (integration: string, changes: Partial<Resource> = {}) => {
      const targets: readonly Target[] = [
        { kind: "integration", integration, resourceType: "db", permissions: ["read"], resources: "any" },
      ];
      const plan = planTargets(targets, { integrations: [], bundles: [], accessScopes: [] });
      const reasons: Reason[] = [];
      const given = givenOn(plan, { ...resource, ...changes }, (each) => reasons.push(each));
      return [[...given.keys()], reasons.map(({ code }) => code)];
    };
    expect([answer("pg"), answer("mysql"), answer("pg", { status: "error" }), answer("mysql", { status: "error" })]).toEqual([
      [["read"], ["permission_clash"]],
      [[], []],
      [[], ["resource_not_active"]],
      [[], []],
    ]);
  });
});
