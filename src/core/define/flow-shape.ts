import { operators } from "../flow/condition.js";
import { durationUnits } from "../time/duration.js";
import { weekdays } from "../time/schedule.js";
import type { Field, ListShape, RecordShape, TextShape, UnionShape } from "./shape.js";
import {
  anyList,
  choice,
  fallback,
  filledList,
  flag,
  ignored,
  nothing,
  optional,
  record,
  refused,
  required,
  text,
  union,
  whole,
  word,
} from "./shape.js";

/*
 * The grammar of chapter D: what a definition may say, its defaults, and the order of keys in its normal
 * form. What two keys mean together stands in `combinations.ts` (D5).
 */

const manyEntries = 1_000;
const manyConditions = 10_000;
const manyValues = 10_000;
const longestValue = 256;

/** A text that names something: never blank. */
const reference: TextShape = text("filled");

const kind = (name: string): Field => required(word([name], "unknown_kind"));

/** The values of a condition or a filter. */
const values: ListShape = filledList(text("filled", { max: longestValue }), { max: manyValues, unique: true });

export const durationShape: RecordShape = record(
  "duration",
  { amount: required({ is: "number", whole: false, from: null }), unit: required(word(durationUnits)) },
  { check: "duration" },
);

export const attributeConditionShape: RecordShape = record("attributeCondition", {
  attribute: required(reference),
  operator: fallback(word(operators, "unknown_operator"), "is"),
  values: required(values),
  source: optional(reference),
  match: optional(word(["name"])),
  relation: refused("unknown_key", "has a meaning in approver groups only"),
  of: refused("unknown_key", "has a meaning beside `relation` only"),
});

/** Conditions of approver groups: of attributes, or of who the voter is to the request (A7). */
export const conditionShape: UnionShape = union(
  "relation",
  {
    manager: record("managerCondition", {
      relation: required(word(["manager"])),
      of: fallback(word(["requestor", "grantee"]), "requestor"),
    }),
    owner: record("ownerCondition", { relation: required(word(["owner"])) }),
  },
  attributeConditionShape,
);

const listOfConditions = (of: RecordShape | UnionShape): ListShape =>
  filledList(of, { max: manyEntries, total: { of: "conditions", limit: manyConditions } });

const combinator = fallback(word(["and", "or"]), "and");

export const conditionsShape: RecordShape = record("conditions", {
  combinator,
  conditions: required(listOfConditions(attributeConditionShape)),
});

const approverGroupShape: RecordShape = record("approverGroup", {
  combinator,
  conditions: required(listOfConditions(conditionShape)),
  required: fallback(whole(1), 1),
});

const tierShape: RecordShape = record("tier", {
  combinator,
  conditions: required(listOfConditions(conditionShape)),
  required: refused("combination_means_nothing", "has no meaning in a tier: one member decides alone"),
});

const days = filledList(word(weekdays), { unique: true });
const from = text("from");
const to = text("to");

const windowShape: RecordShape = record("window", { days: required(days), from: required(from), to: required(to) }, { check: "window" });

export const scheduleShape: UnionShape = union("kind", {
  always: record("alwaysSchedule", { kind: kind("always") }),
  onlyOn: record(
    "onlyOnSchedule",
    {
      kind: kind("onlyOn"),
      days: optional(days),
      from: optional(from),
      to: optional(to),
      windows: optional(filledList(windowShape)),
      timeZone: required(text("timeZone")),
      except: optional(anyList(text("date"), { unique: true })),
    },
    { forms: { usual: ["days", "from", "to"], other: "windows" }, check: "window" },
  ),
});

const filterShape: UnionShape = union("by", {
  name: record("nameFilter", { by: required(word(["name"])), values: required(values) }),
  id: record("idFilter", { by: required(word(["id"])), values: required(values) }),
  tag: record("tagFilter", { by: required(word(["tag"])), key: required(reference), values: required(values) }),
});

export const targetShape: UnionShape = union("kind", {
  integration: record("integrationTarget", {
    kind: kind("integration"),
    integration: required(reference),
    resourceType: required(reference),
    permissions: required(filledList(reference, { unique: true })),
    resources: fallback(
      choice(
        word(["any"]),
        record(
          "resourceSelection",
          { include: optional(filledList(filterShape)), exclude: optional(filledList(filterShape)) },
          { atLeastOne: true },
        ),
      ),
      "any",
    ),
  }),
  bundle: record("bundleTarget", { kind: kind("bundle"), bundle: required(reference) }),
  accessScope: record("accessScopeTarget", { kind: kind("accessScope"), accessScope: required(reference) }),
});

const endWith = optional(word(["schedule"]));

const grantForShape: UnionShape = union("kind", {
  fixed: record("fixedGrant", { kind: kind("fixed"), ...durationShape.keys, endWith }, { check: "duration" }),
  indefinite: record("indefiniteGrant", { kind: kind("indefinite"), endWith }),
});

export const approvalShape: UnionShape = union("kind", {
  automatic: record("automaticApproval", { kind: kind("automatic") }),
  approvalOf: record("approvalOf", {
    kind: kind("approvalOf"),
    groups: required(word(["anyOf", "allOf"])),
    approverGroups: required(filledList(approverGroupShape, { max: 50 })),
    distinctApprovers: fallback(flag, false),
    expiresAfter: fallback(choice(durationShape, word(["never"])), { amount: 24, unit: "hour" }),
    escalation: optional(
      record("escalation", {
        every: fallback(durationShape, { amount: 30, unit: "minute" }),
        tiers: required(filledList(tierShape, { max: 5 })),
      }),
    ),
  }),
});

const defaultSettings = {
  labels: [],
  requireMfa: false,
  requireJustification: false,
  requireApproverReason: false,
  requestorCannotApproveSelf: false,
  requireDuration: false,
  mfaWithin: { amount: 1, unit: "hour" },
  activateWithin: { amount: 7, unit: "day" },
  startWithin: null,
  maxExtensions: 0,
  extension: { amount: 30, unit: "minute" },
};

const settingsShape: RecordShape = record("settings", {
  labels: fallback(anyList(text("wellFormed"), { max: 100, unique: true }), defaultSettings.labels),
  requireMfa: fallback(flag, false),
  requireJustification: fallback(flag, false),
  requireApproverReason: fallback(flag, false),
  requestorCannotApproveSelf: fallback(flag, false),
  requireDuration: fallback(flag, false),
  mfaWithin: fallback(durationShape, defaultSettings.mfaWithin),
  activateWithin: fallback(durationShape, defaultSettings.activateWithin),
  startWithin: fallback(choice(durationShape, nothing), null),
  maxExtensions: fallback(whole(0), 0),
  extension: fallback(durationShape, defaultSettings.extension),
});

const scopes = ["self"];

/** An access flow as written. `id` is optional here: its default comes from the name (D2). */
export const accessFlowShape: RecordShape = record("accessFlow", {
  $schema: ignored(text("wellFormed")),
  format: fallback(word(["accessflow/v1"], "unknown_format"), "accessflow/v1"),
  id: optional(text("id")),
  name: required(text("name")),
  description: fallback(text("wellFormed"), ""),
  active: fallback(flag, true),
  trigger: fallback(word(["selfServe", "automatic"]), "selfServe"),
  schedule: fallback(scheduleShape, { kind: "always" }),
  requestors: required(conditionsShape),
  requestFor: fallback(
    record("requestFor", {
      scopes: fallback(filledList(word(["self", "others", "directReports"]), { unique: true }), scopes),
      grantees: optional(conditionsShape),
    }),
    { scopes },
  ),
  targets: required(filledList(targetShape, { max: manyEntries })),
  grantFor: fallback(grantForShape, { kind: "fixed", amount: 1, unit: "hour" }),
  approval: fallback(approvalShape, { kind: "automatic" }),
  settings: fallback(settingsShape, defaultSettings),
});
