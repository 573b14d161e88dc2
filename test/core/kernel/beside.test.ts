import { describe, expect, it } from "vitest";
import { beside } from "../../../src/core/kernel/beside.js";

describe("what is kept beside an object", () => {
  it("is found by the object, and by nothing else", () => {
    const sizes = beside<number>();
    const [kept, other] = [{ a: 1 }, { a: 1 }];
    sizes.keep(kept, 7);
    expect(sizes.of(kept)).toBe(7);
    expect(
      [other, { ...kept }, structuredClone(kept), new Proxy(kept, {}), Object.create(kept), null, undefined, "a", 1].map(sizes.of),
    ).toEqual(Array.from({ length: 9 }, () => undefined));
  });

  it("is no key of the object, and stays when it is frozen", () => {
    const notes = beside<string>();
    const object = { a: 1 };
    notes.keep(object, "note");
    Object.freeze(object);
    expect(Reflect.ownKeys(object)).toEqual(["a"]);
    expect(JSON.stringify(object)).toBe('{"a":1}');
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(notes.of(object)).toBe("note");
  });

  it("is kept apart from what others keep", () => {
    const [one, two] = [beside<number>(), beside<number>()];
    const object = {};
    one.keep(object, 1);
    expect(two.of(object)).toBeUndefined();
    two.keep(object, 2);
    expect([one.of(object), two.of(object)]).toEqual([1, 2]);
  });
});
