import { describe, expect, it } from "vitest";
import { mayRevoke } from "../../../src/core/request/event/who-may.js";
import type { RequestState } from "../../../src/core/request/request-state.js";
import type { Duration } from "../../../src/core/time/duration.js";
import {
  accepted,
  activated,
  activationFailed,
  byLeads,
  codesOf,
  day,
  deactivated,
  deactivationFailed,
  extend,
  factsRead,
  flowWith,
  forOthers,
  gil,
  hour,
  inShort,
  lena,
  minute,
  monday,
  person,
  played,
  reports,
  revoke,
  root,
  second,
  submitted,
  take,
  timeReached,
  vote,
} from "./support.js";

const flow = flowWith({ approval: byLeads, grantFor: { kind: "fixed", amount: 10, unit: "hour" } }, { maxExtensions: 2 });
const activating = played(submitted(flow), vote(lena), factsRead());
const active = played(activating, activated);

describe("activating (L6)", () => {
  it("L6: failed attempts are tried again after 30 seconds, doubling, with a new generation each", () => {
    let state = activating;
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { effects, state: next } = accepted(take(state, activationFailed(true)));
      const [effect] = effects;
      if (effect?.type !== "activate") throw new Error("not tried again");
      waits.push(((effect.notBefore ?? 0) - next.lastAt) / second);
      expect([effect.generation, next.grant?.generation, next.grant?.attempts]).toEqual([attempt + 1, attempt + 1, attempt]);
      state = next;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480]);
    expect(played(state, activationFailed(true))).toMatchObject({
      status: "deactivating",
      cause: "activationFailed",
      grant: { generation: 6, attempts: 0 },
      reasons: [{ code: "activation_failed", attempts: 6 }],
    });
  });

  it("L6: a report of an attempt that was given up is stale", () => {
    const second = played(activating, activationFailed(true));
    expect(codesOf(take(second, (state) => ({ ...activated(state), generation: 1 }) as never))).toEqual(["effect_stale"]);
  });

  it("L6: all or nothing: what is held in part is cleaned up, and ends as `activationFailed` only when that is confirmed", () => {
    const part = played(activating, (state) => ({ ...activated(state), reports: reports(state, "notHeld") }) as never);
    expect(part).toMatchObject({ status: "deactivating", cause: "activationFailed", entitlementReports: [{ access: "notHeld" }] });
    expect(played(part, deactivated).status).toBe("activationFailed");
  });

  it("L6: what the grantee held before is held", () => {
    const state = played(activating, (made) => ({ ...activated(made), reports: reports(made, "heldBefore") }) as never);
    expect(state).toMatchObject({ status: "active", entitlementReports: [{ access: "heldBefore" }] });
  });

  it("L6: with the window over and no report, it is taken back all the same, and says why", () => {
    expect(played(activating, timeReached)).toMatchObject({
      status: "deactivating",
      cause: "activationFailed",
      reasons: [{ code: "activation_failed", attempts: 0 }],
    });
  });

  it("W5: at the end the access is over: the window is half-open", () => {
    const end = activating.grant?.window.end ?? 0;
    expect(played(activating, (state) => activated(state, end - 1)).status).toBe("active");
    expect(played(activating, (state) => activated(state, end))).toMatchObject({ status: "deactivating", cause: "ended" });
  });
});

describe("revoking (L5)", () => {
  it("L5: who may not, and access that is ending already, are refused in full", () => {
    const eve = revoke({ id: "eve" });
    const ending = played(active, timeReached);
    const refused = (reason: object) => ({ ok: false, error: { reasons: [reason] } });
    expect([take(activating, eve), take(active, eve), take(ending, revoke(root))]).toEqual([
      refused({ code: "not_allowed_to_revoke", rule: "L5", path: [] }),
      refused({ code: "not_allowed_to_revoke", rule: "L5", path: [] }),
      refused({ code: "already_ending", rule: "L5", path: [], status: "deactivating" }),
    ]);
  });

  it("L5: the grantee, whoever has approved, and administrators: by id, and not the requestor of another's access", () => {
    const two = { ...byLeads, approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 2 }] } as never;
    const forGil = flowWith({ approval: two, requestFor: forOthers });
    const lou = person("lou", ["leads"]);
    const state = played(submitted(forGil, { grantee: gil }), vote(lena), vote(lou), factsRead(), activated);
    const by = (actor: { id: string; administrator?: boolean }) => codesOf(take(state, revoke(actor)));
    expect([by({ id: "gil" }), by({ id: "lena" }), by({ id: "lou" }), by(root)]).toEqual([[], [], [], []]);
    expect([by({ id: "ada" }), by({ id: "lena@corp.com" }), by({ id: "eve" })]).toEqual(Array(3).fill(["not_allowed_to_revoke"]));
  });

  it("L5: a voter who rejected may not", () => {
    const [approving] = active.approval?.votes ?? [];
    const votes = approving === undefined ? [] : [{ ...approving, decision: "reject" } as const];
    const rejected = { ...active, approval: active.approval === null ? null : { ...active.approval, votes } };
    expect([mayRevoke(active, lena), mayRevoke(rejected, lena)]).toEqual([true, false]);
  });

  it("L6: revoked is what the provisioner has confirmed, not what was asked", () => {
    const state = played(active, revoke(root));
    expect(state.status).toBe("deactivating");
    expect(played(state, deactivated)).toMatchObject({ status: "revoked", cause: "revoked", wakeAt: null });
  });
});

describe("extending (W6)", () => {
  const end = active.grant?.window.end ?? 0;

  it("W6: each extension moves the end by `extension`, up to `maxExtensions` times", () => {
    const answer = accepted(take(active, extend()));
    expect(answer.state.grant).toMatchObject({
      window: { start: active.grant?.window.start, end: end + 30 * minute },
      extensions: 1,
      generation: 1,
    });
    expect(inShort(answer)).toEqual(["changeEnd 1", "wake", "notify requestor active"]);
    expect(codesOf(take(played(active, extend(), extend()), extend()))).toEqual(["extensions_used_up"]);
  });

  it("W6: it is asking again: what fails, is unknown or closed is refused, and the grant keeps its end", () => {
    const byDay = flowWith(
      {
        schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "10:00", timeZone: "UTC" },
        grantFor: { kind: "fixed", amount: 10, unit: "hour" },
      },
      { maxExtensions: 1 },
    );
    const state = played(submitted(byDay), factsRead(), activated);
    expect(codesOf(take(state, extend(), monday + 2 * hour))).toEqual(["schedule_closed"]);
    const codes = (more: object) => codesOf(take(active, extend(more)));
    expect(codes({ flow: "inactive" })).toEqual(["flow_inactive"]);
    expect(codes({ notCovered: [0] })).toEqual(["no_longer_covered", "not_covered"]);
    expect(codes({ notCovered: "unknown" })).toEqual(["facts_unknown"]);
    expect(codes({ requestor: { id: "ada" } })).toEqual(["facts_unknown", "attribute_missing"]);
    expect(codes({ requestor: "gone" })).toEqual(["no_longer_eligible", "requestor_inactive"]);
  });

  it("W6: never after the end, not even when no timer has fired", () => {
    expect(codesOf(take(active, extend(), end - 1))).toEqual([]);
    expect(codesOf(take(active, extend(), end))).toEqual(["grant_over"]);
  });

  it("W6: under `endWith` an extension past the closing is refused, not cut", () => {
    const closing = flowWith(
      {
        schedule: { kind: "onlyOn", days: ["monday"], from: "08:00", to: "10:15", timeZone: "UTC" },
        grantFor: { kind: "fixed", amount: 1, unit: "hour", endWith: "schedule" },
      },
      { maxExtensions: 1 },
    );
    const state = played(submitted(closing), factsRead(), activated);
    const answer = take(state, extend());
    expect(answer).toMatchObject({ error: { reasons: [{ code: "duration_out_of_range" }] } });
    const wider = played(
      submitted({ ...closing, settings: { ...closing.settings, extension: { amount: 14, unit: "minute" } } }),
      factsRead(),
      activated,
    );
    expect(codesOf(take(wider, extend()))).toEqual([]);
    // The same hours bind no grant that has an end of its own.
    const { endWith: _, ...hour } = closing.grantFor as { readonly endWith?: unknown; readonly kind: "fixed" } & Duration;
    expect(codesOf(take(played(submitted({ ...closing, grantFor: hour }), factsRead(), activated), extend()))).toEqual([]);
  });

  it("W1: an extension may reach ten years to the millisecond, and no further", () => {
    const years = (days: number) => {
      const grantFor = { kind: "fixed", amount: days, unit: "day" } as const;
      return played(submitted(flowWith({ grantFor }, { maxExtensions: 1, extension: { amount: 1, unit: "day" } })), factsRead(), activated);
    };
    expect(codesOf(take(years(3_649), extend()))).toEqual([]);
    expect(take(years(3_650), extend())).toMatchObject({
      error: { reasons: [{ code: "duration_out_of_range", path: ["settings", "extension"], maximumMs: 3_650 * day }] },
    });
  });

  it("W6: why not, in full: a grant without end, a closed schedule, more than any grant may last", () => {
    const why = (state: RequestState, event = extend(), at?: number) => {
      const answer = take(state, event, at);
      return answer.ok ? [] : answer.error.reasons;
    };
    const endless = played(submitted(flowWith({ grantFor: { kind: "indefinite" } })), factsRead(), activated);
    expect(why(endless)).toEqual([{ code: "grant_indefinite", rule: "W6", path: ["grantFor"] }]);
    expect(why(endless, extend({}, { id: "eve" }))).toEqual([
      { code: "not_the_grantee", rule: "W6", path: [] },
      { code: "grant_indefinite", rule: "W6", path: ["grantFor"] },
    ]);
    expect(why(played(active, extend(), extend()), extend(), end + hour)).toEqual([
      { code: "grant_over", rule: "W5", path: [] },
      { code: "extensions_used_up", rule: "W6", path: ["settings", "maxExtensions"] },
    ]);
    expect(why(active, (state) => extend({ readAt: state.lastAt - minute })(state))).toEqual([
      { code: "facts_too_old", rule: "L3", path: [], readAt: active.lastAt - minute },
    ]);

    const schedule = { kind: "onlyOn", days: ["monday"], from: "08:00", to: "10:15", timeZone: "UTC" } as const;
    const byDay = flowWith({ schedule, grantFor: { kind: "fixed", amount: 10, unit: "hour" } }, { maxExtensions: 1 });
    expect(why(played(submitted(byDay), factsRead(), activated), extend(), monday + 2 * hour)).toEqual([
      { code: "schedule_closed", rule: "R2", path: ["schedule"], opensAt: monday + 7 * day - hour },
    ]);
    const closing = flowWith({ schedule, grantFor: { kind: "fixed", amount: 1, unit: "hour", endWith: "schedule" } }, { maxExtensions: 1 });
    expect(why(played(submitted(closing), factsRead(), activated))).toEqual([
      // From 09:00:01, when it began to activate, to the closing.
      { code: "duration_out_of_range", rule: "W6", path: ["settings", "extension"], maximumMs: 75 * minute - second },
    ]);
  });

  it("W6: all reasons at once", () => {
    const spent = played(active, extend(), extend());
    expect(codesOf(take(spent, extend({ flow: "gone" }, { id: "eve" })))).toEqual([
      "not_the_grantee",
      "extensions_used_up",
      "flow_inactive",
    ]);
  });
});

describe("the sweep (L10)", () => {
  it("L10: a grantee who is inactive or gone loses the access, and it says so", () => {
    for (const requestor of ["gone", { ...person("ada"), active: false }] as const) {
      const state = played(active, factsRead({ requestor }));
      expect(state).toMatchObject({
        status: "deactivating",
        cause: "granteeInactive",
        reasons: [{ code: "grantee_inactive", rule: "L10" }],
      });
      expect(played(state, deactivated)).toMatchObject({ status: "revoked", reasons: [{ code: "grantee_inactive" }] });
    }
  });

  it("L10: of two people only the grantee counts", () => {
    const others = { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } as const;
    const state = played(submitted(flowWith({ requestFor: others }), { grantee: gil }), factsRead(), activated);
    expect(accepted(take(state, factsRead({ requestor: "gone" }))).state).toBe(state);
    expect(played(state, factsRead({ grantee: "gone" })).status).toBe("deactivating");
  });
});

describe("reports (L6)", () => {
  it("L6: one about an entitlement that was not asked for is refused in full", () => {
    const [report] = reports(activating, "held");
    expect(take(activating, (state) => ({ ...activated(state), reports: [report, { ...report, entitlement: 1 }] }) as never)).toEqual({
      ok: false,
      error: { reasons: [{ code: "facts_invalid", rule: "C4", path: [], argument: "event", at: ["reports"] }] },
    });
  });

  it("L6: access that was given when the window was over is taken back, and what was reported is kept", () => {
    const answer = accepted(take(activating, activated, activating.wakeAt ?? 0));
    expect([answer.state.status, answer.state.cause, answer.state.entitlementReports, inShort(answer)]).toEqual([
      ...["deactivating", "ended", reports(activating, "held"), ["deactivate 1"]],
    ]);
  });

  it("L6: where nobody has said that the access was given, it may have been: why, in full", () => {
    const { state, recorded } = accepted(take(played(activating, activationFailed(true)), timeReached, activating.wakeAt ?? 0));
    expect([state.status, state.cause, state.reasons, state.entitlementReports]).toEqual([
      ...["deactivating", "activationFailed", [{ code: "activation_failed", rule: "L6", path: [], attempts: 1 }], []],
    ]);
    // Nothing was reported, so nothing is recorded of it.
    expect(Object.keys(recorded?.concluded ?? {})).toEqual(["status", "wakeAt", "cause", "grant", "reasons"]);
  });
});

describe("deactivating (L6)", () => {
  it("L6: why it is stuck is told once, in full, beside why it ends", () => {
    const ending = played(active, factsRead({ requestor: "gone" }), deactivationFailed, deactivationFailed, deactivationFailed);
    const inactive = { code: "grantee_inactive", rule: "L10", path: [] };
    const stuck = (attempts: number) => ({ code: "deactivation_stuck", rule: "L6", path: [], attempts });
    expect([ending.reasons, played(ending, deactivationFailed).reasons, played(ending, deactivated).reasons]).toEqual([
      [inactive, stuck(3)],
      [inactive, stuck(4)],
      [inactive],
    ]);
  });

  it("L6: entering keeps the generation, and nothing is due until a failure", () => {
    expect(played(active, timeReached)).toMatchObject({ wakeAt: null, grant: { generation: 1, attempts: 0 } });
  });

  it("L6: a failed one is tried again after 30 seconds to 15 minutes, without end, and stays visible", () => {
    let state = played(active, timeReached);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const failed = accepted(take(state, deactivationFailed));
      pauses.push(((failed.state.wakeAt ?? 0) - failed.state.lastAt) / second);
      expect(inShort(failed).includes("notify administrators stuck")).toBe(attempt >= 3);
      expect(failed.state.reasons.map(({ code }) => code)).toEqual(attempt >= 3 ? ["deactivation_stuck"] : []);
      state = accepted(take(failed.state, timeReached)).state;
      expect([state.status, state.grant?.generation, state.wakeAt]).toEqual(["deactivating", attempt + 1, null]);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    expect(played(state, deactivated)).toMatchObject({ status: "ended", reasons: [] });
  });

  it("L6: only the newest generation's report ends it", () => {
    const retried = played(active, timeReached, deactivationFailed, timeReached);
    expect(codesOf(take(retried, (state) => ({ ...deactivated(state), generation: 1 }) as never))).toEqual(["effect_stale"]);
    expect(played(retried, deactivated).status).toBe("ended");
  });

  it("TH15: an engine that was down across the end takes the access back at the first report of time", () => {
    expect(played(active, (state) => timeReached(state, monday + 400 * day)).status).toBe("deactivating");
  });

  it("TH16: reports say when sessions may live on", () => {
    const state = played(
      active,
      revoke(root),
      (made) => ({ ...deactivated(made), reports: [{ entitlement: 0, access: "notHeld", sessionsMayPersist: true }] }) as never,
    );
    expect(state.entitlementReports).toEqual([{ entitlement: 0, access: "notHeld", sessionsMayPersist: true }]);
  });
});
