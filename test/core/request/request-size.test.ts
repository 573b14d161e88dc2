import { describe, expect, it } from "vitest";
import { stateLimit } from "../../../src/core/approval/state/state-size.js";
import { backoffMs } from "../../../src/core/request/event/backoff.js";
import { wakeTime } from "../../../src/core/request/event/conclude-request.js";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import { requestBytes } from "../../../src/core/request/state/request-size.js";
import { lastInstant } from "../../../src/core/time/instant.js";
import {
  accepted,
  activated,
  ada,
  byLeads,
  factsRead,
  flowWith,
  lena,
  monday,
  played,
  read,
  revoke,
  root,
  submitted,
  take,
  vote,
} from "./support.js";

const tooMuch = { ok: false, error: { reasons: [{ code: "too_much_asked", rule: "D4", path: [], limit: stateLimit }] } };
const automatic = flowWith({ trigger: "automatic" });

/** A planned grant with a permission of so many letters. */
function granted(letters: number) {
  const entitlements = [{ ...read, permission: "x".repeat(letters) }] as const;
  return grantRequest(automatic, { id: "g1", grantee: ada, entitlements, at: monday });
}

/** How many letters make a state of exactly the limit. */
const fitting = (bytesOfOne: number) => 1 + stateLimit - bytesOfOne;

describe("the size of a request (D4)", () => {
  it("D4: one of exactly 256 kB begins, one byte more does not", () => {
    const most = fitting(requestBytes(accepted(granted(1)).state));
    expect(requestBytes(accepted(granted(most)).state)).toBe(stateLimit);
    expect(granted(most + 1)).toEqual(tooMuch);
  });

  it("D4: what happens to the access is never refused for the size of its request", () => {
    const largest = accepted(granted(fitting(requestBytes(accepted(granted(1)).state)))).state;
    const ending = played(largest, factsRead(), activated, revoke(root));
    expect([ending.status, requestBytes(ending) > stateLimit]).toEqual(["deactivating", true]);
  });

  it("D4: a vote may fill a request to exactly 256 kB, not one byte beyond", () => {
    const required = { ...byLeads, approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 20 }] };
    let state = submitted(flowWith({ approval: required as never }));
    const by = (id: string, letters: number) =>
      vote({ ...lena, id, emails: [], accounts: Array.from({ length: 200 }, (_, each) => `${id}-${each}`.padEnd(letters, "x")) });
    for (let index = 0; requestBytes(state) < stateLimit - 60_000; index += 1) state = played(state, by(`lead-${index}`, 200));
    const last = (letters: number) => take(state, vote({ ...lena, emails: [], accounts: ["y".repeat(letters)] }));
    const most = fitting(requestBytes(accepted(last(1)).state));
    expect(requestBytes(accepted(last(most)).state)).toBe(stateLimit);
    expect(last(most + 1)).toEqual(tooMuch);
  });
});

describe("when something is due (L6, L7)", () => {
  it("L7: never before the last event, and never where instants end", () => {
    const times: RequestState["wakeAt"][] = [wakeTime(null, 0), wakeTime(5, 7), wakeTime(lastInstant, 7), wakeTime(lastInstant + 1, 7)];
    expect(times).toEqual([null, 7, lastInstant, null]);
  });

  it("L6: pauses double from 30 seconds to 15 minutes", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 2_000].map(backoffMs)).toEqual([30, 60, 120, 240, 480, 900, 900, 900].map((seconds) => seconds * 1_000));
  });
});
