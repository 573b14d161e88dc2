import { type Json, parseQuery } from "accessflow";
import { conformanceFiles } from "../conformance/conformance-files.js";
import { ask, operations } from "./operations.js";

type Place = readonly (string | number)[];

/** An input spoilt in one place: what stands there instead, nothing where `by` is missing. */
export type Spoilt = { readonly place: Place; readonly by?: Json };
export type Question = { readonly operation: string; readonly input: Json; readonly spoilt: Spoilt | null };

/**
 * Everything that is asked, before what says nothing new is left out: the conformance cases, and each of a few of them
 * spoilt in every place.
 */
export function* questions(): Generator<Question> {
  const cases = conformanceCases()
    .flatMap(({ operation, input }) => [operation, ...(alsoAsked[operation] ?? [])].map((each) => ({ operation: each, input })))
    .filter(({ operation }) => operation in operations);
  for (const { operation, input } of cases) yield { operation, input, spoilt: null };
  for (const { operation, input } of [...cases, ...cases.flatMap(storedState), ...cases.flatMap(queryTree)].filter(firstOf(4))) {
    yield { operation, input, spoilt: null };
    for (const spoilt of spoiling(operation, input)) yield { operation, input, spoilt };
  }
}

/** What else is asked of the inputs of an operation. */
const alsoAsked: { readonly [operation: string]: readonly string[] } = {
  approvalCourse: ["approvalRead"],
  requestCourse: ["requestDryRun", "requestRead"],
  evaluateRequestor: ["prepareIdentity"],
};

type Case = { readonly operation: string; readonly input: Json };

function conformanceCases(): readonly Case[] {
  const cases: readonly Case[] = conformanceFiles.flatMap((file) => file.cases);
  const plans = cases.filter(({ operation }) => operation === "planApproval").slice(0, 10);
  return [...plans.map(({ operation, input }) => ({ operation, input: { ...(input as object), complete: false } })), ...cases];
}

const restoring: ReadonlyMap<string, string> = new Map([
  ["approvalCourse", "restoreApprovalState"],
  ["requestCourse", "restoreRequestState"],
]);

/** The state that a course ends in, as it would be stored. */
function storedState({ operation, input }: Case): readonly Case[] {
  const restore = restoring.get(operation);
  if (restore === undefined) return [];
  const { state } = ask(operation, input) as { readonly state?: Json };
  return state === undefined ? [] : [{ operation: restore, input: { state } }];
}

function queryTree({ operation, input }: Case): readonly Case[] {
  if (operation !== "parseQuery") return [];
  const parsed = parseQuery((input as { readonly query: string }).query);
  return parsed.ok ? [{ operation: "printQuery", input: { tree: JSON.parse(JSON.stringify(parsed.value)) } }] : [];
}

const aboutQueries: readonly string[] = ["parseQuery", "printQuery"];

/**
 * Of each operation so many inputs that are not all too short; of courses those, too, with an event that was seldom
 * spoilt, and of queries some of every length.
 */
function firstOf(count: number): (each: Case) => boolean {
  const taken = new Map<string, number>();
  const take = (name: string): boolean => {
    const already = taken.get(name) ?? 0;
    taken.set(name, already + 1);
    return already < count;
  };
  return ({ operation, input }) => {
    const { length } = JSON.stringify(input);
    if (aboutQueries.includes(operation)) return length > 60 && take(`${operation} ${length % 12}`);
    if (length < 300 && operation !== "scheduleStatus") return false;
    const { events = [] } = input as { readonly events?: readonly { readonly type: string }[] };
    return [operation, ...events.map(({ type }) => `${operation} ${type}`)].map(take).includes(true);
  };
}

const others: readonly Json[] = [null, 7, "", "Stryker", [], {}, true, [null]];
const words: ReadonlyMap<string, readonly string[]> = new Map([
  ["approve", ["reject"]],
  ["reject", ["approve"]],
  ["pending", ["approved", "rejected", "expired", "withdrawn"]],
  ["approved", ["pending", "rejected", "active", "expired"]],
]);

/** What may stand in a place instead: something else, or something that is nearly right. */
function replacementsOf(value: Json): readonly Json[] {
  if (typeof value === "number") return [...others, -0.5, value + 1, value - 1, value + 86_400_000];
  if (typeof value === "boolean") return [...others, !value];
  if (typeof value === "string") return [...others, ` ${value}`, `${value}x`, ...(words.get(value) ?? [])];
  if (Array.isArray(value)) return [...others, [...value].reverse(), [...value, ...value], value.slice(1)];
  return others;
}

/** What belongs to the question, not to the library's input; and definitions have an operation of their own. */
const frame: readonly (string | number)[] = ["events", "input", "definition"];

/** Each word and sign of a query left out, doubled, and replaced. */
function nearQueries(query: string): readonly string[] {
  const words = query.split(/("[^"]*"|\s+|[()[\],=!]|\w+)/).filter((word) => word !== "");
  return words.flatMap((word, index) =>
    ["", `${word}${word}`, `${word} ${word}`, "(", ")", ",", "[", "not ", "resource", '""', '"', "\\", "\u00e9\n"].map((by) =>
      [...words.slice(0, index), by, ...words.slice(index + 1)].join(""),
    ),
  );
}

/** Each place left out, and replaced, and one key too many in each record. */
function* spoiling(operation: string, input: Json): Generator<Spoilt> {
  if (operation === "parseQuery") {
    for (const by of nearQueries((input as { readonly query: string }).query)) yield { place: ["query"], by };
    return;
  }
  for (const place of placesOf(input)) {
    const [first] = place;
    if (first === "definition" ? operation !== "checkAccessFlow" : place.length === 1 && frame.includes(first ?? "")) continue;
    yield { place };
    for (const by of replacementsOf(valueAt(input, place))) yield { place, by };
  }
}

/** Every place within the first of each list's entries, within every event, and a key that is nowhere in each record. */
function placesOf(value: Json, path: Place = []): Place[] {
  if (typeof value !== "object" || value === null || path.length > 7) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.slice(0, path[0] === "events" ? 12 : 2).map((each, index) => [index, each])
    : Object.entries(value);
  const places = entries.flatMap(([key, member]) => [[...path, key], ...placesOf(member, [...path, key])]);
  return Array.isArray(value) ? places : [...places, [...path, "extra"]];
}

function valueAt(value: Json, place: Place): Json {
  return place.reduce<Json>((held, key) => (held as { readonly [key: string]: Json })[key] ?? null, value);
}

/** The input of a question, as it is asked. */
export function inputOf({ input, spoilt }: Pick<Question, "input" | "spoilt">): Json {
  if (spoilt === null) return input;
  const copy = structuredClone(input);
  const last = spoilt.place.at(-1) as string;
  const holder = spoilt.place.slice(0, -1).reduce<{ [key: string]: Json }>((held, key) => held[key] as never, copy as never);
  if (spoilt.by !== undefined) holder[last] = spoilt.by;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}
