import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { flowV1 } from "./documents.js";
import { flowOf, issuesOf, notesOf } from "./read.js";

const condition = { attribute_type: "user", attribute_names: ["ann@corp.com"] };

describe("fromApono: flows of v1", () => {
  it("reads a flow, and notes that a justification is required", () => {
    const { trigger, requestors, targets, grantFor, settings } = flowOf(flowV1());
    expect({ trigger, requestors, targets, grantFor, justification: settings.requireJustification }).toEqual({
      trigger: "selfServe",
      requestors: { combinator: "and", conditions: [{ attribute: "user", operator: "is", values: ["ann@corp.com"] }] },
      targets: [{ kind: "bundle", bundle: "buckets" }],
      grantFor: { kind: "fixed", amount: 1, unit: "hour" },
      justification: true,
    });
    expect(notesOf(flowV1())).toEqual(["settings"]);
  });

  it("reads -1 seconds as never", () => {
    expect(flowOf(flowV1({ revoke_after_in_sec: -1 })).grantFor).toEqual({ kind: "indefinite" });
  });

  it("reads seconds that are no whole minutes", () => {
    expect(flowOf(flowV1({ revoke_after_in_sec: 90 })).grantFor).toEqual({ kind: "fixed", amount: 1.5, unit: "minute" });
  });

  it("reads a timeframe with seconds", () => {
    const timeframe = { start_time: "00:00:00", end_time: "23:59:59", days_in_week: ["FRIDAY"], time_zone: "Asia/Jerusalem" };
    expect(flowOf(flowV1({ trigger: { type: "user_request", timeframe } })).schedule).toEqual({
      kind: "onlyOn",
      days: ["friday"],
      from: "00:00:00",
      to: "23:59:59",
      timeZone: "Asia/Jerusalem",
    });
  });

  it("reads an automatic flow, which needs no justification", () => {
    const document = flowV1({ trigger: { type: "automatic" } });
    expect([flowOf(document).trigger, notesOf(document)]).toEqual(["automatic", []]);
  });

  it("compares with names where v1 lists names, and notes it", () => {
    const group = { attribute_conditions: [{ attribute_type: "group", attribute_names: ["R&D"], integration_id: "i-1" }] };
    const document = flowV1({ grantees_conditions_group: group });
    expect(flowOf(document).requestors).toEqual({
      combinator: "and",
      conditions: [{ attribute: "group", operator: "is", values: ["R&D"], source: "i-1", match: "name" }],
    });
    const at = "grantees_conditions_group";
    expect(notesOf(document)).toEqual([`${at}.conditions_logical_operator`, `${at}.attribute_conditions[0].attribute_names`, "settings"]);
  });

  it.each([
    ["absent", {}],
    ["null", { conditions_logical_operator: null }],
  ])("reads an operator that is %s as the one that closes, of requestors and approvers alike, and notes it", (_, operator) => {
    const group = { ...operator, attribute_conditions: [condition, condition] };
    const document = flowV1({
      grantees_conditions_group: group,
      approver_policy: { approver_groups_relationship: "ANY_OF", approver_groups: [group] },
    });
    const { requestors, approval } = flowOf(document);
    expect([requestors.combinator, approval.kind === "approvalOf" && approval.approverGroups[0].combinator]).toEqual(["and", "and"]);
    const read = fromApono(document);
    const said = read.ok ? read.value.notes.map((note) => note.message) : [];
    expect(said.filter((message) => message.includes("conditions_logical_operator"))).toEqual([
      "grantees_conditions_group.conditions_logical_operator is not given: every condition must hold",
      "approver_policy.approver_groups[0].conditions_logical_operator is not given: every condition must hold",
    ]);
  });

  it("notes of an absent operator with one condition no more than that", () => {
    const read = fromApono(flowV1({ grantees_conditions_group: { attribute_conditions: [condition] } }));
    expect(read.ok && read.value.notes[0]?.message).toBe(
      "grantees_conditions_group.conditions_logical_operator is not given: there is one condition",
    );
  });

  it.each([
    [0, "must be more than nothing, or -1 for access without end"],
    [100, "cannot be `100` here: that many seconds are no decimal of minutes; the nearest that are: `99` and `102`"],
    [1, "cannot be `1` here: that many seconds are no decimal of minutes; the nearest that are: `3`"],
    [315_360_000_001, "must be at most 3650 days, not `5256000000.016666` minute"],
  ])("W1: refuses %s seconds in words of the document", (revoke_after_in_sec, says) => {
    const read = fromApono(flowV1({ revoke_after_in_sec }));
    expect(read.ok ? [] : read.error.map((issue) => issue.message)).toEqual([`revoke_after_in_sec ${says}`]);
  });

  it("reads include and exclude filters, one value each", () => {
    const target = {
      name: "DB Prod",
      resource_type: "database",
      permissions: ["READ_ONLY"],
      resource_include_filters: [
        { type: "id", value: "1" },
        { type: "tag", key: "env", value: "prod" },
      ],
      resource_exclude_filters: [
        { type: "name", value: "ledger" },
        { type: "tag", name: "pci", value: "yes" },
      ],
    };
    expect(flowOf(flowV1({ integration_targets: [target] })).targets).toEqual([
      {
        kind: "integration",
        integration: "DB Prod",
        resourceType: "database",
        permissions: ["READ_ONLY"],
        resources: {
          include: [
            { by: "id", values: ["1"] },
            { by: "tag", key: "env", values: ["prod"] },
          ],
          exclude: [
            { by: "name", values: ["ledger"] },
            { by: "tag", key: "pci", values: ["yes"] },
          ],
        },
      },
      { kind: "bundle", bundle: "buckets" },
    ]);
  });

  it("reads approver groups, their relation and the settings of votes", () => {
    const group = { conditions_logical_operator: "OR", attribute_conditions: [condition, { attribute_type: "Owner" }] };
    const document = flowV1({
      approver_policy: { approver_groups_relationship: "ALL_OF", approver_groups: [group] },
      settings: { approver_cannot_self_approve: true, require_approver_justification: true, require_justification_on_request_again: false },
      labels: ["db"],
    });
    const { approval, settings } = flowOf(document);
    expect(approval).toMatchObject({
      groups: "allOf",
      approverGroups: [
        {
          combinator: "or",
          required: 1,
          conditions: [{ attribute: "user", operator: "is", values: ["ann@corp.com"] }, { relation: "owner" }],
        },
      ],
    });
    expect(settings).toMatchObject({ requestorCannotApproveSelf: true, requireApproverReason: true, labels: ["db"] });
  });

  it.each<[string, object, string[]]>([
    ["the list of grantees", { grantees: [] }, ["unknown_key grantees"]],
    ["the list of approvers", { approvers: [] }, ["unknown_key approvers"]],
    [
      "all approvers of no list",
      { settings: { require_all_approvers: true } },
      ["combination_means_nothing settings.require_all_approvers"],
    ],
    ["an unknown trigger", { trigger: { type: "SELF_SERVE" } }, ["unknown_word trigger.type"]],
    ["no duration", { revoke_after_in_sec: 0 }, ["duration_invalid revoke_after_in_sec"]],
    ["a duration before never", { revoke_after_in_sec: -2 }, ["number_invalid revoke_after_in_sec"]],
    ["no target", { bundle_targets: null }, ["empty integration_targets"]],
    ["a blank bundle", { bundle_targets: [{ name: "" }] }, ["blank bundle_targets[0].name"]],
    [
      "an empty list of filters",
      { integration_targets: [{ name: "a", resource_type: "b", permissions: ["c"], resource_include_filters: [] }] },
      ["empty integration_targets[0].resource_include_filters"],
    ],
    [
      "a blank value of a filter",
      {
        integration_targets: [
          { name: "a", resource_type: "b", permissions: ["c"], resource_include_filters: [{ type: "id", value: " " }] },
        ],
      },
      ["blank integration_targets[0].resource_include_filters[0].value"],
    ],
    [
      "a time zone that is an offset",
      {
        trigger: {
          type: "user_request",
          timeframe: { start_time: "08:00", end_time: "09:00", days_in_week: ["MONDAY"], time_zone: "UTC+2" },
        },
      },
      ["time_zone_offset trigger.timeframe.time_zone"],
    ],
  ])("refuses %s, with its place in the document", (_, keys, issues) => {
    expect(issuesOf(flowV1(keys as never))).toEqual(issues);
  });
});
