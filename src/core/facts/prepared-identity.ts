import type { Identity } from "./identity.js";
import { type IdentityTable, identityTable } from "./identity-table.js";

/** Exists in types only: a prepared identity comes from `prepareIdentity`. */
declare const prepared: unique symbol;

/**
 * An identity that was checked once, deep-frozen, plain JSON: taken wherever an `Identity` is, with the same
 * answers, sooner.
 */
export type PreparedIdentity = Identity & { readonly [prepared]: true };

/** The identities this library has prepared. A pure memo: they are frozen all the way down, so their tables stay right. */
const tables = new WeakMap<object, IdentityTable>();

/** Takes a deep-frozen identity that was checked. */
export function makePrepared(identity: Identity): PreparedIdentity {
  tables.set(identity, identityTable(identity));
  // The brand is in the type alone.
  return identity as PreparedIdentity;
}

export function isPrepared(value: unknown): value is PreparedIdentity {
  // What is no object is no key of the memo, and is not there.
  return tables.has(value as object);
}

/** The table of a prepared identity; null for anything else. */
export function tableOf(identity: unknown): IdentityTable | null {
  return tables.get(identity as object) ?? null;
}
