/*
 * What every program shares: the prototypes and constructors of the language. A library that writes there changes the
 * host's other code, and is found either by what it left behind or because it could not.
 */

const roots: readonly object[] = [
  ...[Object, Array, Function, String, Number, Boolean, BigInt, Symbol, Date, RegExp, Error, TypeError, RangeError],
  ...[Map, Set, WeakMap, WeakSet, Promise, Uint8Array, Reflect.getPrototypeOf(Uint8Array) ?? Uint8Array, Proxy, Intl, Intl.DateTimeFormat],
  ...[JSON, Math, Reflect, [][Symbol.iterator](), new Map().entries(), new Set().entries(), ""[Symbol.iterator](), "".matchAll(/x/g)],
].flatMap((value) => [
  value,
  ...("prototype" in value && value.prototype ? [value.prototype as object] : [Reflect.getPrototypeOf(value) ?? value]),
]);

const shared = [...new Set(roots)].filter((value) => value !== Reflect.getPrototypeOf(Object.prototype));

type Snapshot = readonly (readonly [home: object, properties: ReadonlyMap<PropertyKey, unknown>])[];

/** Everything as it is now: which properties there are, and what each is. */
export function intrinsicsNow(): Snapshot {
  return [...shared, globalThis].map((home) => [home, propertiesOf(home)]);
}

/** What is otherwise than it was: null, or the first property. Puts back what it finds, so that the next is found too. */
export function mendIntrinsics(snapshot: Snapshot): string | null {
  let found: string | null = null;
  for (const [home, before] of snapshot) {
    const keys = Reflect.ownKeys(home);
    for (const key of keys) {
      if (before.has(key) && isSame(home, key, before.get(key))) continue;
      found ??= `${nameOf(home)} has ${before.has(key) ? "another" : "a"} ${String(key)}`;
      if (before.has(key)) Object.defineProperty(home, key, before.get(key) as PropertyDescriptor);
      else Reflect.deleteProperty(home, key);
    }
    if (Reflect.ownKeys(home).length === before.size) continue;
    for (const [key, descriptor] of before) {
      if (Object.hasOwn(home, key)) continue;
      found ??= `${nameOf(home)} has lost ${String(key)}`;
      Object.defineProperty(home, key, descriptor as PropertyDescriptor);
    }
  }
  return found;
}

/** From now on nobody can change them: a write throws. */
export function freezeIntrinsics(): void {
  for (const value of shared) Object.freeze(value);
}

function propertiesOf(home: object): ReadonlyMap<PropertyKey, unknown> {
  return new Map(Reflect.ownKeys(home).map((key) => [key, Object.getOwnPropertyDescriptor(home, key)]));
}

function isSame(home: object, key: PropertyKey, before: unknown): boolean {
  const now = Object.getOwnPropertyDescriptor(home, key);
  const then = before as PropertyDescriptor;
  return now !== undefined && Object.is(now.value, then.value) && now.get === then.get && now.set === then.set;
}

function nameOf(home: object): string {
  if (home === globalThis) return "globalThis";
  return typeof home === "function"
    ? home.name
    : `${(home as { constructor?: { name?: string } }).constructor?.name ?? "an object"}.prototype`;
}
