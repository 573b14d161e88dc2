import { type JsonKind, kindOf, valueAt } from "../kernel/read-json.js";
import { printWords } from "./print-value.js";
import type { Field, RecordShape, Shape, UnionShape } from "./shape.js";
import { required, word } from "./shape.js";

/** A shape that has made its choice: it asks for one sort of JSON value. */
export type SimpleShape = Exclude<Shape, { readonly is: "choice" }>;

const kindsOf: { readonly [is in SimpleShape["is"]]: JsonKind } = {
  text: "text",
  word: "text",
  number: "number",
  flag: "flag",
  null: "null",
  list: "list",
  map: "record",
  record: "record",
  union: "record",
};

/** The shape, or the one of a choice, that asks for the sort of value given; null where none does. */
export function fittingShape(shape: Shape, value: unknown): SimpleShape | null {
  if (shape.is !== "choice") return kindsOf[shape.is] === kindOf(value) ? shape : null;
  for (const each of shape.of) {
    const fitting = fittingShape(each, value);
    if (fitting !== null) return fitting;
  }
  return null;
}

/** Only a shape's own keys are known: nothing that a document names reaches a prototype (D8). */
export function fieldOf(shape: RecordShape, key: string): Field | null {
  return Object.hasOwn(shape.keys, key) ? (shape.keys[key] ?? null) : null;
}

/** The member of a union that a record says it is; one of which only the word is known, where it says none. */
export function memberOf(shape: UnionShape, record: object): RecordShape {
  const said = valueAt(record, shape.by);
  if (said === undefined && shape.otherwise !== undefined) return shape.otherwise;
  const member = typeof said === "string" && Object.hasOwn(shape.of, said) ? shape.of[said] : undefined;
  if (member !== undefined) return member;
  const words = word(Object.keys(shape.of), shape.by === "kind" ? "unknown_kind" : "unknown_word");
  return { is: "record", name: "unknown", keys: { [shape.by]: required(words) }, open: true };
}

/** What a message says that a value must be. */
export function expectationOf(shape: Shape): string {
  switch (shape.is) {
    case "text":
      return "a text";
    case "word":
      return printWords(shape.words);
    case "number":
      return shape.whole ? `a whole number from ${shape.from}` : "a number";
    case "flag":
      return printWords(["true", "false"]);
    case "null":
      return "null";
    case "list":
      return "a list";
    case "map":
    case "record":
    case "union":
      return "an object";
    case "choice":
      return shape.of.map(expectationOf).join(" or ");
  }
}
