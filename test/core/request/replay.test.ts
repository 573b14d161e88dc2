import { describe, expect, it } from "vitest";
import type { AccessFlowError } from "../../../src/core/kernel/access-flow-error.js";
import type { RecordedRequestEvent } from "../../../src/core/request/recorded-request-event.js";
import { readLog, replay } from "../../../src/core/request/replay.js";
import { timelineOf } from "../../../src/core/request/timeline-of.js";
import { asking, byLeads, copyOf, factsRead, flowWith, lena, logged, monday, vote } from "./support.js";

/*
 * Logs that are none, and what is said of them, word for word.
 */

type Fields = { [key: string]: unknown };
const whole = () => logged(flowWith({ approval: byLeads }), asking(), vote(lena), factsRead());

/** A log of which one event has other fields. */
function withEvent(position: number, more: Fields): RecordedRequestEvent[] {
  const log: Fields[] = copyOf(whole().log) as never;
  log[position] = { ...log[position], ...more };
  return copyOf(log) as never;
}

function withoutConcluded(position: number, key: string): RecordedRequestEvent[] {
  return withEvent(position, { concluded: { ...whole().log[position]?.concluded, [key]: undefined } });
}

function thrown(act: () => unknown): Pick<AccessFlowError, "code" | "message" | "issues"> {
  try {
    act();
  } catch (error) {
    const { code, message, issues } = error as AccessFlowError;
    return { code, message, issues };
  }
  throw new Error("nothing was thrown");
}

describe("logs that are none (TH21)", () => {
  const noSubmission = "the log does not begin with a submission";
  const logs: [string, () => unknown, string][] = [
    ["nothing", () => undefined, "the log is no list of events"],
    ["no list", () => ({ length: 1, 0: whole().log[0] }), "the log is no list of events"],
    ["no list, of no events", () => ({ length: 0 }), "the log is no list of events"],
    ["no events", () => [], noSubmission],
    ["no submission", () => whole().log.slice(1), noSubmission],
    ["a vote with a request for a submission", () => withEvent(0, { type: "vote" }), noSubmission],
    ["a submission of a later revision", () => withEvent(0, { revision: 2 }).slice(0, 1), noSubmission],
    ["a submission without its request", () => withoutConcluded(0, "request"), noSubmission],
    ["a submission without a status", () => withoutConcluded(0, "status"), noSubmission],
    ["an event of another request", () => withEvent(2, { request: "r`2" }), "the log holds an event of another request than `r1`"],
    ["a gap", () => whole().log.filter((_, position) => position !== 1), "the log has no event of revision 2"],
    ["a revision again", () => withEvent(2, { revision: 2 }), "the log has no event of revision 3"],
    ["a time that goes back", () => withEvent(2, { at: monday }), "the log goes back in time at revision 3"],
    [
      "a second submission",
      () => withEvent(1, { concluded: { ...whole().log[1]?.concluded, request: whole().state.request } }),
      "the log has a second submission at revision 2",
    ],
  ];
  it.each(logs)("L7: %s", (_, log, message) => {
    expect(thrown(() => replay(log() as never))).toEqual({ code: "state_invalid", message, issues: [] });
    expect(thrown(() => timelineOf(log() as never, "administrator"))).toEqual({ code: "state_invalid", message, issues: [] });
  });

  it("L7: of an event of another shape everything that is wrong is said, a line each", () => {
    const wrong = thrown(() => readLog([whole().log[0], { ...whole().log[1], revision: 0, at: "soon" }]));
    expect([wrong.code, wrong.issues.map(({ code, path }) => [code, path])]).toEqual([
      "state_invalid",
      [
        ["state_invalid", ["revision"]],
        ["state_invalid", ["at"]],
      ],
    ]);
    expect(wrong.message.split("\n")).toEqual([
      "revision must be a whole number from 1, not `0`",
      "at must be a whole number from 0, not `soon`",
    ]);
  });

  it("L7: of a state that the machine could not have come to everything that betrays it is said, a line each", () => {
    const wrong = thrown(() => replay(withEvent(2, { concluded: { status: "active", pauses: 3 } })));
    expect([wrong.code, wrong.issues.map(({ code, path }) => [code, path])]).toEqual([
      "state_invalid",
      ["grant", "pauses", "wakeAt", "awaitingFacts"].map((key) => ["state_invalid", [key]]),
    ]);
    expect(wrong.message.split("\n")).toEqual([
      "grant does not go with `active`",
      "pauses are more than there were",
      "wakeAt is not when something is due",
      "awaitingFacts does not go with `active`",
    ]);
  });

  it("L7: two events of one instant are no way back", () => {
    const { log, state } = logged(flowWith({ approval: byLeads }), asking(), (before) => vote(lena)(before, before.lastAt));
    expect([log.map(({ at }) => at), replay(log)]).toEqual([[monday, monday], state]);
  });
});
