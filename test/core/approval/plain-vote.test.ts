import { describe, expect, it } from "vitest";
import { plainVote } from "../../../src/core/approval/event/plain-vote.js";
import { readEvent } from "../../../src/core/approval/event/read-event.js";

const vote = { type: "vote", voter: { id: "bob" }, decision: "approve", at: 5 };
const fullest = {
  ...{ ...vote, decision: "reject", reason: "not now" },
  ...{ requestor: { id: "ann", emails: ["ann@example.com"] }, grantee: { id: "dan", active: true } },
};

function unreadable(): never {
  throw new Error("not for reading");
}

describe("a vote in which nothing is wrong", () => {
  it("A7: is read in full", () => {
    expect([vote, fullest].map(plainVote)).toStrictEqual([{ ...vote, reason: null, requestor: null, grantee: null }, fullest]);
  });

  it("A7: whatever says nothing is left out, and an instant may be written in every way (S8)", () => {
    const more = { reason: undefined, requestor: undefined, grantee: undefined, at: "1970-01-01T00:00:00.005Z" };
    expect(plainVote({ ...vote, ...more })).toStrictEqual({ ...vote, reason: null, requestor: null, grantee: null });
  });

  it("A7: is what the longer way reads, which takes a record of any sort", () => {
    const longWay = [vote, fullest].map((event) => readEvent(Object.assign(Object.create(null), event)));
    expect([vote, fullest].map(plainVote)).toStrictEqual(longWay.map((read) => read.ok && read.value));
  });
});

describe("whatever is no such vote decides nothing", () => {
  it.each<readonly [says: string, event: unknown]>([
    ["no record", "vote"],
    ["a number", 5],
    ["null", null],
    ["nothing", undefined],
    ["a record without the usual prototype", Object.assign(Object.create(null), vote)],
    ["a record of a class", Object.assign(new (class Vote {})(), vote)],
    ["another event", { type: "timeReached", at: 5 }],
    ["a vote of another sort", { ...vote, type: "votes" }],
    ["no instant", { ...vote, at: "today" }],
    ["no decision", { ...vote, decision: "abstain" }],
    ["no text for a reason", { ...vote, reason: 5 }],
    ["null for a reason", { ...vote, reason: null }],
    ["half a character", { ...vote, reason: "\ud800" }],
    ["nobody who votes", { ...vote, voter: {} }],
    ["nobody for the requestor", { ...vote, requestor: {} }],
    ["nobody for the grantee", { ...vote, grantee: {} }],
    ["a key that no vote has", { ...vote, weight: 2 }],
    ["a member that cannot be read", Object.defineProperty({ ...vote }, "at", { enumerable: true, get: unreadable })],
  ])("A7: %s", (_, event) => {
    expect(plainVote(event)).toBeNull();
  });

  it("TH9: a vote, where somebody has written to the prototype of all records", () => {
    Object.defineProperty(Object.prototype, "weight", { value: 2, enumerable: true, configurable: true });
    const read = plainVote(vote);
    Reflect.deleteProperty(Object.prototype, "weight");
    expect(read).toBeNull();
  });
});
