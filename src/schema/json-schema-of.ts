import type { ListShape, NumberShape, RecordShape, Shape, TextRule, TextShape, UnionShape } from "../core/define/shape.js";
import type { Json } from "../core/kernel/json.js";
import type { Descriptions } from "./descriptions.js";

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: Json };

/**
 * Describes a shape to editors and other validators. It accepts whatever the shape accepts; what JSON Schema
 * cannot say (combinations of keys, zones, real dates) it leaves open, so it may accept more. Everything is
 * written out where it stands, without references: a part can be put into any other schema.
 */
export function jsonSchemaOf(shape: Shape, descriptions: Descriptions): JsonSchema {
  switch (shape.is) {
    case "text":
      return textSchema(shape);
    case "word":
      return shape.words.length === 1 ? { const: shape.words[0] ?? "" } : { enum: shape.words };
    case "number":
      return numberSchema(shape);
    case "flag":
      return { type: "boolean" };
    case "null":
      return { type: "null" };
    case "list":
      return listSchema(shape, descriptions);
    case "map":
      return { type: "object", additionalProperties: jsonSchemaOf(shape.of, descriptions) };
    case "record":
      return recordSchema(shape, descriptions);
    case "union":
      return { anyOf: membersOf(shape).map((member) => jsonSchemaOf(member, descriptions)) };
    case "choice":
      return { anyOf: shape.of.map((each) => jsonSchemaOf(each, descriptions)) };
  }
}

/** Linear to match, whatever the text: an editor may run them at every keystroke. */
const patterns: { readonly [rule in TextRule]?: string } = {
  filled: "\\S",
  name: "^[\\s\\p{L}\\p{M}\\p{Nd}.,_\\-'()&/:+]+$",
  id: "^[A-Za-z0-9._:\\-]{1,128}$",
  from: "^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$",
  to: "^(([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?|24:00)$",
  date: "^\\d{4}-\\d{2}-\\d{2}$",
};

function recordSchema(shape: RecordShape, descriptions: Descriptions): JsonSchema {
  const described = descriptions[shape.name] ?? {};
  const properties: { [key: string]: Json } = {};
  for (const [key, field] of Object.entries(shape.keys)) {
    if (field.need === "refused") continue;
    const { description, ...rest } = jsonSchemaOf(field.shape, descriptions);
    // What the key means says more than what stands there.
    properties[key] = {
      ...descriptionOf(described[key] ?? description),
      ...rest,
      ...(field.need === "default" ? { default: field.value } : {}),
    };
  }
  const needed = Object.keys(shape.keys).filter((key) => shape.keys[key]?.need === "required");
  return {
    ...descriptionOf(described[""]),
    type: "object",
    properties,
    ...(needed.length === 0 ? {} : { required: needed }),
    ...(shape.forms === undefined ? {} : { oneOf: [{ required: shape.forms.usual }, { required: [shape.forms.other] }] }),
    ...(shape.atLeastOne === true ? { minProperties: 1 } : {}),
    additionalProperties: false,
  };
}

function listSchema(shape: ListShape, descriptions: Descriptions): JsonSchema {
  return {
    type: "array",
    items: jsonSchemaOf(shape.of, descriptions),
    ...(shape.mayBeEmpty ? {} : { minItems: 1 }),
    ...(shape.max === undefined ? {} : { maxItems: shape.max }),
  };
}

function membersOf(shape: UnionShape): readonly RecordShape[] {
  const members = Object.values(shape.of);
  return shape.otherwise === undefined ? members : [shape.otherwise, ...members];
}

function textSchema({ rule, max }: TextShape): JsonSchema {
  const pattern = patterns[rule];
  return {
    type: "string",
    ...(rule === "notEmpty" ? { minLength: 1 } : {}),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function numberSchema({ whole, from }: NumberShape): JsonSchema {
  return { type: whole ? "integer" : "number", ...(from === null ? {} : { minimum: from }) };
}

function descriptionOf(text: Json | undefined): JsonSchema {
  return text === undefined ? {} : { description: text };
}
