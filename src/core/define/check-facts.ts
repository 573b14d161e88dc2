import type { CheckedCatalog } from "../facts/catalog.js";
import type { Identity } from "../facts/identity.js";
import { isPrepared } from "../facts/prepared-identity.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Path } from "../kernel/path.js";
import { keysOf, kindOf } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { failure, type Result, success } from "../kernel/result.js";
import { checkPart } from "./check-part.js";
import type { WalkOptions } from "./document-walk.js";
import { catalogShape, identityShape, resourceShape } from "./fact-shape.js";
import { hasKnownKeys, isIdentity, isResource } from "./is-fact.js";
import { reasonsOfIssues } from "./reasons-of-issues.js";
import type { Shape } from "./shape.js";

/** No faults: one list for all good facts, so that checking them allocates nothing. */
const none: readonly Reason[] = Object.freeze([]);

const wholeArgument: Path = Object.freeze([]);

const noCatalog: Result<CheckedCatalog, never> = success(deepFreeze({ integrations: [], bundles: [], accessScopes: [] }));

/** How facts are walked. Nobody reads on after a thousand issues about facts. */
export const factWalk: WalkOptions = {
  whole: "the record",
  limits: null,
  mostIssues: 1_000,
  forbidsKeys: false,
  complete: false,
  code: null,
};

/**
 * What is wrong with an identity that a function was given as `argument`, or at the place `at` within it: every place
 * that is not of the stated shape, or over D4's limit.
 */
export function identityFaults(argument: string, value: unknown, at: Path = wholeArgument): readonly Reason[] {
  return isPrepared(value) || isIdentity(value) ? none : faultsOf(identityShape, argument, value, at);
}

/** A deep-frozen copy of an identity, or what is wrong with it. */
export function acceptIdentity(argument: string, value: unknown): Result<Identity, NonEmptyArray<Reason>> {
  const checked = checkPart<Identity>(identityShape, value, factWalk);
  return checked.ok ? checked : failure(deepFreeze(reasonsOfIssues(argument, checked.error)));
}

/** As `identityFaults`, for a resource. */
export function resourceFaults(argument: string, value: unknown, at: Path = wholeArgument): readonly Reason[] {
  return isResource(value) ? none : faultsOf(resourceShape, argument, value, at);
}

/** What is wrong with the record that holds a function's arguments: not a record, or keys that it does not know. */
export function inputFaults(input: unknown, known: readonly string[], argument = "input"): readonly Reason[] {
  if (hasKnownKeys(input, known)) return none;
  const keys = kindOf(input) === "record" ? keysOf(input as object) : null;
  if (keys === null) return deepFreeze([reason("facts_invalid", "C4", [], { argument, at: [] })]);
  const unknown = keys.filter((key) => !known.includes(key));
  return deepFreeze(unknown.map((key) => reason("facts_invalid", "C4", [], { argument, at: [key] })));
}

/** A catalogue in normal form, absent ones included: its references are looked up, its queries are not parsed here. */
export function acceptCatalog(argument: string, catalog: unknown): Result<CheckedCatalog, NonEmptyArray<Reason>> {
  if (catalog === undefined) return noCatalog;
  const checked = checkPart<CheckedCatalog>(catalogShape, catalog, factWalk);
  return checked.ok ? checked : failure(deepFreeze(reasonsOfIssues(argument, checked.error)));
}

function faultsOf(shape: Shape, argument: string, value: unknown, at: Path): readonly Reason[] {
  const checked = checkPart(shape, value, factWalk);
  return checked.ok ? none : deepFreeze(reasonsOfIssues(argument, checked.error, at));
}
