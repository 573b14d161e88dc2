import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";
import { makeReadyFlow } from "../../../src/core/evaluate/ready-flow.js";
import type { RequestorInput } from "../../../src/core/evaluate/requestor-input.js";
import { decideOnUsual } from "../../../src/core/evaluate/usual-input.js";
import { tableOf } from "../../../src/core/facts/prepared-identity.js";
import { runtimeZones } from "../../../src/core/time/zone.js";

/* Nearly all input is of the usual shape and read in one look. What is not must not pass for it. */

const flow = defineAccessFlow({
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
  targets: [{ kind: "bundle", bundle: "b" }],
});
const ann = { id: "ann", attributes: { group: ["platform"] } };
const bob = { id: "bob", attributes: { group: ["staff"] } };
const usual = { requestor: ann, grantee: bob, at: 0 };
const is = "is not of the stated shape";
const noInstant = expect.stringMatching(/^at is no instant/);

/** What the quick way reads; null where it is not taken. */
function read(input: unknown) {
  const ready = makeReadyFlow(flow);
  return decideOnUsual(ready, input as RequestorInput, (...members) => {
    expect(members[0]).toBe(ready);
    return members.slice(1);
  });
}

class Input {
  requestor = ann;
  at = 0;
}

describe("the quick way (C4)", () => {
  it("C4: is taken for input of the usual shape, and reads its members", () => {
    const records = { id: "ann", attributes: { group: [{ id: "platform" }] } };
    const prepared = prepareIdentity(ann);
    const noon = "1970-01-01T12:00:00Z";
    expect([read(usual), read({ requestor: records, at: noon }), read({ requestor: ann, at: 0, grantee: prepared })]).toEqual([
      [ann, "texts", bob, 0, runtimeZones],
      [records, null, undefined, 43_200_000, runtimeZones],
      [ann, "texts", prepared, 0, runtimeZones],
    ]);
    const [requestor, beforehand] = read({ requestor: prepared, at: 0 }) ?? [];
    expect(requestor).toBe(prepared);
    expect(beforehand).toBe(tableOf(prepared));
  });

  it.each([
    ["zone tables", { ...usual, zones: undefined }],
    ["a list", Object.setPrototypeOf(Object.assign([], usual), null)],
    [
      "a function",
      Object.setPrototypeOf(
        Object.assign(() => usual, usual),
        null,
      ),
    ],
    ["nothing", null],
    ["a text", "ann"],
    ["an instance", new Input()],
    ["a requestor who is none", { ...usual, requestor: { id: 7 } }],
    ["a grantee who is none", { ...usual, grantee: { id: 7 } }],
    ["an instant that is none", { ...usual, at: "noon" }],
    [
      "an instant that cannot be read",
      {
        requestor: ann,
        get at(): number {
          throw new Error("out of order");
        },
      },
    ],
  ])("C4: is not taken for %s", (_, input) => {
    expect(read(input)).toBe(null);
  });
});

describe("input that is not of the usual shape (C4)", () => {
  it("R1: the usual one is decided, with prepared people and without, of this realm or without a prototype", () => {
    const prepared = { requestor: prepareIdentity(ann), grantee: prepareIdentity(bob), at: 0 };
    const mixed = { ...usual, grantee: prepareIdentity(bob) };
    const inputs = [
      usual,
      prepared,
      mixed,
      { ...prepared, grantee: bob },
      { requestor: ann, at: 0 },
      Object.assign(Object.create(null), usual),
    ];
    expect(inputs.map((input) => [isEligible(flow, input), evaluateRequestor(flow, input).outcome])).toEqual(
      inputs.map(() => [true, "eligible"]),
    );
    const strangers = [
      { ...usual, requestor: bob },
      { ...usual, grantee: ann },
      { ...prepared, grantee: prepareIdentity({ id: "eve" }) },
    ];
    expect(strangers.map((input) => [isEligible(flow, input), evaluateRequestor(flow, input).outcome])).toEqual([
      [false, "ineligible"],
      [true, "eligible"],
      [false, "ineligible"],
    ]);
  });

  it.each([
    ["nothing", null, [`input ${is}`]],
    ["a text", "ann", [`input ${is}`]],
    ["a list with the keys of an input", Object.assign([], usual), [`input ${is}`]],
    ["such a list without a prototype", Object.setPrototypeOf(Object.assign([], usual), null), [`input ${is}`]],
    [
      "a function with them, without a prototype",
      Object.setPrototypeOf(
        Object.assign(() => usual, usual),
        null,
      ),
      [`input ${is}`],
    ],
    ["an instance", new Input(), [`input ${is}`]],
    ["what inherits its keys", Object.create(usual), [`input ${is}`]],
    ["a key more", { ...usual, requester: ann }, [`input.requester ${is}`]],
    ["a requestor who is none", { ...usual, requestor: { id: 7 } }, [`requestor.id ${is}`]],
    ["no requestor", { at: 0 }, [`requestor ${is}`]],
    ["a grantee who is none", { ...usual, grantee: { id: "bob", attributes: 7 } }, [`grantee.attributes ${is}`]],
    ["a grantee who is null", { ...usual, grantee: null }, [`grantee ${is}`]],
    ["a copy of a prepared grantee, spoilt", { ...usual, grantee: { ...prepareIdentity(bob), id: "" } }, [`grantee.id ${is}`]],
    ["an instant that is none", { ...usual, at: "noon" }, [noInstant]],
    ["all of it", { requestor: 1, grantee: 2, at: 3.5e20, x: 4 }, [`input.x ${is}`, `requestor ${is}`, `grantee ${is}`, noInstant]],
  ])("C4: %s is refused, and named", (_, input, says) => {
    let thrown: Error | null = null;
    try {
      isEligible(flow, input as never);
    } catch (error) {
      thrown = error as Error;
    }
    expect(thrown?.message.split("\n")).toEqual(says);
    const decision = evaluateRequestor(flow, input as never);
    expect([decision.outcome, decision.reasons.length, decision.trace.steps]).toEqual(["ineligible", says.length, []]);
  });
});
