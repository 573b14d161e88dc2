import { identityFaults } from "../../core/define/check-facts.js";
import { conditionTruth } from "../../core/evaluate/condition-truth.js";
import { errorOfFaults } from "../../core/evaluate/error-of-faults.js";
import type { CandidateSelector } from "../../core/facts/candidate-selector.js";
import type { Identity } from "../../core/facts/identity.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { isNonEmpty } from "../../core/kernel/non-empty-array.js";
import { quotedText } from "../../core/kernel/quoted.js";
import { normalText, personKey } from "../../core/kernel/text.js";
import type { Directory, DirectoryAnswer } from "../../ports/directory.js";
import { frozenCopy } from "./frozen-copy.js";
import { pageAfter, usualPageSize } from "./page-after.js";

type WholePerson = Extract<DirectoryAnswer, { readonly outcome: "found" }>["identity"];

/** A directory whose people can be changed while it serves. */
export type MemoryDirectory = Directory & {
  /** Puts a person in, in place of the one with this id. */
  set(identity: Identity): void;
  /** Takes a person out: from now on they are gone. */
  remove(id: string): void;
};

/**
 * A directory kept in memory: for tests and demos.
 *
 * It is the only source about its people, so what a record leaves out is known to be nothing where a directory
 * must answer: absent `active` is true, absent `emails` and `accounts` are empty. An absent attribute or manager
 * stays unknown (C4); write `[]` or null for known to be none.
 *
 * A reference is an id (exactly, NFC) or an address (ASCII letters in any case); an id wins. A reference that is
 * an address of two people is refused: the promise is rejected, because nobody can say who is meant.
 * `candidates` gives whom a selector selects or, for lack of facts, may select, in the order of their ids.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for a record that is no identity, and for two people of one id.
 *
 * @example
 * const directory = memoryDirectory([{ id: "ada", emails: ["ada@example.com"], attributes: { group: ["staff"] } }]);
 * const found = await directory.identity("ADA@example.com", { attributes: [], manager: false });
 * found.outcome === "found" && found.identity.active;
 * // => true
 * await directory.identity("bob", { attributes: [], manager: false });
 * // => { outcome: "gone" }
 */
export function memoryDirectory(
  identities: Iterable<Identity> = [],
  options: { readonly pageSize?: number | undefined } = {},
): MemoryDirectory {
  const people = new Map<string, WholePerson>();
  for (const given of identities) {
    const person = wholePerson(given);
    const key = normalText(person.id);
    if (people.has(key)) throw accessFlowError("facts_invalid", `two identities have the id ${quotedText(person.id)}`);
    people.set(key, person);
  }
  return Object.freeze<MemoryDirectory>({
    async identity(ref) {
      const person = people.get(normalText(ref)) ?? personWithAddress(people, ref);
      return person === null ? Object.freeze({ outcome: "gone" }) : Object.freeze({ outcome: "found", identity: person });
    },
    async candidates(selector, after) {
      const selected = [...people].filter(([, person]) => maySelect(selector, person));
      return pageAfter(new Map(selected), after, options.pageSize ?? usualPageSize);
    },
    set(given) {
      const person = wholePerson(given);
      people.set(normalText(person.id), person);
    },
    remove(id) {
      people.delete(normalText(id));
    },
  });
}

function wholePerson(identity: Identity): WholePerson {
  const faults = identityFaults("identity", identity);
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  const { active = true, emails = [], accounts = [] } = identity;
  return frozenCopy({ ...identity, active, emails, accounts });
}

function personWithAddress(people: ReadonlyMap<string, WholePerson>, ref: string): WholePerson | null {
  const key = personKey(ref);
  const found = [...people.values()].filter(({ emails }) => emails.some((email) => personKey(email) === key));
  if (found.length > 1) throw accessFlowError("directory_unavailable", `${quotedText(ref)} is an address of ${found.length} people`);
  return found[0] ?? null;
}

/** Never too few: whoever meets a term, or of whom it is not known. */
function maySelect(selector: CandidateSelector, person: WholePerson): boolean {
  if (selector === "everyone") return true;
  return selector.anyOf.some(({ attribute, operator, values, source }) => {
    if (!isNonEmpty(values)) return false;
    return conditionTruth({ attribute, operator, values, ...(source === null ? {} : { source }) }, person) !== "fails";
  });
}
