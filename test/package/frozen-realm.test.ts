import { createContext, runInContext } from "node:vm";
import { zoneTables } from "accessflow/zones";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { wholeLife } from "../fixtures/whole-life.js";

/*
 * `purity.test.ts` reads that the core names no clock, chance or host; this runs it where there are none. In the realm
 * every intrinsic is frozen, whatever tells the time, the place or the language of the host throws, and there is no
 * host object that does not. What the core answers there it can only have from its arguments.
 */

let program = "";

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { wholeLife } from "./test/fixtures/whole-life.ts";
        export { zoneTables } from "./src/zones/index.ts";`,
      resolveDir: new URL("../..", import.meta.url).pathname,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "library",
    platform: "neutral",
    target: "es2022",
  });
  program = `(() => { ${outputFiles[0]?.text ?? ""}; return library; })()`;
});

describe("a realm without ambient state", () => {
  it.each([
    ["the runtime's zones", "undefined"],
    ["pinned zones", "library.zoneTables"],
  ])("runs the whole core, with %s, and twice to the byte", (_, zones) => {
    const realm = frozenRealm();
    const run = `JSON.stringify([library.wholeLife(undefined, ${zones}), library.wholeLife(undefined, ${zones})])`;
    const [first, second] = JSON.parse(inRealm(realm, `const library = ${program}; ${run}`)) as unknown[];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it("answers as where there are a clock, a zone and a language", () => {
    const inside = inRealm(frozenRealm(), `JSON.stringify(${program}.wholeLife())`);
    expect(inside).toBe(JSON.stringify(wholeLife()));
    expect(JSON.stringify(wholeLife(undefined, zoneTables).outcomes)).toBe(JSON.stringify(wholeLife().outcomes));
  });

  it("leaves nothing behind in it", () => {
    const realm = frozenRealm();
    const names = "Reflect.ownKeys(globalThis).map(String).join()";
    const before = inRealm(realm, names);
    inRealm(realm, `${program}.wholeLife(); ""`);
    expect(inRealm(realm, names)).toBe(before);
  });

  it("goes through every kind of decision", () => {
    const outcomes = new Map(wholeLife().outcomes.map(([what, outcome]) => [what, JSON.stringify(outcome)]));
    const ends = ["a whole life", "rejected", "withdrawn", "overdue", "stopped"].map((what) => outcomes.get(what)?.split('"')[1]);
    expect(ends).toEqual(["revoked", "rejected", "withdrawn", "expired", "rejected"]);
    expect([outcomes.get("acceptable"), outcomes.get("granted")]).toEqual(['"acceptable"', '"scheduled"']);
    expect(
      [...outcomes.entries()].filter(([what, outcome]) => /replayed|restored|index resolves/.test(what) && outcome !== "true"),
    ).toEqual([]);
  });
});

/** What would make the tests above fail: each is what a core that is not pure would do. */
describe("the realm itself", () => {
  it.each([
    "Date.now()",
    "new Date()",
    "Date()",
    "Reflect.construct(Date, [])",
    "new (new Date(0)).constructor()",
    "new Date(2026, 0, 1)",
    'new Date("2026-01-01 10:00")',
    'Date.parse("2026-01-01 10:00")',
    "new Date(0).getHours()",
    "new Date(0).getTimezoneOffset()",
    "String(new Date(0))",
    "new Date(0).toLocaleDateString()",
    "Math.random()",
    "new Intl.DateTimeFormat()",
    'new Intl.DateTimeFormat("en-US")',
    'new Intl.DateTimeFormat(undefined, { timeZone: "UTC" })',
    'Intl.DateTimeFormat("en-US", { hour: "numeric" })',
    'new Intl.DateTimeFormat("en-US", { timeZone: "UTC" }).resolvedOptions()',
    'new Intl.DateTimeFormat("en-US", { timeZone: "UTC" }).format()',
    'new Intl.DateTimeFormat("en-US", { timeZone: "UTC" }).formatToParts()',
    "new Intl.Collator()",
    "new Intl.NumberFormat()",
    '"a".localeCompare("b")',
    '"I".toLocaleLowerCase()',
    "(1).toLocaleString()",
    "[1].toLocaleString()",
    "setTimeout(() => {}, 0)",
    "setInterval",
    "queueMicrotask(() => {})",
    "process.env",
    "globalThis.process",
    "fetch",
    'require("fs")',
    "performance.now()",
    "crypto",
    "console.log",
    "Function('return 1')()",
    "eval('1')",
    "WeakRef",
    "FinalizationRegistry",
  ])("%s throws", (expression) => {
    expect(() => inRealm(frozenRealm(), `String(${expression})`)).toThrow(/^ambient: |^Code generation from strings/);
  });

  it.each([
    "Array.prototype.last = 1",
    "Object.prototype.polluted = 1",
    "Map.prototype.get = 1",
    "Math.max = 1",
    "Intl.DateTimeFormat.prototype.format = 1",
    "Object.getPrototypeOf(function* () {}).prototype.next = 1",
    "Object.getPrototypeOf(new Map().entries()).next = 1",
    "Object.getPrototypeOf(Uint8Array).prototype.length = 1",
    "new Error().name = 'x'",
  ])("%s throws: it is frozen", (statement) => {
    expect(() => inRealm(frozenRealm(), `"use strict"; ${statement}; ""`)).toThrow(/read only|not extensible|no setter|only a getter/);
  });

  it.each([
    ["new Date(5).getTime()", "5"],
    ["new Date(0).toISOString()", "1970-01-01T00:00:00.000Z"],
    ["Date.UTC(1970, 0, 2)", "86400000"],
    ['new Intl.DateTimeFormat("en-US", { timeZone: "Asia/Kathmandu", hour: "numeric" }).formatToParts(0)[0].value', "5"],
  ])("%s is %s: what depends on arguments alone works", (expression, value) => {
    expect(inRealm(frozenRealm(), `String(${expression})`)).toBe(value);
  });
});

function inRealm(realm: object, code: string): string {
  return runInContext(code, realm) as string;
}

/** A new realm of the language, closed to the host and then frozen. */
function frozenRealm(): object {
  const realm = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  runInContext(`(${close.toString()})()`, realm);
  return realm;
}

/** Runs inside the realm, from its own text: it can use nothing of this file. */
function close(): void {
  const ambient = (what: string) => (): never => {
    throw new TypeError(`ambient: ${what}`);
  };
  const put = (home: object, key: PropertyKey, value: unknown): void => {
    Object.defineProperty(home, key, { value, configurable: true, writable: true, enumerable: false });
  };

  // Hosts that are there in no bare realm are traps all the same: asking whether they exist would be asking the host.
  const hosts = ["process", "require", "module", "global", "fetch", "performance", "crypto", "console", "navigator", "Buffer", "Temporal"];
  const timers = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "WeakRef", "FinalizationRegistry", "Atomics"];
  for (const name of [...hosts, ...timers]) Object.defineProperty(globalThis, name, { get: ambient(name), configurable: false });

  put(Math, "random", ambient("Math.random"));

  const RealDate = Date;
  const realParse = Date.parse;
  const date = RealDate.prototype;
  /** One number, or another Date: all that does not ask the host for a clock or a zone. */
  const onlyTime = (args: readonly unknown[]): readonly unknown[] => {
    const [only] = args;
    if (args.length === 1 && typeof only !== "string") return args;
    throw new TypeError("ambient: Date");
  };
  const closedDate = new Proxy(RealDate, {
    apply: ambient("Date()"),
    construct: (target, args, newTarget) => Reflect.construct(target, onlyTime(args), newTarget) as object,
  });
  put(RealDate, "now", ambient("Date.now"));
  put(RealDate, "parse", (text: string) => (/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ? realParse(text) : ambient("Date.parse")()));
  put(date, "constructor", closedDate);
  for (const key of Reflect.ownKeys(date)) {
    const isLocal = /^(?:get|set)(?!UTC|Time$)|^to(?!ISOString$|JSON$|UTCString$|GMTString$)/.test(String(key));
    if (isLocal || key === Symbol.toPrimitive) put(date, key, ambient(`Date.prototype.${String(key)}`));
  }
  put(globalThis, "Date", closedDate);

  const RealFormat = Intl.DateTimeFormat;
  const format = RealFormat.prototype;
  /** A language and a zone that were named: nothing is left for the host to fill in. */
  const named = (args: readonly unknown[]): readonly unknown[] => {
    const [locale, options] = args as [unknown, { readonly timeZone?: unknown } | undefined];
    if (typeof locale === "string" && typeof options?.timeZone === "string") return args;
    throw new TypeError("ambient: Intl.DateTimeFormat without a locale and a zone");
  };
  const closedFormat = new Proxy(RealFormat, {
    apply: (target, _, args) => Reflect.construct(target, named(args)) as object,
    construct: (target, args, newTarget) => Reflect.construct(target, named(args), newTarget) as object,
  });
  const toParts = format.formatToParts;
  put(format, "constructor", closedFormat);
  put(format, "resolvedOptions", ambient("resolvedOptions"));
  put(format, "formatToParts", function (this: Intl.DateTimeFormat, at?: number) {
    return at === undefined ? ambient("formatToParts of now")() : toParts.call(this, at);
  });
  Object.defineProperty(format, "format", { get: ambient("format"), configurable: true });
  for (const key of ["formatRange", "formatRangeToParts"]) put(format, key, ambient(key));
  for (const key of Object.getOwnPropertyNames(Intl)) Object.defineProperty(Intl, key, { get: ambient(`Intl.${key}`) });
  Object.defineProperty(Intl, "DateTimeFormat", { get: () => closedFormat });

  for (const home of [String, Number, BigInt, Array, Object, Object.getPrototypeOf(Int8Array) as typeof Array]) {
    for (const key of Object.getOwnPropertyNames(home.prototype)) {
      if (/locale/i.test(key)) put(home.prototype, key, ambient(`${home.name}.prototype.${key}`));
    }
  }

  // Everything that can be reached from the global object, from values that syntax makes, and from their prototypes.
  const roots: unknown[] = [
    ...Reflect.ownKeys(globalThis).map((key) => Object.getOwnPropertyDescriptor(globalThis, key)?.value as unknown),
    ...[RealDate, RealFormat, function* () {}, async () => {}, async function* () {}, () => {}],
    ...[[][Symbol.iterator](), new Map().entries(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/x/g), /x/],
  ];
  const frozen = new Set<unknown>([globalThis]);
  while (roots.length > 0) {
    const value = roots.pop();
    if ((typeof value !== "object" && typeof value !== "function") || value === null || frozen.has(value)) continue;
    frozen.add(value);
    Object.freeze(value);
    roots.push(Object.getPrototypeOf(value));
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(value))) {
      roots.push(descriptor.value, descriptor.get, descriptor.set);
    }
    for (const symbol of Object.getOwnPropertySymbols(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, symbol);
      roots.push(descriptor?.value, descriptor?.get, descriptor?.set);
    }
  }
}
