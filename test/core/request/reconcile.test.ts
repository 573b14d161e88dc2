import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import type { CurrentGrant } from "../../../src/core/request/grant-plan.js";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import { type ReconcileInput, reconcileGrants } from "../../../src/core/request/reconcile-grants.js";
import {
  accepted,
  activated,
  ada,
  codesOf,
  database,
  day,
  deactivated,
  factsRead,
  flowWith,
  gil,
  hour,
  inShort,
  monday,
  person,
  played,
  read,
  timeReached,
  write,
} from "./support.js";

const definition: AccessFlowDefinition = {
  name: "Everybody reads",
  trigger: "automatic",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] }],
};
const flow = defineAccessFlow(definition);
const grant = (
  grantee: string,
  entitlement: CurrentGrant["entitlement"] = read,
  request = `g-${grantee}-${entitlement.permission}`,
): CurrentGrant => ({
  ...{ grantee, entitlement, request },
});
const plan = (more: Partial<ReconcileInput>, of = flow) =>
  reconcileGrants(of, { identities: [], current: [], resources: [database], at: monday, ...more });

describe("reconciling (M1)", () => {
  it("M1: who meets the conditions gets what they have not got, and keeps what they have", () => {
    const { grants, keeps, ends } = plan({ identities: [gil, ada], current: [grant("ada")] });
    expect(grants).toEqual([
      { grantee: "ada", entitlements: [write] },
      { grantee: "gil", entitlements: [read, write] },
    ]);
    expect([keeps, ends]).toEqual([[grant("ada")], []]);
  });

  it("M1: who no longer meets them, or is inactive, loses theirs, with the reason", () => {
    const identities = [person("ada", []), { ...gil, active: false }];
    const { ends, keeps, grants } = plan({ identities, current: [grant("ada"), grant("gil")] });
    expect(ends.map(({ request, reasons }) => [request, reasons.map(({ code }) => code)])).toEqual([
      ["g-ada-read", ["condition_fails"]],
      ["g-gil-read", ["grantee_inactive"]],
    ]);
    expect([keeps, grants]).toEqual([[], []]);
  });

  it("M1: unknown facts begin nothing and end nothing: they are listed", () => {
    const { grants, ends, keeps, undetermined } = plan({ identities: [{ id: "ada" }, { id: "bo" }], current: [grant("ada")] });
    expect([grants, ends, keeps]).toEqual([[], [], [grant("ada")]]);
    expect(undetermined.map(({ grantee, reasons }) => [grantee, reasons[0].code])).toEqual([
      ["ada", "attribute_missing"],
      ["bo", "attribute_missing"],
    ]);
  });

  it("M1: what the flow is known to give no more ends; what may only be unknown stays", () => {
    const lost = grant("ada", { resource: "db-1", permission: "drop" });
    const ends = (more: Partial<ReconcileInput>) =>
      plan({ identities: [ada], current: [lost], ...more }).ends.map(({ reasons }) => reasons[0].code);
    const { tags: _, ...untagged } = database;
    const { permissions: __, ...unlisted } = database;
    expect(ends({})).toEqual(["not_covered"]);
    expect([ends({ resources: [] }), ends({ resources: [untagged] }), ends({ resources: [unlisted] })]).toEqual([[], [], []]);
    expect(ends({ resources: [database, { ...database, name: "other" }] })).toEqual([]);
    const broken = defineAccessFlow({ ...definition, targets: [...definition.targets, { kind: "bundle", bundle: "lost" }] });
    expect(plan({ identities: [ada], current: [lost] }, broken).ends).toEqual([]);
  });

  // One id in two Unicode forms: a grant's own, and the inventory's.
  const given = "db-e\u0301";
  const listed = { ...database, id: "db-\u00e9" };
  const { tags: _tags, ...untagged } = listed;
  const { permissions: _permissions, ...unlisted } = listed;
  const lost = { kind: "bundle", bundle: "lost" } as const;
  const unclear: [string, Partial<ReconcileInput>, object[]][] = [
    ["a resource that is not there", { resources: [] }, [{ code: "resource_unknown", rule: "L1", path: [], resource: given }]],
    [
      "a resource that is there twice, and not the same",
      { resources: [listed, { ...listed, name: "other" }] },
      [{ code: "resource_clash", rule: "T7", path: [], resource: given }],
    ],
    ["tags that are unknown", { resources: [untagged] }, [{ code: "tags_unknown", rule: "T3", path: [], resource: listed.id }]],
    [
      "permissions that are unknown",
      { resources: [unlisted] },
      [{ code: "permissions_unknown", rule: "T4", path: [], resource: listed.id }],
    ],
    [
      "a holder about whom something is unknown, and who does not lack what is known",
      { identities: [{ id: "ada" }], current: [grant("ada")] },
      [
        {
          code: "attribute_missing",
          rule: "C4",
          path: ["requestors", "conditions", 0],
          subject: "grantee",
          attribute: "group",
          nearest: null,
        },
      ],
    ],
  ];
  it.each(unclear)("M1: what is not known is told in full: %s", (_, more, reasons) => {
    const current = [grant("ada", { resource: given, permission: "drop" })];
    const answer = plan({ identities: [ada], current, ...more });
    expect({ ...answer, grants: [], notices: [] }).toEqual({
      ...{ kind: "grantPlan", grants: [], ends: [], keeps: more.current ?? current, halted: false, reasons: [], notices: [] },
      undetermined: [{ grantee: "ada", reasons }],
    });
  });

  it("M1: what is held and still given is kept, and nobody is undetermined by it", () => {
    expect(plan({ identities: [ada], current: [grant("ada", write), grant("ada")] })).toEqual({
      ...{ kind: "grantPlan", grants: [], ends: [], keeps: [grant("ada"), grant("ada", write)], undetermined: [], halted: false },
      ...{ reasons: [], notices: [] },
    });
  });

  it("TH8: who is undetermined is listed by id, be it for what they are or for what they hold", () => {
    const { undetermined } = plan({ identities: [{ id: "eve" }, { id: "bo" }], current: [grant("cy"), grant("ada")] });
    expect(undetermined.map(({ grantee }) => grantee)).toEqual(["ada", "bo", "cy", "eve"]);
  });

  it("M1: references that give nothing leave open what is held, with what is wrong with them", () => {
    const broken = defineAccessFlow({ ...definition, targets: [...definition.targets, lost] });
    const missing = { code: "bundle_unknown", rule: "T5", path: ["targets", 1], name: "lost" };
    const current = [grant("ada", { resource: "db-1", permission: "drop" })];
    expect(plan({ identities: [ada], current }, broken)).toEqual({
      ...{ kind: "grantPlan", grants: [{ grantee: "ada", entitlements: [read, write] }], ends: [], keeps: current, halted: false },
      ...{ undetermined: [{ grantee: "ada", reasons: [missing] }], reasons: [], notices: [missing] },
    });
  });

  it("M1: a flow that is switched off begins nothing, and goes on judging who holds", () => {
    const off = defineAccessFlow({ ...definition, active: false });
    const { grants, ends, keeps, notices } = plan({ identities: [ada, person("gil", [])], current: [grant("ada"), grant("gil")] }, off);
    expect([grants, ends.map(({ grantee }) => grantee), keeps.map(({ grantee }) => grantee)]).toEqual([[], ["gil"], ["ada"]]);
    expect(notices[0]?.code).toBe("flow_inactive");
  });

  it("C6: ids are one in whatever Unicode form they come", () => {
    const zoe: Identity = person("zoe\u0308", ["staff"]);
    expect(plan({ identities: [zoe], current: [grant("zo\u00eb"), grant("zo\u00eb", write)] }).grants).toEqual([]);
  });

  it("M1: two records of one person that do not agree leave it open, whichever comes first", () => {
    const both = [ada, person("ada", [])];
    const [one, other] = [both, [...both].reverse()].map((identities) => plan({ identities, current: [grant("ada")] }));
    expect([one?.grants, one?.ends, one?.undetermined.length]).toEqual([[], [], 1]);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it("D4: an entry of a plan holds no more than a request may ask for", () => {
    const permissions = Array.from({ length: 1_001 }, (_, index) => `p${index}`);
    const wide = defineAccessFlow({
      ...definition,
      targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions }],
    });
    const { grants } = plan({ identities: [ada], resources: [{ ...database, permissions }] }, wide);
    expect(grants.map(({ entitlements }) => entitlements.length)).toEqual([1_000, 1]);
  });
});

describe("safety of a run (M3)", () => {
  const holders = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const current = holders.map((id) => grant(id));
  const failing = (count: number) => holders.map((id, index) => person(id, index < count ? [] : ["staff"]));

  it("M3: a holder who is missing is undetermined, and keeps what they hold, be it given or not", () => {
    const missing = [grant("ada"), grant("ada", { resource: "db-1", permission: "drop" })];
    const { ends, keeps, undetermined } = plan({ current: missing });
    expect([ends, keeps.length]).toEqual([[], 2]);
    expect(undetermined).toMatchObject([{ grantee: "ada", reasons: [{ code: "undetermined", rule: "M3" }] }]);
  });

  it("M3: up to a fifth of the grants may end in a run, and no fewer than 10; one more halts it", () => {
    expect([plan({ identities: failing(12), current }).ends.length, plan({ identities: failing(13), current }).ends.length]).toEqual([
      12, 0,
    ]);
    const few = current.slice(0, 11);
    expect([
      plan({ identities: failing(10), current: few }).ends.length,
      plan({ identities: failing(11), current: few }).ends.length,
    ]).toEqual([10, 0]);
  });

  it("M3: a halted run says so, ends nothing, keeps all, and still begins", () => {
    const halted = plan({ identities: [...failing(2), ada], current, maxEnds: 1 });
    expect([halted.halted, halted.ends, halted.keeps.length]).toEqual([true, [], 60]);
    expect(halted.reasons).toMatchObject([{ code: "run_halted", rule: "M3", ends: 2, limit: 1 }]);
    expect(halted.grants.map(({ grantee }) => grantee)).toContain("ada");
  });

  it("M3: `maxEnds` 0 ends nothing at all", () => {
    expect(plan({ identities: failing(1), current, maxEnds: 0 })).toMatchObject({ halted: true, ends: [] });
  });

  const bad: [string, Partial<ReconcileInput>][] = [
    ["an identity that is none", { identities: [{} as never] }],
    ["a grant that is none", { current: [{ grantee: "ada" } as never] }],
    ["a grant with more", { current: [{ ...grant("ada"), by: "x" } as never] }],
    ["a limit below 0", { maxEnds: -1 }],
    ["a limit that is no number", { maxEnds: "all" as never }],
    ["no instant", { at: "soon" }],
  ];
  it.each(bad)("E1: with %s nothing is planned, and it says why", (_, more) => {
    const answer = plan({ identities: [ada], current: [grant("eve")], ...more });
    expect([answer.grants, answer.ends, answer.keeps]).toEqual([[], [], []]);
    expect(answer.reasons.length).toBeGreaterThan(0);
  });

  it("M1: a flow that people ask for themselves is none to reconcile", () => {
    expect(plan({ identities: [ada] }, flowWith())).toMatchObject({
      grants: [],
      reasons: [{ code: "facts_invalid", argument: "flow", at: ["trigger"] }],
    });
  });
});

describe("a planned grant (M4)", () => {
  const input = { id: "g1", grantee: ada, entitlements: [read], at: monday } as const;

  it("M4: it is a request of its grantee, scheduled from the start, and nobody has asked for it", () => {
    const { state, effects, recorded } = accepted(grantRequest(flow, input));
    expect(state).toMatchObject({ status: "scheduled", revision: 1, awaitingFacts: true, approval: null, activateBy: monday + 7 * day });
    expect(state.request).toMatchObject({ requestor: { id: "ada" }, grantee: null, justification: null });
    expect(effects).toEqual([{ key: "g1:1:0", type: "readFacts" }]);
    expect(recorded).toMatchObject({ by: null, type: "submitted" });
  });

  it("M4: its re-check is the flow's conditions; it lasts `grantFor`, and ends like any other", () => {
    const { state } = accepted(grantRequest(flow, input));
    expect(played(state, factsRead({ requestor: person("ada", []) })).status).toBe("rejected");
    expect(played(state, factsRead({ requestor: { id: "ada" } })).status).toBe("scheduled");
    const active = played(state, factsRead(), activated);
    expect((active.grant?.window.end ?? 0) - (active.grant?.window.start ?? 0)).toBe(hour);
    expect(played(active, timeReached, deactivated).status).toBe("ended");
  });

  it("M4: indefinite grants have no timer, and end only when somebody ends them", () => {
    const endless = defineAccessFlow({ ...definition, grantFor: { kind: "indefinite" } });
    const state = played(accepted(grantRequest(endless, input)).state, factsRead(), activated);
    expect([state.status, state.wakeAt]).toEqual(["active", null]);
  });

  const refused: [string, object, string[]][] = [
    ["nothing to give", { entitlements: [] }, ["nothing_asked"]],
    ["too much to give", { entitlements: Array.from({ length: 1_001 }, () => read) }, ["too_much_asked"]],
    ["an inactive grantee", { grantee: { ...ada, active: false } }, ["grantee_inactive"]],
    ["no grantee", { grantee: undefined }, ["facts_invalid"]],
    ["no id", { id: "" }, ["facts_invalid"]],
    ["no instant", { at: null }, ["instant_invalid"]],
    ["more than is known", { requestor: ada }, ["facts_invalid"]],
  ];
  it.each(refused)("M4: refused: %s", (_, more, codes) => {
    expect(codesOf(grantRequest(flow, { ...input, ...more } as never))).toEqual(codes);
  });

  it("M4: refused on a flow that people ask for, and on one that is switched off", () => {
    expect(grantRequest(flowWith(), input)).toMatchObject({
      error: { reasons: [{ code: "facts_invalid", argument: "flow", at: ["trigger"] }] },
    });
    expect(codesOf(grantRequest(defineAccessFlow({ ...definition, active: false }), input))).toEqual(["flow_inactive"]);
  });

  it("M2: planned, granted and activated, it is held, and planned no more", () => {
    const first = plan({ identities: [ada] });
    const held = first.grants.flatMap(({ grantee, entitlements }, index) => {
      const answer = accepted(grantRequest(flow, { id: `g${index}`, grantee: ada, entitlements, at: monday }));
      expect(inShort(answer)).toEqual(["readFacts"]);
      return entitlements.map((entitlement) => ({ grantee, entitlement, request: answer.state.request.id }));
    });
    expect(plan({ identities: [ada], current: held })).toMatchObject({ grants: [], ends: [], undetermined: [] });
  });
});
