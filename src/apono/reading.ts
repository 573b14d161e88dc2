import { printPlace } from "../core/define/print-value.js";
import type { Issue, IssueCode } from "../core/kernel/issue.js";
import type { Path } from "../core/kernel/path.js";
import type { Note } from "./imported.js";
import { addPlace, holdsOneAt, type IssuePlaces, noPlaces } from "./issue-places.js";

/** What one reading of one document has come to so far. */
export type Reading = {
  readonly notes: Note[];
  readonly issues: Issue[];
  /** Where these issues are. */
  readonly places: IssuePlaces;
  readonly origins: Origins;
};

/** For each record and list made, where in the published document it comes from. */
type Origins = WeakMap<object, Origin>;

type Origin = {
  readonly at: Path;
  /** Where its members come from, below `at`; a member not listed has its own key. */
  readonly members: { readonly [key: string]: Path };
};

/** A part of a definition under way: what could not be read is undefined. */
export type Draft = { readonly [key: string]: unknown };

/** How messages call the published document itself. */
export const wholeDocument = "the document";

export function startReading(): Reading {
  return { notes: [], issues: [], places: noPlaces(), origins: new WeakMap() };
}

/** Remembers where something comes from, and gives it back. */
export function madeFrom<T extends object>(reading: Reading, at: Path, made: T, members: Origin["members"] = {}): T {
  reading.origins.set(made, { at, members });
  return made;
}

/** Notes a change; `says` follows the place in the message. */
export function addNote(reading: Reading, path: Path, says: string): void {
  reading.notes.push({ path, message: `${printPlace(path, wholeDocument)} ${says}` });
}

/** Reports an issue; `says` follows the place in the message. */
export function addIssue(reading: Reading, code: IssueCode, path: Path, says: string, details: { readonly nearest?: string } = {}): void {
  addIssues(reading, [{ code, path, message: `${printPlace(path, wholeDocument)} ${says}`, ...details }]);
}

/** Reports issues that say already where in the published document they are. */
export function addIssues(reading: Reading, issues: readonly Issue[]): void {
  for (const issue of issues) {
    reading.issues.push(issue);
    addPlace(reading.places, issue.path);
  }
}

/**
 * An issue of a definition that was made here, as an issue of the published document: the fault is theirs,
 * so the path is, too.
 */
function translatedIssue(reading: Reading, made: unknown, whole: string, issue: Issue): Issue {
  const path = originOf(reading, made, issue.path);
  const own = printPlace(issue.path, whole);
  const says = issue.message.startsWith(own) ? issue.message.slice(own.length) : `: ${issue.message}`;
  return { ...issue, path, message: `${printPlace(path, wholeDocument)}${says}` };
}

function originOf(reading: Reading, made: unknown, path: Path): Path {
  let current = made;
  let origin: Path = [];
  for (const step of path) {
    const known = typeof current === "object" && current !== null ? reading.origins.get(current) : undefined;
    const at = known?.at ?? origin;
    const member = known !== undefined && Object.hasOwn(known.members, step) ? known.members[step] : undefined;
    origin = [...at, ...(member ?? [step])];
    current = memberOf(current, step);
  }
  return origin;
}

function memberOf(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as { readonly [key: string | number]: unknown })[key];
}

/**
 * Adds what the last check found, in the published document's terms. What stands at, above or below a place
 * that has an issue already follows from it, and is left out.
 */
export function addTranslated(reading: Reading, made: unknown, whole: string, issues: readonly Issue[]): void {
  const translated = issues.map((issue) => translatedIssue(reading, made, whole, issue));
  addIssues(
    reading,
    translated.filter(({ path }) => !hasIssueAt(reading, path)),
  );
}

/** Whether there is an issue at, above or below a place. */
export function hasIssueAt(reading: Reading, path: Path): boolean {
  return holdsOneAt(reading.places, path);
}
