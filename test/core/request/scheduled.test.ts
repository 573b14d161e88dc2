import { describe, expect, it } from "vitest";
import { restoreRequestState } from "../../../src/core/request/restore-request-state.js";
import {
  accepted,
  ada,
  byLeads,
  codesOf,
  copyOf,
  day,
  facts,
  factsRead,
  flowWith,
  gil,
  hour,
  inShort,
  lena,
  minute,
  monday,
  person,
  played,
  read,
  second,
  submitted,
  take,
  timeReached,
  vote,
  withdraw,
  write,
} from "./support.js";

const flow = flowWith({}, { startWithin: { amount: 30, unit: "day" } });
const scheduled = submitted(flow, { entitlements: [read, write] });

describe("the re-check (L3)", () => {
  it("L3: facts are good for exactly 60 seconds", () => {
    const at = monday + 2 * minute;
    const read = (readAt: number) => codesOf(take(scheduled, (state) => ({ type: "factsRead", facts: facts(state, readAt), at })));
    expect([read(at - minute), read(at - minute - 1), read(at + 1)]).toEqual([[], ["facts_too_old"], ["facts_invalid"]]);
  });

  it("L3: why it was rejected is kept, every failing reason beside the first", () => {
    const state = played(scheduled, factsRead({ flow: "gone", requestor: { ...person("ada", []), active: false }, notCovered: [1] }));
    expect(state.status).toBe("rejected");
    expect(state.reasons.map(({ code }) => code)).toEqual([
      ...["flow_inactive", "no_longer_eligible", "requestor_inactive", "condition_fails", "no_longer_covered", "not_covered"],
    ]);
    expect(state.reasons.at(-1)).toMatchObject(write);
  });

  it("L3: what is known to fail decides, whatever else is unknown", () => {
    expect(played(scheduled, factsRead({ flow: "unknown", requestor: "unknown", notCovered: [0] })).status).toBe("rejected");
  });

  it("TH17: an edited flow does not change the request; the request carries its own", () => {
    expect(played(scheduled, factsRead({ flow: "active" })).request.flow).toBe(scheduled.request.flow);
  });

  it("R3: the grantee is judged, too, and by the flow's own scopes", () => {
    const others = flowWith({ requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } });
    const state = submitted(others, { grantee: gil });
    const outcome = (grantee: unknown) => played(state, factsRead({ grantee } as never)).status;
    expect([
      outcome(gil),
      outcome(person("gil", [])),
      outcome({ ...gil, active: false }),
      outcome("gone"),
      outcome("unknown"),
      outcome({ id: "gil" }),
    ]).toEqual([...["activating", "rejected", "rejected", "rejected", "scheduled", "scheduled"]]);
  });

  const strangers: [string, object][] = [
    ["the requestor", { requestor: person("eve", ["staff"]) }],
    ["the grantee", { grantee: person("eve", ["staff"]) }],
    ["entitlements that were not asked for", { notCovered: [2] }],
  ];
  it.each(strangers)("L3: facts about %s who or which is not in the request are refused", (_, more) => {
    expect(codesOf(take(scheduled, factsRead(more)))).toEqual(["facts_invalid"]);
  });

  it("L3: without the grantee's facts a request for another decides nothing", () => {
    const others = flowWith({ requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } });
    expect(codesOf(take(submitted(others, { grantee: gil }), factsRead({ grantee: null })))).toEqual(["facts_invalid"]);
  });

  it("L3: pauses double from 30 seconds to 15 minutes, and start anew after a known answer", () => {
    const pauses: number[] = [];
    let state = submitted(flowWith({ schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "20:00", timeZone: "UTC" } }));
    for (let round = 0; round < 8; round += 1) {
      state = played(state, factsRead({ requestor: "unknown" }));
      pauses.push(((state.wakeAt ?? 0) - state.lastAt) / second);
      state = played(state, timeReached);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    state = played(state, (made) => factsRead()(made, monday + 12 * hour));
    expect([state.status, state.pauses]).toEqual(["scheduled", 0]);
  });
});

describe("waiting (L3)", () => {
  const byDay = flowWith({ schedule: { kind: "onlyOn", days: ["monday", "tuesday"], from: "08:00", to: "18:00", timeZone: "UTC" } });

  it("L3: closed, it waits until the next opening, and reads facts then", () => {
    const state = played(submitted(byDay), (made) => factsRead()(made, monday + 10 * hour));
    expect([state.wakeAt, state.awaitingFacts]).toEqual([monday + 23 * hour, false]);
    expect(inShort(accepted(take(state, timeReached)))).toEqual(["readFacts"]);
  });

  it("L3: with an opening beyond `activateWithin` it is expired at once", () => {
    const short = { ...byDay, settings: { ...byDay.settings, activateWithin: { amount: 23, unit: "hour" } } } as const;
    const state = played(submitted(short), (made) => factsRead()(made, monday + 10 * hour));
    expect(state).toMatchObject({ status: "expired", wakeAt: null, reasons: [{ code: "activation_overdue" }] });
  });

  it("L3: `activateWithin` counts from approval or the start that was asked for, whichever is later", () => {
    const approved = played(submitted(flowWith({ approval: byLeads })), vote(lena));
    expect(approved.activateBy).toBe(approved.lastAt + 7 * day);
    expect(submitted(flow, { startAt: monday + 2 * day }).activateBy).toBe(monday + 9 * day);
  });

  it("L3: before the start nothing is read; at it facts are", () => {
    const state = submitted(flow, { startAt: monday + day });
    expect(codesOf(take(state, factsRead()))).toEqual(["effect_stale"]);
    expect([state.wakeAt, inShort(accepted(take(state, timeReached)))]).toEqual([monday + day, ["readFacts"]]);
  });

  it("L3: once open at its start and closed by now, it waits for the next opening", () => {
    const later = { ...byDay, settings: { ...byDay.settings, startWithin: { amount: 1, unit: "day" } } } as const;
    const state = played(submitted(later, { startAt: monday + 8 * hour }), timeReached, (made) => factsRead()(made, monday + 10 * hour));
    expect([state.status, state.wakeAt, state.awaitingFacts]).toEqual(["scheduled", monday + 23 * hour, false]);
  });

  it("L3: a stored request that reads facts before its start waits for it", () => {
    const state = submitted(flow, { startAt: monday + day });
    const stored = accepted(restoreRequestState({ ...copyOf(state), awaitingFacts: true, wakeAt: state.activateBy }));
    const waiting = played(stored, factsRead());
    expect([waiting.status, waiting.wakeAt, waiting.awaitingFacts]).toEqual(["scheduled", monday + day, false]);
  });

  it("L3: where the schedule does not open again it is expired", () => {
    const lastMonday = Date.UTC(9999, 11, 27, 9);
    const flow = flowWith({ schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "18:00", timeZone: "UTC" } });
    const state = played(submitted(flow, { at: lastMonday }), (made) => factsRead()(made, lastMonday + day));
    expect([state.status, state.reasons]).toEqual([
      "expired",
      [{ code: "activation_overdue", rule: "L3", path: ["settings", "activateWithin"] }],
    ]);
  });

  it("S8: where nothing is due before instants end, time changes nothing", () => {
    const last = 253_402_300_799_999;
    const reading = submitted(flowWith(), { at: last - 2 * hour });
    const paused = played(reading, (made) => factsRead({ flow: "unknown" })(made, last - 10 * second));
    expect([reading, paused].map(({ awaitingFacts, wakeAt }) => [awaitingFacts, wakeAt])).toEqual([
      [true, null],
      [false, null],
    ]);
    for (const state of [reading, paused]) {
      expect(accepted(take(state, timeReached, last))).toEqual({ state, effects: [], recorded: null });
    }
  });

  it("L4: the window is fixed at activation: waiting does not shorten it", () => {
    const state = played(played(submitted(flowWith({ approval: byLeads })), vote(lena)), (made) => factsRead()(made, monday + 5 * hour));
    expect(state.grant).toEqual({
      window: { start: monday + 5 * hour, end: monday + 6 * hour },
      ...{ generation: 1, attempts: 0, extensions: 0, activatedAt: null },
    });
  });

  it("W3: what was asked for lasts as long as was asked", () => {
    const state = played(submitted(flow, { requestedDuration: { amount: 10, unit: "minute" } }), factsRead());
    expect(state.grant?.window.end).toBe(state.lastAt + 10 * minute);
  });

  it("W4: `endWith` ends the grant at the closing", () => {
    const ending = flowWith({
      schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "09:30", timeZone: "UTC" },
      grantFor: { kind: "fixed", amount: 1, unit: "hour", endWith: "schedule" },
    });
    expect(played(submitted(ending), factsRead()).grant?.window.end).toBe(monday + 30 * minute);
  });

  it("L3: with two points past at once the last status acts, once a call", () => {
    const state = submitted(flow, { startAt: monday + day });
    expect(played(state, (made) => timeReached(made, monday + 30 * day)).status).toBe("expired");
  });

  it("L5: the requestor, the grantee and administrators may withdraw, by id, and nobody else", () => {
    const others = flowWith({ requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } });
    const state = submitted(others, { grantee: gil });
    const by = (actor: { id: string; administrator?: boolean }) => codesOf(take(state, withdraw(actor)));
    expect([by({ id: "ada" }), by({ id: "gil" }), by({ id: "x", administrator: true }), by({ id: "ada@corp.com" })]).toEqual([
      ...[[], [], []],
      ["not_allowed_to_withdraw"],
    ]);
    expect(ada.emails).toContain("ada@corp.com");
  });
});
