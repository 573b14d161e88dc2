import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { toApono } from "../../src/apono/to-apono.js";
import { defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import { printPath } from "../../src/core/kernel/path.js";

const smallest: AccessFlowDefinition = {
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "bundle", bundle: "buckets" }],
};

const write = (definition: Partial<AccessFlowDefinition>): ReturnType<typeof toApono> =>
  toApono(defineAccessFlow({ ...smallest, ...definition }));

/** Code and place of what cannot be said. */
const refused = (definition: Partial<AccessFlowDefinition>): string[] => {
  const written = write(definition);
  return written.ok ? [] : written.error.map((issue) => `${issue.code} ${printPath(issue.path)}`);
};

const approval = (more: object, group: object = {}): Partial<AccessFlowDefinition> => ({
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], ...group }],
    ...more,
  },
});

const week = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris" } as const;

describe("toApono", () => {
  it("writes the smallest flow with its settings spelt out", () => {
    expect(write({})).toEqual({
      ok: true,
      value: {
        name: "S3 read",
        active: true,
        trigger: "SELF_SERVE",
        requestors: { logical_operator: "AND", conditions: [{ type: "group", match_operator: "is", values: ["platform"] }] },
        access_targets: [{ bundle: { bundle_name: "buckets" } }],
        grant_duration_in_min: 60,
        settings: {
          justification_required: false,
          require_approver_reason: false,
          requestor_cannot_approve_himself: false,
          require_mfa: false,
          labels: [],
          max_extensions: 0,
          extension_duration_in_min: 30,
        },
      },
    });
  });

  it("writes every choice that the format has", () => {
    const written = write({
      id: "other",
      active: false,
      schedule: week,
      requestors: { combinator: "or", conditions: [{ attribute: "user", operator: "isNot", values: ["bob"], source: "Okta" }] },
      requestFor: { scopes: ["others", "directReports"], grantees: { conditions: [{ attribute: "group", values: ["r&d"] }] } },
      targets: [
        {
          kind: "integration",
          integration: "aws",
          resourceType: "bucket",
          permissions: ["read"],
          resources: { include: [{ by: "tag", key: "env", values: ["dev"] }], exclude: [{ by: "id", values: ["1"] }] },
        },
        { kind: "accessScope", accessScope: "prod" },
      ],
      grantFor: { kind: "indefinite" },
      approval: {
        kind: "approvalOf",
        groups: "anyOf",
        approverGroups: [{ combinator: "or", conditions: [{ relation: "owner" }, { relation: "manager" }] }],
        escalation: { tiers: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
      },
    });
    expect(written).toEqual({
      ok: true,
      value: expect.objectContaining({
        id: "other",
        active: false,
        timeframe: { start_time: "09:00", end_time: "17:30", days_of_week: ["MONDAY"], time_zone: "Europe/Paris" },
        requestors: {
          logical_operator: "OR",
          conditions: [{ type: "user", match_operator: "is_not", source_integration_name: "Okta", values: ["bob"] }],
        },
        request_for: {
          request_scopes: ["others", "direct_reports"],
          grantees: { logical_operator: "AND", conditions: [{ type: "group", match_operator: "is", values: ["r&d"] }] },
        },
        access_targets: [
          {
            integration: {
              integration_name: "aws",
              resource_type: "bucket",
              permissions: ["read"],
              resources_scopes: [
                { scope_mode: "include_resources", type: "TAG", key: "env", values: ["dev"] },
                { scope_mode: "exclude_resources", type: "APONO_ID", values: ["1"] },
              ],
            },
          },
          { access_scope: { access_scope_name: "prod" } },
        ],
        approver_policy: {
          approval_mode: "ANY_OF",
          approver_groups: [{ logical_operator: "OR", approvers: [{ type: "Owner" }, { type: "manager" }] }],
        },
        escalation_policy: {
          interval_in_min: 30,
          approver_groups: [{ logical_operator: "AND", approvers: [{ type: "group", match_operator: "is", values: ["leads"] }] }],
        },
      }),
    });
  });

  it.each<[string, Partial<AccessFlowDefinition>, string]>([
    ["a description", { description: "for the night shift" }, "unknown_key description"],
    [
      "several windows",
      { schedule: { kind: "onlyOn", windows: [{ days: ["monday"], from: "09:00", to: "10:00" }], timeZone: "UTC" } },
      "unknown_key schedule.windows",
    ],
    ["excepted dates", { schedule: { ...week, except: ["2026-12-25"] } }, "unknown_key schedule.except"],
    ["the end of the day", { schedule: { ...week, to: "24:00" } }, "time_invalid schedule.to"],
    ["an end with the schedule", { grantFor: { kind: "indefinite", endWith: "schedule" } }, "unknown_key grantFor.endWith"],
    ["half a minute", { grantFor: { kind: "fixed", amount: 0.5, unit: "minute" } }, "duration_invalid grantFor"],
    ["60 minutes, which read back as 1 hour", { grantFor: { kind: "fixed", amount: 60, unit: "minute" } }, "duration_invalid grantFor"],
    ["1.5 hours, which read back as 90 minutes", { grantFor: { kind: "fixed", amount: 1.5, unit: "hour" } }, "duration_invalid grantFor"],
    [
      "matching by name",
      { requestors: { conditions: [{ attribute: "group", values: ["a"], match: "name" }] } },
      "unknown_key requestors.conditions[0].match",
    ],
    [
      "an attribute called Owner",
      { requestors: { conditions: [{ attribute: "Owner", values: ["a"] }] } },
      "unknown_word requestors.conditions[0].attribute",
    ],
    [
      "the manager of the grantee",
      approval({}, { conditions: [{ relation: "manager", of: "grantee" }] }),
      "unknown_word approval.approverGroups[0].conditions[0].of",
    ],
    ["two approvers of a group", approval({}, { required: 2 }), "unknown_key approval.approverGroups[0].required"],
    ["different approvers", approval({ distinctApprovers: true }), "unknown_key approval.distinctApprovers"],
    ["another deadline", approval({ expiresAfter: { amount: 1, unit: "hour" } }), "unknown_key approval.expiresAfter"],
    ["no deadline", approval({ expiresAfter: "never" }), "unknown_key approval.expiresAfter"],
    [
      "tiers every half minute",
      approval({ escalation: { every: { amount: 0.5, unit: "minute" }, tiers: [{ conditions: [{ relation: "owner" }] }] } }),
      "duration_invalid approval.escalation.every",
    ],
    ["a duration that must be asked for", { settings: { requireDuration: true } }, "unknown_key settings.requireDuration"],
    ["a time for MFA", { settings: { requireMfa: true, mfaWithin: { amount: 5, unit: "minute" } } }, "unknown_key settings.mfaWithin"],
    ["a time to begin", { settings: { activateWithin: { amount: 1, unit: "day" } } }, "unknown_key settings.activateWithin"],
    ["a start in advance", { settings: { startWithin: { amount: 1, unit: "day" } } }, "unknown_key settings.startWithin"],
    ["an extension of half a minute", { settings: { extension: { amount: 0.5, unit: "minute" } } }, "duration_invalid settings.extension"],
  ])("refuses %s", (_, definition, issue) => {
    expect(refused(definition)).toEqual([issue]);
  });

  it("D6: reports everything that cannot be said at once", () => {
    expect(refused({ description: "x", ...approval({ distinctApprovers: true, expiresAfter: "never" }) })).toHaveLength(3);
  });

  it("names the place first, and what can be said", () => {
    const written = write({ settings: { activateWithin: { amount: 1, unit: "day" } } });
    expect(written.ok ? [] : written.error.map((issue) => issue.message)).toEqual([
      "settings.activateWithin cannot be said in this format: only `7` `day` can",
    ]);
  });

  it("answers with the issues of what is no access flow", () => {
    const written = toApono({ name: "S3 read" } as never);
    expect(written.ok ? [] : written.error.map((issue) => issue.code)).toEqual(["missing_key", "missing_key"]);
  });

  it("writes an id only where the name does not give it", () => {
    const written = write({});
    expect(written.ok && Object.hasOwn(written.value as object, "id")).toBe(false);
  });

  it("writes what is read back without a note", () => {
    const written = write({});
    const read = written.ok ? fromApono(written.value) : written;
    expect(read.ok && read.value.notes).toEqual([]);
  });
});
