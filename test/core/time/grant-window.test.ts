import { describe, expect, it } from "vitest";
import { isInForce } from "../../../src/core/time/grant-window.js";

describe("isInForce", () => {
  it("W5: holds from the start on and no longer at the end", () => {
    expect([999, 1000, 1999, 2000].map((at) => isInForce({ start: 1000, end: 2000 }, at))).toEqual([false, true, true, false]);
  });

  it("W5: holds from the start on for ever where there is no end", () => {
    expect([999, 1000, 253_402_300_799_999].map((at) => isInForce({ start: 1000, end: null }, at))).toEqual([false, true, true]);
  });

  it.each([null, undefined, 5, {}, { start: 0 }, { start: Number.NaN, end: null }, { start: 0, end: "1" }])(
    "W5: does not answer for %o, which is no window",
    (value) => {
      expect(() => isInForce(value as never, 0)).toThrow(
        expect.objectContaining({
          name: "AccessFlowError",
          code: "facts_invalid",
          message: "window is no grant window: it needs `start`, and `end` or null",
        }),
      );
    },
  );

  it("S8: does not answer for a bad instant", () => {
    const window = { start: 1000, end: null };
    expect(() => isInForce(window, "noon")).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "instant_invalid", message: expect.stringMatching(/^at is no instant/) }),
    );
  });
});
