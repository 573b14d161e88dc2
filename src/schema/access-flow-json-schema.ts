import { accessFlowShape } from "../core/define/flow-shape.js";
import { deepFreeze } from "../core/kernel/deep-freeze.js";
import { descriptions } from "./descriptions.js";
import { type JsonSchema, jsonSchemaOf } from "./json-schema-of.js";

/**
 * The JSON Schema (draft 2020-12) of access flow definitions, for editors and for validators in other
 * languages. Whatever `checkAccessFlow` accepts passes it; what a schema cannot say, for example that two
 * keys mean nothing together (D5), only `checkAccessFlow` finds. The package ships the same as
 * `accessflow/accessflow.v1.schema.json`.
 *
 * @example
 * [accessFlowJsonSchema["$id"], accessFlowJsonSchema["title"]];
 * // => ["urn:accessflow:access-flow:v1", "Access flow"]
 */
export const accessFlowJsonSchema: JsonSchema = deepFreeze({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:accessflow:access-flow:v1",
  title: "Access flow",
  ...jsonSchemaOf(accessFlowShape, descriptions),
});
