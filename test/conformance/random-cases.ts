import * as fc from "fast-check";
import { type ConformanceCase, libraryOperations } from "../../src/conformance/index.js";
import type { Json } from "../../src/core/kernel/json.js";
import * as inputs from "../arbitrary/operation-inputs.js";
import { compareAnswers, referenceOperations } from "../oracle/reference-operations.js";
import { isValidInput } from "./is-valid-input.js";

type Source = {
  readonly operation: string;
  readonly inputs: fc.Arbitrary<unknown>;
  /** How many are looked at, and how many of them kept. */
  readonly sample: number;
  readonly keep: number;
  /** The rule that a case shows. */
  readonly ruleOf: (input: never, answer: never) => string;
  /** What makes one case another kind than the next, beside its rule and its answer. */
  readonly kindOf?: (input: never) => unknown;
};

type Condition = { attribute: string; operator?: string; values: string[]; source?: string; match?: string };
type Person = { attributes?: Record<string, unknown>; manager?: string | null };
const negative = (operator = "is") => ["isNot", "doesNotContain"].includes(operator);
const texts = (value: unknown): string => JSON.stringify(value);
const has = (value: unknown, pattern: RegExp): boolean => pattern.test(texts(value));

function ruleOfCondition({ condition, identity }: { condition: Condition; identity: Person }, answer: string): string {
  const { attribute, operator, source, match, values } = condition;
  if (source !== undefined) return "C7";
  if (attribute === "user") return has(values, /[A-Z].*@|@/) && answer !== "unknown" ? "C6" : "C8";
  if (attribute === "manager") return "C10";
  if (attribute === "owner") return "C8";
  const held = Object.hasOwn(identity.attributes ?? {}, attribute) ? identity.attributes?.[attribute] : undefined;
  if (held === undefined || held === null || (Array.isArray(held) && (held.length === 0 || held.includes(null)))) return "C4";
  if (match !== undefined || has(held, /"id"/)) return "C5";
  if (has([held, values], /[^\x20-\x7e]/)) return "C6";
  return negative(operator) ? "C3" : "C2";
}

function ruleOfSchedule({ schedule, at }: { schedule: { kind: string; except?: string[]; timeZone: string }; at: number }): string {
  if (schedule.kind === "always") return "S1";
  if ((schedule.except ?? []).length > 0) return "S7";
  const near = [-90 * 60_000, 90 * 60_000].map((step) => offsetAt(schedule.timeZone, at + step));
  if (near[0] !== near[1]) return "S4";
  const windows = (schedule as { windows?: object[] }).windows ?? [schedule];
  const overnight = windows.some((window) => {
    const { from, to } = window as { from: string; to: string };
    return to < from;
  });
  return overnight ? "S3" : windows.length > 1 ? "S6" : "S2";
}

function offsetAt(timeZone: string, at: number): string | undefined {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value;
}

function ruleOfRequestor(
  { grantee, requestor }: { grantee?: Person & { id: string }; requestor: { id: string } },
  answer: { codes: string[] },
): string {
  if (answer.codes.some((code) => /missing|unknown|not_asked/.test(code))) return "R4";
  if (grantee !== undefined && grantee.id !== requestor.id) return "R3";
  return answer.codes.length > 1 ? "R1" : "R2";
}

function ruleOfTargets(input: { targets: { kind: string; resources?: unknown }[] }, { codes }: { codes: string[] }): string {
  if (codes.includes("resource_clash")) return "T7";
  if (codes.some((code) => /^(bundle|access_scope|query)_/.test(code))) return "T5";
  if (input.targets.some(({ kind }) => kind !== "integration")) return "T5";
  if (has(input.targets, /"by":"tag"/)) return "T3";
  if (has(input.targets, /include|exclude/)) return "T2";
  return codes.some((code) => code.startsWith("integration_")) || input.targets.length === 1 ? "T1" : "T6";
}

function ruleOfQuery({ query }: { query: string }, truth: string): string {
  if (truth === "unknown") return "Q5";
  if (/\b(and|or|AND|OR)\b/.test(query)) return "Q4";
  if (/integration/.test(query)) return "Q6";
  return /\b(in|not_in|contains|not_contains|starts_with|ends_with)\b|!=/.test(query) ? "Q2" : "Q1";
}

function ruleOfWindow(
  { definition }: { definition: { grantFor?: { kind: string; endWith?: string } } },
  answer: { refused?: string[] },
): string {
  const codes = answer.refused ?? [];
  if (codes.some((code) => /^duration_(over|required|not_positive)/.test(code))) return "W3";
  if (codes.includes("schedule_closed_at_start") || definition.grantFor?.endWith !== undefined) return "W4";
  return definition.grantFor?.kind === "indefinite" && codes.length === 0 ? "W2" : "W1";
}

type Step = { status?: string; refused?: string[]; window?: unknown; extensions?: number };
const refusals: readonly (readonly [code: RegExp, approval: string, request: string])[] = [
  [/same_person/, "A6", "A6"],
  [/voter_inactive/, "C9", "C9"],
  [/approver_reason/, "A9", "A9"],
  [/already_voted/, "A5", "A5"],
  [/tier_not_open/, "A12", "A12"],
  [/request_expired/, "A11", "L2"],
  [/mfa_|not_the_grantee/, "L2", "L2"],
  [/not_allowed_to/, "A10", "L5"],
  [/effect_stale/, "A10", "L6"],
  [/extensions|grant_|duration/, "W6", "W6"],
  [/facts_/, "A10", "L3"],
];
function ruleOfRefusals(steps: Step[], side: 1 | 2): string | undefined {
  const codes = steps.flatMap(({ refused = [] }) => refused).join(" ");
  return refusals.find(([code]) => code.test(codes))?.[side];
}

function ruleOfApproval(
  input: { definition: { approval: { groups: string; escalation?: unknown; distinctApprovers?: boolean } } },
  steps: Step[],
): string {
  const refused = ruleOfRefusals(steps, 1);
  if (refused !== undefined) return refused;
  const last = steps.filter(({ status }) => status !== undefined).at(-1)?.status;
  if (last === "rejected") return "A4";
  if (last === "expired") return "A11";
  if (last === "withdrawn") return "A10";
  if (has(input.definition.approval, /"owner"/)) return "A8";
  if (has(input.definition.approval, /"manager"/)) return "A7";
  if (input.definition.approval.escalation !== undefined) return "A12";
  return has(input.definition.approval, /"combinator":"and"/) ? "A2" : last === "approved" ? "A3" : "A14";
}

function ruleOfRequest(_: unknown, steps: Step[]): string {
  const refused = ruleOfRefusals(steps, 2);
  if (refused !== undefined) return refused;
  if (steps.some(({ extensions }) => (extensions ?? 0) > 0)) return "W6";
  const last = steps.filter(({ status }) => status !== undefined).at(-1)?.status ?? "";
  if (steps.some(({ refused: codes = [] }) => codes.includes("clock_went_back") || codes.includes("request_over"))) return "L7";
  if (["activationFailed", "deactivating"].includes(last)) return "L6";
  if (last === "withdrawn" || last === "revoked") return "L5";
  if (last === "awaitingMfa") return "L2";
  return steps.some(({ window }) => window !== null && window !== undefined) ? "L4" : "L3";
}

const shapeOf = (steps: Step[]): unknown => steps.map(({ status, refused }) => refused ?? status);

const sources: readonly Source[] = [
  {
    ...{ operation: "conditionTruth", inputs: inputs.conditionInput, sample: 5_000, keep: 450, ruleOf: ruleOfCondition },
    kindOf: ({ condition, identity }: { condition: Condition; identity: Person }) => [
      ...[condition.operator, condition.match, condition.values.length > 1, has(identity.attributes?.[condition.attribute], /"source"/)],
      ...[has(condition, /[^\x20-\x7e]/), Object.keys(identity).includes("emails"), Object.keys(identity).includes("accounts")],
    ],
  },
  {
    ...{ operation: "scheduleStatus", inputs: inputs.scheduleInput, sample: 2_000, keep: 240, ruleOf: ruleOfSchedule },
    kindOf: ({ schedule }: { schedule: { timeZone?: string } }) => schedule.timeZone,
  },
  { ...{ operation: "evaluateRequestor", inputs: inputs.requestorInput, sample: 1_500, keep: 200 }, ruleOf: ruleOfRequestor },
  {
    ...{ operation: "resolveTargets", inputs: inputs.targetsInput, sample: 1_500, keep: 220, ruleOf: ruleOfTargets },
    kindOf: ({ targets }: { targets: { kind: string }[] }) => targets.map(({ kind }) => kind),
  },
  {
    ...{ operation: "coversEntitlement", inputs: inputs.coverageInput, sample: 600, keep: 80, ruleOf: () => "T8" },
    kindOf: ({ targets }: { targets: { kind: string }[] }) => targets.map(({ kind }) => kind),
  },
  {
    ...{ operation: "matchQuery", inputs: inputs.queryInput, sample: 2_000, keep: 220, ruleOf: ruleOfQuery },
    kindOf: ({ query }: { query: string }) => query.match(/[a-z_]+(?=\[| )/g)?.slice(0, 2),
  },
  {
    ...{ operation: "parseQuery", inputs: inputs.queryTextInput, sample: 1_000, keep: 100 },
    ruleOf: (_: unknown, { valid }: { valid: boolean }) => (valid ? "Q3" : "Q7"),
  },
  { ...{ operation: "computeGrantWindow", inputs: inputs.windowInput, sample: 1_500, keep: 200 }, ruleOf: ruleOfWindow },
  {
    ...{ operation: "approvalCourse", inputs: inputs.approvalInput, sample: 1_500, keep: 200, ruleOf: ruleOfApproval },
  },
  { ...{ operation: "planApproval", inputs: inputs.planInput, sample: 500, keep: 80, ruleOf: () => "A13" } },
  { ...{ operation: "requestCourse", inputs: inputs.requestInput, sample: 1_500, keep: 180, ruleOf: ruleOfRequest } },
  {
    ...{ operation: "reconcileGrants", inputs: inputs.automaticInput, sample: 500, keep: 70 },
    ruleOf: (_: unknown, { halted, undetermined }: { halted: boolean; undetermined: string[] }) =>
      halted || undetermined.some((id) => id.startsWith("missing-")) ? "M3" : "M1",
  },
];

const library = libraryOperations as { readonly [operation: string]: (input: never) => unknown };
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

type Found = ConformanceCase & { readonly kind: string };

/** The case of an input; null where the rules leave open which reason is told: there is no one answer to expect. */
function caseOf(source: Source, random: unknown): Found | null {
  const { operation, ruleOf, kindOf } = source;
  const input = plain(random);
  if (!isValidInput(operation, input)) return null;
  const answer = plain(library[operation]?.(plain(input) as never));
  const reference = plain(referenceOperations[operation]?.(plain(input) as never));
  if (texts(answer).includes("facts_invalid")) return null;
  const verdict = compareAnswers(operation, answer, reference);
  if (verdict === "disagrees") throw new Error(`${operation}: ${texts({ input, answer, reference })}`);
  if (verdict === "open") return null;
  const rule = ruleOf(input as never, answer as never);
  const outline = Array.isArray(answer) ? shapeOf(answer as Step[]) : outlineOf(answer);
  return { rule, operation, input, expected: answer, kind: texts([rule, outline, kindOf?.(input as never)]) };
}

/** Always the same ones: of each kind of case the smallest, a few of each rule in turn until enough are kept. */
export function randomCases(): ConformanceCase[] {
  return sources.flatMap((source, index) => {
    const kinds = new Map<string, Found[]>();
    for (const random of fc.sample(source.inputs, { numRuns: source.sample, seed: 20_261_125 + index })) {
      const found = caseOf(source, random);
      if (found !== null) kinds.set(found.kind, [...(kinds.get(found.kind) ?? []), found]);
    }
    return inTurn([...kinds.values()], source.keep).map((found) => withoutTheUnneeded(source, found));
  });
}

/** What an answer says, apart from names and numbers. */
function outlineOf(answer: Json): unknown {
  if (typeof answer !== "object" || answer === null) return answer;
  const { codes, refused, open, outcome, valid, decidable, decidableFrom, selfOnly, halted } = answer as Record<string, Json>;
  const sizes = Object.values(answer).map((part) => (Array.isArray(part) ? Math.min(part.length, 3) : null));
  return [codes, refused, open, outcome, valid, decidable, decidableFrom === null, selfOnly, halted, sizes];
}

/** In turn of each rule one of each kind, then a second of each, and so on; the smallest first. */
function inTurn(kinds: Found[][], keep: number): Found[] {
  const size = (each: ConformanceCase) => texts(each).length;
  const smallestFirst = (left: Found[], right: Found[]) => texts(left[0]).length - texts(right[0]).length;
  const queues = kinds.map((kind) => kind.sort((left, right) => size(left) - size(right))).sort(smallestFirst);
  const rules = [...new Set(kinds.map(([first]) => first?.rule))];
  const perRule = rules.map((rule) => roundRobin(queues.filter(([first]) => first?.rule === rule)));
  const once = new Map(roundRobin(perRule).map((each) => [texts(each), each]));
  return [...once.values()].slice(0, keep);
}

function roundRobin<T>(queues: readonly T[][]): T[] {
  const longest = Math.max(...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}

/** The case without every part whose loss changes nothing: neither its answer nor its rule and kind. */
function withoutTheUnneeded(source: Source, found: Found): ConformanceCase {
  let best = found;
  for (const path of pathsOf(found.input).sort((left, right) => right.size - left.size)) {
    try {
      const smaller = caseOf(source, without(best.input, path.keys));
      if (smaller !== null && smaller.kind === best.kind && texts(smaller.expected) === texts(best.expected)) best = smaller;
    } catch {
      // Without that part it is no input.
    }
  }
  const { kind: _, ...rest } = best;
  return rest;
}

type Place = { readonly keys: readonly string[]; readonly size: number };

/** Every key of a record that is large enough to be worth leaving out; of lists only the last members, so that no place moves. */
function pathsOf(value: Json, keys: readonly string[] = []): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const place = { keys: [...keys, key], size: texts(part).length + key.length };
    const isLast = !Array.isArray(value) || Number(key) === value.length - 1;
    return [...(isLast && place.size > 20 ? [place] : []), ...pathsOf(part, place.keys)];
  });
}

function without(value: Json, [key = "", ...rest]: readonly string[]): Json {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return value;
  if (Array.isArray(value)) {
    const index = Number(key);
    return rest.length === 0 ? value.filter((_, at) => at !== index) : value.map((part, at) => (at === index ? without(part, rest) : part));
  }
  const entries = Object.entries(value).filter(([name]) => rest.length > 0 || name !== key);
  return Object.fromEntries(entries.map(([name, part]) => [name, name === key ? without(part, rest) : part])) as Json;
}
