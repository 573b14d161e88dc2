import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { flowV2 } from "./documents.js";
import { flowOf, issuesOf, notesOf } from "./read.js";

const condition = { type: "group", match_operator: "is", values: ["leads"] };

const approvedBy = (...approvers: readonly object[]): object => ({
  approver_policy: { approval_mode: "ANY_OF", approver_groups: [{ logical_operator: "AND", approvers }] },
});

const approverOf = (document: object): unknown => {
  const { approval } = flowOf(flowV2(document as never));
  return approval.kind === "approvalOf" ? approval.approverGroups[0].conditions[0] : approval;
};

describe("fromApono: flows of API v2", () => {
  it("reads the smallest flow without a note", () => {
    const imported = fromApono(flowV2());
    expect(imported.ok && imported.value.notes).toEqual([]);
  });

  it("reads name, switch, trigger, requestors and targets", () => {
    const { name, active, trigger, requestors, targets, approval } = flowOf(flowV2({ active: false }));
    expect({ name, active, trigger, requestors, targets, approval }).toEqual({
      name: "S3 read",
      active: false,
      trigger: "selfServe",
      requestors: { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["platform"] }] },
      targets: [{ kind: "bundle", bundle: "buckets" }],
      approval: { kind: "automatic" },
    });
  });

  it.each([
    ["is", "is"],
    ["is_not", "isNot"],
    ["contains", "contains"],
    ["does_not_contain", "doesNotContain"],
    ["starts_with", "startsWith"],
  ])("reads the operator %s as %s", (theirs, ours) => {
    const conditions = [{ type: "group", match_operator: theirs, values: ["a"] }];
    expect(flowOf(flowV2({ requestors: { logical_operator: "OR", conditions } })).requestors.conditions[0].operator).toBe(ours);
  });

  it("reads an absent or null operator as is, and the source by name", () => {
    const conditions = [{ type: "group", match_operator: null, source_integration_name: "Okta", values: ["a"] }];
    expect(flowOf(flowV2({ requestors: { logical_operator: "OR", conditions } })).requestors).toEqual({
      combinator: "or",
      conditions: [{ attribute: "group", operator: "is", values: ["a"], source: "Okta" }],
    });
  });

  it("reads for whom one may ask", () => {
    const grantees = { logical_operator: "OR", conditions: [condition] };
    expect(flowOf(flowV2({ request_for: { request_scopes: ["self", "others", "direct_reports"], grantees } })).requestFor).toEqual({
      scopes: ["self", "others", "directReports"],
      grantees: { combinator: "or", conditions: [{ attribute: "group", operator: "is", values: ["leads"] }] },
    });
  });

  it("reads resources by name, id and tag, included and excluded", () => {
    const integration = {
      integration_name: "AWS",
      resource_type: "bucket",
      permissions: ["read"],
      resources_scopes: [
        { scope_mode: "exclude_resources", type: "NAME", values: ["x"] },
        { scope_mode: "include_resources", type: "APONO_ID", values: ["1"] },
        { scope_mode: "include_resources", type: "TAG", key: "env", values: ["prod", "stage"] },
      ],
    };
    expect(flowOf(flowV2({ access_targets: [{ integration }] })).targets[0]).toEqual({
      kind: "integration",
      integration: "AWS",
      resourceType: "bucket",
      permissions: ["read"],
      resources: {
        include: [
          { by: "id", values: ["1"] },
          { by: "tag", key: "env", values: ["prod", "stage"] },
        ],
        exclude: [{ by: "name", values: ["x"] }],
      },
    });
  });

  it("reads a timeframe", () => {
    const timeframe = { start_time: "08:00", end_time: "17:00:30", days_of_week: ["SUNDAY", "MONDAY"], time_zone: "Asia/Jerusalem" };
    expect(flowOf(flowV2({ timeframe })).schedule).toEqual({
      kind: "onlyOn",
      days: ["sunday", "monday"],
      from: "08:00",
      to: "17:00:30",
      timeZone: "Asia/Jerusalem",
    });
  });

  it.each([
    [30, { amount: 30, unit: "minute" }],
    [90, { amount: 90, unit: "minute" }],
    [120, { amount: 2, unit: "hour" }],
    [1440, { amount: 1, unit: "day" }],
    [20160, { amount: 2, unit: "week" }],
  ])("reads %i minutes in the largest unit that fits", (minutes, duration) => {
    expect(flowOf(flowV2({ grant_duration_in_min: minutes })).grantFor).toEqual({ kind: "fixed", ...duration });
  });

  it("reads an approval with an escalation every half hour", () => {
    const escalation_policy = { approver_groups: [{ logical_operator: "OR", approvers: [condition] }] };
    const policy = { approval_mode: "ALL_OF", approver_groups: [{ logical_operator: "AND", approvers: [condition] }] };
    const conditions = [{ attribute: "group", operator: "is", values: ["leads"] }];
    expect(flowOf(flowV2({ approver_policy: policy, escalation_policy })).approval).toEqual({
      kind: "approvalOf",
      groups: "allOf",
      approverGroups: [{ combinator: "and", conditions, required: 1 }],
      distinctApprovers: false,
      expiresAfter: { amount: 24, unit: "hour" },
      escalation: { every: { amount: 30, unit: "minute" }, tiers: [{ combinator: "or", conditions }] },
    });
  });

  it("reads every setting", () => {
    const settings = {
      justification_required: true,
      require_approver_reason: true,
      requestor_cannot_approve_himself: true,
      require_mfa: true,
      labels: ["pci"],
      max_extensions: 2,
      extension_duration_in_min: 15,
    };
    expect(flowOf(flowV2({ settings })).settings).toMatchObject({
      requireJustification: true,
      requireApproverReason: true,
      requestorCannotApproveSelf: true,
      requireMfa: true,
      labels: ["pci"],
      maxExtensions: 2,
      extension: { amount: 15, unit: "minute" },
    });
  });

  it.each(["requestor_cannot_approve_himself", "requester_cannot_approve_self", "approver_cannot_approve_himself"])(
    "reads the spelling %s",
    (key) => {
      expect(flowOf(flowV2({ settings: { [key]: true } })).settings.requestorCannotApproveSelf).toBe(true);
    },
  );

  it("reads an automatic flow, which needs no justification", () => {
    const document = flowV2({ trigger: "AUTOMATIC", settings: {} });
    expect([flowOf(document).trigger, notesOf(document)]).toEqual(["automatic", []]);
  });
});

describe("fromApono: what is carried over with a change", () => {
  it("notes an absent duration, which is indefinite", () => {
    const document = flowV2({ grant_duration_in_min: null });
    expect([flowOf(document).grantFor, notesOf(document)]).toEqual([{ kind: "indefinite" }, ["grant_duration_in_min"]]);
  });

  it("notes an absent justification_required, which is true", () => {
    const document = flowV2({ settings: null });
    expect([flowOf(document).settings.requireJustification, notesOf(document)]).toEqual([true, ["settings.justification_required"]]);
  });

  it("notes Owner, which is the relation owner", () => {
    expect(approverOf(approvedBy({ type: "Owner" }))).toEqual({ relation: "owner" });
  });

  it("notes a manager without values, which is the relation manager", () => {
    const document = flowV2(approvedBy({ type: "manager", source_integration_name: "Okta" }) as never);
    expect(approverOf(document)).toEqual({ relation: "manager", of: "requestor" });
    const at = "approver_policy.approver_groups[0].approvers[0]";
    expect(notesOf(document)).toEqual([`${at}.source_integration_name`, `${at}.type`, "approver_policy"]);
  });

  it("reads a manager with values as a condition on the voter's own manager", () => {
    expect(approverOf(approvedBy({ type: "manager", values: ["ceo@corp.com"] }))).toEqual({
      attribute: "manager",
      operator: "is",
      values: ["ceo@corp.com"],
    });
  });

  it("notes an extension of 0 minutes, of which there is none", () => {
    const document = flowV2({ settings: { justification_required: false, max_extensions: 0, extension_duration_in_min: 0 } });
    expect([flowOf(document).settings.extension, notesOf(document)]).toEqual([
      { amount: 30, unit: "minute" },
      ["settings.extension_duration_in_min"],
    ]);
  });

  it("notes on-call types, which stay attributes of their own name", () => {
    const conditions = [{ type: "pagerduty_shift", values: ["primary"] }];
    const document = flowV2({ requestors: { logical_operator: "OR", conditions } });
    expect([flowOf(document).requestors.conditions[0].attribute, notesOf(document)]).toEqual([
      "pagerduty_shift",
      ["requestors.conditions[0].type"],
    ]);
  });

  it("notes the deadline that an approval gets, and tiers that would open after it", () => {
    const tier = { logical_operator: "OR", approvers: [condition] };
    const document = flowV2({
      ...approvedBy(condition),
      escalation_policy: { interval_in_min: 720, approver_groups: [tier, tier] },
    } as never);
    expect(notesOf(document)).toEqual(["approver_policy", "escalation_policy.approver_groups[1]"]);
  });

  it("keeps the id of an answer, and notes what else only the server has", () => {
    const bundle = { bundle_id: "b-1", bundle_name: "buckets" };
    const document = flowV2({ id: "f-1", creation_date: "2025-07-12T08:02:14Z", update_date: null, access_targets: [{ bundle }] });
    expect([flowOf(document).id, notesOf(document)]).toEqual(["f-1", ["creation_date", "access_targets[0].bundle.bundle_id"]]);
  });

  it("reads references where there are no names", () => {
    const integration = { integration_reference: "AWS", resource_type: "bucket", permissions: ["read"], resources_scopes: null };
    const scope = { access_scope_reference: "prod" };
    expect(flowOf(flowV2({ access_targets: [{ integration, bundle: null }, { access_scope: scope }] })).targets).toEqual([
      { kind: "integration", integration: "AWS", resourceType: "bucket", permissions: ["read"], resources: "any" },
      { kind: "accessScope", accessScope: "prod" },
    ]);
  });

  it("says in words, place first, what changed", () => {
    const imported = fromApono(flowV2({ grant_duration_in_min: null }));
    expect(imported.ok && imported.value.notes).toEqual([
      {
        path: ["grant_duration_in_min"],
        message: "grant_duration_in_min is not given: the access has no end until it is revoked",
      },
    ]);
  });
});

describe("fromApono: what cannot be read", () => {
  const integration = { integration_name: "AWS", resource_type: "bucket", permissions: ["read"] };
  const scope = { scope_mode: "include_resources", type: "NAME", values: ["a"] };
  const targets = (more: object): object => ({ access_targets: [{ integration: { ...integration, ...more } }] });
  const asking = (more: object): object => ({ requestors: { logical_operator: "AND", conditions: [{ ...condition, ...more }] } });

  it.each<[string, object, string[]]>([
    ["an unknown key", { setings: {} }, ["unknown_key setings"]],
    ["an unknown trigger", { trigger: "SELFSERVE" }, ["unknown_word trigger"]],
    ["an unknown operator", asking({ match_operator: "equals" }), ["unknown_word requestors.conditions[0].match_operator"]],
    ["a duration of nothing", { grant_duration_in_min: 0 }, ["number_invalid grant_duration_in_min"]],
    ["half a minute", { grant_duration_in_min: 0.5 }, ["number_invalid grant_duration_in_min"]],
    ["more than ten years", { grant_duration_in_min: 6_000_000 }, ["duration_out_of_range grant_duration_in_min"]],
    ["no requestors", { requestors: null }, ["not_an_object requestors"]],
    ["no conditions", { requestors: { logical_operator: "OR", conditions: [] } }, ["empty requestors.conditions"]],
    ["no values", asking({ values: null }), ["missing_key requestors.conditions[0].values"]],
    ["an empty list of values", asking({ values: [] }), ["empty requestors.conditions[0].values"]],
    ["a blank value", asking({ values: ["a", " "] }), ["blank requestors.conditions[0].values[1]"]],
    ["Owner among requestors", asking({ type: "Owner", values: null }), ["combination_means_nothing requestors.conditions[0].type"]],
    ["owner in small letters", asking({ type: "owner" }), ["unknown_word requestors.conditions[0].type"]],
    [
      "Owner with values",
      approvedBy({ type: "Owner", values: ["a"] }),
      ["combination_means_nothing approver_policy.approver_groups[0].approvers[0].values"],
    ],
    [
      "a manager that is not",
      approvedBy({ type: "manager", match_operator: "is_not" }),
      ["combination_means_nothing approver_policy.approver_groups[0].approvers[0].match_operator"],
    ],
    [
      "no approver groups",
      { approver_policy: { approval_mode: "ANY_OF", approver_groups: [] } },
      ["empty approver_policy.approver_groups"],
    ],
    ["an escalation of nothing", { escalation_policy: { approver_groups: [] } }, ["combination_means_nothing escalation_policy"]],
    ["an approval that is none", { approver_policy: 5, escalation_policy: { approver_groups: [] } }, ["wrong_type approver_policy"]],
    [
      "an interval of more than ten years",
      {
        ...approvedBy(condition),
        escalation_policy: { interval_in_min: 5_256_001, approver_groups: [{ logical_operator: "OR", approvers: [condition] }] },
      },
      ["duration_out_of_range escalation_policy.interval_in_min"],
    ],
    ["a target of no kind", { access_targets: [{}] }, ["missing_key access_targets[0]"]],
    [
      "a target of two kinds",
      { access_targets: [{ integration, bundle: { bundle_name: "b" } }] },
      ["combination_means_nothing access_targets[0]"],
    ],
    ["an inline query", { access_targets: [{ query_target: { query: "" } }] }, ["unknown_key access_targets[0].query_target"]],
    ["a target without a name", { access_targets: [{ bundle: {} }] }, ["missing_key access_targets[0].bundle.bundle_name"]],
    ["an empty list of scopes", targets({ resources_scopes: [] }), ["empty access_targets[0].integration.resources_scopes"]],
    [
      "a tag without its key",
      targets({ resources_scopes: [{ ...scope, type: "TAG" }] }),
      ["missing_key access_targets[0].integration.resources_scopes[0].key"],
    ],
    [
      "a key of what is no tag",
      targets({ resources_scopes: [{ ...scope, key: "env" }] }),
      ["combination_means_nothing access_targets[0].integration.resources_scopes[0].key"],
    ],
    ["others without grantees", { request_for: { request_scopes: ["others"] } }, ["combination_means_nothing request_for.request_scopes"]],
    ["no scope", { request_for: { request_scopes: [] } }, ["empty request_for.request_scopes"]],
    [
      "a time that is none",
      { timeframe: { start_time: "8", end_time: "17:00", days_of_week: ["MONDAY"], time_zone: "+02:00" } },
      ["time_invalid timeframe.start_time", "time_zone_offset timeframe.time_zone"],
    ],
    [
      "an extension by nothing",
      { settings: { justification_required: false, max_extensions: 1 } },
      ["duration_invalid settings.extension_duration_in_min"],
    ],
    [
      "extensions of what has no end",
      { grant_duration_in_min: null, settings: { justification_required: false, max_extensions: 1, extension_duration_in_min: 30 } },
      ["combination_means_nothing settings.max_extensions"],
    ],
    [
      "spellings that contradict each other",
      { settings: { requestor_cannot_approve_himself: true, requester_cannot_approve_self: false } },
      ["combination_means_nothing settings.requester_cannot_approve_self"],
    ],
    [
      "an automatic flow with a justification",
      { trigger: "AUTOMATIC", settings: { justification_required: true } },
      ["combination_means_nothing settings.justification_required"],
    ],
    ["a name that gives no id", { name: "日本" }, ["id_needed id"]],
    ["a name with an exclamation mark", { name: "S3!" }, ["name_invalid name"]],
  ])("refuses %s, with its place in the document", (_, keys, issues) => {
    expect(issuesOf(flowV2(keys as never))).toEqual(issues);
  });

  it("D6: reports faults of keys and of meaning together", () => {
    const document = flowV2({ name: "S3!", trigger: "MANUAL", settings: { labels: "pci" }, ...asking({ values: [] }) } as never);
    expect(issuesOf(document).sort()).toEqual([
      "empty requestors.conditions[0].values",
      "name_invalid name",
      "unknown_word trigger",
      "wrong_type settings.labels",
    ]);
  });

  it("names the nearest known key and word", () => {
    const read = fromApono(flowV2({ setings: {}, trigger: "SELF_SERV" }));
    expect(read.ok ? [] : read.error.map((issue) => issue.nearest)).toEqual(["SELF_SERVE", "settings"]);
  });

  it("begins messages with the place in the document", () => {
    const read = fromApono(flowV2(asking({ values: ["a", " "] }) as never));
    expect(read.ok ? [] : read.error.map((issue) => issue.message)).toEqual(["requestors.conditions[0].values[1] is blank"]);
  });

  it("begins and ends in the words of the document", () => {
    const hours = { start_time: "09:00", end_time: "09:00:00", days_of_week: ["MONDAY"], time_zone: "UTC" };
    const settings = { justification_required: false, max_extensions: 1, extension_duration_in_min: 30 };
    const read = fromApono(flowV2({ timeframe: hours, grant_duration_in_min: null, settings }));
    expect(read.ok ? [] : read.error.map((issue) => issue.message).sort()).toEqual([
      "settings.max_extensions has no meaning without `grant_duration_in_min`: such access has no end to move",
      "timeframe.end_time is equal to `start_time`: a whole day is `00:00:00` to `23:59:59`",
    ]);
  });

  it("D8: refuses keys that could reach a prototype", () => {
    const document = JSON.parse(`{ "__proto__": {}, "constructor": 1, ${JSON.stringify(flowV2()).slice(1)}`);
    expect(issuesOf(document)).toEqual(["forbidden_key __proto__", "forbidden_key constructor"]);
  });
});
