import { deepFreeze } from "../kernel/deep-freeze.js";
import { keysOf, kindOf, lengthOf, valueAt } from "../kernel/read-json.js";
import type { WalkOptions } from "./document-walk.js";
import { simpleReader } from "./leaf-reader.js";
import { enters, keepsText, keepsTotal, leave, type Reader, startReading, unsure } from "./reading.js";
import { faultOfRecord } from "./record-rules.js";
import { withoutRepetitions } from "./repetitions.js";
import type { ChoiceShape, ListShape, MapShape, RecordShape, Shape, UnionShape } from "./shape.js";

/**
 * The normal form of a document in which nothing is wrong, in one pass that reads, checks, fills in defaults and
 * freezes: what `checkDocument` makes of it. It shares nothing with the document. What reads as the default is the default itself.
 *
 * `unsure` says nothing about the document: `checkDocument` does, fault by fault. A law holds the two together.
 */
export function normalFormOf(shape: Shape, document: unknown, options: WalkOptions): unknown {
  return readerOf(shape)(document, startReading(options));
}

/** Shapes are constants: a reader is made when a shape is first needed. */
const readers = new WeakMap<Shape, Reader>();

function readerOf(shape: Shape): Reader {
  const known = readers.get(shape);
  if (known !== undefined) return known;
  const made = makeReader(shape, undefined);
  readers.set(shape, made);
  return made;
}

/** `usual`: the default at this place, frozen; undefined where there is none. */
function makeReader(shape: Shape, usual: unknown): Reader {
  switch (shape.is) {
    case "list":
      return listReader(shape, usual);
    case "map":
      return mapReader(shape);
    case "record":
      return recordReader(shape, usual);
    case "union":
      return unionReader(shape, usual);
    case "choice":
      return choiceReader(shape, usual);
    default:
      return simpleReader(shape);
  }
}

function listReader({ of, mayBeEmpty, max, unique, total }: ListShape, usual: unknown): Reader {
  const readEntry = readerOf(of);
  const usualEntries = Array.isArray(usual) ? (usual as readonly unknown[]) : null;
  return (value, reading) => {
    if (kindOf(value) !== "list") return unsure;
    const list = value as object;
    const length = lengthOf(list);
    if (length === null || (length === 0 && !mayBeEmpty) || (max !== undefined && length > max)) return unsure;
    if (total !== undefined && !keepsTotal(reading, total, length)) return unsure;
    if (!enters(reading) || reading.nodesLeft < length) return unsure;
    const wideTexts = reading.wideTexts;
    const entries: unknown[] = [];
    for (let i = 0; i < length; i += 1) {
      const entry = readEntry(valueAt(list, i), reading);
      if (entry === unsure) return unsure;
      entries.push(entry);
    }
    leave(reading);
    const kept = unique !== true || areDistinct(entries, reading.wideTexts > wideTexts) ? entries : withoutRepetitions(entries);
    if (usualEntries !== null && areEqual(kept, usualEntries)) return usualEntries;
    return Object.freeze(kept);
  };
}

const shortList = 8;

/** Whether a short list of texts that can be written in one way only has no two equal ones; false decides nothing. */
function areDistinct(entries: readonly unknown[], wide: boolean): boolean {
  if (wide || entries.length > shortList) return false;
  for (let i = 1; i < entries.length; i += 1) if (entries.indexOf(entries[i]) < i) return false;
  return true;
}

function areEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}

function mapReader({ of }: MapShape): Reader {
  const readMember = readerOf(of);
  return (value, reading) => {
    const keys = kindOf(value) === "record" ? keysOf(value as object) : null;
    if (keys === null) return unsure;
    if (!enters(reading)) return unsure;
    const map: { [key: string]: unknown } = {};
    for (const key of keys) {
      if (!keepsText(reading, key, true)) return unsure;
      const member = valueAt(value as object, key);
      if (member === undefined) continue;
      const read = readMember(member, reading);
      if (read === unsure) return unsure;
      // Assigning to a key that every object inherits could set a prototype (D8), or throw where prototypes are frozen.
      if (key in map) Object.defineProperty(map, key, { value: read, enumerable: true });
      else map[key] = read;
    }
    leave(reading);
    return Object.freeze(map);
  };
}

/** A key with its place in the normal form. */
type Member = {
  readonly key: string;
  readonly read: Reader;
  readonly required: boolean;
  readonly ignored: boolean;
  /** Undefined where there is none. */
  readonly usual: unknown;
};

function recordReader(shape: RecordShape, usual: unknown): Reader {
  const { forms, atLeastOne, total, check } = shape;
  const members: Member[] = [];
  for (const [key, field] of Object.entries(shape.keys)) {
    if (field.need === "refused") continue;
    const value = field.need === "default" ? deepFreeze(field.value) : undefined;
    const read = value === undefined ? readerOf(field.shape) : makeReader(field.shape, value);
    members.push({ key, read, required: field.need === "required", ignored: field.need === "ignored", usual: value });
  }
  const places = new Map(members.map(({ key }, place) => [key, place]));
  const blank = members.map(() => undefined as unknown);
  const usualValues = usualMembers(members, usual);
  const needed = forms === undefined ? [] : forms.usual.map((key) => places.get(key) ?? 0);
  const other = forms === undefined ? 0 : (places.get(forms.other) ?? 0);
  return (value, reading) => {
    const keys = shape.open !== true && kindOf(value) === "record" ? keysOf(value as object) : null;
    if (keys === null || (total !== undefined && !keepsTotal(reading, total, 1))) return unsure;
    if (!enters(reading)) return unsure;
    const values = blank.slice();
    let written = 0;
    let next = 0;
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i] ?? "";
      // Nearly all keys stand in the order of the shape.
      const place = members[next]?.key === key ? next : places.get(key);
      const given = valueAt(value as object, key);
      if (place === undefined && (given !== undefined || !Object.hasOwn(shape.keys, key))) return unsure;
      // The keys of shapes are ASCII.
      if (!keepsText(reading, key, false)) return unsure;
      // A key that is refused may be there as undefined, which is absent; one that is unknown may not.
      if (place === undefined) continue;
      next = place + 1;
      if (given === undefined) continue;
      const read = members[place]?.read(given, reading);
      if (read === unsure) return unsure;
      values[place] = read;
      written += 1;
    }
    leave(reading);
    if (atLeastOne === true && written === 0) return unsure;
    if (forms !== undefined && values[other] === undefined && needed.some((place) => values[place] === undefined)) return unsure;
    for (let place = 0; place < members.length; place += 1) {
      if (values[place] !== undefined) continue;
      const member = members[place] as Member;
      if (member.required || (member.usual !== undefined && reading.complete)) return unsure;
      values[place] = member.usual;
    }
    if (usualValues !== null && areEqual(values, usualValues)) return usual;
    const record: { [key: string]: unknown } = {};
    for (let place = 0; place < members.length; place += 1) {
      const member = members[place] as Member;
      if (values[place] !== undefined && !member.ignored) record[member.key] = values[place];
    }
    if ((check !== undefined || forms !== undefined) && faultOfRecord(shape, record) !== null) return unsure;
    return Object.freeze(record);
  };
}

/** The default of a whole record by places; null where it is no such record. */
function usualMembers(members: readonly Member[], usual: unknown): readonly unknown[] | null {
  if (kindOf(usual) !== "record") return null;
  const record = usual as { readonly [key: string]: unknown };
  const known = Object.keys(record).every((key) => members.some((member) => member.key === key && !member.ignored));
  return known ? members.map(({ key }) => record[key]) : null;
}

function unionReader({ by, of, otherwise }: UnionShape, usual: unknown): Reader {
  const readerOfMember = new Map(Object.entries(of).map(([said, shape]) => [said, makeReader(shape, usual)]));
  const readOther = otherwise === undefined ? undefined : makeReader(otherwise, usual);
  return (value, reading) => {
    if (kindOf(value) !== "record") return unsure;
    const said = valueAt(value as object, by);
    // Whatever is no text is under no word.
    const read = said === undefined ? readOther : readerOfMember.get(said as string);
    return read === undefined ? unsure : read(value, reading);
  };
}

/** Its shapes are told apart by their sort of value: the others are unsure before they have counted anything. */
function choiceReader({ of }: ChoiceShape, usual: unknown): Reader {
  const choices = of.map((shape) => makeReader(shape, usual));
  return (value, reading) => {
    for (let i = 0; i < choices.length; i += 1) {
      const read = choices[i]?.(value, reading);
      if (read !== unsure) return read;
    }
    return unsure;
  };
}
