import { describe, expect, it } from "vitest";
import { concludeRequest, wakeTime } from "../../../src/core/request/event/conclude-request.js";
import type { ReadRequestEvent } from "../../../src/core/request/event/read-request-event.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { makeRequest, requestWithin } from "../../../src/core/request/state/made-requests.js";
import { requestBytes, requestBytesAdded } from "../../../src/core/request/state/request-size.js";
import { beginRequest } from "../../../src/core/request/submission/begin-request.js";
import { byLeads, copyOf, flowWith, lena, monday, submitted } from "./support.js";

const limit = 256_000;
const at = monday + 1;
const voted: ReadRequestEvent = { type: "vote", voter: lena, decision: "approve", reason: null, requestor: null, grantee: null, at };
const activated: ReadRequestEvent = { type: "activated", generation: 1, retryable: false, reports: [], at };
const conclusion = { changes: { pauses: 1 }, effects: [{ type: "readFacts" }] } as const;
const added = requestBytesAdded(conclusion.changes);

/** A state that was not made here, so many bytes long after the conclusion. */
function sized(bytes: number): RequestState {
  const state: RequestState = copyOf(submitted(flowWith({ approval: byLeads })));
  const padded = (text: string): RequestState => ({ ...state, request: { ...state.request, justification: text } });
  const bare = requestBytes({ ...padded(""), revision: 2, lastAt: at, pauses: 1 });
  return padded("x".repeat(bytes - bare));
}

describe("the size of a request (D4)", () => {
  it("D4: a vote may fill a request to the last byte, and no further", () => {
    const before = sized(limit);
    const recorded = { revision: 2, at, by: "lena", type: "vote", concluded: { pauses: 1 } };
    const state = { ...before, revision: 2, lastAt: at, pauses: 1 };
    expect(concludeRequest(before, voted, conclusion)).toEqual({
      ok: true,
      value: { state, effects: [{ key: "r1:2:0", type: "readFacts" }], recorded },
    });
    expect(concludeRequest(sized(limit + 1), voted, conclusion)).toEqual({
      ok: false,
      error: { reasons: [{ code: "too_much_asked", rule: "D4", path: [], limit }] },
    });
  });

  it("D4: a submission, too, may fill a request to the last byte, and no further", () => {
    const changes = { status: "scheduled", pauses: 1 } as const;
    const bare: RequestState = { ...sized(5_000), revision: 1, lastAt: monday, wakeAt: null, approval: null, ...changes };
    const filled = (bytes: number) => ({
      ...bare.request,
      justification: "x".repeat(bytes - requestBytes(bare) + (bare.request.justification ?? "").length),
    });
    const step = beginRequest(filled(limit), "ada", { changes, effects: [] });
    expect(step).toMatchObject({ ok: true, value: { state: { ...bare, request: filled(limit) }, effects: [] } });
    expect(beginRequest(filled(limit + 1), "ada", { changes, effects: [] })).toEqual({
      ok: false,
      error: { reasons: [{ code: "too_much_asked", rule: "D4", path: [], limit }] },
    });
  });

  it("D4: what has happened to the access is never refused for its size", () => {
    const before = sized(limit + 1);
    const recorded = { revision: 2, at, by: null, type: "activated", concluded: { pauses: 1 } };
    expect(concludeRequest(before, activated, conclusion)).toMatchObject({ ok: true, value: { recorded } });
  });

  it("D4: a request is only measured where it may be too large: before that what was added is", () => {
    const known = (within: number) => makeRequest(sized(5_000), within);
    const within = (state: RequestState, event: ReadRequestEvent) => {
      const step = concludeRequest(state, event, conclusion);
      return step.ok ? requestWithin(step.value.state) : null;
    };
    expect([
      within(known(6_000), voted),
      within(known(limit - added), voted),
      within(known(limit - added + 1), voted),
      within(known(limit - added + 1), activated),
    ]).toEqual([6_000 + added, limit, 5_000, limit + 1]);
    const foreign = sized(5_000);
    expect(within(foreign, voted)).toBe(requestBytes(foreign) + added);
  });
});

describe("due times (S8)", () => {
  it("S8: none is later than instants go, and none earlier than the last event", () => {
    const last = 253_402_300_799_999;
    expect([wakeTime(null, 5), wakeTime(4, 5), wakeTime(6, 5), wakeTime(last, 5), wakeTime(last + 1, 5)]).toEqual([null, 5, 6, last, null]);
  });
});
