import { describe, expect, it } from "vitest";
import { deepFreeze, isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";

describe("isDeepFrozen", () => {
  it("holds for what was frozen all the way down", () => {
    expect(isDeepFrozen(deepFreeze({ a: [{ b: 1 }], c: null }))).toBe(true);
  });

  it.each([
    ["the value itself", { a: 1 }],
    ["something inside", Object.freeze({ a: { b: 1 } })],
    ["an accessor, whose answer may change", Object.freeze(Object.defineProperty({}, "a", { get: () => 1, enumerable: true }))],
  ])("fails where %s can change", (_, value) => {
    expect(isDeepFrozen(value)).toBe(false);
  });

  it("fails for what cannot be looked into", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isDeepFrozen(proxy)).toBe(false);
  });
});
