import { describe, expect, it } from "vitest";
import { printPath } from "../../../src/core/kernel/path.js";
import { faultsOf, fullest, issuesOf, smallest, without, withValue } from "./definitions.js";

const group = { conditions: [{ attribute: "group", values: ["leads"] }] };
const owners = { conditions: [{ relation: "owner" }] };
const approvalOf = { kind: "approvalOf", groups: "anyOf", approverGroups: [group] };
const onlyOn = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "UTC" };

describe("on an automatic flow", () => {
  const automatic = { ...smallest, trigger: "automatic", settings: {}, grantFor: { kind: "indefinite" } };

  it.each<[string[], unknown]>([
    [["approval"], approvalOf],
    [["requestFor"], { scopes: ["self", "directReports"] }],
    [["requestFor"], { scopes: ["others"], grantees: group }],
    [["schedule"], onlyOn],
    [["settings", "requireMfa"], true],
    [["settings", "requireJustification"], true],
    [["settings", "requireApproverReason"], true],
    [["settings", "requestorCannotApproveSelf"], true],
    [["settings", "requireDuration"], true],
    [["settings", "startWithin"], { amount: 1, unit: "day" }],
    [["grantFor", "endWith"], "schedule"],
  ])("D5: %j other than by default means nothing", (path, value) => {
    expect(faultsOf(withValue(automatic, path, value))).toEqual([`combination_means_nothing at ${printPath(path)}`]);
  });

  it("D5: people who may be asked for are told of, though no scope lets anybody ask", () => {
    const grantees = { conditions: [{ attribute: "group", values: ["staff"] }] };
    expect(faultsOf({ ...automatic, requestFor: { grantees } })).toEqual([
      "combination_means_nothing at requestFor",
      "combination_means_nothing at requestFor.grantees",
    ]);
  });

  it("D5: extensions mean nothing", () => {
    const definition = { ...automatic, grantFor: { kind: "fixed", amount: 1, unit: "day" }, settings: { maxExtensions: 1 } };
    expect(faultsOf(definition)).toEqual(["combination_means_nothing at settings.maxExtensions"]);
  });

  it("D5: what is written as the default says is no issue", () => {
    const definition = {
      ...automatic,
      approval: { kind: "automatic" },
      requestFor: { scopes: ["self"] },
      schedule: { kind: "always" },
      settings: { requireMfa: false, startWithin: null, maxExtensions: 0, mfaWithin: { amount: 60, unit: "minute" }, labels: ["x"] },
    };
    expect(faultsOf(definition)).toEqual([]);
  });
});

describe("for whom one may ask", () => {
  it("D5: grantees without the scope `others` mean nothing", () => {
    expect(faultsOf({ ...smallest, requestFor: { grantees: group } })).toEqual(["combination_means_nothing at requestFor.grantees"]);
  });

  it("D5: the scope `others` without grantees means nothing", () => {
    expect(faultsOf({ ...smallest, requestFor: { scopes: ["self", "others"] } })).toEqual([
      "combination_means_nothing at requestFor.scopes",
    ]);
  });

  it("D5: faulty grantees are not taken for absent ones", () => {
    expect(faultsOf({ ...smallest, requestFor: { scopes: ["others"], grantees: 5 } })).toEqual(["not_an_object at requestFor.grantees"]);
  });
});

describe("settings", () => {
  it("D5: extensions of an indefinite grant mean nothing", () => {
    const definition = { ...smallest, grantFor: { kind: "indefinite" }, settings: { maxExtensions: 1 } };
    expect(faultsOf(definition)).toEqual(["combination_means_nothing at settings.maxExtensions"]);
  });

  it("D5: a time for authentication without authentication means nothing", () => {
    expect(faultsOf({ ...smallest, settings: { mfaWithin: { amount: 2, unit: "hour" } } })).toEqual([
      "combination_means_nothing at settings.mfaWithin",
    ]);
  });

  it("D5: the default time for authentication is meant by its length", () => {
    expect(faultsOf({ ...smallest, settings: { mfaWithin: { amount: 60, unit: "minute" } } })).toEqual([]);
  });

  it("D5: a faulty switch accuses no other setting", () => {
    expect(faultsOf({ ...smallest, settings: { requireMfa: "yes", mfaWithin: { amount: 2, unit: "hour" } } })).toEqual([
      "wrong_type at settings.requireMfa",
    ]);
  });
});

describe("schedules", () => {
  const windows = [{ days: ["friday"], from: "09:00", to: "17:00" }];

  it.each(["days", "from", "to"] as const)("D5: windows beside `%s` mean nothing", (key) => {
    const schedule = { kind: "onlyOn", windows, timeZone: "UTC", [key]: onlyOn[key] };
    expect(faultsOf({ ...smallest, schedule })).toEqual(["combination_means_nothing at schedule.windows"]);
  });

  it("D5: `except` may stand beside days and beside windows", () => {
    const except = ["2024-02-29"];
    const schedules = [
      { ...onlyOn, except },
      { kind: "onlyOn", windows, timeZone: "UTC", except },
    ];
    expect(schedules.map((schedule) => faultsOf({ ...smallest, schedule }))).toEqual([[], []]);
  });

  it.each(["2025-02-29", "2026-13-01", "2026-1-1", "20260101", "", "2026-01-01T00:00"])("D5: `except` %j is no real date", (date) => {
    expect(faultsOf({ ...smallest, schedule: { ...onlyOn, except: [date] } })).toEqual(["date_unknown at schedule.except[0]"]);
  });
});

describe("approval", () => {
  it("D5: distinct approvers under `anyOf` mean nothing", () => {
    expect(faultsOf({ ...smallest, approval: { ...approvalOf, distinctApprovers: true } })).toEqual([
      "combination_means_nothing at approval.distinctApprovers",
    ]);
  });

  it("D5: distinct approvers together with an owner condition mean nothing", () => {
    const approval = { ...approvalOf, groups: "allOf", approverGroups: [group, owners], distinctApprovers: true };
    expect(faultsOf({ ...smallest, approval })).toEqual(["combination_means_nothing at approval.distinctApprovers"]);
  });

  it("D5: an owner condition in a tier goes with distinct approvers", () => {
    const approval = { ...approvalOf, groups: "allOf", distinctApprovers: true, escalation: { tiers: [owners] } };
    expect(faultsOf({ ...smallest, approval })).toEqual([]);
  });

  it("D5: two meaningless combinations are two issues", () => {
    const approval = { ...approvalOf, approverGroups: [owners], distinctApprovers: true };
    expect(issuesOf({ ...smallest, approval }).map((issue) => issue.message)).toEqual([
      "approval.distinctApprovers has no meaning under `anyOf`: one group decides",
      "approval.distinctApprovers has no meaning together with an owner condition in a group",
    ]);
  });

  it("D5: `required` in a tier means nothing", () => {
    const path = ["approval", "escalation", "tiers", 0, "required"];
    expect(faultsOf(withValue(fullest, path, 1))).toEqual([`combination_means_nothing at ${printPath(path)}`]);
  });

  it.each([
    ["approval", "escalation", "tiers", 0, "required"],
    ["requestors", "conditions", 0, "relation"],
  ])("D5: a refused key that is undefined is absent (%s.%s.%s)", (...path) => {
    expect(faultsOf(withValue(fullest, path, undefined))).toEqual([]);
  });
});

describe("beside other faults", () => {
  it.each([{}, { conditions: undefined }])("D6: stand before the faults inside the key that means nothing: %j", (grantees) => {
    expect(faultsOf({ ...smallest, requestFor: { scopes: ["self"], grantees } })).toEqual([
      "combination_means_nothing at requestFor.grantees",
      "missing_key at requestFor.grantees.conditions",
    ]);
  });

  it("D6: combinations are found in a definition that has faults elsewhere", () => {
    const definition = { ...(without(smallest, ["name"]) as object), requestFor: { scopes: ["others"] }, zzzzzz: 1 };
    expect(faultsOf(definition)).toEqual([
      "combination_means_nothing at requestFor.scopes",
      "unknown_key at zzzzzz",
      "missing_key at name",
    ]);
  });
});

describe("faulty parts", () => {
  it.each<readonly [definition: object, faults: readonly string[]]>([
    [
      { trigger: "automatic", schedule: 1, requestFor: 1, grantFor: 1, approval: 1, settings: 1 },
      [
        ...["not_an_object at schedule", "not_an_object at requestFor", "not_an_object at grantFor", "not_an_object at approval"],
        "not_an_object at settings",
      ],
    ],
    [{ trigger: "automatic", requestFor: { scopes: 1 } }, ["wrong_type at requestFor.scopes"]],
    [
      { trigger: "automatic", settings: { startWithin: 1, maxExtensions: "1" } },
      ["wrong_type at settings.startWithin", "wrong_type at settings.maxExtensions"],
    ],
    [
      { grantFor: { kind: "indefinite" }, settings: { maxExtensions: "1", mfaWithin: { unit: "hour" } } },
      ["wrong_type at settings.maxExtensions", "missing_key at settings.mfaWithin.amount"],
    ],
    [{ settings: { mfaWithin: { amount: 2 } } }, ["missing_key at settings.mfaWithin.unit"]],
    [{ grantFor: { kind: "indefinite" }, settings: 1 }, ["not_an_object at settings"]],
    [
      { approval: { ...approvalOf, groups: "allOf", approverGroups: 1, distinctApprovers: true } },
      ["wrong_type at approval.approverGroups"],
    ],
  ])("D5: accuse nobody else: %j", (definition, faults) => {
    expect(faultsOf({ ...smallest, ...definition })).toEqual(faults);
  });
});
