import type { IssueCode } from "../kernel/issue.js";
import type { Json } from "../kernel/json.js";

/*
 * The grammar of a JSON document, as data. One walker reads it to check documents (`check-document.ts`), and
 * one generator to describe them to editors (the JSON Schema), so that the two cannot drift apart.
 */

/** What some JSON document may look like at one place. */
export type Shape =
  | TextShape
  | WordShape
  | NumberShape
  | FlagShape
  | NullShape
  | ListShape
  | MapShape
  | RecordShape
  | UnionShape
  | ChoiceShape;

/** How a text is looked at; each is described beside its check, in `text-rules.ts`. */
export type TextRule = "any" | "notEmpty" | "wellFormed" | "filled" | "name" | "id" | "from" | "to" | "timeZone" | "date";

export type TextShape = { readonly is: "text"; readonly rule: TextRule; readonly max?: number; readonly total?: Total };

/** One of a few texts; `unknown` is the code for any other. */
export type WordShape = { readonly is: "word"; readonly words: readonly string[]; readonly unknown: IssueCode };

/** A finite number, or a whole one from `from` on. */
export type NumberShape = { readonly is: "number"; readonly whole: boolean; readonly from: number | null };

export type FlagShape = { readonly is: "flag" };

export type NullShape = { readonly is: "null" };

export type ListShape = {
  readonly is: "list";
  readonly of: Shape;
  /** Whether `[]` is allowed; where it is not, it never means "everyone" (TH2). */
  readonly mayBeEmpty: boolean;
  readonly max?: number;
  /** Entries that are equal on NFC text are dropped, the first stays (D7). */
  readonly unique?: boolean;
  readonly total?: Total;
};

/** A limit over all entries of one sort in a document, wherever they stand. */
export type Total = { readonly of: string; readonly limit: number };

/** A record whose keys are data, for example `tags`. */
export type MapShape = { readonly is: "map"; readonly of: Shape };

export type RecordShape = {
  readonly is: "record";
  /** What descriptions for editors go by. */
  readonly name: string;
  /** In the order of the normal form. */
  readonly keys: { readonly [key: string]: Field };
  /** Either all of the usual keys must be written, or the other key in their place. */
  readonly forms?: { readonly usual: readonly string[]; readonly other: string };
  /** Whether keys that are not listed are passed over: what a record of unknown kind holds cannot be judged. */
  readonly open?: boolean;
  /** Whether `{}` says nothing and is an issue. */
  readonly atLeastOne?: boolean;
  /** What two valid keys must be to each other. */
  readonly check?: "duration" | "window";
  readonly total?: Total;
};

export type Field =
  | { readonly need: "required" | "optional"; readonly shape: Shape }
  /** May be written and is left out of the normal form. */
  | { readonly need: "ignored"; readonly shape: Shape }
  | { readonly need: "default"; readonly shape: Shape; readonly value: Json }
  /** Known, and meaningless here: `why` says so in words. */
  | { readonly need: "refused"; readonly code: IssueCode; readonly why: string };

/** Records told apart by the word under one key; where `otherwise` is given, by whether the key is there at all. */
export type UnionShape = {
  readonly is: "union";
  readonly by: string;
  readonly of: { readonly [word: string]: RecordShape };
  readonly otherwise?: RecordShape;
};

/** Shapes told apart by their sort of JSON value: at most one record, one list, one text, and so on. */
export type ChoiceShape = { readonly is: "choice"; readonly of: readonly Shape[] };

export const flag: FlagShape = { is: "flag" };

export const nothing: NullShape = { is: "null" };

export function text(rule: TextRule, limits: { readonly max?: number; readonly total?: Total } = {}): TextShape {
  return { is: "text", rule, ...limits };
}

export function word(words: readonly string[], unknown: IssueCode = "unknown_word"): WordShape {
  return { is: "word", words, unknown };
}

export function whole(from: number): NumberShape {
  return { is: "number", whole: true, from };
}

/** A list that must not be empty where it is written (D3). */
export function filledList(
  of: Shape,
  limits: { readonly max?: number; readonly unique?: boolean; readonly total?: Total } = {},
): ListShape {
  return { is: "list", of, mayBeEmpty: false, ...limits };
}

export function anyList(of: Shape, limits: { readonly max?: number; readonly unique?: boolean; readonly total?: Total } = {}): ListShape {
  return { is: "list", of, mayBeEmpty: true, ...limits };
}

export function map(of: Shape): MapShape {
  return { is: "map", of };
}

export function record(name: string, keys: RecordShape["keys"], more: Omit<RecordShape, "is" | "name" | "keys"> = {}): RecordShape {
  return { is: "record", name, keys, ...more };
}

export function union(by: string, of: UnionShape["of"], otherwise?: RecordShape): UnionShape {
  return otherwise === undefined ? { is: "union", by, of } : { is: "union", by, of, otherwise };
}

export function choice(...of: readonly Shape[]): ChoiceShape {
  return { is: "choice", of };
}

export function required(shape: Shape): Field {
  return { need: "required", shape };
}

export function optional(shape: Shape): Field {
  return { need: "optional", shape };
}

export function ignored(shape: Shape): Field {
  return { need: "ignored", shape };
}

export function fallback(shape: Shape, value: Json): Field {
  return { need: "default", shape, value };
}

export function refused(code: IssueCode, why: string): Field {
  return { need: "refused", code, why };
}
