import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { faultsOf, fullest, issuesOf, normalForm, smallest, withValue } from "./definitions.js";

class Flow {
  readonly name = "S3 read";
}

function throwing(): never {
  throw new Error("touched");
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const everyTrapThrows = new Proxy({}, new Proxy({}, { get: () => throwing }));

/** Values that JSON cannot say. */
const foreign: readonly (readonly [name: string, value: unknown])[] = [
  ["undefined", undefined],
  ["a function", () => 1],
  ["a symbol", Symbol("x")],
  ["a bigint", 10n],
  ["a Date", new Date(0)],
  ["a Map", new Map([["name", "x"]])],
  ["a Set", new Set()],
  ["a boxed text", Object("text")],
  ["a boxed number", Object(1)],
  ["an instance of a class", new Flow()],
  ["a regular expression", /x/],
  ["a promise", Promise.resolve({})],
  ["a typed array", new Uint8Array(2)],
  ["a revoked proxy", revoked()],
  ["a proxy whose every trap throws", everyTrapThrows],
];

describe("values that are no JSON", () => {
  it.each(foreign)("%s is no definition", (_, value) => {
    expect(issuesOf(value).map((issue) => issue.code)).toEqual(["not_an_object"]);
  });

  it.each(foreign.slice(1))("%s is an issue in place of a record", (_, value) => {
    expect(faultsOf({ ...smallest, settings: value })).toEqual(["not_an_object at settings"]);
  });

  it.each(foreign.slice(1))("%s is an issue in place of a text", (_, value) => {
    expect(faultsOf({ ...smallest, description: value })).toEqual(["wrong_type at description"]);
  });

  it.each(foreign)("%s is an issue in a list", (_, value) => {
    expect(faultsOf(withValue(smallest, ["targets", 0, "permissions", 1], value))).toEqual(["wrong_type at targets[0].permissions[1]"]);
  });

  it.each(foreign)("%s under an unknown key is an unknown key", (_, value) => {
    expect(faultsOf({ ...smallest, zzzzzz: value })).toEqual(["unknown_key at zzzzzz"]);
  });
});

describe("objects that act", () => {
  it("a getter is refused without being called", () => {
    const definition = Object.defineProperty({ ...smallest }, "description", { get: throwing, enumerable: true });
    expect(faultsOf(definition)).toEqual(["wrong_type at description"]);
  });

  it("a getter in a list is refused without being called", () => {
    const permissions = Object.defineProperty(["read"], 1, { get: throwing, enumerable: true });
    expect(faultsOf(withValue(smallest, ["targets", 0, "permissions"], permissions))).toEqual(["wrong_type at targets[0].permissions[1]"]);
  });

  it("a list with holes lacks the entries in them", () => {
    const permissions = ["read"];
    permissions[2] = "write";
    expect(faultsOf(withValue(smallest, ["targets", 0, "permissions"], permissions))).toEqual(["wrong_type at targets[0].permissions[1]"]);
  });

  it("a list whose length cannot be read is an issue", () => {
    const list = new Proxy([], { getOwnPropertyDescriptor: throwing });
    expect(faultsOf({ ...smallest, targets: list })).toEqual(["wrong_type at targets"]);
  });

  it("a record whose keys cannot be read is an issue", () => {
    const settings = new Proxy({}, { ownKeys: throwing });
    expect(faultsOf({ ...smallest, settings })).toEqual(["not_an_object at settings"]);
  });

  it("a proxy that does nothing is read like what it stands for", () => {
    expect(JSON.stringify(normalForm(new Proxy({ ...fullest }, {})))).toBe(JSON.stringify(normalForm(fullest)));
  });

  it("records of another realm and records without a prototype are records", () => {
    const elsewhere: unknown = runInNewContext(`(${JSON.stringify(smallest)})`);
    const bare: unknown = Object.assign(Object.create(null), smallest);
    expect([faultsOf(elsewhere), faultsOf(bare)]).toEqual([[], []]);
  });

  it("keys that JSON would not write are not read", () => {
    const definition = Object.defineProperty({ ...smallest, [Symbol("trigger")]: 1 }, "trigger", { value: "automatic", enumerable: false });
    expect(normalForm(definition).trigger).toBe("selfServe");
  });

  it("D2: no definition has an id by what every object inherits", () => {
    const { id: _, ...unnamed } = normalForm(smallest);
    for (const enumerable of [true, false]) {
      Object.defineProperty(Object.prototype, "id", { value: "theirs", configurable: true, writable: true, enumerable });
      try {
        expect(Object.hasOwn(normalForm(unnamed), "id")).toBe(true);
        expect(normalForm(unnamed).id).not.toBe("theirs");
      } finally {
        Reflect.deleteProperty(Object.prototype, "id");
      }
    }
  });
});
