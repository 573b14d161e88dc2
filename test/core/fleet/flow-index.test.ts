import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";
import { createFlowIndex } from "../../../src/core/fleet/flow-index.js";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";

const at = Date.UTC(2026, 2, 2, 9);
const ann = { id: "ann", emails: ["Ann@corp.com"], manager: "bob", attributes: { group: ["platform", "db"], location: ["eu-paris"] } };
const ledger = { id: "r1", name: "ledger", type: "database", integration: "i-1" };

type Conditions = AccessFlowDefinition["requestors"]["conditions"];

function flowOf(id: string, conditions: Conditions, rest: Partial<AccessFlowDefinition> = {}): AccessFlow {
  const targets = [{ kind: "integration" as const, integration: "pg", resourceType: "database", permissions: ["read"] }];
  return defineAccessFlow({ id, name: "Read", requestors: { conditions }, targets, ...rest });
}

const platform: Conditions = [{ attribute: "group", values: ["platform"] }];
const interns: Conditions = [{ attribute: "group", values: ["interns"] }];

describe("createFlowIndex", () => {
  it("R2: finds flows by group, address, manager, name of a group, part of a text and negation", () => {
    const index = createFlowIndex([
      flowOf("by-group", platform),
      flowOf("by-address", [{ attribute: "user", values: ["ANN@corp.com"] }]),
      flowOf("by-manager", [{ attribute: "manager", values: ["bob"] }]),
      flowOf("by-prefix", [{ attribute: "location", operator: "startsWith", values: ["eu-"] }]),
      flowOf("by-negation", [{ attribute: "group", operator: "isNot", values: ["interns"] }]),
      flowOf("not-known", [{ attribute: "clearance", operator: "isNot", values: ["none"] }]),
      flowOf("not-met", interns),
    ]);
    expect(index.eligible(ann, at)).toEqual(["by-address", "by-group", "by-manager", "by-negation", "by-prefix"]);
  });

  it("C5: finds a flow by the name of a value where the condition says so", () => {
    const index = createFlowIndex([flowOf("named", [{ attribute: "group", values: ["Platform"], match: "name" }])]);
    expect(index.eligible({ id: "eve", attributes: { group: [{ id: "g-1", name: "Platform" }] } }, at)).toEqual(["named"]);
  });

  it("C6: finds nothing by an attribute under two spellings of one name, whose values nobody can know", () => {
    const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"] as const;
    const index = createFlowIndex([flowOf("coffee", [{ attribute: composed, values: ["ops"] }]), flowOf("group", platform)]);
    const found = (attributes: object): readonly string[] => {
      const person = { id: "ann", attributes: { group: ["platform"], ...attributes } };
      expect(index.eligible(prepareIdentity(person), at)).toEqual(index.eligible(person, at));
      return index.eligible(person, at);
    };
    expect([
      found({ [decomposed]: ["ops"] }),
      found({ [composed]: ["ops"], [decomposed]: null }),
      found({ [composed]: ["ops"], [decomposed]: ["ops"] }),
    ]).toEqual([["coffee", "group"], ["group"], ["group"]]);
  });

  it("C4: an attribute that is undefined or null is not there", () => {
    const index = createFlowIndex([flowOf("coffee", [{ attribute: "cafe", values: ["ops"] }]), flowOf("group", platform)]);
    const person = { id: "ann", attributes: { cafe: undefined, tea: null, group: ["platform", null] } };
    expect([index.eligible(person as never, at), index.eligible(prepareIdentity(person as never), at)]).toEqual([["group"], ["group"]]);
  });

  it("R2: leaves out flows that are inactive, automatic, closed or for others only", () => {
    const schedule = { kind: "onlyOn" as const, days: ["friday" as const], from: "09:00", to: "10:00", timeZone: "UTC" };
    const index = createFlowIndex([
      flowOf("inactive", platform, { active: false }),
      flowOf("automatic", platform, { trigger: "automatic" }),
      flowOf("closed", platform, { schedule }),
      flowOf("reports", platform, { requestFor: { scopes: ["directReports"] } }),
    ]);
    expect(index.eligible(ann, at)).toEqual([]);
    expect(index.eligible(ann, "2026-03-06T09:30:00Z")).toEqual(["closed"]);
    expect(index.covering({ ...ledger, integration: "pg" }, "read")).toEqual(["automatic", "closed", "inactive", "reports"]);
  });

  it("C9: finds nothing for somebody inactive", () => {
    expect(createFlowIndex([flowOf("a", platform)]).eligible({ ...ann, active: false }, at)).toEqual([]);
  });

  it("T1, T5: follows the catalogue's names for integrations and bundles", () => {
    const targets = [{ kind: "bundle" as const, bundle: "essentials" }];
    const index = createFlowIndex([flowOf("direct", platform), flowOf("bundled", platform, { targets })]);
    const catalog = {
      integrations: [{ id: "i-1", name: "pg" }],
      bundles: [
        {
          name: "essentials",
          targets: [{ kind: "integration" as const, integration: "pg", resourceType: "database", permissions: ["read"] }],
        },
      ],
    };
    expect(index.covering(ledger, "read", catalog)).toEqual(["bundled", "direct"]);
    expect(index.covering(ledger, "read")).toEqual([]);
    expect(index.covering(ledger, "write", catalog)).toEqual([]);
  });

  it("gives another index with a flow more, in place of another, or without one", () => {
    const index = createFlowIndex([flowOf("a", platform), flowOf("b", interns)]);
    expect(index.with(flowOf("c", platform)).eligible(ann, at)).toEqual(["a", "c"]);
    expect(index.with(flowOf("b", platform)).eligible(ann, at)).toEqual(["a", "b"]);
    expect(index.without("a").eligible(ann, at)).toEqual([]);
    expect(index.without("nobody")).toBe(index);
    expect(index.eligible(ann, at)).toEqual(["a"]);
    expect([index, index.with(flowOf("b", platform)), index.without("a"), index.without("a").without("b")].map(({ size }) => size)).toEqual(
      [2, 2, 1, 0],
    );
  });

  it("stays right over a hundred additions and removals", () => {
    let index = createFlowIndex([]);
    for (let i = 0; i < 100; i += 1) index = index.with(flowOf(`f${i}`, i % 3 === 0 ? platform : interns));
    for (let i = 0; i < 100; i += 2) index = index.without(`f${i}`);
    const left = Array.from({ length: 100 }, (_, i) => i).filter((i) => i % 2 === 1 && i % 3 === 0);
    expect(index.size).toBe(50);
    expect(index.eligible(ann, at)).toEqual(left.map((i) => `f${i}`).sort());
  });

  it("answers with frozen lists, and is frozen itself", () => {
    const index = createFlowIndex([flowOf("a", platform)]);
    expect(
      [index, index.eligible(ann, at), index.eligible({ ...ann, active: false }, at), index.covering(ledger, "read")].every(
        Object.isFrozen,
      ),
    ).toBe(true);
  });

  it("throws for what is no flow, two flows of one id, and arguments of the wrong shape", () => {
    const create = createFlowIndex as (flows: unknown) => unknown;
    const index = createFlowIndex([flowOf("a", platform)]);
    const invalid = expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" });
    for (const flows of [null, 7, "abc", [{ name: "no flow" }], [flowOf("a", platform), flowOf("a", interns)]]) {
      expect(() => create(flows)).toThrow(invalid);
    }
    expect(() => index.with({} as AccessFlow)).toThrow(invalid);
    expect(() => index.eligible({ id: "" }, at)).toThrow(invalid);
    expect(() => index.eligible(ann, Number.NaN)).toThrow(expect.objectContaining({ code: "instant_invalid" }));
    expect(() => index.covering({} as typeof ledger, "read")).toThrow(invalid);
    expect(() => index.covering(ledger, 7 as unknown as string)).toThrow(invalid);
    expect(() => index.covering(ledger, "read", { bundles: 7 } as never)).toThrow(invalid);
  });

  it("names the argument that is of the wrong shape", () => {
    const index = createFlowIndex([flowOf("a", platform)]);
    const refused = (call: () => unknown): readonly string[] => {
      try {
        call();
        return [];
      } catch (error) {
        return [(error as { code: string }).code, ...(error as Error).message.split("\n")];
      }
    };
    const is = "is not of the stated shape";
    expect([
      refused(() => createFlowIndex(7 as never)),
      refused(() => createFlowIndex([flowOf("a", platform), flowOf("a", interns)])),
      refused(() => index.eligible({ id: 1, x: 2 } as never, "noon", 5 as never)),
      refused(() => index.eligible(ann, "noon")),
      refused(() => index.covering({ ...ledger, id: 1 } as never, 7 as never, { bundles: 7 } as never)),
    ]).toEqual([
      ["facts_invalid", `flows ${is}`],
      ["facts_invalid", `flows ${is}`],
      ["facts_invalid", `identity.id ${is}`, `identity.x ${is}`, `zones ${is}`, expect.stringMatching(/^at is no/)],
      ["instant_invalid", expect.stringMatching(/^at is no/)],
      ["facts_invalid", `resource.id ${is}`, `permission ${is}`, `catalog.bundles ${is}`],
    ]);
  });

  it("X11: goes by the zones that it is given, and lacks those that they lack", () => {
    const hours = { kind: "onlyOn" as const, days: ["monday" as const], from: "09:00", to: "10:00", timeZone: "Europe/Paris" };
    const index = createFlowIndex([flowOf("a", platform), flowOf("b", platform, { schedule: hours })]);
    const zones = (line: string) => ({ release: "test", zones: [line] });
    expect(index.eligible(ann, "2026-03-02T08:30:00Z")).toEqual(["a", "b"]);
    // There and then, clocks on the wall show what UTC does.
    expect(index.eligible(ann, "2026-03-02T08:30:00Z", zones("Europe/Paris|0||"))).toEqual(["a"]);
    expect(index.eligible(ann, "2026-03-02T09:30:00Z", zones("Europe/Paris|0||"))).toEqual(["a", "b"]);
    expect(() => index.eligible(ann, at, zones("Mars/Olympus|0||"))).toThrow(
      expect.objectContaining({ code: "facts_invalid", message: 'zones.zones["Europe/Paris"] is not of the stated shape' }),
    );
  });

  it("R2: conditions that differ in source or in what is compared are two, whichever was there first", () => {
    const all = [
      ["plain", {}],
      ["okta", { source: "okta" }],
      ["entra", { source: "entra" }],
      ["name", { match: "name" }],
      ["okta-name", { source: "okta", match: "name" }],
    ] as const;
    const held = (value: object) => ({ id: "eve", attributes: { group: [value] } });
    for (const order of [all, [...all].reverse()]) {
      const flows = order.map(([id, more], number) => flowOf(`${number}-${id}`, [{ attribute: "group", values: ["a"], ...more }]));
      const found = (value: object): readonly string[] => {
        const ids = createFlowIndex(flows).eligible(held(value) as never, at);
        expect(ids).toEqual(flows.filter((flow) => isEligible(flow, { requestor: held(value) as never, at })).map(({ id }) => id));
        return ids.map((id) => id.slice(2)).sort();
      };
      expect([
        found({ id: "a", source: "okta" }),
        found({ id: "a", source: "entra" }),
        found({ id: "b", name: "a", source: "okta" }),
        found({ id: "b", name: "a", source: "entra" }),
        found({ id: "a", name: "a", source: "okta" }),
      ]).toEqual([
        ["name", "okta", "okta-name", "plain"],
        ["entra", "name", "plain"],
        ["name", "okta-name"],
        ["name"],
        ["name", "okta", "okta-name", "plain"],
      ]);
    }
  });

  it("R2: schedules that differ in anything are two, whichever was there first", () => {
    const monday = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "10:00", timeZone: "UTC" } as const;
    const all = [
      ["always", { kind: "always" }],
      ["monday", monday],
      ["but-today", { ...monday, except: ["2026-03-02"] }],
      ["but-then", { ...monday, except: ["2026-03-09"] }],
      ["paris", { ...monday, timeZone: "Europe/Paris" }],
      ["longer", { ...monday, to: "10:01" }],
      ["earlier", { ...monday, from: "08:59" }],
      ["tuesday", { ...monday, days: ["tuesday"] }],
      ["windows", { kind: "onlyOn", timeZone: "UTC", windows: [{ days: ["monday"], from: "09:00", to: "10:00" }] }],
    ] as const;
    for (const order of [all, [...all].reverse()]) {
      const flows = order.map(([id, schedule], number) => flowOf(`${number}-${id}`, platform, { schedule: schedule as never }));
      const index = createFlowIndex(flows);
      const found = (time: string): readonly string[] =>
        index
          .eligible(ann, time)
          .map((id) => id.slice(2))
          .sort();
      expect([found("2026-03-02T09:30:00Z"), found("2026-03-09T08:59:30Z"), found("2026-03-03T09:30:00Z")]).toEqual([
        ["always", "but-then", "earlier", "longer", "monday", "windows"],
        ["always", "earlier", "paris"],
        ["always", "tuesday"],
      ]);
    }
  });

  it("C1: a condition that two flows share is asked once, and what it says holds for both", () => {
    const shared = [...platform, { attribute: "location", values: ["us-east"] }] as const;
    const index = createFlowIndex([
      flowOf("a", shared as never),
      flowOf("b", shared as never),
      flowOf("c", [...shared, ...platform] as never),
    ]);
    expect([index.eligible(ann, at), index.eligible({ ...ann, attributes: { ...ann.attributes, location: ["us-east"] } }, at)]).toEqual([
      [],
      ["a", "b", "c"],
    ]);
  });

  it("TH11: asks a person anew who is not prepared: their record may have changed", () => {
    const index = createFlowIndex([flowOf("a", platform), flowOf("b", interns)]);
    const person = { id: "eve", attributes: { group: ["platform"] } };
    const before = index.eligible(person, at);
    person.attributes.group = ["interns"];
    expect([before, index.eligible(person, at)]).toEqual([["a"], ["b"]]);
  });

  it("stays as it was, whatever is made of it", () => {
    const flows = ["a", "b", "c", "d", "e", "f"].map((id) => flowOf(id, platform));
    const index = createFlowIndex(flows);
    const one = index.without("a");
    const two = one.without("b");
    const three = two.without("c");
    const four = three.without("d").with(flowOf("a", interns));
    expect([index, one, two, three, four].map((each) => [each.size, each.eligible(ann, at).join("")])).toEqual([
      [6, "abcdef"],
      [5, "bcdef"],
      [4, "cdef"],
      [3, "def"],
      [3, "ef"],
    ]);
    const last = four.without("a").without("e").without("f");
    expect([last.size, last.eligible(ann, at), last.with(flowOf("z", platform)).eligible(ann, at)]).toEqual([0, [], ["z"]]);
  });
});
