import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { accessFlowShape } from "../../src/core/define/flow-shape.js";
import type { Shape } from "../../src/core/define/shape.js";
import { accessFlowJsonSchema } from "../../src/schema/access-flow-json-schema.js";
import { descriptions } from "../../src/schema/descriptions.js";
import { fullest, normalForm, smallest, without, withValue } from "../core/define/definitions.js";

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: false, strictRequired: false }).compile(
  accessFlowJsonSchema,
);

describe("the JSON Schema", () => {
  it("is what the package ships: run `npm run docs:schema` after a change of the grammar", () => {
    const shipped: unknown = JSON.parse(readFileSync(new URL("../../schema/accessflow.v1.schema.json", import.meta.url), "utf8"));
    expect(JSON.stringify(shipped)).toBe(JSON.stringify(accessFlowJsonSchema));
  });

  it("is of draft 2020-12, and its address names no host", () => {
    expect([accessFlowJsonSchema["$schema"], accessFlowJsonSchema["$id"]]).toEqual([
      "https://json-schema.org/draft/2020-12/schema",
      "urn:accessflow:access-flow:v1",
    ]);
  });

  it.each([
    ["the smallest definition", smallest],
    ["the fullest definition", fullest],
    ["the normal form of the smallest", normalForm(smallest)],
    ["the normal form of the fullest", normalForm(fullest)],
  ])("accepts %s", (_, definition) => {
    expect([validate(definition), validate.errors]).toEqual([true, null]);
  });

  it.each([
    ["a missing key", without(smallest, ["requestors"])],
    ["an unknown key", { ...smallest, settings: { requireMFA: true } }],
    ["an empty list", { ...smallest, targets: [] }],
    ["an unknown kind", withValue(smallest, ["targets", 0, "kind"], "integratoin")],
    ["a blank value", withValue(smallest, ["requestors", "conditions", 0, "values", 0], " ")],
    ["a time that is none", withValue(fullest, ["schedule", "windows", 0, "from"], "24:00")],
    [
      "both forms of a schedule",
      withValue(
        withValue(withValue(fullest, ["schedule", "days"], ["monday"]), ["schedule", "from"], "09:00"),
        ["schedule", "to"],
        "10:00",
      ),
    ],
    ["a relation among requestors", withValue(smallest, ["requestors", "conditions", 0], { relation: "manager" })],
    ["resources that say nothing", withValue(smallest, ["targets", 0, "resources"], {})],
    ["a number below its least", { ...smallest, settings: { maxExtensions: -1 } }],
  ])("refuses %s", (_, definition) => {
    expect(validate(definition)).toBe(false);
  });

  it("describes every record key of the format to editors, `kind` and `by` apart", () => {
    expect(undescribed(accessFlowShape)).toEqual([]);
  });
});

function undescribed(shape: Shape): string[] {
  switch (shape.is) {
    case "list":
    case "map":
      return undescribed(shape.of);
    case "choice":
      return shape.of.flatMap(undescribed);
    case "union":
      return [...Object.values(shape.of), ...(shape.otherwise === undefined ? [] : [shape.otherwise])].flatMap(undescribed);
    case "record":
      return Object.entries(shape.keys).flatMap(([key, field]) => {
        if (field.need === "refused" || key === "kind") return [];
        const described = descriptions[shape.name]?.[key] !== undefined;
        return [...(described ? [] : [`${shape.name}.${key}`]), ...undescribed(field.shape)];
      });
    default:
      return [];
  }
}
