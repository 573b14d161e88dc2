import { lengthOf, valueAt } from "../kernel/read-json.js";
import { type DocumentWalk, startWalk, type WalkOptions } from "./document-walk.js";
import { expectationOf, fieldOf, fittingShape, memberOf, type SimpleShape } from "./fit-shape.js";
import { isPossible, storedNumber } from "./number-rules.js";
import { printValue, printWords, quoted } from "./print-value.js";
import { faultOfRecord } from "./record-rules.js";
import { withoutRepetitions } from "./repetitions.js";
import type { ListShape, MapShape, NumberShape, RecordShape, Shape, TextShape, WordShape } from "./shape.js";
import { faultOfText } from "./text-rules.js";

/** What stands in a draft where the document's own value is faulty. */
const faulty = undefined;

/** For each record of a draft, where its keys stood in the document. */
export type Places = WeakMap<object, ReadonlyMap<string, number>>;

/** What was made of a document: see `checkDocument`. */
export type CheckedDocument = { readonly draft: unknown; readonly walk: DocumentWalk; readonly places: Places };

/** One pass over one document. */
type Pass = Pick<CheckedDocument, "walk" | "places">;

/**
 * Checks a document against a shape, and copies what is right into a draft: complete with its defaults, keys
 * in the shape's order. A key whose value is faulty is there in the draft as `undefined`, one that was not
 * written and has no default is not; where nothing was found, the draft is the document's normal form.
 *
 * Total: any value gets issues, none an exception. Time and memory are linear in what is walked.
 */
export function checkDocument(shape: Shape, document: unknown, options: WalkOptions): CheckedDocument {
  const pass: Pass = { walk: startWalk(options), places: new WeakMap() };
  return { draft: checkValue(pass, shape, document), ...pass };
}

function checkValue(pass: Pass, shape: Shape, value: unknown): unknown {
  const { walk } = pass;
  if (!walk.enter(value)) return faulty;
  const fitting = fittingShape(shape, value);
  if (fitting !== null) return checkFitting(pass, fitting, value);
  const isRecord = shape.is === "record" || shape.is === "union" || shape.is === "map";
  walk.report(isRecord ? "not_an_object" : "wrong_type", `must be ${expectationOf(shape)}, not ${printValue(value)}`);
  walk.skimInside(value);
  return faulty;
}

/** A value of the sort that its shape asks for: the casts rely on it. */
function checkFitting(pass: Pass, shape: SimpleShape, value: unknown): unknown {
  switch (shape.is) {
    case "text":
      return checkText(pass, shape, value as string);
    case "word":
      return checkWord(pass, shape, value as string);
    case "number":
      return checkNumber(pass, shape, value as number);
    case "flag":
    case "null":
      return value;
    case "list":
      return checkList(pass, shape, value as object);
    case "map":
      return checkMap(pass, shape, value as object);
    case "record":
      return checkRecord(pass, shape, value as object);
    case "union":
      return checkRecord(pass, memberOf(shape, value as object), value as object);
  }
}

function checkText({ walk }: Pass, shape: TextShape, text: string): string | undefined {
  const fault = faultOfText(text, shape.rule, shape.max ?? null, walk.options.zones);
  if (fault !== null) {
    const says = fault.code === "blank" ? `is ${text === "" ? "empty" : "blank"}` : `must ${fault.must}, not ${quoted(text)}`;
    walk.report(fault.code, says, fault.limit === undefined ? {} : { limit: fault.limit });
    return faulty;
  }
  if (shape.total !== undefined) walk.count(shape.total, 1);
  return shape.rule === "name" ? text.trim() : text;
}

function checkWord({ walk }: Pass, shape: WordShape, text: string): string | undefined {
  if (shape.words.includes(text)) return text;
  walk.report(shape.unknown, `must be ${printWords(shape.words)}, not ${quoted(text)}`, walk.nearest(text, shape.words));
  return faulty;
}

function checkNumber({ walk }: Pass, shape: NumberShape, number: number): number | undefined {
  if (isPossible(number, shape)) return storedNumber(number);
  walk.report("number_invalid", `must be ${expectationOf(shape)}, not ${printValue(number)}`);
  return faulty;
}

function checkList(pass: Pass, shape: ListShape, list: object): readonly unknown[] | undefined {
  const { walk } = pass;
  const length = lengthOf(list);
  if (length === null) {
    walk.report("wrong_type", "cannot be read");
    return faulty;
  }
  if (length === 0 && !shape.mayBeEmpty) {
    walk.report("empty", "is empty: at least one entry is needed");
    return faulty;
  }
  if (shape.max !== undefined && length > shape.max) {
    walk.report("too_many", `has ${length} entries, more than ${shape.max}`, { limit: shape.max });
  }
  const kept = shape.total === undefined || walk.count(shape.total, length);
  // Where nothing else bounds the walk, a list that is too long is not walked.
  if (!kept && walk.options.limits === null) return faulty;
  const entries: unknown[] = [];
  for (let i = 0; i < length && !walk.stopped; i += 1) {
    const entry = walk.at(i, () => checkValue(pass, shape.of, valueAt(list, i)));
    if (entry !== faulty) entries.push(entry);
  }
  return shape.unique === true ? withoutRepetitions(entries) : entries;
}

function checkMap(pass: Pass, shape: MapShape, record: object): object | undefined {
  const { walk } = pass;
  const keys = walk.keys(record);
  if (keys === null) return faulty;
  const entries: [string, unknown][] = [];
  for (const key of keys) {
    const value = valueAt(record, key);
    if (walk.stopped) return faulty;
    if (value !== undefined) entries.push([key, walk.at(key, () => checkValue(pass, shape.of, value))]);
  }
  // Defines each key as the record's own, `__proto__` included (D8).
  return Object.fromEntries(entries);
}

function checkRecord(pass: Pass, shape: RecordShape, record: object): object | undefined {
  const { walk } = pass;
  const keys = walk.keys(record);
  if (keys === null) return faulty;
  if (shape.total !== undefined) walk.count(shape.total, 1);
  const written = new Map<string, unknown>();
  const places = new Map<string, number>();
  for (const key of keys) {
    // Before the step in: what is said of a key stands before what is said of anything inside its value.
    places.set(key, walk.order);
    walk.at(key, () => checkKey(pass, shape, key, valueAt(record, key), written));
    if (walk.stopped) return faulty;
  }
  reportMissing(pass, shape, written);
  // A key that is undefined says as little as one that is not there; a faulty or unknown one was reported.
  const saysNothing = keys.every((key) => valueAt(record, key) === undefined);
  if (shape.atLeastOne === true && saysNothing) walk.report("empty", "is empty, so it says nothing");
  const draft = draftOf(shape, written);
  const fault = faultOfRecord(shape, draft);
  if (fault !== null) {
    const order = places.get(fault.key) ?? walk.order;
    walk.reportMember([fault.key], order, fault.code, fault.says, fault.limit === undefined ? {} : { limit: fault.limit });
  }
  pass.places.set(draft, places);
  return draft;
}

/** Takes a known key into `written`; reports any other. A key with a place in the shape that is undefined is absent. */
function checkKey(pass: Pass, shape: RecordShape, key: string, value: unknown, written: Map<string, unknown>): void {
  const { walk } = pass;
  const field = fieldOf(shape, key);
  if (field !== null && value === undefined) return;
  if (field !== null && field.need !== "refused") {
    written.set(key, checkValue(pass, field.shape, value));
    return;
  }
  if (field !== null) walk.report(field.code, field.why);
  else if (!walk.forbids(key) && shape.open !== true) reportUnknown(pass, shape, key);
  walk.skim(value);
}

function reportUnknown({ walk }: Pass, shape: RecordShape, key: string): void {
  const known = Object.keys(shape.keys).filter((each) => shape.keys[each]?.need !== "refused");
  const details = walk.nearest(key, known);
  const hint = details.nearest === undefined ? "" : `; did you mean \`${details.nearest}\`?`;
  walk.report("unknown_key", `is not a known key${hint}`, details);
}

/** Keys that are not there are reported after those that are, in the order of the normal form. */
function reportMissing({ walk }: Pass, shape: RecordShape, written: ReadonlyMap<string, unknown>): void {
  const usual = shape.forms?.usual ?? [];
  const inForm = shape.forms !== undefined && !written.has(shape.forms.other) ? usual : [];
  for (const [key, field] of Object.entries(shape.keys)) {
    const needed = field.need === "required" || (field.need === "default" && walk.options.complete) || inForm.includes(key);
    if (!needed || written.has(key)) continue;
    const hint = field.need !== "refused" && field.shape.is === "word" ? `: write ${printWords(field.shape.words)}` : "";
    walk.reportMember([key], walk.order, "missing_key", `is missing${hint}`);
  }
}

function draftOf(shape: RecordShape, written: ReadonlyMap<string, unknown>): { [key: string]: unknown } {
  const draft: { [key: string]: unknown } = {};
  for (const [key, field] of Object.entries(shape.keys)) {
    if (field.need === "ignored") continue;
    if (written.has(key)) draft[key] = written.get(key);
    else if (field.need === "default") draft[key] = field.value;
  }
  return draft;
}
