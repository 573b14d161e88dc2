/*
 * What the tests use of vitest, on mocha: in one process that stays, a change is tried in the time its tests take,
 * where vitest begins anew for each. `bundle.mjs` puts it in the place of "vitest".
 */
import { format } from "node:util";
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import { forgetEverything } from "./forgetful-memos.js";

type Body = (...parts: never[]) => unknown;
type Names = readonly unknown[];
type Define = (name: string, body: () => unknown) => void;
type Mocha = { readonly describe: Define; readonly it: Define; readonly before: Hook; readonly after: Hook; readonly afterEach: Hook };
type Hook = (body: () => unknown) => void;
type Counts = { [change: string]: number };
type Switch = { activeMutant?: string | undefined; mutantCoverage?: { static: Counts; perTest: { [test: string]: Counts } } };

const mocha = globalThis as unknown as Mocha & { __stryker__?: Switch };

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const expect = chai.expect;

/** Of a size that takes long where every step is counted, and near tests of the same rule notice what they notice. */
const sizes = [
  ...[/^TH20: (what takes too long|thousands of candidates|one person too few|half a million)/, /^TH8: it closes whatever the order/],
  ...[/^S1: has the same offsets around every change/, /^S7: agrees with the calendar/, /^S5: is right where date-fns-tz is wrong/],
  ...[
    /^D4: (refuses a tree that uses its parts|takes as many parts as the densest|are compared and kept|a vote is refused for the size of the state exactly)/,
  ],
  ...[/^X11: (answer as the runtime does|have the offsets of release)/],
];

/** The changes that this process has tried, and whether one of them left something behind. */
const tried = new Set<string>();
let stained = false;

/**
 * A test that fails is asked again with the change taken back, and nothing remembered. Where it fails then, too, a
 * change has left something behind that is no memo: this one, if it is the first of the process; else nobody knows, and
 * the process ends, so that Stryker asks again in a new one. After that the process is of no more use.
 */
async function noticed(body: () => unknown): Promise<void> {
  const active = mocha.__stryker__?.activeMutant;
  if (mocha.__stryker__ === undefined) return void (await body());
  if (active === undefined) {
    // The run that finds out which tests reach what: each is to reach what it would by itself.
    forgetEverything();
    return void (await body());
  }
  if (stained && !tried.has(active)) process.exit(1);
  if (!tried.has(active)) forgetEverything();
  tried.add(active);
  try {
    await body();
  } catch (failure) {
    mocha.__stryker__.activeMutant = undefined;
    forgetEverything();
    try {
      await body();
    } catch {
      if (tried.size > 1) process.exit(1);
      stained = true;
    }
    mocha.__stryker__.activeMutant = active;
    forgetEverything();
    throw failure;
  }
}

/**
 * What runs as the files load runs unchanged, always. Where tests run it, too, it is tried in them, and needs no process
 * of its own, which Stryker would begin for whatever runs as files load.
 */
mocha.after(() => {
  const coverage = mocha.__stryker__?.mutantCoverage;
  if (coverage === undefined) return;
  for (const counts of Object.values(coverage.perTest)) for (const change of Object.keys(counts)) delete coverage.static[change];
});

const defineTest: Define = (name, body) => {
  if (!sizes.some((size) => size.test(name))) mocha.it(name, () => noticed(body));
};

/** One for each row; `%s` and the like take its members, `$name` a member by name. A row is one value where not all are lists. */
function each(define: Define): (rows: Names) => (name: string, body: Body) => void {
  return (rows) => (name, body) => {
    const asLists = rows.every(Array.isArray);
    const entries = rows.map((row) => (asLists ? row : [row]) as never[]);
    for (let start = 0; start < entries.length; start += together(rows)) {
      const some = entries.slice(start, start + together(rows));
      define(titleOf(name, some[0] ?? [], start), async () => {
        for (const members of some) await body(...members);
      });
    }
  };
}

/** Thousands of rows are thousands of tests, which take longer to keep apart than to run. */
function together(rows: Names): number {
  return rows.length < 500 ? 1 : 25;
}

function titleOf(name: string, members: Names, index: number): string {
  const [first] = members;
  const named = name.replace(/\$([\w.]+)/g, (whole, path: string) => {
    const value = path.split(".").reduce<unknown>((held, key) => (held as { [key: string]: unknown } | undefined)?.[key], first);
    return value === undefined ? whole : String(value);
  });
  const places = named.match(/%[sdifjoO]/g)?.length ?? 0;
  return `${format(named, ...members.slice(0, places))} [${index}]`;
}

export const it = Object.assign(defineTest, {
  each: each(defineTest),
  skipIf: (skips: boolean): Define => (skips ? () => {} : defineTest),
});
const defineSuite: Define = (name, body) => mocha.describe(name, () => void body());
export const describe = Object.assign(defineSuite, { each: each(defineSuite) });
export const beforeAll: Hook = (body) => mocha.before(body);
export const afterAll: Hook = (body) => mocha.after(body);
export const afterEach: Hook = (body) => mocha.afterEach(body);

const stubbed = new Map<string, unknown>();
const environment = new Map<string, string | undefined>();

export const vi = {
  stubGlobal(name: string, value: unknown): void {
    if (!stubbed.has(name)) stubbed.set(name, Reflect.get(globalThis, name));
    Reflect.set(globalThis, name, value);
  },
  unstubAllGlobals(): void {
    for (const [name, value] of stubbed) Reflect.set(globalThis, name, value);
    stubbed.clear();
  },
  stubEnv(name: string, value: string): void {
    if (!environment.has(name)) environment.set(name, process.env[name]);
    process.env[name] = value;
  },
  unstubAllEnvs(): void {
    for (const [name, value] of environment) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    environment.clear();
  },
};
