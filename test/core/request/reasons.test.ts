import { describe, expect, it } from "vitest";
import type { Refusal } from "../../../src/core/kernel/refusal.js";
import type { Result } from "../../../src/core/kernel/result.js";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import { reconcileGrants } from "../../../src/core/request/reconcile-grants.js";
import { type Effect, laneOf } from "../../../src/core/request/request-effect.js";
import type { FactsRead } from "../../../src/core/request/request-event.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { timelineOf } from "../../../src/core/request/timeline-of.js";
import { viewFor } from "../../../src/core/request/view-for.js";
import { wakeAt } from "../../../src/core/request/wake-at.js";
import {
  activated,
  ada,
  asking,
  byLeads,
  database,
  deactivated,
  deactivationFailed,
  type EventOf,
  extend,
  factsRead,
  flowWith,
  gil,
  hour,
  lena,
  minute,
  monday,
  person,
  played,
  read,
  revoke,
  root,
  submitted,
  take,
  timeReached,
  told,
  vote,
  withdraw,
  write,
} from "./support.js";

/** Why an event, or a request, is refused: every reason in full. */
const refused = (result: Result<unknown, Refusal>): readonly string[] => (result.ok ? [] : told(result.error.reasons));

describe("why facts decide nothing (L3)", () => {
  const scheduled = submitted(
    flowWith({ requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } } }),
    {
      grantee: gil,
      entitlements: [read, write],
    },
  );
  const at = monday + minute;
  const withFacts = (more: Partial<FactsRead>) => refused(take(scheduled, factsRead(more), at));

  it.each<readonly [facts: Partial<FactsRead>, reasons: readonly string[]]>([
    [{ readAt: at + 1 }, ['facts_invalid C4 [] facts ["readAt"]']],
    [{ readAt: at - 5 * minute - 1 }, ["facts_too_old L3 [] 1772441759999"]],
    [
      { requestor: gil, grantee: ada, notCovered: [2] },
      [
        'facts_invalid C4 [] facts ["requestor","id"]',
        'facts_invalid C4 [] facts ["grantee","id"]',
        'facts_invalid C4 [] facts ["notCovered"]',
      ],
    ],
    [{ grantee: null, notCovered: [1, 2] }, ['facts_invalid C4 [] facts ["grantee"]', 'facts_invalid C4 [] facts ["notCovered"]']],
  ])("L3: facts that are not about this request, or too old: %j", (more, reasons) => {
    expect(withFacts(more)).toStrictEqual(reasons);
  });

  it.each<readonly [facts: Partial<FactsRead>, reasons: readonly string[]]>([
    [
      { requestor: "gone", grantee: "gone", flow: "inactive" as never, notCovered: [0, 1] },
      [
        'flow_inactive L3 ["active"]',
        "no_longer_eligible L3 []",
        "requestor_inactive C9 []",
        "grantee_inactive C9 []",
        "no_longer_covered L3 []",
        'not_covered T8 ["targets"] db-1 read',
        'not_covered T8 ["targets"] db-1 write',
      ],
    ],
    [
      { requestor: "unknown", grantee: person("gil", [], { active: false }), flow: "unknown", notCovered: "unknown" },
      ["no_longer_eligible L3 []", "grantee_inactive C9 []"],
    ],
    [
      { requestor: person("ada", []), grantee: { id: "gil" } },
      ["no_longer_eligible L3 []", 'condition_fails C2 ["requestors","conditions",0] requestor group'],
    ],
    [
      { requestor: person("ada", ["staff"], { active: false }), grantee: "gone" },
      ["no_longer_eligible L3 []", "grantee_inactive C9 []", "requestor_inactive C9 []"],
    ],
  ])("L3: what is known no longer to hold: %j", (more, reasons) => {
    const result = take(scheduled, factsRead(more), at);
    const concluded = result.ok ? result.value.recorded?.concluded : result.error;
    expect(told((concluded as { readonly reasons?: readonly object[] }).reasons ?? [])).toStrictEqual(reasons);
  });
});

describe("why a grant is not extended (W6)", () => {
  const onlyToday = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC" } as const;
  const active = (...parts: Parameters<typeof flowWith>) => played(submitted(flowWith(...parts)), factsRead(), activated);
  const why = (state: ReturnType<typeof active>, event: EventOf, at: number) => refused(take(state, event, at));

  it("W6: a grant without end has none to move", () => {
    expect(why(active({ grantFor: { kind: "indefinite" } }), extend(), monday + minute)).toStrictEqual([
      'grant_indefinite W6 ["grantFor"]',
    ]);
  });

  it("W6: outside the schedule, by a request of nobody who may still ask, too often", () => {
    const state = active({ schedule: { ...onlyToday, to: "09:30" } }, { maxExtensions: 0 });
    expect(why(state, extend({ requestor: person("ada", []) }), monday + 40 * minute)).toStrictEqual([
      'extensions_used_up W6 ["settings","maxExtensions"]',
      'schedule_closed R2 ["schedule"] 1773046800000',
      "no_longer_eligible W6 []",
      'condition_fails C2 ["requestors","conditions",0] requestor group',
    ]);
    expect(why(active({}, { maxExtensions: 1 }), extend(), monday + 2 * hour)).toStrictEqual(["grant_over W5 []"]);
  });

  it("W6: beyond the closing, or the longest duration, is refused, not cut", () => {
    const closing = active(
      { schedule: onlyToday, grantFor: { kind: "fixed", amount: 8, unit: "hour", endWith: "schedule" } },
      { maxExtensions: 1 },
    );
    const long = active({ grantFor: { kind: "fixed", amount: 3_650, unit: "day" } }, { maxExtensions: 1 });
    expect([closing, long].map((state) => why(state, extend(), monday + minute))).toStrictEqual([
      ['duration_out_of_range W6 ["settings","extension"] 28799000'],
      ['duration_out_of_range W6 ["settings","extension"] 315360000000'],
    ]);
  });
});

describe("why nothing is granted or planned (M1, M4)", () => {
  const automatic = flowWith({ trigger: "automatic" });

  it("M4: a grant that cannot be read, and one that cannot be given", () => {
    const inputs = [5, {}, { id: "", grantee: {}, entitlements: [{}], at: "now", more: 1 }];
    expect(inputs.map((input) => refused(grantRequest(automatic, input as never)))).toStrictEqual([
      [
        "facts_invalid C4 [] input []",
        "facts_invalid C4 [] id []",
        "facts_invalid C4 [] grantee []",
        "facts_invalid C4 [] entitlements []",
        "instant_invalid S8 [] at",
      ],
      ["facts_invalid C4 [] id []", "facts_invalid C4 [] grantee []", "facts_invalid C4 [] entitlements []", "instant_invalid S8 [] at"],
      [
        'facts_invalid C4 [] input ["more"]',
        "facts_invalid C4 [] id []",
        'facts_invalid C4 [] grantee ["id"]',
        'facts_invalid C4 [] entitlements [0,"resource"]',
        'facts_invalid C4 [] entitlements [0,"permission"]',
        "instant_invalid S8 [] at",
      ],
    ]);
    const off = flowWith({ active: false });
    const input = { id: "g1", grantee: { ...ada, active: false }, entitlements: [], at: monday };
    expect(refused(grantRequest(off, input as never))).toStrictEqual([
      'facts_invalid M4 ["trigger"] flow ["trigger"]',
      'flow_inactive R2 ["active"]',
      "grantee_inactive C9 []",
      "nothing_asked L1 []",
    ]);
    expect(refused(grantRequest(5 as never, input as never))).toStrictEqual(["facts_invalid C4 [] flow []"]);
  });

  it("M1: a run that cannot be read", () => {
    const grant = { grantee: "ada", entitlement: read, request: "g1" };
    const inputs = [
      5,
      { identities: 5, current: 5, resources: 5, catalog: 5, at: "now", maxEnds: -1, more: 1 },
      { identities: [ada, {}], current: [grant, {}], resources: [database, {}], at: monday, maxEnds: 1.5 },
      {
        identities: [],
        current: [{ ...grant, grantee: "", request: "" }, { ...grant, more: 1 }, 5],
        resources: [],
        at: monday,
        maxEnds: "1",
      },
    ];
    const plans = inputs.map((input) => reconcileGrants(automatic, input as never));
    expect(plans.map(({ reasons }) => told(reasons))).toStrictEqual([
      [
        "facts_invalid C4 [] input []",
        "facts_invalid C4 [] identities []",
        "facts_invalid C4 [] current []",
        "facts_invalid C4 [] resources []",
        "instant_invalid S8 [] at",
      ],
      [
        'facts_invalid C4 [] input ["more"]',
        "facts_invalid C4 [] identities []",
        "facts_invalid C4 [] current []",
        "facts_invalid C4 [] resources []",
        "facts_invalid C4 [] catalog []",
        "instant_invalid S8 [] at",
        "facts_invalid M3 [] maxEnds []",
      ],
      [
        'facts_invalid C4 [] identities [1,"id"]',
        'facts_invalid C4 [] current [1,"grantee"]',
        'facts_invalid C4 [] current [1,"entitlement"]',
        'facts_invalid C4 [] current [1,"request"]',
        'facts_invalid C4 [] resources [1,"id"]',
        'facts_invalid C4 [] resources [1,"name"]',
        'facts_invalid C4 [] resources [1,"type"]',
        'facts_invalid C4 [] resources [1,"integration"]',
        "facts_invalid M3 [] maxEnds []",
      ],
      [
        'facts_invalid C4 [] current [0,"grantee"]',
        'facts_invalid C4 [] current [0,"request"]',
        "facts_invalid C4 [] current [1]",
        "facts_invalid C4 [] current [2]",
        "facts_invalid M3 [] maxEnds []",
      ],
    ]);
    const { reasons, ...nothing } = reconcileGrants(flowWith(), { identities: [], current: [], resources: [], at: monday });
    expect(told(reasons)).toStrictEqual(['facts_invalid M1 ["trigger"] flow ["trigger"]']);
    expect(nothing).toStrictEqual({ kind: "grantPlan", grants: [], ends: [], keeps: [], undetermined: [], halted: false, notices: [] });
  });

  it("M1: who and what is not known is listed with everything that is missing", () => {
    const { tags: _, ...untagged } = database;
    const { permissions: __, ...unlisted } = database;
    const drop = { grantee: "ada", entitlement: { resource: "db-1", permission: "drop" }, request: "g1" };
    const undetermined = (resources: readonly object[], identities: readonly object[] = [ada], of = automatic) =>
      reconcileGrants(of, { identities, current: [drop], resources, at: monday } as never).undetermined.map(({ grantee, reasons }) => [
        grantee,
        ...told(reasons),
      ]);
    const clashing = [database, { ...database, name: "other" }];
    const broken = flowWith({ trigger: "automatic", targets: [...automatic.targets, { kind: "bundle", bundle: "lost" }] });
    expect([
      ...[[], [untagged], [unlisted], clashing].map((resources) => undetermined(resources)),
      undetermined([database], [ada], broken),
      undetermined([database], []),
      undetermined([unlisted], [{ id: "ada" }]),
      undetermined([database], [{ id: "ada" }, { id: "bo" }]),
    ]).toStrictEqual([
      [["ada", "resource_unknown L1 [] db-1"]],
      [["ada", "tags_unknown T3 [] db-1"]],
      [["ada", "permissions_unknown T4 [] db-1"]],
      [["ada", "resource_clash T7 [] db-1"]],
      [["ada", 'bundle_unknown T5 ["targets",1] lost']],
      [["ada", "undetermined M3 [] ada"]],
      [["ada", 'attribute_missing C4 ["requestors","conditions",0] grantee group null', "permissions_unknown T4 [] db-1"]],
      [
        ["ada", 'attribute_missing C4 ["requestors","conditions",0] grantee group null'],
        ["bo", 'attribute_missing C4 ["requestors","conditions",0] grantee group null'],
      ],
    ]);
    const { ends } = reconcileGrants(automatic, { identities: [ada], current: [drop], resources: [database], at: monday });
    expect(ends.map(({ reasons }) => told(reasons))).toStrictEqual([['not_covered T8 ["targets"] db-1 drop']]);
  });
});

/** What an error says, and its code. */
function thrown(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return [code, message];
  }
}

describe("why an event changes nothing (L5, L6, L7)", () => {
  const flow = flowWith({ approval: byLeads });
  const waiting = submitted(flow);
  const activating = played(waiting, vote(lena), factsRead());
  const active = played(activating, activated);
  const ending = played(active, revoke(root));

  it("L5: only those who may, and only once", () => {
    expect([
      ...[refused(take(active, revoke({ id: "gil" }))), refused(take(waiting, withdraw({ id: "gil" })))],
      ...[refused(take(ending, revoke(root))), refused(take(played(ending, deactivated), revoke(root)))],
    ]).toStrictEqual([
      ["not_allowed_to_revoke L5 []"],
      ["not_allowed_to_withdraw L5 []"],
      ["already_ending L5 [] deactivating"],
      ["request_over L7 [] revoked"],
    ]);
  });

  it("L7: votes when there is nothing to vote on, and reports about what was not asked for", () => {
    const withMfa = submitted(flowWith({ approval: byLeads }, { requireMfa: true }));
    const stray = { type: "activated", generation: 1, reports: [{ entitlement: 1, access: "held", sessionsMayPersist: false }] } as const;
    expect([
      ...[withMfa, activating, submitted(flowWith()), ending, played(waiting, vote(lena, "reject"))].map((state) =>
        refused(take(state, vote(lena))),
      ),
      refused(take(activating, () => ({ ...stray, at: activating.lastAt }))),
    ]).toStrictEqual([
      ["status_forbids L7 [] awaitingMfa"],
      ["request_decided A4 [] approved"],
      ["request_decided A4 [] approved"],
      ["request_decided A4 [] approved"],
      ["request_over L7 [] rejected"],
      ['facts_invalid C4 [] event ["reports"]'],
    ]);
  });

  it("L6: a failed activation and a failed removal say so, a removal that goes on failing once", () => {
    const never = played(activating, timeReached);
    const stuck = played(ending, ...Array.from({ length: 12 }, () => [deactivationFailed, timeReached]).flat(), deactivationFailed);
    expect([never, ending, stuck].map(({ reasons }) => told(reasons))).toStrictEqual([
      ["activation_failed L6 [] 0"],
      [],
      ["deactivation_stuck L6 [] 13"],
    ]);
  });

  it("D4: a request that asks for too much, or for nothing", () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ resource: "db-1", permission: `p${index}` }));
    expect(
      [submitRequest(flow, asking({ entitlements: many })), submitRequest(flow, asking({ entitlements: [] }))].map(refused),
    ).toStrictEqual([["too_much_asked D4 [] 1000"], ["nothing_asked L1 []"]]);
  });

  it("L12: what is held is in the way, even in part", () => {
    const held = [{ request: "r0", entitlements: [write, read], status: "active" as const }];
    expect(refused(submitRequest(flow, asking({ held })))).toStrictEqual(["already_held L12 [] r0"]);
  });

  it("A6: the grantee's vote on their own access is none, already when the request is planned", () => {
    const others = { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["leads"] }] } } as const;
    const careful = flowWith({ approval: byLeads, requestFor: others }, { requestorCannotApproveSelf: true });
    const dry = (grantee: typeof lena) => submitRequest(careful, asking({ grantee, candidates: [lena], complete: true }));
    expect([refused(dry(lena)), refused(dry(person("bo", ["leads"])))]).toStrictEqual([['nobody_can_approve A13 ["approval"]'], []]);
  });

  it("L8: who cannot be told apart sees nothing, with everything that is wrong", () => {
    expect([
      thrown(() => viewFor(active, 5 as never)),
      thrown(() => viewFor(active, { identity: {}, administrator: 1, at: "now", more: 1 } as never)),
      thrown(() => timelineOf([], "everybody" as never)),
    ]).toStrictEqual([
      [
        "facts_invalid",
        "viewer is not of the stated shape\nidentity is not of the stated shape\nat is no instant of the years 1970 to 9999",
      ],
      [
        "facts_invalid",
        "viewer.more is not of the stated shape\nidentity.id is not of the stated shape\nviewer.administrator is not of the stated shape\nat is no instant of the years 1970 to 9999",
      ],
      ["facts_invalid", "audience is not of the stated shape"],
    ]);
  });

  it("L6: orders about one grantee's access wait for each other, and nothing else does", () => {
    const types = ["activate", "deactivate", "changeEnd", "readFacts", "wake", "notify", "askApprovers"] as const;
    expect(types.map((type) => laneOf({ type, key: "k" } as Effect, "ada"))).toStrictEqual([
      "grantee:ada",
      "grantee:ada",
      "grantee:ada",
      null,
      null,
      null,
      null,
    ]);
  });

  it("L3: `wakeAt` reads a request's own time, and an approval's", () => {
    expect([wakeAt(active), wakeAt(waiting), waiting.approval === null ? null : wakeAt(waiting.approval)]).toStrictEqual([
      monday + hour + 2_000,
      monday + 24 * hour,
      monday + 24 * hour,
    ]);
    expect([5, null, {}, { kind: "requestState" }].map((state) => thrown(() => wakeAt(state as never)))).toStrictEqual([
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no approval state of this library"],
      ["state_foreign", "state is no request state of this library"],
    ]);
  });
});
