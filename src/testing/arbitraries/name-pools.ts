import * as fc from "fast-check";

/*
 * Small pools, so that matches, clashes, aliases and near misses happen often: the same letter composed and
 * decomposed, the same word in two cases, names that every object inherits.
 */

/** `é` as one code point. */
const composed = "caf\u00e9";
/** `é` as `e` and a combining accent: the same text (C6). */
const decomposed = "cafe\u0301";

/** Names that every plain object inherits: a careless look-up finds them everywhere. */
export const inheritedNames: readonly string[] = ["constructor", "toString", "__proto__"];

/** Names of groups, departments and shifts. */
export const valueNames: readonly string[] = ["admins", "Admins", "admin", composed, decomposed, "ops"];

/** What a condition may list: those names, parts of them, and names nobody has. */
export const listedNames: readonly string[] = [...valueNames, "adm", "caf", "s", "nobody", "constructor"];

export const sourceNames: readonly string[] = ["okta", "github"];

/** Ids and aliases of people that overlap with each other. */
export const personIds: readonly string[] = ["ada", "Ada", "bob", "eve", `zo${"\u00eb"}`, `zo${"e\u0308"}`];
export const addresses: readonly string[] = ["ada@corp.com", "ADA@corp.com", "bob@corp.com", "eve@corp.com", "eve@corp.com.evil.org"];
export const accountNames: readonly string[] = ["gh-ada", "ada", "gh-bob", "eve@corp.com"];

/** Attribute names that conditions ask for and identities carry. */
export const attributeNames: readonly string[] = ["group", "department", "onCall", ...inheritedNames];

/** One of a pool; the earlier, the simpler (fast-check shrinks towards the first). */
export function oneOfNames(pool: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...pool);
}

/** One to `maxLength` names of a pool, no text twice. */
export function someNames(pool: readonly string[], maxLength = 3): fc.Arbitrary<string[]> {
  return fc.uniqueArray(oneOfNames(pool), { minLength: 1, maxLength });
}

/** A record as JSON gives it: every key its own, `__proto__` among them, and absent keys really absent. */
export function recordOf<T>(model: { [Key in keyof T]-?: fc.Arbitrary<T[Key]> }, requiredKeys: readonly (keyof T)[]): fc.Arbitrary<T> {
  // The compiler cannot follow which keys fast-check leaves out.
  return fc.record(model, { requiredKeys: [...requiredKeys], noNullPrototype: true } as never) as unknown as fc.Arbitrary<T>;
}

/** A dictionary over a pool of keys, no text twice (NFC); an own `__proto__` is data like any other (D8). */
export function dictionaryOf<T>(keys: readonly string[], values: fc.Arbitrary<T>, maxKeys = 3): fc.Arbitrary<{ [key: string]: T }> {
  return fc
    .uniqueArray(fc.tuple(oneOfNames(keys), values), { maxLength: maxKeys, selector: ([key]) => key.normalize("NFC") })
    .map(Object.fromEntries);
}
