import { describe, expect, it } from "vitest";
import { candidateSelector } from "../../../src/core/approval/candidate-selector.js";
import { readList } from "../../../src/core/approval/event/read-list.js";
import { pendingApproval } from "../../../src/core/approval/pending-approval.js";
import { startApproval } from "../../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../../src/core/approval/transition-approval.js";
import type { Refusal } from "../../../src/core/kernel/refusal.js";
import type { Result } from "../../../src/core/kernel/result.js";
import { invalid, noInstant } from "../reasons.js";
import { ada, approvalOf, ballot, catalog, flowWith, group, inGroup, minute, open, opened, person, resource } from "./support.js";

/* What is refused is said in full: code, rule, place and details. */

const reasonsOf = (result: Result<unknown, Refusal>): readonly unknown[] => (result.ok ? [] : result.error.reasons);

const condition = (position: number) => ["approval", "approverGroups", position, "conditions", 0];
const factsUnknown = { code: "approver_facts_unknown", rule: "A10", path: ["approval"] };
const notAnApprover = { code: "not_an_approver", rule: "A10", path: ["approval"] };
const ownerUnknown = { code: "owner_unknown", rule: "A8", path: condition(0), resource: null };

const leads = flowWith(approvalOf("anyOf", [inGroup("leads")]));
const lena = person("lena", ["leads"]);
const state = open(leads, { grantee: person("gil") });

describe("events that cannot be read (L7)", () => {
  const unknown = { code: "event_unknown", rule: "L7", path: [] };

  it.each([[null], ["vote"], [[]], [{}], [{ type: "dance" }], [Object.create({ type: "vote" })]])("L7: %j is no event", (event) => {
    expect(reasonsOf(transitionApproval(state, event as never))).toEqual([unknown]);
  });

  it.each([
    ["a vote that says nothing", { type: "vote" }, [invalid("voter"), invalid("event", "decision"), noInstant("at")]],
    [
      "a vote in which all is wrong",
      { type: "vote", voter: { id: 1 }, decision: "maybe", reason: 5, requestor: { id: "" }, grantee: "gil", at: "soon", extra: 1 },
      [
        ...[invalid("event", "extra"), invalid("voter", "id"), invalid("event", "decision"), invalid("event", "reason")],
        ...[invalid("requestor", "id"), invalid("grantee"), noInstant("at")],
      ],
    ],
    ["a reason with half a character", ballot(lena, { reason: "\ud800" }), [invalid("event", "reason")]],
    ["a reason that is null", { ...ballot(lena), reason: null }, [invalid("event", "reason")]],
    ["a grantee without an id", { ...ballot(lena), grantee: {} }, [invalid("grantee", "id")]],
    [
      "news of two strangers",
      ballot(lena, { requestor: person("eve"), grantee: person("mallory") }),
      [invalid("requestor", "id"), invalid("grantee", "id")],
    ],
    [
      "a withdrawal in which all is wrong",
      { type: "withdraw", by: { id: "", administrator: "yes", role: 1 }, at: Number.NaN, why: "" },
      [invalid("event", "why"), invalid("by", "role"), invalid("by", "id"), invalid("by", "administrator"), noInstant("at")],
    ],
    ["a withdrawal by null", { type: "withdraw", by: null, at: opened }, [invalid("by")]],
    ["a withdrawal by nobody", { type: "withdraw", at: opened }, [invalid("by")]],
    ["a withdrawal by whoever", { type: "withdraw", by: {}, at: opened }, [invalid("by", "id")]],
    ["a time that is none", { type: "timeReached", at: -1, extra: 1 }, [invalid("event", "extra"), noInstant("at")]],
  ])("C4: %s", (_, event, reasons) => {
    expect(reasonsOf(transitionApproval(state, event as never))).toEqual(reasons);
  });

  it.each([
    ["every key that it may have", { ...ballot(lena, { reason: "fine", requestor: ada, grantee: person("gil") }) }],
    ["keys that say nothing", { ...ballot(lena), reason: undefined, requestor: undefined, grantee: undefined }],
    ["a rejection", { ...ballot(lena, { decision: "reject" }) }],
    [
      "the same, without a prototype",
      Object.assign(Object.create(null), ballot(lena, { decision: "reject", reason: "no", grantee: person("gil") })),
    ],
  ])("C4: a vote may have %s", (_, event) => {
    expect(reasonsOf(transitionApproval(state, event as never))).toEqual([]);
  });
});

describe("openings that cannot be read (C4)", () => {
  it("C4: what is no record is one fault", () => {
    expect(reasonsOf(startApproval(leads, null as never))).toEqual([invalid("input")]);
  });

  it("C4: everything that is wrong is named with its place", () => {
    const input = { requestor: ada, at: "x", grantee: 1, resources: [1, {}], catalog: 3, extra: 1 };
    expect(reasonsOf(startApproval(leads, input as never))).toEqual([
      ...[invalid("input", "extra"), invalid("grantee"), invalid("resources", 0)],
      ...["id", "name", "type", "integration"].map((key) => invalid("resources", 1, key)),
      ...[invalid("catalog"), noInstant("at")],
    ]);
  });

  it("C4: nobody reads on after a thousand faults", () => {
    const resources = Array.from({ length: 300 }, () => ({}));
    expect(reasonsOf(startApproval(leads, { requestor: ada, at: opened, resources } as never))).toHaveLength(1_000);
  });

  it("D4: too many resources are not read", () => {
    const resources = Array.from({ length: 1_001 }, () => 5);
    expect(reasonsOf(startApproval(leads, { requestor: ada, at: opened, resources } as never))).toEqual([
      { code: "too_much_asked", rule: "D4", path: [], limit: 1_000 },
    ]);
  });
});

describe("states that are none (L13)", () => {
  const newer = { kind: "approvalState", format: "approvalState/v2" };

  it.each([
    ["a foreign one", {}, "state_foreign", "state is no approval state of this library"],
    ["nothing", null, "state_foreign", "state is no approval state of this library"],
    ["a newer one", newer, "state_newer", "state is of a newer format"],
  ])("L13: %s is refused by an event, and thrown out by a question", (_, given, code, message) => {
    expect(reasonsOf(transitionApproval(given as never, ballot(lena)))).toEqual([{ code, rule: "L13", path: [] }]);
    expect(() => pendingApproval(given as never, opened)).toThrow(expect.objectContaining({ code, message }));
  });
});

describe("people whom a selector is asked for and who cannot be read (C4)", () => {
  const is = "is not of the stated shape";

  it.each([
    [null, [`input ${is}`]],
    [[], [`input ${is}`]],
    [{}, [`requestor ${is}`]],
    [{ requestor: null }, [`requestor ${is}`]],
    [{ requestor: "ada" }, [`requestor ${is}`]],
    [{ requestor: {} }, [`requestor.id ${is}`]],
    [{ requestor: ada, grantee: 5, owners: {}, extra: 1 }, [`input.extra ${is}`, `grantee ${is}`, `owners ${is}`]],
    [{ requestor: { ...state.requestor, managerKnown: 3 } }, [`requestor.managerKnown ${is}`]],
    [{ requestor: ada, owners: [{ owner: null, unknown: "no", resources: 0 }] }, [`owners[0].unknown ${is}`, `owners[0].resources ${is}`]],
  ])("C4: %j", (input, says) => {
    expect(() => candidateSelector(leads, input as never)).toThrow(
      expect.objectContaining({ code: "facts_invalid", message: says.join("\n") }),
    );
  });
});

describe("why somebody is in no group (A10)", () => {
  const managers = flowWith(
    approvalOf("anyOf", [group({ relation: "manager", of: "requestor" }), group({ relation: "manager", of: "grantee" })]),
  );
  const owners = flowWith(approvalOf("anyOf", [group({ relation: "owner" })], { escalation: { tiers: [inGroup("a"), inGroup("b")] } }));
  const [owned, ownerless, untagged] = [resource("r1", { team: "pay" }), resource("r2", undefined, "wild"), resource("r3")] as const;
  const later = { code: "tier_not_open", rule: "A12", path: ["approval", "escalation", "tiers", 1], opensAt: opened + 60 * minute };

  it("A7: a manager whose addresses are not known", () => {
    const asked = open(managers, { requestor: person("ada", [], { manager: "boss@corp.com" }) });
    expect(reasonsOf(transitionApproval(asked, ballot({ id: "bob" })))).toEqual([
      factsUnknown,
      ...[0, 1].map((position) => ({ code: "aliases_unknown", rule: "C8", path: condition(position), subject: "voter" })),
    ]);
  });

  it("A7: a manager who is not known", () => {
    expect(reasonsOf(transitionApproval(open(managers, { requestor: { id: "ada" } }), ballot({ id: "bob" })))).toEqual([
      factsUnknown,
      ...[0, 1].map((position) => ({ code: "manager_unknown", rule: "R3", path: condition(position) })),
    ]);
  });

  it("A12: a tier that opens later says nothing of owners yet", () => {
    const last = flowWith(approvalOf("anyOf", [inGroup("leads")], { escalation: { tiers: [group({ relation: "owner" })] } }));
    const asked = open(last, { resources: [ownerless], catalog });
    expect(reasonsOf(transitionApproval(asked, ballot(person("bob", ["x"]))))).toEqual([notAnApprover]);
  });

  it.each([
    [
      "an owner who is not known, and a voter of whom nothing is",
      [owned, ownerless, untagged],
      ballot({ id: "bob" }),
      [
        factsUnknown,
        ownerUnknown,
        { code: "attribute_missing", rule: "C4", path: condition(0), subject: "voter", attribute: "group", nearest: null },
      ],
    ],
    [
      "an owner who is not known, and a voter who owns nothing else",
      [owned, ownerless, untagged],
      ballot(person("bob", ["x"])),
      [factsUnknown, ownerUnknown],
    ],
    [
      "a resource that nobody owns, among others",
      [owned, ownerless],
      ballot(person("bob", ["x"])),
      [notAnApprover, { code: "no_owner", rule: "A8", path: ["approval"], resource: null }],
    ],
    ["a resource of somebody else", [owned], ballot(person("bob", ["x"])), [notAnApprover]],
    [
      "no resource named, and a tier that opens later",
      [],
      ballot(person("bob", ["b"])),
      [factsUnknown, { code: "no_resource_named", rule: "A8", path: condition(0) }, later],
    ],
    ["a tier before the voter's own", [owned], ballot(person("bob", ["b"]), { at: opened + 30 * minute }), [notAnApprover, later]],
  ])("A8: %s", (_, resources, event, reasons) => {
    expect(reasonsOf(transitionApproval(open(owners, { resources, catalog }), event))).toEqual(reasons);
  });
});

describe("lists that cannot be read (C4)", () => {
  it("C4: at most a thousand faults are told, whichever entries they are of", () => {
    const fault = (entry: unknown, position: number) => Array.from({ length: entry as number }, () => invalid("owners", position)) as never;
    const told = (...counts: number[]): number => {
      const read = readList("owners", counts, fault);
      return read.ok ? 0 : read.error.length;
    };
    expect([told(0, 0), told(999), told(600, 400), told(600, 401), told(1_500), told(0, 1_001, 7)]).toEqual([
      ...[0, 999, 1_000, 1_000, 1_000, 1_000],
    ]);
  });

  it.each([
    ["no list", 1, [invalid("resources")]],
    ["a resource that is none", [null, { id: 1 }], [invalid("resources", 0)]],
  ])("C4: resources that are %s", (_, resources, reasons) => {
    expect(reasonsOf(startApproval(leads, { requestor: ada, resources, at: opened } as never)).slice(0, 1)).toEqual(reasons);
  });

  it("S8: what is pending at no instant is no question", () => {
    expect(() => pendingApproval(state, "soon")).toThrow(
      expect.objectContaining({ code: "instant_invalid", message: expect.stringMatching(/^at /) }),
    );
  });
});
