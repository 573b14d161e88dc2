import { conditionTruth } from "../core/evaluate/condition-truth.js";
import type { CandidateSelector } from "../core/facts/candidate-selector.js";
import type { FactsNeeded } from "../core/facts/facts-needed.js";
import type { AttributeValue, Identity } from "../core/facts/identity.js";
import { heldValues, isList, valueId, valueName, valueSource } from "../core/facts/identity-values.js";
import { isNonEmpty } from "../core/kernel/non-empty-array.js";
import { normalText, personKey } from "../core/kernel/text.js";
import type { Directory } from "../ports/directory.js";
import { allPages } from "./all-pages.js";
import { check, shown } from "./check.js";
import type { ConformanceCase } from "./conformance-case.js";
import { hostileNames } from "./hostile-names.js";

/** A directory, made anew for each case, and the whole truth about its people. */
export type DirectorySubject = {
  readonly directory: Directory;
  /**
   * Everybody in the directory, complete: several pages of them, one with `active: false`, some with addresses,
   * groups that have a source, a manager.
   */
  readonly people: readonly Identity[];
  /** Takes a person out of the directory. */
  remove(id: string): Promise<void>;
  /** Ends what was made for the case. */
  close?(): Promise<void>;
};

type Case = (subject: DirectorySubject) => Promise<void>;

/**
 * What every directory must do, as cases for any test runner: whole persons, inactive ones included; gone only
 * who is; lists that end; candidates that miss nobody. `make` is called once a case.
 *
 * @example
 * const group = [{ id: "g1", name: "staff", source: "ldap" }];
 * const people = [
 *   { id: "ada", emails: ["ada@example.com"], manager: "bob", attributes: { group }, sources: ["ldap"] },
 *   { id: "bob", emails: [], manager: null, active: false, attributes: { group: [] }, sources: ["ldap"] },
 * ];
 * const make = async () => {
 *   const directory = memoryDirectory(people);
 *   return { directory, people, remove: async (id: string) => directory.remove(id) };
 * };
 * const results = directoryConformance(make).map(({ run }) => run());
 * (await Promise.all(results)).length > 5;
 * // => true
 */
export function directoryConformance(make: () => Promise<DirectorySubject>): readonly ConformanceCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name,
    async run() {
      const subject = await make();
      try {
        await run(subject);
      } finally {
        await subject.close?.();
      }
    },
  }));
}

const cases: { readonly [name: string]: Case } = {
  "a person is answered whole: id, activity, addresses, accounts, manager": async ({ directory, people }) => {
    for (const person of people) {
      const found = await foundIn(directory, person.id, people);
      check(found.id === person.id, `${shown(person.id)} is answered as ${shown(found.id)}`);
      check(found.active === (person.active ?? true), `${shown(person.id)}: active is ${shown(found.active)}`);
      expectSame(`${shown(person.id)}: emails`, keysOf(found.emails), keysOf(person.emails));
      expectSame(`${shown(person.id)}: accounts`, keysOf(found.accounts), keysOf(person.accounts));
      const same = person.manager == null ? found.manager === person.manager : personKey(found.manager ?? "") === personKey(person.manager);
      check(same || person.manager === undefined, `${shown(person.id)}: manager is ${shown(found.manager)}, not ${shown(person.manager)}`);
    }
  },
  "every attribute asked for is answered, with the ids, names and sources of its values": async ({ directory, people }) => {
    for (const person of people) {
      const found = await foundIn(directory, person.id, people);
      for (const name of attributesOf([person])) {
        expectSame(`${shown(person.id)}: ${name}`, textsOf(found, name), textsOf(person, name));
      }
    }
  },
  "the directories that answered are listed, so that a value's absence is known": async ({ directory, people }) => {
    for (const person of people) {
      const found = await foundIn(directory, person.id, people);
      const listed = (found.sources ?? []).map(normalText);
      for (const source of person.sources ?? [])
        check(listed.includes(normalText(source)), `${shown(person.id)}: ${shown(source)} is not listed`);
    }
  },
  "somebody who has left, but is on record, is found inactive, not gone": async ({ directory, people }) => {
    const inactive = people.filter(({ active }) => active === false);
    check(inactive.length > 0, "the subject has nobody with `active: false`");
    for (const person of inactive)
      check(!(await foundIn(directory, person.id, people)).active, `${shown(person.id)} is answered as active`);
  },
  "an address finds its person, in letters of any case": async ({ directory, people }) => {
    const withAddress = people.filter(({ emails = [] }) => emails.length > 0);
    check(withAddress.length > 0, "the subject has nobody with an address");
    for (const { id, emails = [] } of withAddress) {
      for (const email of [...emails, ...emails.map((each) => each.replace(/[a-z]/g, (letter) => letter.toUpperCase()))]) {
        check((await foundIn(directory, email, people)).id === id, `${shown(email)} does not find ${shown(id)}`);
      }
    }
  },
  "who is not there is gone, however the name looks": async ({ directory, people }) => {
    const keys = new Set(people.flatMap(({ id, emails = [] }) => [id, ...emails].map(personKey)));
    const others = people.flatMap(({ id }) => [`${id} `, `${id}*`, id.toUpperCase(), id.toLowerCase()]);
    for (const ref of [...hostileNames, ...others].filter((each) => !keys.has(personKey(each)))) {
      const answer = await directory.identity(ref, everyFact(people));
      check(answer.outcome === "gone", `${shown(ref)} is answered with ${shown(answer)}`);
    }
  },
  "who is taken out is gone": async ({ directory, people, remove }) => {
    const [first, second] = people;
    check(first !== undefined, "the subject has nobody");
    await remove(first.id);
    check((await directory.identity(first.id, everyFact(people))).outcome === "gone", `${shown(first.id)} is still found`);
    if (second !== undefined) await foundIn(directory, second.id, people);
  },
  "answers are plain JSON": async ({ directory, people }) => {
    for (const { id } of people) {
      const answer = await directory.identity(id, everyFact(people));
      check(shown(JSON.parse(JSON.stringify(answer))) === shown(answer), `${shown(id)} does not survive being written as JSON`);
      check(Object.getPrototypeOf(answer) === Object.prototype, "an answer is an instance of a class");
    }
  },
  "the list of everybody ends, and has each person once": async ({ directory, people }) => {
    const listed = await allPages((after) => directory.candidates("everyone", after));
    expectSame("everyone", listed.map(({ id }) => id).sort(), people.map(({ id }) => id).sort());
  },
  "a list read twice is the same list": async ({ directory }) => {
    const read = async (): Promise<string> =>
      shown((await allPages((after) => directory.candidates("everyone", after))).map(({ id }) => id));
    const first = await read();
    check(first === (await read()), "two readings differ");
  },
  "candidates miss nobody who meets a selector": async ({ directory, people }) => {
    for (const selector of selectorsOver(people)) {
      const listed = new Set((await allPages((after) => directory.candidates(selector, after))).map(({ id }) => id));
      const missed = people.filter((person) => meets(selector, person) && !listed.has(person.id));
      check(missed.length === 0, `${shown(selector)} misses ${shown(missed.map(({ id }) => id))}`);
    }
  },
  "candidates are people of the directory, as `identity` answers them": async ({ directory, people }) => {
    const ids = new Set(people.map(({ id }) => id));
    for (const selector of selectorsOver(people)) {
      const listed = await allPages((after) => directory.candidates(selector, after));
      const strangers = listed.filter(({ id }) => !ids.has(id));
      check(strangers.length === 0, `${shown(selector)} finds ${shown(strangers.map(({ id }) => id))}`);
      for (const { id, active } of listed) {
        const isActive = people.find((person) => person.id === id)?.active ?? true;
        check(active === isActive, `${shown(id)} is a candidate with active: ${shown(active)}`);
      }
    }
  },
};

type Found = Extract<Awaited<ReturnType<Directory["identity"]>>, { readonly outcome: "found" }>["identity"];

async function foundIn(directory: Directory, ref: string, people: readonly Identity[]): Promise<Found> {
  const answer = await directory.identity(ref, everyFact(people));
  check(answer.outcome === "found", `${shown(ref)} is answered with ${shown(answer)}`);
  return answer.identity;
}

function everyFact(people: readonly Identity[]): FactsNeeded {
  return { attributes: attributesOf(people).map((name) => ({ name, sources: "any" as const })), manager: true };
}

function attributesOf(people: readonly Identity[]): readonly string[] {
  return [...new Set(people.flatMap(({ attributes = {} }) => Object.keys(attributes)))].sort();
}

function valuesOf(person: Identity, name: string): readonly (AttributeValue | null)[] {
  const held = heldValues(person, name);
  return held === undefined ? [] : isList(held) ? held : [held];
}

function textsOf(person: Identity, name: string): readonly string[] {
  if (heldValues(person, name) === undefined) return ["unknown"];
  return valuesOf(person, name)
    .map((value) => (value === null ? "unknown value" : shown([valueId(value), valueName(value) ?? null, valueSource(value) ?? null])))
    .sort();
}

function keysOf(values: readonly AttributeValue[] | undefined): readonly string[] {
  return (values ?? []).map((value) => shown([personKey(valueId(value)), valueSource(value) ?? null])).sort();
}

function expectSame(what: string, seen: readonly string[], expected: readonly string[]): void {
  check(shown(seen) === shown(expected), `${what}: ${shown(seen)}, not ${shown(expected)}`);
}

/** Selectors of every operator over everything that is said of these people, and over what is said of nobody. */
function selectorsOver(people: readonly Identity[]): readonly CandidateSelector[] {
  const terms: Term[] = [];
  const over = (attribute: string, text: string, source: string | null): void => {
    const characters = Array.from(text);
    const inner = characters.slice(1, -1).join("") || text;
    const prefix = characters.slice(0, Math.max(1, characters.length - 1)).join("");
    terms.push({ attribute, operator: "is", values: [text], source });
    terms.push({ attribute, operator: "contains", values: [inner], source });
    terms.push({ attribute, operator: "startsWith", values: [prefix], source });
  };
  for (const person of people) {
    for (const text of [person.id, ...(person.emails ?? []), ...(person.accounts ?? []).map(valueId)]) over("user", text, null);
    if (person.manager) over("manager", person.manager, null);
    for (const name of attributesOf([person])) {
      for (const value of valuesOf(person, name)) {
        if (value === null) continue;
        over(name, valueId(value), null);
        over(name, valueName(value) ?? valueId(value), valueSource(value) ?? null);
      }
    }
  }
  const several: readonly CandidateSelector[] = [
    { anyOf: [] },
    { anyOf: terms.slice(0, 3) },
    { anyOf: terms.filter((_, index) => index % 5 === 0) },
  ];
  return [...terms.map((term): CandidateSelector => ({ anyOf: [term] })), ...several];
}

type Term = Exclude<CandidateSelector, "everyone">["anyOf"][number];

/** By the rules that decide, over the whole truth: a full scan. */
function meets(selector: CandidateSelector, person: Identity): boolean {
  if (selector === "everyone") return true;
  return selector.anyOf.some(({ attribute, operator, values, source }) => {
    if (!isNonEmpty(values)) return false;
    return conditionTruth({ attribute, operator, values, ...(source === null ? {} : { source }) }, person) === "holds";
  });
}
