import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { copyList } from "../../../src/core/kernel/copy-list.js";
import { keysOf, kindOf, lengthOf, valueAt } from "../../../src/core/kernel/read-json.js";

const bare = (keys: object): object => Object.assign(Object.create(null) as object, keys);

describe("kindOf", () => {
  it.each([
    ["a record of this realm", {}],
    ["a record without a prototype", bare({ id: "ada" })],
    ["a record of another realm", runInNewContext("({})")],
  ])("C4: takes %s for a record", (_, value) => {
    expect(kindOf(value)).toBe("record");
  });

  it.each([
    ["a record", Object.create({ id: "ada" })],
    ["a record without a prototype", Object.create(bare({ id: "ada" }))],
    ["an empty record without a prototype", Object.create(bare({}))],
    ["what has the methods of the end of a chain, and is none", Object.create({ hasOwnProperty: () => true, isPrototypeOf: () => true })],
    ["a record whose one method every object has", Object.create(bare({ hasOwnProperty: () => true }))],
    [
      "what computes its methods",
      Object.create(Object.defineProperty(bare({ isPrototypeOf: () => true }), "hasOwnProperty", { get: () => valueAt })),
    ],
  ])("C4: takes what inherits from %s for no JSON", (_, value) => {
    expect(kindOf(value)).toBe("foreign");
  });

  it("C4: takes for no JSON what cannot be looked at, and finds nothing under its keys", () => {
    const { proxy, revoke } = Proxy.revocable({ id: "ada" }, {});
    const guarded = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new TypeError("no");
        },
      },
    );
    revoke();
    expect([proxy, guarded, () => "x", Symbol("x"), undefined, 1n].map(kindOf)).toEqual(Array(6).fill("foreign"));
    expect([keysOf(proxy), lengthOf(proxy), valueAt(proxy, "id") === "ada"]).toEqual([null, null, false]);
    // Not as if nothing were there: what cannot be read must not pass for absent.
    expect(kindOf(valueAt(proxy, "id"))).toBe("foreign");
    expect(valueAt(proxy, "id")).toBeDefined();
    expect(valueAt({}, "id")).toBeUndefined();
  });

  it("C4: takes a whole number from 0 for the length of a list, and nothing else", () => {
    const lengths = [0, 3, -1, 1.5, "3", null, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, undefined];
    expect(lengths.map((length) => lengthOf({ length }))).toEqual([0, 3, ...Array(8).fill(null)]);
  });
});

describe("copyList", () => {
  it("D4: copies a list, and nothing that only has a length", () => {
    const twice = (entry: unknown): number | null => (typeof entry === "number" ? 2 * entry : null);
    expect([[1, 2], [], [1, "x"], { length: 1, 0: 1 }, "1", null].map((list) => copyList(list, twice))).toEqual([
      [2, 4],
      [],
      null,
      null,
      null,
      null,
    ]);
  });

  it("D4: gives a hole to whoever copies, instead of passing over it", () => {
    expect(copyList(new Array(2), (entry) => [entry])).toEqual([[undefined], [undefined]]);
  });

  it("D4: leaves a list at the first entry that has no copy", () => {
    let asked = 0;
    expect(
      copyList(new Array(4_000_000_000), () => {
        asked += 1;
        return null;
      }),
    ).toBeNull();
    expect(asked).toBe(1);
  });
});
