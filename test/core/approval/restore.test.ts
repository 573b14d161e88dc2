import { describe, expect, it } from "vitest";
import type { ApprovalState } from "../../../src/core/approval/approval-state.js";
import { restoreApprovalState } from "../../../src/core/approval/restore-approval-state.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";
import { approvalOf, ballot, catalog, flowWith, group, hour, inGroup, minute, open, opened, person, played, resource } from "./support.js";

const flow = flowWith(
  approvalOf("allOf", [inGroup("leads", 2), group({ relation: "owner" })], { escalation: { tiers: [inGroup("bosses")] } }),
  { requestorCannotApproveSelf: true },
);
const resources = [resource("r1", { team: "pay" }), resource("r2", { team: "web" })];
const lead = person("lena", ["leads"]);
const state = played(open(flow, { resources, catalog, grantee: person("gil") }), lead, ballot(person("pia", ["pay"])), {
  type: "timeReached",
  at: opened + 30 * minute,
});

type Draft = { [key: string]: unknown };
const copyOf = (value: unknown): Draft => JSON.parse(JSON.stringify(value));

/** The stored state with one place changed. */
function tampered(path: readonly (string | number)[], value: unknown): Draft {
  const copy = copyOf(state);
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Draft;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

function faultsOf(json: unknown): string[] {
  const restored = restoreApprovalState(json);
  return restored.ok ? [] : restored.error.map(({ code, path }) => `${code} ${path.join(".")}`);
}

describe("restoreApprovalState (TH21)", () => {
  it("L13: a stored state comes back as it was, frozen", () => {
    const restored = restoreApprovalState(copyOf(state));
    expect(restored).toEqual({ ok: true, value: state });
    expect(isDeepFrozen(restored)).toBe(true);
  });

  it("L13: keys come back in the order of the type, however a database has put them", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, turned(member)]),
      );
    };
    const restored = restoreApprovalState(turned(copyOf(state)));
    expect(restored.ok && JSON.stringify(restored.value)).toBe(JSON.stringify(state));
  });

  it("L13: the value given is not changed and not kept", () => {
    const stored = copyOf(state);
    const restored = restoreApprovalState(stored);
    stored["status"] = "approved";
    expect(restored.ok && restored.value.status).toBe("pending");
  });

  it("L13: a state with an address whose letters combine when they are small comes back", () => {
    const opening = open(flow, { requestor: person("ada", [], { emails: ["J\u030cane@corp.com"] }) });
    expect(faultsOf(copyOf(opening))).toEqual([]);
  });

  it("D4: a document that is too large is no state, however little of it would stay", () => {
    const wide = { padded: `${"\u3000".repeat(90_000)}Leads`, repeated: Array.from({ length: 900 }, () => "\u9577".repeat(100)) };
    expect(faultsOf(tampered(["flow", "name"], wide.padded))).toEqual(["state_invalid flow.name"]);
    const values = ["rules", "approval", "approverGroups", 0, "conditions", 0, "values"];
    expect(faultsOf(tampered(values, wide.repeated))[0]).toMatch(
      /^state_invalid rules\.approval\.approverGroups\.0\.conditions\.0\.values\./,
    );
  });

  it("TH21: keys beside the id need addresses or accounts that are known", () => {
    const person = { ...state.requestor, emailsKnown: false, accountsKnown: false };
    expect(faultsOf(tampered(["requestor"], person))).toEqual(["state_invalid requestor.keys"]);
  });

  it("TH21: a grantee who is the requestor has no record of their own", () => {
    expect(faultsOf(tampered(["grantee"], state.requestor))).toEqual(["state_invalid grantee"]);
  });

  it.each([
    [null],
    ["x"],
    [[]],
    [{}],
    [{ kind: "requestState", format: "requestState/v1" }],
    [{ kind: "approvalState" }],
    [{ kind: "approvalState", format: "approvalState/v0" }],
  ])("L13: %j is foreign", (json) => {
    expect(faultsOf(json)[0]).toMatch(/^state_foreign/);
  });

  it.each(["approvalState/v2", "approvalState/v10"])("L13: the format %s is newer", (format) => {
    expect(faultsOf({ ...copyOf(state), format })).toEqual(["state_newer format"]);
  });

  it("TH21: every place that is missing is named", () => {
    const missing = Object.keys(state).filter((key) => key !== "kind" && key !== "format");
    expect(missing.map((key) => faultsOf(tampered([key], undefined)))).toEqual(missing.map((key) => [`state_invalid ${key}`]));
  });

  const faults: [string, readonly (string | number)[], unknown, string][] = [
    ["an unknown key", ["forced"], true, "forced"],
    ["a key that could reach a prototype", ["constructor"], {}, "constructor"],
    ["a status that the votes do not lead to", ["status"], "approved", "decidedAt"],
    ["a revision below the events", ["revision"], 2, "revision"],
    ["a revision above the events", ["revision"], 4, "revision"],
    ["a revision that is no whole number", ["revision"], 3.5, "revision"],
    ["rules without a default", ["rules", "approval", "distinctApprovers"], undefined, "rules.approval.distinctApprovers"],
    ["rules that mean nothing", ["rules", "approval", "distinctApprovers"], true, "rules.approval.distinctApprovers"],
    ["rules without groups", ["rules", "approval", "approverGroups"], [], "rules.approval.approverGroups"],
    ["an opening after the last event", ["openedAt"], opened + hour, "openedAt"],
    ["a last event before the votes", ["lastAt"], opened, "votes.0.at"],
    ["a last event after the deadline", ["lastAt"], opened + 48 * hour, "lastAt"],
    ["a decision that was not made", ["decidedAt"], opened, "decidedAt"],
    ["keys without the id", ["requestor", "keys"], ["other"], "requestor.keys"],
    ["keys out of order", ["requestor", "keys"], ["ada@corp.com", "ada"], "requestor.keys"],
    ["keys not as they compare", ["grantee", "keys"], ["GIL@corp.com", "gil"], "grantee.keys"],
    ["an unknown manager", ["requestor", "managerKnown"], false, "requestor.manager"],
    ["an owner twice", ["owners", 1, "owner", "values"], ["pay"], "owners.1"],
    ["an owner who is unknown", ["owners", 0, "unknown"], true, "owners.0.unknown"],
    ["more tiers asked than were open", ["tiersAsked"], 2, "tiersAsked"],
    ["a tier asked by no event", ["tiersAsked"], 0, "revision"],
    ["a group that is not there", ["votes", 0, "counts", 0, "group"], 2, "votes.0.counts.0"],
    ["a tier that was not open", ["votes", 0, "counts", 0, "tier"], 1, "votes.0.counts.0"],
    ["owners where none are asked for", ["votes", 0, "counts", 0, "owners"], [0], "votes.0.counts.0.owners"],
    ["an owner who is not there", ["votes", 1, "counts", 0, "owners"], [2], "votes.1.counts.0.owners"],
    ["owners twice", ["votes", 1, "counts", 0, "owners"], [0, 0], "votes.1.counts.0.owners"],
    ["all owners where each is counted", ["votes", 1, "counts", 0, "owners"], "all", "votes.1.counts.0.owners"],
    ["a vote for nothing", ["votes", 0, "counts"], [], "votes.0.counts"],
    ["a vote of nobody", ["votes", 0, "voter"], "", "votes.0.voter"],
    ["a vote before the one before", ["votes", 1, "at"], opened, "votes.1.at"],
    ["a second vote of one person", ["votes", 1, "keys"], ["lena", "pia"], "votes.1.voter"],
    ["a vote of the requestor", ["votes", 1, "keys"], ["ada", "pia"], "votes.1.voter"],
    ["a rejection that decided nothing", ["votes", 0, "decision"], "reject", "votes"],
    ["a reason that is not trimmed", ["votes", 0, "reason"], " fine", "votes.0.reason"],
    ["a reason that is too long", ["votes", 0, "reason"], "x".repeat(125), "votes.0.reason"],
  ];

  it.each(faults)("TH21: %s is refused with its path", (_, path, value, where) => {
    expect(faultsOf(tampered(path, value))).toContain(`state_invalid ${where}`);
  });

  it("TH21: approvals beyond those needed are refused", () => {
    const approved = played(open(flowWith(approvalOf("anyOf", [inGroup("leads")]))), lead);
    const [vote] = copyOf(approved)["votes"] as Draft[];
    const padded = { ...copyOf(approved), revision: 2, votes: [vote, { ...vote, voter: "otto", keys: ["otto"] }] };
    expect(faultsOf(padded)).toEqual(["state_invalid votes"]);
  });

  it("TH21: an approval by the requestor is refused", () => {
    const strict = flowWith(approvalOf("anyOf", [inGroup("leads")]), { requestorCannotApproveSelf: true });
    const approved = copyOf(played(open(strict), lead));
    approved["requestor"] = { ...(approved["requestor"] as Draft), keys: ["ada", "lena"] };
    expect(faultsOf(approved)).toEqual(["state_invalid votes.0.voter"]);
  });

  it("TH21: a vote after the deadline is refused", () => {
    const late = flowWith(approvalOf("anyOf", [inGroup("leads")], { expiresAfter: { amount: 1, unit: "minute" } }));
    const approved = copyOf(played(open(late), ballot(lead, { at: opened + 1 })));
    const moved = {
      ...approved,
      lastAt: opened + minute,
      decidedAt: opened + minute,
      votes: (approved["votes"] as Draft[]).map((vote) => ({ ...vote, at: opened + minute })),
    };
    expect(faultsOf(moved)).toContain("state_invalid votes.0.at");
  });

  it("TH21: an expiry before the deadline is refused", () => {
    const expired = {
      ...copyOf(open(flow, { resources, catalog })),
      status: "expired",
      revision: 1,
      lastAt: opened + 1,
      decidedAt: opened + 1,
    };
    expect(faultsOf(expired)).toEqual(["state_invalid status"]);
  });

  it("TH21: an automatic approval has no events", () => {
    const automatic = copyOf(open(flowWith({ kind: "automatic" })));
    expect([faultsOf(automatic), faultsOf({ ...automatic, status: "pending", decidedAt: null, revision: 1, tiersAsked: 1 })]).toEqual([
      [],
      ["state_invalid status", "state_invalid revision", "state_invalid tiersAsked"],
    ]);
  });

  it("TH21: a vote in a tier is the last one", () => {
    const tiers = flowWith(approvalOf("anyOf", [inGroup("leads", 2)], { escalation: { tiers: [inGroup("bosses")] } }));
    const decided: ApprovalState = played(open(tiers), lead, ballot(person("boss", ["bosses"]), { at: opened + hour }));
    const [first, second] = copyOf(decided)["votes"] as Draft[];
    const turned = {
      ...copyOf(decided),
      votes: [
        { ...second, at: opened + hour },
        { ...first, at: opened + hour },
      ],
    };
    expect([faultsOf(copyOf(decided)), faultsOf(turned)]).toEqual([[], ["state_invalid votes.0.counts"]]);
  });

  it.each(["x".repeat(300_000), "\u0001".repeat(60_000)])("TH21: a state larger than any this library makes is refused", (manager) => {
    expect(faultsOf(tampered(["requestor", "manager"], manager))).toMatchObject([expect.stringMatching(/^state_invalid/)]);
  });
});
