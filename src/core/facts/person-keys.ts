import { compareText, normalText, personKey } from "../kernel/text.js";
import type { Truth } from "../kernel/truth.js";
import type { Identity } from "./identity.js";
import { knownManager, valueId } from "./identity-values.js";

/**
 * Everything a person is known by, as it compares (C6): id, addresses and accounts, sorted, each once. Two
 * identities that share an entry are the same person (A6). An account counts by its id whatever its source;
 * its name is no key. An empty text is an entry like any other: overlap only ever forbids.
 */
export function personKeys({ id, emails, accounts }: Identity): readonly string[] {
  const count = 1 + (emails?.length ?? 0) + (accounts?.length ?? 0);
  if (count > fewKeys) {
    const all = [id, ...(emails ?? []), ...(accounts ?? []).map(valueId)];
    return Object.freeze([...new Set(all.map(personKey))].sort(compareText));
  }
  const keys = [personKey(id)];
  if (emails !== undefined) for (let i = 0; i < emails.length; i += 1) insert(keys, personKey(emails[i] ?? ""));
  if (accounts !== undefined) for (let i = 0; i < accounts.length; i += 1) insert(keys, personKey(valueId(accounts[i] ?? "")));
  return Object.freeze(keys);
}

/** Up to so many keys are sorted as they come: most people have two or three. */
const fewKeys = 8;

/** Puts a text into its place among sorted ones, unless it is there. */
function insert(sorted: string[], text: string): void {
  let place = sorted.length;
  while (place > 0 && text < (sorted[place - 1] ?? "")) place -= 1;
  if (place > 0 && sorted[place - 1] === text) return;
  if (place === sorted.length) sorted.push(text);
  else sorted.splice(place, 0, text);
}

/**
 * Whether the person that a record names as `manager` is this identity (C10): their id or one of their
 * addresses; accounts do not count. Where the addresses are unknown, a text with `@` may be one of them (C8).
 */
export function isRelationTo(manager: string | null | undefined, identity: Identity): Truth {
  const person = knownManager(manager);
  if (person === undefined) return "unknown";
  if (person === null) return "fails";
  const key = personKey(person);
  if (key === personKey(identity.id)) return "holds";
  if (identity.emails === undefined) return key.includes("@") ? "unknown" : "fails";
  for (const email of identity.emails) if (key === personKey(email)) return "holds";
  return "fails";
}

/** Whether the one is the other's manager (A7, R3). */
export function isManagerOf(manager: Identity, report: Identity): Truth {
  return isRelationTo(report.manager, manager);
}

/** The same person by id, exactly. This permits (R3, L5); shared addresses or accounts never do. */
export function hasSameId(left: { readonly id: string }, right: { readonly id: string }): boolean {
  return normalText(left.id) === normalText(right.id);
}
