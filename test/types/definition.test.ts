import { describe, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import { checkAccessFlow, defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { describeFlow } from "../../src/core/explain/describe-flow.js";
import type { explain } from "../../src/core/explain/explain.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition, ScheduleDefinition } from "../../src/core/flow/definition.js";
import type { Issue } from "../../src/core/kernel/issue.js";
import type { NonEmptyArray } from "../../src/core/kernel/non-empty-array.js";
import type { accessFlowSchema, identitySchema } from "../../src/schema/index.js";

type Input = Parameters<typeof defineAccessFlow>[0];

const asConst = {
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "bundle", bundle: "b" }],
  schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC" },
} as const;

describe("types of definitions", () => {
  it("a literal type-checks as input of defineAccessFlow", () => {
    expectTypeOf(
      defineAccessFlow({
        name: "S3 read",
        requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
        targets: [
          {
            kind: "integration",
            integration: "aws",
            resourceType: "t",
            permissions: ["read"],
            resources: { include: [{ by: "id", values: ["r"] }] },
          },
        ],
        approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
      }),
    ).toEqualTypeOf<AccessFlow>();
  });

  it("an `as const` literal type-checks", () => {
    expectTypeOf(asConst).toExtend<Input>();
  });

  it("mapped arrays type-check", () => {
    const mapped = {
      name: "S3 read",
      requestors: { conditions: ["a", "b"].map((group) => ({ attribute: "group", values: [group] })) },
      targets: ["b1", "b2"].map((bundle) => ({ kind: "bundle" as const, bundle })),
    };
    expectTypeOf(mapped).toExtend<Input>();
  });

  it("optional keys may be undefined", () => {
    expectTypeOf<{
      name: string;
      requestors: { conditions: [] };
      targets: [];
      id: undefined;
      settings: { requireMfa: undefined };
    }>().toExtend<Input>();
  });

  it("a normal form is a definition, a definition no normal form", () => {
    expectTypeOf<AccessFlow>().toExtend<Input>();
    expectTypeOf<AccessFlowDefinition>().not.toExtend<AccessFlow>();
  });

  it("a record of a flow's very shape is no normal form: it was not checked", () => {
    type Keys = Exclude<keyof AccessFlow, symbol>;
    expectTypeOf<Pick<AccessFlow, Keys>>().not.toExtend<AccessFlow>();
  });

  it("a definition lacking a required key does not type-check", () => {
    expectTypeOf<Omit<AccessFlowDefinition, "requestors">>().not.toExtend<Input>();
  });

  it("words that are not known do not type-check", () => {
    expectTypeOf<Omit<typeof asConst, "targets"> & { targets: [{ kind: "bundel"; bundle: "b" }] }>().not.toExtend<Input>();
    expectTypeOf<Omit<typeof asConst, "trigger"> & { trigger: "manual" }>().not.toExtend<Input>();
  });

  it("a relation among the requestors' conditions does not type-check", () => {
    expectTypeOf<{ conditions: [{ relation: "owner" }] }>().not.toExtend<Input["requestors"]>();
  });

  it("a schedule lacking its zone does not type-check", () => {
    expectTypeOf<{ kind: "onlyOn"; days: ["monday"]; from: "09:00"; to: "17:00" }>().not.toExtend<ScheduleDefinition>();
  });

  it("lists are filled in the normal form", () => {
    expectTypeOf<AccessFlow["targets"]>().toExtend<NonEmptyArray<unknown>>();
    expectTypeOf<AccessFlow["requestors"]["conditions"][0]["values"]>().toExtend<NonEmptyArray<string>>();
  });

  it("lists of sentences are read-only, as they are frozen", () => {
    expectTypeOf<ReturnType<typeof explain>>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<ReturnType<typeof describeFlow>>().toEqualTypeOf<readonly string[]>();
  });

  it("checkAccessFlow takes anything and answers with at least one issue where it refuses", () => {
    const checked = checkAccessFlow(undefined);
    expectTypeOf(checkAccessFlow).parameter(0).toEqualTypeOf<unknown>();
    if (!checked.ok) expectTypeOf(checked.error).toEqualTypeOf<NonEmptyArray<Issue>>();
  });

  it("zod infers the definition as input and the normal form as output", () => {
    expectTypeOf<z.input<typeof accessFlowSchema>>().toEqualTypeOf<AccessFlowDefinition>();
    expectTypeOf<z.output<typeof accessFlowSchema>>().toEqualTypeOf<AccessFlow>();
    expectTypeOf<z.infer<typeof identitySchema>>().toEqualTypeOf<Identity>();
  });
});
