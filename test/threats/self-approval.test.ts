import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ApprovalDefinition,
  type ApproverGroupDefinition,
  defineAccessFlow,
  type Identity,
  planApproval,
  type RequestEvent,
  type RequestState,
  type Resource,
  submitRequest,
  transitionRequest,
  viewFor,
} from "../../src/index.js";
import { naming } from "../fixtures/naming.js";
import { wholeLife } from "../fixtures/whole-life.js";

/*
 * Doors by which requestor or grantee may come to their own vote: the ways a rule can find them, times the ways they can
 * be written down. The naive implementation compares the voter's id or address with the requestor's, text by text.
 */

const at = Date.UTC(2026, 2, 2, 9);

/** Who asks, and for whom, as the directory knows them when they ask. */
const ada: Identity = {
  id: "ada",
  emails: ["Ada.Lov\u00e9lace@corp.com"],
  accounts: [{ id: "gh-ada", source: "github" }, "zo\u00eb"],
  manager: "grace@corp.com",
  attributes: { group: ["staff"] },
};
const gil: Identity = { id: "gil", emails: ["gil@corp.com"], accounts: ["gh-gil"], manager: "ada", attributes: { group: ["staff"] } };

/** The same key, written otherwise: in another Unicode form, and an address in other letter case. */
const disguises = (key: string): readonly string[] => {
  const cases = key.includes("@") ? [key, key.replace(/[a-z]/g, (letter) => letter.toUpperCase())] : [key];
  return [...new Set(cases.flatMap((each) => [each.normalize("NFC"), each.normalize("NFD")]))];
};

const keysOf = ({ id, emails = [], accounts = [] }: Identity): readonly string[] => [
  id,
  ...emails,
  ...accounts.map((account) => (typeof account === "string" ? account : account.id)),
];

/** Where the shared key stands in the voter's record. */
const places: Record<string, (key: string) => Partial<Identity>> = {
  id: (key) => ({ id: key }),
  "an address": (key) => ({ emails: ["other@corp.com", key] }),
  "an account": (key) => ({ accounts: [key] }),
  "an account of another directory": (key) => ({ accounts: [{ id: key, source: "gitlab", name: "somebody else" }] }),
};

const leads: ApproverGroupDefinition = { conditions: [{ attribute: "group", values: ["leads"] }] };
const approvalOf = (...approverGroups: ApproverGroupDefinition[]): ApprovalDefinition => ({
  kind: "approvalOf",
  groups: "anyOf",
  approverGroups,
});

/** How a rule may find a voter. Each finds everybody whom `voterOf` makes, whatever they share with the requestor. */
const doors: Record<string, ApprovalDefinition> = {
  "a group": approvalOf(leads),
  "everybody who is not": approvalOf({ conditions: [{ attribute: "group", operator: "isNot", values: ["guests"] }] }),
  "who is on call": approvalOf({ conditions: [{ attribute: "onCall", values: ["primary"] }] }),
  "the owner": approvalOf({ conditions: [{ relation: "owner" }] }),
  "the manager or anybody of a group": approvalOf({ combinator: "or", conditions: [{ relation: "manager" }, ...leads.conditions] }),
  "the grantee's manager or anybody of a group": approvalOf({
    combinator: "or",
    conditions: [{ relation: "manager", of: "grantee" }, ...leads.conditions],
  }),
  "a tier": {
    ...approvalOf({ conditions: [{ attribute: "group", values: ["nobody"] }] }),
    escalation: { every: { amount: 1, unit: "minute" }, tiers: [leads] },
  } as ApprovalDefinition,
};

const database: Resource = {
  id: "db-1",
  name: "reports",
  type: "database",
  integration: "pg",
  tags: { team: "leads" },
  permissions: ["read"],
};
const catalog = { integrations: [{ id: "pg", name: "Postgres", ownerMapping: { tagKey: "team", attribute: "group" } }] };

const voterOf = (shared: Partial<Identity>): Identity => ({
  ...{ id: "somebody", emails: [], accounts: [], manager: null },
  attributes: { group: ["leads"], onCall: ["primary"] },
  ...shared,
});

function asked(approval: ApprovalDefinition, strict = true): RequestState {
  const flow = flowOf(approval, strict);
  const submitted = submitRequest(flow, {
    ...{ id: "r1", requestor: ada, grantee: gil, entitlements: [{ resource: "db-1", permission: "read" }] },
    ...{ resources: [database], catalog, at },
  });
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
  return submitted.value.state;
}

function flowOf(approval: ApprovalDefinition, strict: boolean) {
  return defineAccessFlow({
    name: "Reports",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    requestFor: { scopes: ["others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
    targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
    approval,
    settings: { requestorCannotApproveSelf: strict },
  });
}

/** Later than the opening of the tier. */
const ballot = (voter: Identity): RequestEvent => ({ type: "vote", voter, decision: "approve", at: at + 120_000 });

const sides = Object.entries({ requestor: ada, grantee: gil });
const attempts = Object.entries(doors).flatMap(([door, approval]) =>
  sides.flatMap(([side, party]) =>
    Object.entries(places).map(([place, written]) => ({
      ...{ door, side, place, approval },
      voters: keysOf(party)
        .flatMap(disguises)
        .map((key) => voterOf(written(key))),
    })),
  ),
);

describe("self-approval", () => {
  // Shown to fail: with the ids compared only, with addresses compared as they are written, and with accounts left out.
  it.each(attempts)("TH1: as $door, the $side has no vote under $place", ({ approval, side, voters }) => {
    const state = asked(approval);
    for (const voter of voters) {
      const answer = transitionRequest(state, ballot(voter));
      expect(answer.ok ? [] : answer.error.reasons.map(({ code }) => code)).toContain(`same_person_as_${side}`);
      const opening = { requestor: ada, grantee: gil, resources: [database], catalog, at };
      const plan = planApproval(state.request.flow, { ...opening, candidates: [voter], complete: true });
      expect([plan.decidable, plan.excluded.map(({ reason }) => reason.code)]).toEqual([false, [`same_person_as_${side}`]]);
      expect(viewFor(state, { identity: voter, administrator: true, at }).audience).toBe("requestor");
    }
  });

  it.each(Object.entries(doors))("TH1: as %s, somebody else has one: the doors are open", (_, approval) => {
    const answer = transitionRequest(asked(approval), ballot(voterOf({})));
    expect(answer.ok ? answer.value.state.status : answer.error.reasons).toBe("scheduled");
  });

  it("TH1: comparing texts as they are written would let some of each door in", () => {
    const naive = (voter: Identity): boolean => sides.some(([, party]) => keysOf(party).some((key) => keysOf(voter).includes(key)));
    for (const door of Object.keys(doors)) {
      expect(
        attempts.filter((each) => each.door === door).flatMap(({ voters }) => voters.filter((voter) => !naive(voter))).length,
      ).toBeGreaterThan(0);
    }
  });

  it("TH1: a manager on record who is the requestor's own address decides nothing", () => {
    const own: Identity = { ...ada, manager: "ADA.LOV\u00c9LACE@CORP.COM".replace("\u00c9", "\u00e9") };
    const flow = flowOf(approvalOf({ conditions: [{ relation: "manager" }] }), true);
    const plan = planApproval(flow, { requestor: own, candidates: [own, { ...own, id: "ada-2" }], complete: true, at });
    expect([plan.decidable, plan.excluded.map(({ reason }) => reason.code)]).toEqual([
      false,
      ["same_person_as_requestor", "same_person_as_requestor"],
    ]);
  });

  it("TH1: an alias that only becomes known with the vote counts, too", () => {
    const state = asked(doors["a group"] as ApprovalDefinition);
    const learned = { ...ada, accounts: [...(ada.accounts ?? []), "gh-new"] };
    const vote = { ...ballot(voterOf({ accounts: ["gh-new"] })), requestor: learned } as RequestEvent;
    const answer = transitionRequest(state, vote);
    expect(answer.ok ? [] : answer.error.reasons.map(({ code }) => code)).toEqual(["same_person_as_requestor"]);
  });

  it("TH1: people called otherwise, all the same way, get the same outcomes through a whole life", () => {
    // Without `@`: an address is compared in another way (C6), so that calling somebody by one is no mere renaming.
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !text.includes("@"));
    const called = fc.uniqueArray(name, { minLength: 16, maxLength: 16, selector: (text) => text.normalize("NFC") });
    const plain = JSON.stringify(wholeLife().outcomes);
    fc.assert(
      fc.property(called, (names) => {
        const people = naming(names, 0);
        const outcomes = wholeLife((kind, text) => (kind === "person" ? people(kind, text) : text)).outcomes;
        expect(JSON.stringify(outcomes)).toBe(plain);
      }),
      { numRuns: 30 },
    );
  });
});
