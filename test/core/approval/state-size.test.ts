import { describe, expect, it } from "vitest";
import { bytesAfter, jsonBytes } from "../../../src/core/approval/state/state-size.js";
import { approvalOf, ballot, flowWith, hour, inGroup, minute, open, opened, person, played } from "./support.js";

const written = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe("the size of what is stored (D4)", () => {
  const texts = [
    ["nothing", ""],
    ["a line of ASCII", "all of it ~ } {"],
    ["quotation marks and backslashes", '"\\'],
    ["control characters", "\u0000\u001f\n\t\u007f"],
    ["the last of one byte and the first of two", "\u007f\u0080"],
    ["the last of two bytes and the first of three", "\u07ff\u0800"],
    ["the last before the surrogates", "\ud7ff"],
    ["the first pair of surrogates, and the last", "\u{10000}\u{10ffff}"],
    ["halves of pairs, alone", "\ud800 \udbff \udc00 \udfff"],
    ["the first after the surrogates", "\ue000"],
    ["the last of three bytes", "\uffff"],
    ["three bytes in the middle", "\u4e00\u9577"],
  ] as const;

  it.each(texts)("D4: %s", (_, text) => {
    expect([jsonBytes(text), jsonBytes({ [text]: [text, text] })]).toEqual([written(text), written({ [text]: [text, text] })]);
  });

  it.each([
    ...[0, 9, 10, 99, 100, 999_999, 1_000_000, 253_402_300_799_999, -1, -10, 1.5, 1e21, Number.NaN, true, false, null],
    ...[[], {}, [[]], [{}], [null, true, 10], { a: undefined }, { a: 1, b: undefined }, { a: undefined, b: "" }, [undefined, 1]],
  ])("D4: %j", (value) => {
    expect(jsonBytes(value)).toBe(written(value));
  });

  it("D4: the size after an event is the size before, and what the event brought", () => {
    const flow = flowWith(
      approvalOf("allOf", [inGroup("leads", 2), inGroup("owners")], { escalation: { tiers: [inGroup("bosses")] }, expiresAfter: "never" }),
      { requestorCannotApproveSelf: true },
    );
    const news = person("ada", ["staff"], { emails: ["ada@corp.com", "ada@home.example", "ä@home.example"], manager: "lena" });
    const held = person("gil", [], { emails: ["gil@corp.com", "gil@home.example"] });
    const events = [
      ballot(person("lena", ["leads"]), { reason: "fine ü" }),
      { type: "timeReached", at: opened + 30 * minute },
      ballot(person("otto", ["leads", "owners"]), { requestor: news, grantee: held, at: opened + hour }),
    ] as const;
    let before = open(flow, { grantee: person("gil") });
    for (const event of events) {
      const next = played(before, event);
      expect(bytesAfter(jsonBytes(before), before, next)).toBe(written(next));
      before = next;
    }
    expect([before.status, before.requestor.keys.length, before.tiersAsked]).toEqual(["approved", 4, 1]);
  });
});
