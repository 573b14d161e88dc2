import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withMarksInOrder } from "../../../src/core/kernel/marks-in-order.js";
import { normalText } from "../../../src/core/kernel/text.js";
import { issuesOf, normalForm, smallest } from "../define/definitions.js";

const marks = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => (code < 0xd800 || code > 0xdfff) && /\p{M}/u.test(String.fromCodePoint(code)))
  .map((code) => String.fromCodePoint(code));

/** A grave accent belongs before a comma above right: each of the pairs stands the wrong way round. */
const outOfOrder = (pairs: number): string => `a${"\u0315\u0300".repeat(pairs)}`;
const inOrder = (pairs: number): string => `\u00e0${"\u0300".repeat(pairs - 1)}${"\u0315".repeat(pairs)}`;

describe("withMarksInOrder", () => {
  it("C6: gives a text of the same normal form, whatever the marks and wherever the letters", () => {
    const letters = fc.constantFrom("e", "\u1ebf", "\u0915", "\u1100", "\u{1d15e}", " ");
    const piece = fc.oneof({ weight: 80, arbitrary: fc.constantFrom(...marks) }, { weight: 1, arbitrary: letters });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 60, maxLength: 1_200, size: "max" }), (pieces) => {
        const text = pieces.join("");
        expect(withMarksInOrder(text).normalize("NFC")).toBe(text.normalize("NFC"));
        expect(normalText(text)).toBe(text.normalize("NFC"));
      }),
    );
  });

  it("C6: takes the marks of a long run apart, and puts them into the order of NFD by itself", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks), { minLength: 64, maxLength: 300, size: "max" }), (run) => {
        expect(withMarksInOrder(`b${run.join("")} c`)).toBe(`b${run.join("").normalize("NFD")} c`);
      }),
    );
    const [before, after] = [`b${"\u0315\u0300".repeat(31)}\u0315`, `b${"\u0315\u0300".repeat(32)}`];
    expect([withMarksInOrder(before), withMarksInOrder(after)]).toEqual([before, `b${"\u0300".repeat(32)}${"\u0315".repeat(32)}`]);
  });

  it("C6: knows the class of every mark", () => {
    const text = [...marks, ...marks].reverse().join("");
    expect(normalText(text)).toBe(text.normalize("NFC"));
  });

  it("C6: leaves a text without long runs of marks as it is", () => {
    const text = `${outOfOrder(31)}b${outOfOrder(31)}`.repeat(20);
    expect(withMarksInOrder(text)).toBe(text);
  });

  it("TH20: half a million marks out of order are a text like any other", () => {
    expect(normalText(outOfOrder(250_000))).toBe(inOrder(250_000));
  });
});

describe("definitions of very many marks", () => {
  it("D4: are compared and kept", () => {
    const labels = [outOfOrder(200_000), inOrder(200_000), outOfOrder(199_999)];
    expect(normalForm({ ...smallest, settings: { labels } }).settings.labels).toEqual([labels[0], labels[2]]);
  });

  it("D4: are measured by their limits first", () => {
    const requestors = { conditions: [{ attribute: "group", values: [outOfOrder(500_000), "b"] }] };
    expect(issuesOf({ ...smallest, requestors }).map(({ code }) => code)).toEqual(["too_long"]);
  });
});
