import { describe, expect, it } from "vitest";
import { restoreRequestState } from "../../../src/core/request/restore-request-state.js";
import { mfaFaults } from "../../../src/core/request/submission/mfa-evidence.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import {
  accepted,
  asking,
  byLeads,
  codesOf,
  completeMfa,
  copyOf,
  flowWith,
  forOthers,
  gil,
  hour,
  inShort,
  minute,
  monday,
  played,
  submitted,
  take,
  timeReached,
} from "./support.js";

const flow = flowWith({ approval: byLeads, requestFor: forOthers }, { requireMfa: true });
const waiting = submitted(flow, { grantee: gil });

describe("MFA (L2)", () => {
  it("L2: it is the grantee who is asked, and who alone can complete it", () => {
    expect(accepted(submitRequest(flow, asking({ grantee: gil }))).effects[0]).toEqual({
      key: "r1:1:0",
      type: "requestMfa",
      grantee: "gil",
    });
    const by = (id: string) => codesOf(take(waiting, (state) => ({ ...completeMfa(state), by: { id } }) as never));
    expect([by("gil"), by("ada"), by("Gil")]).toEqual([[], ["not_the_grantee"], ["not_the_grantee"]]);
  });

  it("L2: until then no approver is asked, and no vote is taken", () => {
    expect(inShort(accepted(submitRequest(flow, asking({ grantee: gil }))))).toEqual(["requestMfa", "wake"]);
    expect(waiting.approval).toBeNull();
  });

  it("A11: the clocks of approval start when MFA is complete", () => {
    const state = played(waiting, (made) => completeMfa(made, monday + 30 * minute));
    expect([state.approval?.openedAt, state.wakeAt]).toEqual([monday + 30 * minute, monday + 24.5 * hour]);
  });

  it("S8: evidence is kept to the whole millisecond, rounded down, so that its request can be restored", () => {
    const atOnce = submitted(flow, { mfa: { id: "e", at: monday - 0.5 } });
    const later = played(submitted(flow), (state) => ({
      ...{ type: "completeMfa", by: { id: "ada" }, at: state.lastAt },
      evidence: { id: "e", at: state.lastAt + 0.5 },
    }));
    expect([atOnce.mfa, later.mfa]).toEqual([
      { id: "e", at: monday - 1 },
      { id: "e", at: monday },
    ]);
    expect([atOnce, later].map((state) => restoreRequestState(copyOf(state)))).toEqual([
      { ok: true, value: atOnce },
      { ok: true, value: later },
    ]);
  });

  it("S8: the first instant is 0, however it is written", () => {
    expect(Object.is(submitted(flow, { at: 0, mfa: { id: "e", at: -0 } }).mfa?.at, 0)).toBe(true);
  });

  it("L2: evidence is kept where it is needed, and nowhere else", () => {
    const mfa = { id: "e", at: monday - 15 * minute };
    expect(submitted(flow, { mfa }).mfa).toEqual(mfa);
    expect(submitted(flowWith(), { mfa: { id: "e", at: 0 } }).mfa).toBeNull();
    expect(played(waiting, completeMfa).mfa).toEqual({ id: "e1", at: monday + 1_000 });
  });

  it("L2: evidence at the submission is no older than 15 minutes, and not of the future", () => {
    const codes = (at: number) => codesOf(submitRequest(flow, asking({ mfa: { id: "e", at } })));
    expect([codes(monday - 15 * minute), codes(monday - 15 * minute - 1), codes(monday + 1)]).toEqual([
      [],
      ["mfa_too_old"],
      ["mfa_in_future"],
    ]);
  });

  it("L2: not completed within `mfaWithin` it is expired, at that very instant", () => {
    const last = monday + hour;
    expect(codesOf(take(waiting, completeMfa, last - 1))).toEqual([]);
    expect(codesOf(take(waiting, completeMfa, last))).toEqual(["request_expired"]);
    expect(played(waiting, timeReached)).toMatchObject({
      status: "expired",
      lastAt: last,
      reasons: [{ code: "request_expired", rule: "L2", expiredAt: last }],
    });
  });

  it("L2: everything that stands against evidence is said at once", () => {
    const bad = take(waiting, () => ({ type: "completeMfa", by: { id: "eve" }, evidence: { id: "e", at: monday }, at: monday + 2 * hour }));
    expect(codesOf(bad)).toEqual(["not_the_grantee", "mfa_too_old", "request_expired"]);
  });

  const wrongId = { code: "facts_invalid", rule: "C4", path: [], argument: "mfa", at: ["id"] };
  const wrongAt = { code: "instant_invalid", rule: "S8", path: [], argument: "mfa.at" };
  const shapes: [string, unknown, object[]][] = [
    ["an id of one character", { id: "e", at: 0 }, []],
    ["an id of a thousand characters", { id: "e".repeat(1_000), at: 0 }, []],
    ["an id of more", { id: "e".repeat(1_001), at: 0 }, [wrongId]],
    ["no characters", { id: "", at: 0 }, [wrongId]],
    ["half a character", { id: "\ud800", at: 0 }, [wrongId]],
    ["a time as a text", { id: "e", at: "2026-03-02T09:00:00Z" }, [wrongAt]],
    ["a time that is none", { id: "e", at: Number.NaN }, [wrongAt]],
    ["a time beyond all", { id: "e", at: 8.64e15 + 1 }, [wrongAt]],
    ["everything wrong", { id: 1, at: null }, [wrongId, wrongAt]],
  ];
  it.each(shapes)("C4: evidence with %s", (_, evidence, faults) => {
    expect(mfaFaults("mfa", evidence)).toEqual(faults);
  });
});
