import { describe, expect, it } from "vitest";
import { RequestStateMachine } from "../../../src/core/request/request-state-machine.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { transitionRequest } from "../../../src/core/request/transition-request.js";
import {
  activated,
  ada,
  byLeads,
  codesOf,
  completeMfa,
  copyOf,
  database,
  facts,
  factsRead,
  flowWith,
  lena,
  minute,
  monday,
  played,
  read,
  reports,
  submitted,
  take,
  timeReached,
  vote,
  write,
} from "./support.js";

const flow = flowWith({ approval: byLeads });
const scheduled = played(submitted(flow), vote(lena));
const activating = played(scheduled, factsRead());
const at = activating.lastAt;

describe("bad input (L7)", () => {
  it("L7: the machine's parts are the plain functions", () => {
    expect([RequestStateMachine.submit === submitRequest, RequestStateMachine.transition === transitionRequest]).toEqual([true, true]);
  });

  const states: [string, unknown, string[]][] = [
    ["null", null, ["state_foreign"]],
    ["nothing", {}, ["state_foreign"]],
    ["an approval", submitted(flow).approval, ["state_foreign"]],
    ["of a later format", { ...scheduled, format: "requestState/v2" }, ["state_newer"]],
    ["of no format", { ...scheduled, format: "requestState/v0" }, ["state_foreign"]],
    ["one that never was", { ...scheduled, status: "active" }, ["state_foreign"]],
    ["one with more", { ...scheduled, admin: true }, ["state_foreign"]],
  ];
  it.each(states)("L13: a state that is %s is refused", (_, state, codes) => {
    expect(codesOf(transitionRequest(state as never, { type: "timeReached", at }))).toEqual(codes);
  });

  const good = { type: "activated", generation: 1, reports: reports(activating, "held"), at };
  const [report] = reports(activating, "held");
  const events: [string, unknown, string[]][] = [
    ["null", null, ["event_unknown"]],
    ["a list", [], ["event_unknown"]],
    ["of no type", { at }, ["event_unknown"]],
    ["of an unknown type", { type: "submitted", at }, ["event_unknown"]],
    ["of an inherited type", Object.create({ type: "timeReached", at }), ["event_unknown"]],
    ["without an instant", { type: "timeReached" }, ["instant_invalid"]],
    ["at a bad instant", { type: "timeReached", at: Number.NaN }, ["instant_invalid"]],
    ["with more", { ...good, forced: true }, ["facts_invalid"]],
    ["of generation 0", { ...good, generation: 0 }, ["facts_invalid"]],
    ["of half a generation", { ...good, generation: 1.5 }, ["facts_invalid"]],
    ["without reports", { ...good, reports: undefined }, ["facts_invalid"]],
    ["with a report that is none", { ...good, reports: [{ ...report, access: "granted" }] }, ["facts_invalid"]],
    ["with a report that says more", { ...good, reports: [{ ...report, by: "x" }] }, ["facts_invalid"]],
    ["with a hole in its reports", { ...good, reports: Array(1) }, ["facts_invalid"]],
    ["with 1,001 reports", { ...good, reports: Array.from({ length: 1_001 }, () => report) }, ["facts_invalid"]],
    ["about an entitlement that was not asked for", { ...good, reports: [{ ...report, entitlement: 1 }] }, ["facts_invalid"]],
    ["without `retryable`", { ...good, type: "activationFailed" }, ["facts_invalid"]],
    ["with `retryable` where it means nothing", { ...good, retryable: true }, ["facts_invalid"]],
    ["by nobody", { type: "revoke", at }, ["facts_invalid"]],
    ["by an administrator by text", { type: "revoke", by: { id: "eve", administrator: "yes" }, at }, ["facts_invalid"]],
    ["MFA without evidence", { type: "completeMfa", by: { id: "ada" }, at }, ["facts_invalid"]],
    ["MFA at no instant", { type: "completeMfa", by: { id: "ada" }, evidence: { id: "e", at: "now" }, at }, ["instant_invalid"]],
    ["facts that are none", { type: "factsRead", facts: null, at }, ["facts_invalid"]],
    [
      "facts without a word on the flow",
      { type: "factsRead", facts: { ...facts(activating, at), flow: undefined }, at },
      ["facts_invalid"],
    ],
    [
      "facts with a misspelt person",
      { type: "factsRead", facts: { ...facts(activating, at), requestor: { ...ada, actve: false } }, at },
      ["facts_invalid"],
    ],
    ["facts read at no time", { type: "factsRead", facts: { ...facts(activating, at), readAt: Number.NaN }, at }, ["instant_invalid"]],
    ["an extension without facts", { type: "extend", by: { id: "ada" }, at }, ["facts_invalid"]],
    ["everything wrong", { type: "extend", by: 1, facts: 2, at: "x" }, ["facts_invalid", "facts_invalid", "instant_invalid"]],
  ];
  it.each(events)("E1: an event that is %s is refused", (_, event, codes) => {
    expect(codesOf(transitionRequest(activating, event as never))).toEqual(codes);
  });

  const zoneless = { code: "facts_invalid", rule: "X11", path: [], argument: "zones", at: [] };
  const inFull: [string, object, object][] = [
    ["an extension with zones that are none", { type: "extend", by: { id: "ada" }, facts: facts(activating, at), at, zones: 1 }, zoneless],
    ["facts with zones that are none", { type: "factsRead", facts: facts(activating, at), at, zones: 1 }, zoneless],
    ...[[0, 1.5], [-1], ["0"], {}, "all", Array(1_001).fill(0)].map((notCovered): [string, object, object] => [
      `facts that say of ${JSON.stringify(notCovered).slice(0, 20)} that it is not covered`,
      { type: "factsRead", facts: { ...facts(activating, at), notCovered }, at },
      { code: "facts_invalid", rule: "C4", path: [], argument: "facts", at: ["notCovered"] },
    ]),
  ];
  it.each(inFull)("E1: refused in full: %s", (_, event, reason) => {
    expect(transitionRequest(activating, event as never)).toEqual({ ok: false, error: { reasons: [reason] } });
  });

  it("L3: entitlements that are not covered are told in their order, each once, however they came", () => {
    const three = [read, write, { ...write, resource: "db-2" }];
    const state = submitted(flowWith(), { entitlements: three, resources: [database, { ...database, id: "db-2" }] });
    for (const notCovered of [
      [2, 0, 1],
      [0, 1, 2],
      [1, 2, 0, 0],
      [2, 1, 0],
    ]) {
      expect(played(state, factsRead({ notCovered })).reasons).toEqual([
        { code: "no_longer_covered", rule: "L3", path: [] },
        ...three.map((entitlement) => ({ code: "not_covered", rule: "T8", path: ["targets"], ...entitlement })),
      ]);
    }
  });

  it("L7: an actor is an administrator only by their own word's host, never by what they inherit", () => {
    const by = Object.assign(Object.create(null), { id: "eve" });
    expect(codesOf(transitionRequest(activating, { type: "revoke", by, at }))).toEqual(["not_allowed_to_revoke"]);
  });

  it("L7: what a request has no use for is refused, and why, in full", () => {
    const refused = (reason: object) => ({ ok: false, error: { reasons: [reason] } });
    const decided = (status: string) => refused({ code: "request_decided", rule: "A4", path: [], status });
    const forbidden = (status: string) => refused({ code: "status_forbids", rule: "L7", path: [], status });
    const waiting = submitted(flowWith({ approval: byLeads }, { requireMfa: true }));
    expect([
      take(played(submitted(flow), vote(lena, "reject")), vote(lena)),
      take(scheduled, vote(lena)),
      take(submitted(flowWith()), vote(lena)),
      take(activating, vote(lena)),
      take(waiting, vote(lena)),
      take(scheduled, completeMfa),
    ]).toEqual([
      refused({ code: "request_over", rule: "L7", path: [], status: "rejected" }),
      ...[decided("approved"), decided("approved"), decided("approved"), forbidden("awaitingMfa"), forbidden("scheduled")],
    ]);
  });

  it("TH15: an event earlier than the last is refused, in the ends, too; one at the same instant is not", () => {
    expect(codesOf(take(activating, activated, at - 1))).toEqual(["clock_went_back"]);
    expect(codesOf(take(activating, activated, at))).toEqual([]);
    const ended = played(submitted(flow), vote(lena, "reject"));
    expect(take(ended, timeReached, ended.lastAt - 1)).toMatchObject({
      error: { reasons: [{ code: "clock_went_back", lastAt: ended.lastAt }] },
    });
  });

  it("L7: instants may be texts or dates", () => {
    expect(played(activating, (state) => ({ ...activated(state), at: new Date(at + minute) })).lastAt).toBe(at + minute);
    expect(played(activating, (state) => ({ ...activated(state), at: "2026-03-02T10:30:00+01:00" })).lastAt).toBe(monday + 30 * minute);
  });

  it("TH22: an approval belongs to one request: its state cannot be put into another", () => {
    const other = submitted(flow, { id: "r2", at: monday + minute });
    expect(
      codesOf(transitionRequest({ ...copyOf(other), approval: scheduled.approval }, { type: "timeReached", at: monday + minute })),
    ).toEqual(["state_foreign"]);
  });

  it("D4: what the provisioner reports is never refused for its size", () => {
    const entitlements = Array.from({ length: 1_000 }, (_, index) => ({ resource: "db-1", permission: `p${index}` }));
    const permissions = entitlements.map(({ permission }) => permission);
    const wide = flowWith({ targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions }] });
    const resources = [{ id: "db-1", name: "reports", type: "database", integration: "pg", tags: {}, permissions }];
    const state = played(submitted(wide, { entitlements, resources }), factsRead(), activated);
    expect(state.entitlementReports.length).toBe(1_000);
    expect(played(copyOf(state), timeReached).status).toBe("deactivating");
  });

  it("D4: a vote that would grow a request beyond 256 kB is refused", () => {
    const many = {
      ...byLeads,
      approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 500 }],
      expiresAfter: "never",
    } as never;
    const aliases = Array.from({ length: 900 }, (_, index) => `alias-${index}`.padEnd(30, "x"));
    let state = submitted(flowWith({ approval: many }));
    let refused: string[] = [];
    for (let index = 0; index < 20 && refused.length === 0; index += 1) {
      const answer = take(state, vote({ ...lena, id: `lead-${index}`, emails: [], accounts: aliases.map((alias) => `${alias}${index}`) }));
      refused = codesOf(answer);
      if (answer.ok) state = answer.value.state;
    }
    expect(refused).toEqual(["too_much_asked"]);
    const { flow: _, ...request } = state.request;
    expect(JSON.stringify({ ...state, request }).length).toBeLessThanOrEqual(256_000);
  });
});
