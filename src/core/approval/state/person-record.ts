import type { Identity } from "../../facts/identity.js";
import { personKeys } from "../../facts/person-keys.js";
import { compareText, personKey } from "../../kernel/text.js";
import type { PersonRecord } from "../approval-state.js";

/** What an approval keeps of a person. */
export function personRecordOf(identity: Identity): PersonRecord {
  return {
    id: identity.id,
    keys: personKeys(identity),
    emailsKnown: identity.emails !== undefined,
    accountsKnown: identity.accounts !== undefined,
    managerKnown: identity.manager !== undefined,
    manager: identity.manager ?? null,
  };
}

/**
 * The record after fresher facts: keys are added, never removed (A6). The manager is the one of the fresher
 * facts, and unknown where they do not say: an outage must not bring a former manager back (A7).
 */
export function learn(record: PersonRecord, fresh: PersonRecord): PersonRecord {
  return {
    id: record.id,
    keys: union(record.keys, fresh.keys),
    emailsKnown: record.emailsKnown || fresh.emailsKnown,
    accountsKnown: record.accountsKnown || fresh.accountsKnown,
    managerKnown: fresh.managerKnown,
    manager: fresh.manager,
  };
}

/**
 * One record of two that were given for one person at the same time: all keys (A6), and the manager that both
 * name; unknown where they differ, since nobody can say which of them is right (A7).
 */
export function agreed(one: PersonRecord, other: PersonRecord): PersonRecord {
  const learned = learn(one, other);
  return isSameManager(one, other)
    ? { ...learned, managerKnown: one.managerKnown, manager: one.manager }
    : { ...learned, managerKnown: false, manager: null };
}

function isSameManager(one: PersonRecord, other: PersonRecord): boolean {
  if (one.managerKnown !== other.managerKnown) return false;
  return one.manager === null || other.manager === null
    ? one.manager === other.manager
    : personKey(one.manager) === personKey(other.manager);
}

export function isSameRecord(left: PersonRecord, right: PersonRecord): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether two people are known to be one: their keys, both sorted, share an entry (A6). */
export function overlap(left: readonly string[], right: readonly string[]): boolean {
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const order = compareText(left[i] ?? "", right[j] ?? "");
    if (order === 0) return true;
    if (order < 0) i += 1;
    else j += 1;
  }
  return false;
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])].sort(compareText);
}
