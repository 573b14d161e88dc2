import { describe, expect, it } from "vitest";
import type { RecordedRequestEvent } from "../../../src/core/request/recorded-request-event.js";
import { replay } from "../../../src/core/request/replay.js";
import { activated, asking, byLeads, factsRead, flowWith, lena, logged, vote } from "./support.js";

/** What is said of a log that cannot be. */
function says(log: unknown): unknown {
  try {
    return replay(log as readonly RecordedRequestEvent[]).status;
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return [code, message];
  }
}

describe("a log that cannot be (L7)", () => {
  const { log } = logged(flowWith({ approval: byLeads }), asking(), vote(lena), factsRead(), activated);
  const [submission, ballot, facts, granted] = log as readonly RecordedRequestEvent[] as readonly [
    RecordedRequestEvent,
    RecordedRequestEvent,
    RecordedRequestEvent,
    RecordedRequestEvent,
  ];
  const { request, status } = submission.concluded;

  it("L7: what was recorded leads to the state it led to", () => {
    expect([says(log), says(log.map((event) => ({ ...event, request: "r1" }))), says([submission])]).toEqual([
      "active",
      "active",
      "awaitingApproval",
    ]);
  });

  it.each<readonly [says: string, log: unknown]>([
    ["the log is no list of events", 5],
    ["the log is no list of events", { 0: submission, length: 1 }],
    ["the log is no list of events", null],
    ["the log does not begin with a submission", []],
    ["the log does not begin with a submission", [ballot]],
    ["the log does not begin with a submission", [{ ...submission, revision: 2 }]],
    ["the log does not begin with a submission", [{ ...submission, type: "vote" }]],
    ["the log does not begin with a submission", [{ ...submission, concluded: { request } }]],
    ["the log does not begin with a submission", [{ ...submission, concluded: { status } }]],
    ["the log holds an event of another request than `r1`", [submission, { ...ballot, request: "r2" }]],
    ["the log holds an event of another request than `r1`", [{ ...submission, request: "r2" }]],
    ["the log has no event of revision 2", [submission, facts]],
    ["the log has no event of revision 3", [submission, ballot, granted]],
    ["the log goes back in time at revision 3", [submission, ballot, { ...facts, at: ballot.at - 1 }]],
    ["the log has a second submission at revision 2", [submission, { ...submission, revision: 2 }]],
  ])("L7: %s", (message, wrong) => {
    expect(says(wrong)).toEqual(["state_invalid", message]);
  });

  it("L7: what is not of the stated shape, and what no machine could have come to, is said in full", () => {
    expect(says([submission, { ...ballot, revision: "2", by: undefined }])).toEqual([
      "state_invalid",
      "revision must be a whole number from 1, not `2`\nby is missing",
    ]);
    expect(says([submission, { ...ballot, concluded: { ...ballot.concluded, status: "active", wakeAt: 0 } }])).toEqual([
      "state_invalid",
      [
        ...["grant does not go with `active`", "wakeAt is not when something is due", "wakeAt is before the last event"],
        "awaitingFacts does not go with `active`",
      ].join("\n"),
    ]);
  });
});
