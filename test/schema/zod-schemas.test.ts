import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkAccessFlow } from "../../src/core/define/check-access-flow.js";
import { isDeepFrozen } from "../../src/core/kernel/deep-freeze.js";
import {
  accessFlowSchema,
  approvalSchema,
  catalogSchema,
  conditionSchema,
  conditionsSchema,
  durationSchema,
  entitlementSchema,
  identitySchema,
  parseAccessFlow,
  resourceSchema,
  scheduleSchema,
  targetSchema,
} from "../../src/schema/index.js";
import { fullest, issuesOf, normalForm, smallest } from "../core/define/definitions.js";

const messagesOf = (schema: z.ZodType, value: unknown): readonly string[] =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe("parseAccessFlow", () => {
  it("gives the answers of checkAccessFlow", () => {
    const values = [smallest, fullest, {}, null, "text", { ...smallest, name: "" }];
    expect(values.map(parseAccessFlow)).toEqual(values.map(checkAccessFlow));
  });
});

describe("accessFlowSchema", () => {
  it("gives the normal form", () => {
    expect(JSON.stringify(accessFlowSchema.parse(fullest))).toBe(JSON.stringify(normalForm(fullest)));
  });

  it("D6: carries every issue with its path and message, its code, limit and nearest word in `params`", () => {
    const faulty = { ...smallest, settings: { requireMFA: true, labels: Array.from({ length: 101 }, String) }, trigger: 5 };
    expect(accessFlowSchema.safeParse(faulty).error?.issues).toEqual(
      issuesOf(faulty).map(({ path, message, ...params }) => ({ code: "custom", path, message, params })),
    );
  });

  it("stands inside other zod schemas, its paths under theirs", () => {
    const schema = z.object({ flows: z.array(accessFlowSchema), note: z.string() });
    const found = schema.safeParse({ flows: [smallest, { ...smallest, name: "" }] }).error?.issues.map((issue) => issue.path);
    expect(found).toEqual([["flows", 1, "name"], ["note"]]);
  });

  it("is missed where it is required and not there", () => {
    expect(messagesOf(z.object({ flow: accessFlowSchema }), {})).toEqual(["the definition must be an object, not undefined"]);
  });

  it("describes itself in a JSON Schema that zod makes", () => {
    const json = z.toJSONSchema(z.object({ before: accessFlowSchema, after: accessFlowSchema }), { io: "input" });
    const validate = new Ajv2020({ strictRequired: false }).compile(json);
    expect([validate({ before: smallest, after: fullest }), validate({ before: smallest, after: {} })]).toEqual([true, false]);
  });
});

describe("schemas of parts", () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ["schedule", scheduleSchema, fullest.schedule, fullest.schedule],
    ["duration", durationSchema, { unit: "hour", amount: 1 }, { amount: 1, unit: "hour" }],
    ["condition", conditionSchema, { relation: "manager" }, { relation: "manager", of: "requestor" }],
    ["conditions", conditionsSchema, smallest.requestors, normalForm(smallest).requestors],
    ["target", targetSchema, smallest.targets[0], normalForm(smallest).targets[0]],
    ["approval", approvalSchema, fullest.approval, normalForm(fullest).approval],
    ["identity", identitySchema, { id: "a", attributes: { x: [null] } }, { id: "a", attributes: { x: [null] } }],
    ["resource", resourceSchema, { id: "r", name: "n", type: "t", integration: "i" }, { id: "r", name: "n", type: "t", integration: "i" }],
    ["catalogue", catalogSchema, {}, { integrations: [], bundles: [], accessScopes: [] }],
    ["entitlement", entitlementSchema, { resource: "r", permission: "p" }, { resource: "r", permission: "p" }],
  ])("%s: gives a frozen copy with defaults", (_, schema, value, expected) => {
    const output = schema.parse(value);
    expect([JSON.stringify(output), isDeepFrozen(output)]).toEqual([JSON.stringify(expected), true]);
  });

  it.each<[string, z.ZodType]>([
    ["schedule", scheduleSchema],
    ["duration", durationSchema],
    ["condition", conditionSchema],
    ["conditions", conditionsSchema],
    ["target", targetSchema],
    ["approval", approvalSchema],
    ["identity", identitySchema],
    ["resource", resourceSchema],
    ["catalogue", catalogSchema],
    ["entitlement", entitlementSchema],
  ])("%s: refuses what is no record, in words", (_, schema) => {
    expect(messagesOf(schema, 5)).toEqual([expect.stringMatching(/^the [a-z]+ must be an object, not `5`$/)]);
  });

  it.each<[string, z.ZodType]>([
    ["schedule", scheduleSchema],
    ["duration", durationSchema],
    ["condition", conditionSchema],
    ["conditions", conditionsSchema],
    ["target", targetSchema],
    ["approval", approvalSchema],
    ["identity", identitySchema],
    ["resource", resourceSchema],
    ["catalogue", catalogSchema],
    ["entitlement", entitlementSchema],
  ])("%s: describes itself in JSON Schema", (_, schema) => {
    const validate = new Ajv2020({ strictRequired: false }).compile(z.toJSONSchema(schema, { io: "input" }));
    expect(validate(5)).toBe(false);
  });

  it("D8: an identity keeps an attribute named `__proto__` as data", () => {
    const identity = identitySchema.parse(JSON.parse(`{"id":"a","attributes":{"__proto__":["x"]}}`));
    expect(JSON.stringify(identity)).toBe(`{"id":"a","attributes":{"__proto__":["x"]}}`);
  });
});
