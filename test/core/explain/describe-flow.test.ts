import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { describeFlow } from "../../../src/core/explain/describe-flow.js";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";

const smallest: AccessFlowDefinition = {
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "bundle", bundle: "buckets" }],
};

const describeDefinition = (definition: Partial<AccessFlowDefinition>): readonly string[] =>
  describeFlow(defineAccessFlow({ ...smallest, ...definition }));

describe("describeFlow", () => {
  it("E2: describes the smallest flow with every default", () => {
    expect(describeDefinition({})).toEqual([
      "Access flow `S3 read` is switched on.",
      "Who may ask: whoever meets every condition: `group` is `platform`.",
      "For whom: themselves.",
      "When: at any time.",
      "What: everything in bundle `buckets`.",
      "How long: at most 1 hour.",
      "Nobody needs to approve.",
      "The request needs no justification.",
      "The request need not say for how long.",
      "The access cannot be asked for in advance.",
      "No MFA is needed.",
      "Approved access must begin within 7 days.",
      "The access cannot be extended.",
      "The flow bears no label.",
    ]);
  });

  it("E2: describes an automatic flow by who receives what", () => {
    expect(describeDefinition({ trigger: "automatic", active: false, description: "for all", grantFor: { kind: "indefinite" } })).toEqual([
      "Access flow `S3 read` is switched off.",
      "Its description: `for all`.",
      "Who receives it without asking: whoever meets every condition: `group` is `platform`.",
      "What: everything in bundle `buckets`.",
      "How long: until it is revoked.",
      "No MFA is needed.",
      "Approved access must begin within 7 days.",
      "The access cannot be extended.",
      "The flow bears no label.",
    ]);
  });

  it("E2: describes every operator, source and matching by name", () => {
    const { conditions } = {
      conditions: [
        { attribute: "user", operator: "isNot", values: ["a", "b"] },
        { attribute: "group", operator: "isNot", values: ["a"] },
        { attribute: "group", operator: "contains", values: ["a", "b", "c"] },
        { attribute: "group", operator: "doesNotContain", values: ["a"] },
        { attribute: "group", operator: "doesNotContain", values: ["a", "b"], source: "okta" },
        { attribute: "group", operator: "startsWith", values: ["a"] },
        { attribute: "group", values: ["a"], match: "name" },
      ] as const,
    };
    expect(describeDefinition({ requestors: { combinator: "or", conditions } })[1]).toBe(
      "Who may ask: whoever meets at least one condition: `user` is neither `a` nor `b`; `group` is not `a`; " +
        "`group` contains `a`, `b` or `c`; `group` does not contain `a`; `group` as given by `okta` contains neither `a` nor `b`; " +
        "`group` starts with `a`; `group`, by id or by name, is `a`.",
    );
  });

  it("E2: describes for whom one may ask", () => {
    const grantees = { conditions: [{ attribute: "group", values: ["r&d"] }] };
    expect(describeDefinition({ requestFor: { scopes: ["others", "self", "directReports"], grantees } }).slice(2, 5)).toEqual([
      "For whom: anybody else who meets every condition: `group` is `r&d`.",
      "For whom: themselves.",
      "For whom: people whose manager they are.",
    ]);
  });

  it("E2: describes windows, the next day and excepted dates", () => {
    const nights = { days: ["friday", "saturday"], from: "22:00", to: "06:00:00" } as const;
    const schedule = { kind: "onlyOn", timeZone: "Europe/Paris", except: ["2026-12-25"] } as const;
    expect(describeDefinition({ schedule: { ...schedule, ...nights } })[3]).toBe(
      "When: only on Friday and Saturday from 22:00 to 06:00:00 of the next day, by the clock of `Europe/Paris`, " +
        "except where a window would begin on 2026-12-25.",
    );
    expect(describeDefinition({ schedule: { ...schedule, windows: [nights] } })[3]).toMatch(
      /^When: only in one window of the week: on Friday/,
    );
  });

  it("E2: describes what is given on which resources", () => {
    const target = { kind: "integration", integration: "aws", resourceType: "bucket", permissions: ["read", "list"] } as const;
    const resources = {
      include: [
        { by: "name", values: ["a", "b"] },
        { by: "tag", key: "env", values: ["prod"] },
      ],
      exclude: [{ by: "id", values: ["x"] }],
    } as const;
    expect(
      describeDefinition({ targets: [target, { ...target, resources }, { kind: "accessScope", accessScope: "prod" }] }).slice(4, 7),
    ).toEqual([
      "What: `read` and `list` on every resource of type `bucket` in integration `aws`.",
      "What: `read` and `list` on each resource with the name `a` or `b`, or with the tag `env` being `prod`, but none with the id `x`, " +
        "of type `bucket` in integration `aws`.",
      "What: everything that access scope `prod` selects.",
    ]);
  });

  it("E2: describes approvers, their number, the deadline and the tiers", () => {
    const sentences = describeDefinition({
      approval: {
        kind: "approvalOf",
        groups: "allOf",
        distinctApprovers: true,
        expiresAfter: "never",
        approverGroups: [
          { conditions: [{ relation: "manager", of: "grantee" }], required: 2 },
          { combinator: "or", conditions: [{ attribute: "group", values: ["leads"] }] },
        ],
        escalation: { every: { amount: 1.5, unit: "hour" }, tiers: [{ conditions: [{ relation: "owner" }] }] },
      },
      settings: { requireApproverReason: true },
    });
    expect(sentences.slice(6, 14)).toEqual([
      "Every one of 2 approver groups must approve, by different people for different groups; one rejection rejects.",
      "Group 1: 2 different people, each of whom meets every condition: is the manager of the grantee.",
      "Group 2: one person who meets at least one condition: `group` is `leads`.",
      "An undecided request waits for as long as it takes.",
      "While a request is undecided, a further tier of approvers is asked every 1.5 hours; one of them decides alone.",
      "Tier 1: a person who meets every condition: owns the resource.",
      "Requestor and grantee may vote on the request where they are approvers.",
      "A vote needs a reason.",
    ]);
  });

  it("E2: describes every setting that is switched on", () => {
    const settings = {
      labels: ["pci", "prod"],
      requireMfa: true,
      requireJustification: true,
      requestorCannotApproveSelf: true,
      requireDuration: true,
      mfaWithin: { amount: 10, unit: "minute" },
      activateWithin: { amount: 1, unit: "day" },
      startWithin: { amount: 2, unit: "week" },
      maxExtensions: 1,
      extension: { amount: 15, unit: "minute" },
    } as const;
    expect(describeDefinition({ settings, grantFor: { kind: "fixed", amount: 2, unit: "hour", endWith: "schedule" } }).slice(5)).toEqual([
      "How long: at most 2 hours, or until the schedule closes, whichever comes first.",
      "Nobody needs to approve.",
      "Neither requestor nor grantee may vote on the request.",
      "The request needs a justification.",
      "The request must say for how long.",
      "The access may be asked for up to 2 weeks in advance.",
      "Whoever receives the access must complete MFA within 10 minutes.",
      "Approved access must begin within 1 day.",
      "The access may be extended 1 time, by 15 minutes each.",
      "Labels: `pci` and `prod`.",
    ]);
  });

  it("E2: escapes hostile text (TH19)", () => {
    expect(describeDefinition({ description: "\u001b]8;;\u0007`\n" })[1]).toBe("Its description: `\\u{1b}]8;;\\u{7}\\u{60}\\u{a}`.");
  });

  it("E2: refuses what is no access flow", () => {
    expect(() => describeFlow({ name: "S3 read" } as never)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
    );
  });
});
