/*
 * The cases written by hand: each rule by what it says, its edge, and what it must not be taken for. What is expected was
 * written from the rules; `scripts/make-conformance.ts` holds library and reference against it.
 */
import type { ConformanceCase } from "../../src/conformance/index.js";
import type { Json } from "../../src/core/kernel/json.js";

type Row = { readonly [key: string]: Json };

const hour = 3_600_000;
/** Monday, nine o'clock in UTC. */
const at = Date.UTC(2026, 2, 2, 9);
const staff: Row = { conditions: [{ attribute: "group", values: ["staff"] }] };
const ada: Row = { id: "ada", emails: ["ada@corp.com"], accounts: [], attributes: { group: ["staff"] } };
const minimal: Row = { name: "S3 read", requestors: staff, targets: [{ kind: "bundle", bundle: "b" }] };

function named(rule: string, title: string, operation: string, input: Json, expected: Json): ConformanceCase {
  return { rule, title, operation, input, expected };
}

// D

/** The normal form of `minimal`. */
const normal: Row = {
  ...{ format: "accessflow/v1", id: "s3-read", name: "S3 read", description: "", active: true, trigger: "selfServe" },
  schedule: { kind: "always" },
  requestors: { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["staff"] }] },
  requestFor: { scopes: ["self"] },
  targets: [{ kind: "bundle", bundle: "b" }],
  grantFor: { kind: "fixed", amount: 1, unit: "hour" },
  approval: { kind: "automatic" },
  settings: {
    ...{ labels: [], requireMfa: false, mfaWithin: { amount: 1, unit: "hour" }, requireJustification: false },
    ...{ requireApproverReason: false, requestorCannotApproveSelf: false, requireDuration: false },
    ...{ activateWithin: { amount: 7, unit: "day" }, startWithin: null, maxExtensions: 0, extension: { amount: 30, unit: "minute" } },
  },
};
const accepted = (rule: string, title: string, written: Row, differing: Row = written): ConformanceCase => {
  const settings = { ...(normal["settings"] as Row), ...((differing["settings"] as Row | undefined) ?? {}) };
  return named(
    rule,
    title,
    "checkAccessFlow",
    { definition: { ...minimal, ...written } },
    { ok: true, flow: { ...normal, ...differing, settings } },
  );
};
const refused = (
  rule: string,
  title: string,
  definition: Json,
  ...issues: readonly (readonly [code: string, ...path: (string | number)[]])[]
) => named(rule, title, "checkAccessFlow", { definition }, { ok: false, issues: issues.map(([code, ...path]) => ({ code, path })) });
const fault = (rule: string, title: string, wrong: Row, ...issues: readonly (readonly [code: string, ...path: (string | number)[]])[]) =>
  refused(rule, title, { ...minimal, ...wrong }, ...issues);
const idMadeOf = (name: string, id: string) =>
  accepted("D2", `the id made of ${JSON.stringify(name)}`, { name }, { name: name.trim(), id });
const onCondition = (condition: Json): Row => ({ requestors: { conditions: [condition] } });
const approvalOf = (rest: Row = {}): Row => ({ kind: "approvalOf", groups: "anyOf", approverGroups: [staff], ...rest });
const days = ["monday"];
const onlyOn = (rest: Row): Row => ({ schedule: { kind: "onlyOn", timeZone: "UTC", ...rest } });

const definitions: ConformanceCase[] = [
  accepted("D7", "a minimal flow gets every default", {}),
  named("D7", "a normal form is its own normal form", "checkAccessFlow", { definition: normal }, { ok: true, flow: normal }),
  accepted(
    "D7",
    "repeated labels are dropped, the first stays",
    { settings: { labels: ["b", "a", "b"] } },
    { settings: { labels: ["b", "a"] } },
  ),
  accepted(
    "D7",
    "values repeated in another normal form are one value, as first written",
    onCondition({ attribute: "group", values: ["cafe\u0301", "caf\u00e9", "x"] }),
    { requestors: { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: ["cafe\u0301", "x"] }] } },
  ),
  accepted("D1", "$schema is allowed at the root and dropped", { $schema: "https://example.com/schema.json" }, {}),
  fault("D1", "a misspelt key is an issue", { settings: { requireMFA: true } }, ["unknown_key", "settings", "requireMFA"]),
  fault("D1", "$schema deeper down is a key like any other", { settings: { $schema: "x" } }, ["unknown_key", "settings", "$schema"]),
  refused("D6", "no record at all", 7, ["not_an_object"]),
  refused(
    "D6",
    "all issues at once, in the order of the document",
    { name: "", active: "yes", requestors: staff, targets: [] },
    ["name_invalid", "name"],
    ["wrong_type", "active"],
    ["empty", "targets"],
  ),
  idMadeOf("Acc\u00e8s base - prod", "acces-base-prod"),
  idMadeOf("a_b.c", "a_b.c"),
  idMadeOf("  S3  read ", "s3-read"),
  idMadeOf("(Prod) & Test", "prod-test"),
  fault("D2", "an id must be written where none can be made", { name: "\u8bbf\u95ee" }, ["id_needed", "id"]),
  accepted("D2", "letters of any script make a name", { name: "\u8bbf\u95ee", id: "x" }),
  fault("D2", "a name without letter or digit", { name: "--" }, ["name_invalid", "name"]),
  fault("D2", "a name with another character", { name: "a*b" }, ["name_invalid", "name"]),
  fault("D2", "a name of 101 characters", { name: "x".repeat(101) }, ["name_invalid", "name"]),
  accepted("D2", "a name of 100 characters", { name: "x".repeat(100), id: "x" }),
  fault("D2", "an id with a space", { id: "a b" }, ["id_invalid", "id"]),
  fault("D3", "no conditions", { requestors: { conditions: [] } }, ["empty", "requestors", "conditions"]),
  fault("D3", "a blank value", onCondition({ attribute: "group", values: [" "] }), ["blank", "requestors", "conditions", 0, "values", 0]),
  accepted("D3", "a value is kept as it was written", onCondition({ attribute: "group", values: [" a "] }), {
    requestors: { combinator: "and", conditions: [{ attribute: "group", operator: "is", values: [" a "] }] },
  }),
  fault("D3", "half a surrogate pair", onCondition({ attribute: "group", values: ["\ud800"] }), [
    "lone_surrogate",
    "requestors",
    "conditions",
    0,
    "values",
    0,
  ]),
  fault(
    "D3",
    "a selection that says nothing",
    { targets: [{ kind: "integration", integration: "i", resourceType: "t", permissions: ["p"], resources: {} }] },
    ["empty", "targets", 0, "resources"],
  ),
  fault("D4", "a value of 257 characters", onCondition({ attribute: "group", values: ["x".repeat(257)] }), [
    "too_long",
    "requestors",
    "conditions",
    0,
    "values",
    0,
  ]),
  fault("D4", "a duration of 3,651 days", { grantFor: { kind: "fixed", amount: 3651, unit: "day" } }, [
    "duration_out_of_range",
    "grantFor",
    "amount",
  ]),
  fault("D4", "a duration that is no whole number of milliseconds", { grantFor: { kind: "fixed", amount: 1e-7, unit: "hour" } }, [
    "duration_invalid",
    "grantFor",
    "amount",
  ]),
  fault("D4", "half an extension", { settings: { maxExtensions: 0.5 } }, ["number_invalid", "settings", "maxExtensions"]),
  fault("D4", "101 labels", { settings: { labels: Array.from({ length: 101 }, (_, index) => `l${index}`) } }, [
    "too_many",
    "settings",
    "labels",
  ]),
  fault("D5", "an automatic flow with an approval", { trigger: "automatic", approval: approvalOf() }, [
    "combination_means_nothing",
    "approval",
  ]),
  accepted("D5", "an automatic flow that says a default", { trigger: "automatic", approval: { kind: "automatic" } }),
  fault("D5", "others without grantees", { requestFor: { scopes: ["others"] } }, ["combination_means_nothing", "requestFor", "scopes"]),
  fault("D5", "grantees without others", { requestFor: { scopes: ["self"], grantees: staff } }, [
    "combination_means_nothing",
    "requestFor",
    "grantees",
  ]),
  fault("D5", "extensions of an indefinite grant", { grantFor: { kind: "indefinite" }, settings: { maxExtensions: 1 } }, [
    "combination_means_nothing",
    "settings",
    "maxExtensions",
  ]),
  fault("D5", "different people under anyOf", { approval: approvalOf({ distinctApprovers: true }) }, [
    "combination_means_nothing",
    "approval",
    "distinctApprovers",
  ]),
  fault("D5", "a date that no calendar has", onlyOn({ days, from: "09:00", to: "10:00", except: ["2026-02-30"] }), [
    "date_unknown",
    "schedule",
    "except",
    0,
  ]),
  refused(
    "D8",
    "__proto__ as a key",
    JSON.parse(
      '{"name":"x","requestors":{"conditions":[{"attribute":"group","values":["staff"]}]},"targets":[{"kind":"bundle","bundle":"b"}],"__proto__":{"active":false}}',
    ),
    ["forbidden_key", "__proto__"],
  ),
  fault("D8", "constructor as a key", { constructor: 1 }, ["forbidden_key", "constructor"]),
  fault("S2", "24:00 opens nothing", onlyOn({ days, from: "24:00", to: "10:00" }), ["time_invalid", "schedule", "from"]),
  fault("S3", "a window that begins where it ends", onlyOn({ days, from: "09:00", to: "09:00" }), ["window_empty", "schedule", "to"]),
  fault("S5", "an offset is no time zone", { schedule: { kind: "onlyOn", timeZone: "+02:00", days, from: "09:00", to: "10:00" } }, [
    "time_zone_offset",
    "schedule",
    "timeZone",
  ]),
  fault("S5", "a zone that nobody knows", { schedule: { kind: "onlyOn", timeZone: "Mars/Base", days, from: "09:00", to: "10:00" } }, [
    "time_zone_unknown",
    "schedule",
    "timeZone",
  ]),
];

// C

const condition = (rule: string, title: string, tested: Row, identity: Row, expected: string): ConformanceCase =>
  named(rule, title, "conditionTruth", { condition: tested, identity: { id: "ada", ...identity } }, expected);
const inGroup = (operator: string, values: string[], more: Row = {}): Row => ({ attribute: "group", operator, values, ...more });
const group = (...values: Json[]): Row => ({ attributes: { group: values } });
const isUser = (operator: string, ...values: string[]): Row => ({ attribute: "user", operator, values });

const conditions: ConformanceCase[] = [
  condition("C2", "one of several values is enough", inGroup("is", ["a", "b"]), group("x", "b"), "holds"),
  condition("C2", "none of them is not", inGroup("is", ["a", "b"]), group("x", "y"), "fails"),
  condition("C2", "startsWith looks at the beginning alone", inGroup("startsWith", ["min"]), group("admin"), "fails"),
  condition("C2", "contains looks anywhere", inGroup("contains", ["min"]), group("admin"), "holds"),
  condition("C3", "isNot fails as soon as one value matches", inGroup("isNot", ["a"]), group("x", "a"), "fails"),
  condition("C3", "isNot holds where none does", inGroup("isNot", ["a", "b"]), group("x", "y"), "holds"),
  condition("C3", "doesNotContain negates contains", inGroup("doesNotContain", ["min"]), group("x", "admin"), "fails"),
  ...["is", "isNot", "contains", "doesNotContain", "startsWith"].flatMap((operator) => [
    condition("C4", `an absent attribute is unknown under ${operator}`, inGroup(operator, ["a"]), { attributes: {} }, "unknown"),
    condition("C4", `null is absent under ${operator}`, inGroup(operator, ["a"]), { attributes: { group: null } }, "unknown"),
    condition(
      "C4",
      `an empty list is known under ${operator}`,
      inGroup(operator, ["a"]),
      group(),
      /not/i.test(operator) ? "holds" : "fails",
    ),
  ]),
  condition("C4", "a null in a list leaves isNot unknown", inGroup("isNot", ["a"]), group("x", null), "unknown"),
  condition("C4", "another value may match beside a null", inGroup("is", ["a"]), group(null, "a"), "holds"),
  condition("C4", "a match is a match beside a null", inGroup("isNot", ["a"]), group(null, "a"), "fails"),
  condition(
    "C4",
    "manager null is knowledge: nobody",
    { attribute: "manager", operator: "isNot", values: ["eve"] },
    { manager: null },
    "holds",
  ),
  condition("C5", "is looks at ids, not at names", inGroup("is", ["Admins"]), group({ id: "g-1", name: "Admins" }), "fails"),
  condition("C5", "a name counts under match", inGroup("is", ["Admins"], { match: "name" }), group({ id: "g-1", name: "Admins" }), "holds"),
  condition("C5", "an unknown name may be any name", inGroup("is", ["Admins"], { match: "name" }), group({ id: "g-1" }), "unknown"),
  condition("C5", "substrings are of the name", inGroup("contains", ["g-"]), group({ id: "g-1", name: "Admins" }), "fails"),
  condition("C5", "or of the id where there is no name", inGroup("contains", ["g-"]), group({ id: "g-1", name: "" }), "holds"),
  condition("C6", "composed and decomposed are one text", inGroup("is", ["caf\u00e9"]), group("cafe\u0301"), "holds"),
  condition("C6", "case counts", inGroup("is", ["admins"]), group("Admins"), "fails"),
  condition("C6", "facts are not trimmed", inGroup("is", ["a"]), group("a "), "fails"),
  condition("C6", "addresses are compared without case", isUser("is", "ADA@corp.com"), { emails: ["ada@CORP.com"] }, "holds"),
  condition("C6", "but only as to ASCII letters", isUser("is", "ZO\u00cb@corp.com"), { emails: ["zo\u00eb@corp.com"] }, "fails"),
  condition("C6", "ids without @ are compared with case", isUser("is", "ADA"), { emails: [] }, "fails"),
  condition(
    "C7",
    "a value of another directory does not count",
    inGroup("is", ["a"], { source: "okta" }),
    { sources: ["okta"], ...group({ id: "a", source: "github" }) },
    "fails",
  ),
  condition(
    "C7",
    "a directory that was not asked leaves it unknown",
    inGroup("is", ["a"], { source: "okta" }),
    { sources: [], ...group({ id: "a", source: "github" }) },
    "unknown",
  ),
  condition(
    "C7",
    "one that was asked and said nothing satisfies isNot",
    inGroup("isNot", ["a"], { source: "okta" }),
    { sources: ["okta"], ...group("a") },
    "holds",
  ),
  condition(
    "C7",
    "ids count as coming from every listed source",
    { ...isUser("is", "ada"), source: "okta" },
    { emails: [], sources: ["okta"] },
    "holds",
  ),
  condition(
    "C7",
    "and an unlisted one makes user unknown",
    { ...isUser("is", "ada"), source: "okta" },
    { emails: [], sources: [] },
    "unknown",
  ),
  condition("C8", "the id is one of user's texts", isUser("is", "ada"), {}, "holds"),
  condition("C8", "the display name is not", isUser("is", "Ada L."), { name: "Ada L.", emails: [] }, "fails"),
  condition("C8", "absent addresses may be any address", isUser("is", "eve@corp.com"), {}, "unknown"),
  condition("C8", "but no text without @", isUser("isNot", "eve"), {}, "holds"),
  condition("C8", "they may contain anything", isUser("contains", "x"), {}, "unknown"),
  condition("C8", "no addresses are known to be none", isUser("is", "eve@corp.com"), { emails: [] }, "fails"),
  condition("C8", "absent accounts are no accounts", isUser("isNot", "gh-ada"), { emails: [] }, "holds"),
  condition(
    "C8",
    "an account of a directory leaves a match unknown",
    isUser("is", "gh-ada"),
    { emails: [], accounts: [{ id: "gh-ada", source: "github" }] },
    "unknown",
  ),
  condition(
    "C8",
    "unless the condition names it",
    { ...isUser("is", "gh-ada"), source: "github" },
    { emails: [], sources: ["github"], accounts: [{ id: "gh-ada", source: "github" }] },
    "holds",
  ),
  condition("C8", "attributes called user are ignored", isUser("is", "root"), { emails: [], attributes: { user: "root" } }, "fails"),
  condition(
    "C8",
    "attributes called manager, too",
    { attribute: "manager", operator: "is", values: ["eve"] },
    { attributes: { manager: "eve" } },
    "unknown",
  ),
  condition(
    "C10",
    "a manager's address is compared without case",
    { attribute: "manager", operator: "is", values: ["Eve@corp.com"] },
    { manager: "eve@CORP.com" },
    "holds",
  ),
  condition(
    "C10",
    "an empty manager says nothing",
    { attribute: "manager", operator: "isNot", values: ["eve"] },
    { manager: "" },
    "unknown",
  ),
  condition("C11", "known less: unknown", inGroup("isNot", ["a"]), {}, "unknown"),
  condition("C11", "known more: it may hold", inGroup("isNot", ["a"]), group("b"), "holds"),
  condition("C11", "known more: it may fail", inGroup("isNot", ["a"]), group("a"), "fails"),
];

// S, X

const office: Row = {
  kind: "onlyOn",
  timeZone: "Europe/Paris",
  days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  from: "09:00",
  to: "17:30",
};
const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const inZone = (timeZone: string, from: string, to: string, more: Row = {}): Row => ({
  kind: "onlyOn",
  timeZone,
  days: everyDay,
  from,
  to,
  ...more,
});
const status = (rule: string, title: string, schedule: Row, when: string | number, open: boolean, changes: string | null, more: Row = {}) =>
  named(
    rule,
    title,
    "scheduleStatus",
    { schedule, at: typeof when === "string" ? Date.parse(when) : when, ...more },
    { open, changesAt: changes === null ? null : Date.parse(changes) },
  );
/** One zone, an hour ahead of UTC until 1 July 2026 and two from then on. */
const toy: Row = { release: "2026a", zones: ["Toy/Zone|3600 7200||"] };
const changing: Row = { release: "2026b", zones: [`Toy/Zone|3600 7200|${(Date.parse("2026-07-01T00:00:00Z") / 1000).toString(36)}1|`] };

const schedules: ConformanceCase[] = [
  status("S1", "always is open and stays so", { kind: "always" }, 0, true, null),
  status("S1", "the wall clock of the zone decides", office, "2026-03-02T07:59:59.999Z", false, "2026-03-02T08:00:00Z"),
  status("S2", "a window includes its beginning", office, "2026-03-02T08:00:00Z", true, "2026-03-02T16:30:00Z"),
  status("S2", "and excludes its end", office, "2026-03-02T16:30:00Z", false, "2026-03-03T08:00:00Z"),
  status("S2", "the last millisecond is inside", office, "2026-03-02T16:29:59.999Z", true, "2026-03-02T16:30:00Z"),
  status("S2", "24:00 is the end of the day", inZone("UTC", "22:00", "24:00"), "2026-03-02T23:59:59.999Z", true, "2026-03-03T00:00:00Z"),
  status(
    "S3",
    "a night belongs to the day on which it begins",
    { ...inZone("UTC", "22:00", "06:00"), days: ["friday"] },
    "2026-03-07T05:00:00Z",
    true,
    "2026-03-07T06:00:00Z",
  ),
  status(
    "S3",
    "and not to the one on which it ends",
    { ...inZone("UTC", "22:00", "06:00"), days: ["friday"] },
    "2026-03-06T05:00:00Z",
    false,
    "2026-03-06T22:00:00Z",
  ),
  status(
    "S4",
    "a time that occurs twice is inside both times, the first",
    inZone("America/New_York", "01:00", "01:30"),
    "2026-11-01T05:15:00Z",
    true,
    "2026-11-01T05:30:00Z",
  ),
  status("S4", "and the second", inZone("America/New_York", "01:00", "01:30"), "2026-11-01T06:15:00Z", true, "2026-11-01T06:30:00Z"),
  status(
    "S4",
    "a window inside the gap does not open that day",
    inZone("America/New_York", "02:00", "03:00"),
    "2026-03-08T06:59:59Z",
    false,
    "2026-03-09T06:00:00Z",
  ),
  status(
    "S4",
    "one that begins in the gap opens at its end",
    inZone("America/New_York", "02:30", "04:00"),
    "2026-03-08T06:59:59Z",
    false,
    "2026-03-08T07:00:00Z",
  ),
  status("S5", "an alias is a name", inZone("US/Eastern", "09:00", "10:00"), "2026-03-02T14:00:00Z", true, "2026-03-02T15:00:00Z"),
  status(
    "S5",
    "Etc/GMT+5 is a name, too, five hours behind",
    inZone("Etc/GMT+5", "09:00", "10:00"),
    "2026-03-02T14:00:00Z",
    true,
    "2026-03-02T15:00:00Z",
  ),
  status(
    "S6",
    "windows that touch are one opening",
    {
      kind: "onlyOn",
      timeZone: "UTC",
      windows: [
        { days: ["monday"], from: "09:00", to: "24:00" },
        { days: ["tuesday"], from: "00:00", to: "03:00" },
      ],
    },
    "2026-03-02T10:00:00Z",
    true,
    "2026-03-03T03:00:00Z",
  ),
  status("S6", "what is open around the clock never closes", inZone("UTC", "00:00", "24:00"), 0, true, null),
  named(
    "S6",
    "there is nothing to close in a closed schedule",
    "nextClosing",
    { schedule: office, at: Date.parse("2026-03-01T12:00:00Z") },
    { error: "schedule_closed" },
  ),
  named(
    "S6",
    "the closing of an open one",
    "nextClosing",
    { schedule: office, at: Date.parse("2026-03-02T12:00:00Z") },
    Date.parse("2026-03-02T16:30:00Z"),
  ),
  named("S6", "no closing ever", "nextClosing", { schedule: { kind: "always" }, at: 0 }, null),
  status(
    "S7",
    "no window begins on an excepted date",
    { ...office, except: ["2026-03-02"] },
    "2026-03-02T10:00:00Z",
    false,
    "2026-03-03T08:00:00Z",
  ),
  status(
    "S7",
    "one that began the day before goes on",
    inZone("UTC", "22:00", "06:00", { except: ["2026-03-03"] }),
    "2026-03-03T05:00:00Z",
    true,
    "2026-03-03T06:00:00Z",
  ),
  named(
    "S8",
    "a text with an offset is an instant",
    "scheduleStatus",
    { schedule: { kind: "always" }, at: "2026-03-02T09:00:00+01:00" },
    { open: true, changesAt: null },
  ),
  ...["2026-03-02T09:00:00", "yesterday", -1, 253_402_300_800_000, null, true].map((wrong) =>
    named(
      "S8",
      `${JSON.stringify(wrong)} is no instant`,
      "scheduleStatus",
      { schedule: { kind: "always" }, at: wrong },
      { error: "instant_invalid" },
    ),
  ),
  status(
    "X11",
    "tables take the place of the runtime's zones",
    inZone("Toy/Zone", "09:00", "10:00"),
    "2026-08-03T08:00:00Z",
    true,
    "2026-08-03T09:00:00Z",
    { zones: toy },
  ),
  status(
    "X11",
    "another release, another answer",
    inZone("Toy/Zone", "09:00", "10:00"),
    "2026-08-03T07:30:00Z",
    true,
    "2026-08-03T08:00:00Z",
    { zones: changing },
  ),
  status(
    "X11",
    "the same release before its change",
    inZone("Toy/Zone", "09:00", "10:00"),
    "2026-06-29T08:00:00Z",
    true,
    "2026-06-29T09:00:00Z",
    { zones: changing },
  ),
];

// R, E

const asks = (rule: string, title: string, flow: Row, people: Row, codes: string[]): ConformanceCase =>
  named(
    rule,
    title,
    "evaluateRequestor",
    { definition: { ...minimal, ...flow }, requestor: ada, at, ...people },
    { outcome: codes.length === 0 ? "eligible" : "ineligible", codes },
  );
const gil: Row = { id: "gil", emails: [], attributes: { group: ["staff"] }, manager: "ada@corp.com" };
const joined = (combinator: string, ...groups: string[]): Row => ({
  requestors: { combinator, conditions: groups.map((name) => ({ attribute: name, values: ["staff"] })) },
});

const requestors: ConformanceCase[] = [
  asks("R2", "who meets the conditions of an open flow may ask", {}, {}, []),
  asks("R2", "not in a flow that is off", { active: false }, {}, ["flow_inactive"]),
  asks("R2", "not in an automatic one", { trigger: "automatic" }, {}, ["flow_not_self_serve"]),
  asks("R2", "not while the schedule is closed", { schedule: { ...office, days: ["tuesday"] } }, {}, ["schedule_closed"]),
  asks(
    "R1",
    "every reason is told",
    { active: false, schedule: { ...office, days: ["tuesday"] } },
    { requestor: { ...ada, active: false } },
    ["flow_inactive", "requestor_inactive", "schedule_closed"],
  ),
  asks(
    "C1",
    "and: one that fails decides, whatever is unknown",
    joined("and", "team", "shift"),
    { requestor: { ...ada, attributes: { team: ["x"] } } },
    ["attribute_missing", "condition_fails"],
  ),
  asks("C1", "or: one that holds decides", joined("or", "team", "group"), {}, []),
  asks("C1", "and: unknown is not enough", joined("and", "team", "group"), {}, ["attribute_missing"]),
  asks(
    "C1",
    "or: neither is unknown beside a failure",
    joined("or", "team", "shift"),
    { requestor: { ...ada, attributes: { team: [] } } },
    ["attribute_missing", "condition_fails"],
  ),
  asks("C9", "an inactive person may do nothing", {}, { requestor: { ...ada, active: false } }, ["requestor_inactive"]),
  asks("C9", "nor receive anything", { requestFor: { scopes: ["directReports"] } }, { grantee: { ...gil, active: false } }, [
    "grantee_inactive",
  ]),
  asks("C9", "who is known to be active may", {}, { requestor: { ...ada, active: true } }, []),
  asks("R3", "for oneself scope self is needed", { requestFor: { scopes: ["directReports"] } }, {}, ["scope_not_allowed"]),
  asks("R3", "a grantee of the same id is oneself", {}, { grantee: ada }, []),
  asks("R3", "for others that scope is needed", {}, { grantee: gil }, ["scope_not_allowed"]),
  asks(
    "R3",
    "others: who meets the grantees' conditions",
    { requestFor: { scopes: ["others"], grantees: staff } },
    { grantee: { ...gil, manager: null } },
    [],
  ),
  asks(
    "R3",
    "others: who does not",
    { requestFor: { scopes: ["others"], grantees: staff } },
    { grantee: { id: "bob", attributes: { group: [] } } },
    ["condition_fails"],
  ),
  asks("R3", "reports: of the requestor by address", { requestFor: { scopes: ["directReports"] } }, { grantee: gil }, []),
  asks("R3", "reports: of somebody else", { requestFor: { scopes: ["directReports"] } }, { grantee: { ...gil, manager: "eve" } }, [
    "not_the_manager",
  ]),
  asks(
    "R3",
    "a shared account makes nobody oneself",
    {},
    { grantee: { id: "ada-2", emails: ["ada@corp.com"], attributes: { group: ["staff"] } } },
    ["scope_not_allowed"],
  ),
  asks("R4", "a missing attribute", {}, { requestor: { id: "ada" } }, ["attribute_missing"]),
  asks("R4", "a missing manager", { requestFor: { scopes: ["directReports"] } }, { grantee: { id: "gil" } }, ["manager_unknown"]),
  asks("E1", "a refusal has a reason", joined("and", "team"), { requestor: { ...ada, attributes: { team: [] } } }, ["condition_fails"]),
  asks("E1", "an eligible requestor has none", {}, {}, []),
];

// T, Q

const db = (id: string, more: Row = {}): Row => ({
  id,
  name: id,
  type: "db",
  integration: "i1",
  tags: {},
  permissions: ["read", "write"],
  ...more,
});
const onDb = (more: Row = {}): Row => ({ kind: "integration", integration: "i1", resourceType: "db", permissions: ["read"], ...more });
const resolved = (
  rule: string,
  title: string,
  targets: Row[],
  resources: Row[],
  entitlements: Json[],
  codes: string[] = [],
  catalog?: Row,
) => named(rule, title, "resolveTargets", { targets, resources, ...(catalog === undefined ? {} : { catalog }) }, { entitlements, codes });
const picking = (more: Row): Row[] => [onDb({ resources: more })];
const tagged = (values: string[]) => [{ by: "tag", key: "env", values }];
const scope = (query: string): Row => ({ accessScopes: [{ name: "s", query }] });
const aws = Array.from({ length: 101 }, (_, index) => `b${index}`);

const targets: ConformanceCase[] = [
  resolved(
    "T1",
    "each permission on each resource of the integration and type",
    [onDb()],
    [db("r1"), db("r2"), db("r3", { type: "vm" }), db("r4", { integration: "i2" })],
    [
      ["r1", "read", [0]],
      ["r2", "read", [0]],
    ],
  ),
  resolved("T1", "the catalogue turns a name into an id", [onDb({ integration: "prod" })], [db("r1")], [["r1", "read", [0]]], [], {
    integrations: [{ id: "i1", name: "prod" }],
  }),
  resolved("T1", "an id goes before a name", [onDb()], [db("r1"), db("r2", { integration: "i2" })], [["r1", "read", [0]]], [], {
    integrations: [
      { id: "i1", name: "x" },
      { id: "i2", name: "i1" },
    ],
  }),
  resolved(
    "T2",
    "one include filter is enough",
    picking({
      include: [
        { by: "id", values: ["r1"] },
        { by: "name", values: ["r2"] },
      ],
    }),
    [db("r1"), db("r2"), db("r3")],
    [
      ["r1", "read", [0]],
      ["r2", "read", [0]],
    ],
  ),
  resolved(
    "T2",
    "one exclude filter, too",
    picking({ exclude: [{ by: "id", values: ["r1"] }] }),
    [db("r1"), db("r2")],
    [["r2", "read", [0]]],
  ),
  resolved(
    "T2",
    "exclusion goes before inclusion",
    picking({ include: [{ by: "id", values: ["r1"] }], exclude: [{ by: "name", values: ["r1"] }] }),
    [db("r1")],
    [],
  ),
  resolved(
    "T3",
    "unknown tags match no include filter",
    picking({ include: tagged(["prod"]) }),
    [{ id: "r1", name: "r1", type: "db", integration: "i1", permissions: ["read"] }, db("r2", { tags: { env: "prod" } })],
    [["r2", "read", [0]]],
    ["tags_unknown"],
  ),
  resolved(
    "T3",
    "and every exclude filter",
    picking({ exclude: tagged(["prod"]) }),
    [{ id: "r1", name: "r1", type: "db", integration: "i1", permissions: ["read"] }, db("r2")],
    [["r2", "read", [0]]],
    ["tags_unknown"],
  ),
  resolved("T3", "tag values count with case", picking({ include: tagged(["prod"]) }), [db("r1", { tags: { env: "Prod" } })], []),
  resolved(
    "T3",
    "composed and decomposed are one name",
    picking({ include: [{ by: "name", values: ["caf\u00e9"] }] }),
    [db("r1", { name: "cafe\u0301" })],
    [["r1", "read", [0]]],
  ),
  resolved(
    "T4",
    "what is not offered is not given",
    [onDb({ permissions: ["read", "drop"] })],
    [db("r1")],
    [["r1", "read", [0]]],
    ["permission_not_offered"],
  ),
  resolved("T4", "an empty list offers nothing", [onDb()], [db("r1", { permissions: [] })], [], ["permission_not_offered"]),
  resolved(
    "T4",
    "where nobody knows, an integration target gives what it lists",
    [onDb()],
    [{ id: "r1", name: "r1", type: "db", integration: "i1", tags: {} }],
    [["r1", "read", [0]]],
    ["permissions_unknown"],
  ),
  resolved(
    "T4",
    "and an access scope nothing",
    [{ kind: "accessScope", accessScope: "s" }],
    [{ id: "r1", name: "r1", type: "db", integration: "i1", tags: {} }],
    [],
    ["permissions_unknown"],
    scope('resource_type = "db"'),
  ),
  resolved("T5", "a bundle gives what its targets give", [{ kind: "bundle", bundle: "b" }], [db("r1")], [["r1", "read", [0]]], [], {
    bundles: [{ name: "b", targets: [onDb()] }],
  }),
  resolved(
    "T5",
    "a bundle inside a bundle gives nothing, the rest does",
    [{ kind: "bundle", bundle: "b" }],
    [db("r1")],
    [["r1", "read", [0]]],
    ["bundle_nested"],
    { bundles: [{ name: "b", targets: [{ kind: "bundle", bundle: "c" }, onDb()] }] },
  ),
  resolved(
    "T5",
    "an unknown bundle does not spoil the other targets",
    [{ kind: "bundle", bundle: "b" }, onDb()],
    [db("r1")],
    [["r1", "read", [1]]],
    ["bundle_unknown"],
  ),
  resolved("T5", "two bundles of one name give nothing", [{ kind: "bundle", bundle: "b" }], [db("r1")], [], ["bundle_ambiguous"], {
    bundles: [
      { name: "b", targets: [onDb()] },
      { name: "b", targets: [onDb()] },
    ],
  }),
  resolved(
    "T5",
    "a query that does not parse gives nothing",
    [{ kind: "accessScope", accessScope: "s" }],
    [db("r1")],
    [],
    ["query_invalid"],
    scope("resource_type = db"),
  ),
  resolved(
    "T6",
    "an entitlement appears once, with all targets that give it",
    [onDb(), onDb({ permissions: ["write", "read"] })],
    [db("r1")],
    [
      ["r1", "read", [0, 1]],
      ["r1", "write", [1]],
    ],
  ),
  resolved(
    "T6",
    "the order of the inventory says nothing",
    [onDb()],
    [db("r2"), db("r1")],
    [
      ["r1", "read", [0]],
      ["r2", "read", [0]],
    ],
  ),
  resolved(
    "T6",
    "of two permissions with one name the first counts",
    [{ kind: "accessScope", accessScope: "s" }],
    [
      db("r1", {
        permissions: [
          { name: "read", riskLevel: "low" },
          { name: "read", riskLevel: "high" },
        ],
      }),
    ],
    [],
    ["permission_clash"],
    scope('permission_risk_level = "high"'),
  ),
  resolved(
    "T7",
    "two records of one id that differ cancel each other",
    [onDb()],
    [db("r1"), db("r1", { name: "other" }), db("r2")],
    [["r2", "read", [0]]],
    ["resource_clash"],
  ),
  resolved("T7", "the same record twice is one", [onDb()], [db("r1"), db("r1")], [["r1", "read", [0]]]),
  resolved(
    "T7",
    "what is deleted or in error is never given",
    [onDb()],
    [db("r1", { status: "deleted" }), db("r2", { status: "error" }), db("r3", { status: "active" })],
    [["r3", "read", [0]]],
    ["resource_not_active"],
  ),
  resolved(
    "T9",
    "more than a hundred AWS resources named one by one are a warning",
    [
      {
        kind: "integration",
        integration: "aws",
        resourceType: "aws-account-s3-bucket",
        permissions: ["read"],
        resources: { include: [{ by: "name", values: aws }] },
      },
    ],
    [{ id: "b0", name: "b0", type: "aws-account-s3-bucket", integration: "aws", tags: {}, permissions: ["read"] }],
    [["b0", "read", [0]]],
    ["aws_many_resources"],
  ),
  resolved(
    "T9",
    "a hundred are none",
    [
      {
        kind: "integration",
        integration: "aws",
        resourceType: "aws-account-s3-bucket",
        permissions: ["read"],
        resources: { include: [{ by: "name", values: aws.slice(0, 100) }] },
      },
    ],
    [{ id: "b0", name: "b0", type: "aws-account-s3-bucket", integration: "aws", tags: {}, permissions: ["read"] }],
    [["b0", "read", [0]]],
  ),
  named("T8", "covered as it would be resolved", "coversEntitlement", { targets: [onDb()], resource: db("r1"), permission: "read" }, true),
  named(
    "T8",
    "a permission that is not listed is not",
    "coversEntitlement",
    { targets: [onDb()], resource: db("r1"), permission: "write" },
    false,
  ),
  named(
    "T8",
    "nor a deleted resource",
    "coversEntitlement",
    { targets: [onDb()], resource: db("r1", { status: "deleted" }), permission: "read" },
    false,
  ),
];

const selects = (rule: string, title: string, query: string, expected: string, more: Row = {}, rest: Row = {}): ConformanceCase =>
  named(rule, title, "matchQuery", { query, resource: db("r1", { name: "logs", ...more }), permission: "read", ...rest }, expected);
const text = (rule: string, title: string, query: string, ...place: [] | [line: number, column: number]): ConformanceCase =>
  named(rule, title, "parseQuery", { query }, place.length === 0 ? { valid: true } : { valid: false, line: place[0], column: place[1] });

const queries: ConformanceCase[] = [
  selects("Q1", "a plain field", 'resource_type = "db"', "holds"),
  selects("Q1", "a field with a key", 'resource_tag["env"] = "prod"', "holds", { tags: { env: "prod" } }),
  text("Q1", "a field that is none", 'resource_kind = "db"', 1, 1),
  text("Q1", "fields count with case", 'Resource_type = "db"', 1, 1),
  selects("Q2", "one of a list", 'resource in ("r0", "r1")', "holds"),
  selects("Q2", "none of a list", 'resource not_in ("r0", "r1")', "fails"),
  selects("Q2", "the end", 'resource_name ends_with "gs"', "holds"),
  selects("Q2", "the beginning is not the end", 'resource_name starts_with "gs"', "fails"),
  selects("Q3", "escapes", 'resource_name = "a\\"b\\\\c"', "holds", { name: 'a"b\\c' }),
  text("Q3", "no other escape", 'resource_name = "a\\n"', 1, 19),
  text("Q3", "single quotes are none", "resource_name = 'a'", 1, 17),
  text("Q3", "substring operators take no empty value", 'resource_name contains ""', 1, 24),
  text("Q3", "an empty value to be equal to", 'resource_name = ""'),
  selects("Q4", "and binds before or", 'resource = "r1" or resource = "x" and resource = "y"', "holds"),
  selects("Q4", "parentheses bind first", '(resource = "r1" or resource = "x") and resource = "y"', "fails"),
  selects("Q4", "not binds before and", 'not resource = "x" and resource = "r1"', "holds"),
  text("Q4", "all capital", 'NOT resource = "x" AND resource = "y" OR resource = "z"'),
  text("Q4", "mixed letters are no word", 'resource = "x" And resource = "y"', 1, 16),
  selects("Q5", "what is missing is unknown, under negative operators as well", 'resource_path != "/x"', "unknown"),
  selects("Q5", "not of unknown is unknown", 'not resource_path = "/x"', "unknown"),
  selects("Q5", "a permission without an id has its name for one", 'permission = "read"', "holds"),
  selects("Q5", "composed and decomposed are one text", 'resource_name = "caf\u00e9"', "holds", { name: "cafe\u0301" }),
  selects("Q6", "integration is the id", 'integration = "i1"', "holds"),
  selects(
    "Q6",
    "integration_name is the catalogue's",
    'integration_name = "prod"',
    "holds",
    {},
    { catalog: { integrations: [{ id: "i1", name: "prod" }] } },
  ),
  selects("Q6", "which may not know it", 'integration_name = "prod"', "unknown"),
  text("Q7", "an empty text", "", 1, 1),
  text("Q7", "the line is told", 'resource = "x"\nand', 2, 4),
  text("Q7", "a parenthesis that does not close", '(resource = "x"', 1, 16),
  text("Q7", "nested two hundred times", `${"(".repeat(200)}resource = "x"${")".repeat(200)}`),
];

// W

const lasting = (grantFor: Row, settings: Row = {}): Row => ({ definition: { ...minimal, grantFor, settings } });
const fixed = (amount: number, unit: string, more: Row = {}): Row => ({ kind: "fixed", amount, unit, ...more });
const window = (rule: string, title: string, input: Row, expected: Json): ConformanceCase =>
  named(rule, title, "computeGrantWindow", { at, ...input }, expected);
const until = (length: number, start = at): Row => ({ start, end: start + length });
const wished = (amount: number, unit: string): Row => ({ requestedDuration: { amount, unit } });
const inForce = (title: string, when: number, expected: boolean, end: number | null = at + hour): ConformanceCase =>
  named("W5", title, "isInForce", { window: { start: at, end }, at: when }, expected);
const byOffice = (more: Row = {}): Row => ({
  definition: { ...minimal, schedule: office, grantFor: fixed(12, "hour", { endWith: "schedule" }), ...more },
});

const windows: ConformanceCase[] = [
  window("W1", "a day is 24 hours", lasting(fixed(1, "day")), until(24 * hour)),
  window("W1", "a week is 168", lasting(fixed(1, "week")), until(168 * hour)),
  window("W1", "a fraction on the decimals as written", lasting(fixed(0.1, "hour")), until(360_000)),
  window("W1", "a start before now", { ...lasting(fixed(1, "hour")), startAt: at - 1 }, { refused: ["start_in_past"] }),
  window("W1", "a later one is not offered", { ...lasting(fixed(1, "hour")), startAt: at + 1 }, { refused: ["start_not_offered"] }),
  window(
    "W1",
    "a later one within",
    { ...lasting(fixed(1, "hour"), { startWithin: { amount: 1, unit: "hour" } }), startAt: at + hour },
    until(hour, at + hour),
  ),
  window(
    "W1",
    "and beyond",
    { ...lasting(fixed(1, "hour"), { startWithin: { amount: 1, unit: "hour" } }), startAt: at + hour + 1 },
    { refused: ["start_too_late"] },
  ),
  window(
    "W1",
    "no whole milliseconds",
    { ...lasting(fixed(1, "hour")), ...wished(0.0000001, "hour") },
    { refused: ["duration_not_whole"] },
  ),
  window(
    "W1",
    "beyond what any grant may last",
    { ...lasting({ kind: "indefinite" }), ...wished(3651, "day") },
    { refused: ["duration_out_of_range"] },
  ),
  window("W1", "the most it may", { ...lasting({ kind: "indefinite" }), ...wished(3650, "day") }, until(3650 * 24 * hour)),
  window("W2", "an indefinite grant has no end", lasting({ kind: "indefinite" }), { start: at, end: null }),
  window("W2", "unless one is asked for", { ...lasting({ kind: "indefinite" }), ...wished(1, "hour") }, until(hour)),
  window("W3", "a wish within", { ...lasting(fixed(2, "hour")), ...wished(60, "minute") }, until(hour)),
  window("W3", "the whole time", { ...lasting(fixed(2, "hour")), ...wished(120, "minute") }, until(2 * hour)),
  window("W3", "a wish beyond", { ...lasting(fixed(2, "hour")), ...wished(121, "minute") }, { refused: ["duration_over_maximum"] }),
  window("W3", "nothing", { ...lasting(fixed(2, "hour")), ...wished(0, "minute") }, { refused: ["duration_not_positive"] }),
  window("W3", "a wish is required", lasting(fixed(2, "hour"), { requireDuration: true }), { refused: ["duration_required"] }),
  window("W4", "the schedule does not shorten a grant", byOffice({ grantFor: fixed(12, "hour") }), until(12 * hour)),
  window("W4", "unless endWith says so", byOffice(), { start: at, end: Date.UTC(2026, 2, 2, 16, 30) }),
  window("W4", "then a closed start is refused", { ...byOffice(), at: at - 2 * hour }, { refused: ["schedule_closed_at_start"] }),
  inForce("at its start", at, true),
  inForce("before it", at - 1, false),
  inForce("in its last millisecond", at + hour - 1, true),
  inForce("not at its end", at + hour, false),
  inForce("for ever", at + 1e12, true, null),
];

// A

const lead = (id: string, more: Row = {}): Row => ({
  id,
  emails: [`${id}@corp.com`],
  accounts: [],
  attributes: { group: ["leads"] },
  ...more,
});
const leads: Row = { conditions: [{ attribute: "group", values: ["leads"] }] };
const bosses: Row = { conditions: [{ attribute: "group", values: ["bosses"] }] };
const boss: Row = lead("boss", { attributes: { group: ["bosses"] } });
const vote = (voter: Row, after = 0, more: Row = {}): Row => ({ type: "vote", voter, decision: "approve", at: at + after, ...more });
const approving = (approval: Row, settings: Row = {}): Row => ({
  ...minimal,
  approval: approvalOf({ approverGroups: [leads], ...approval }),
  settings,
});
const course = (
  rule: string,
  title: string,
  definition: Row,
  events: Row[],
  steps: (string | string[])[],
  more: Row = {},
): ConformanceCase => {
  let revision = 0;
  const expected = steps.map((step) => {
    if (Array.isArray(step)) return { refused: step };
    revision += step.startsWith("=") ? 0 : 1;
    return { status: step.replace("=", ""), revision };
  });
  return named(rule, title, "approvalCourse", { definition, requestor: ada, at, ...more, events }, expected);
};
const plan = (title: string, definition: Row, candidates: Row[], expected: Row, more: Row = {}): ConformanceCase =>
  named(
    "A13",
    title,
    "planApproval",
    { definition, requestor: ada, at, ...more, candidates },
    { decidableFrom: null, selfOnly: false, tierVoters: [], excluded: [], ...expected },
  );
const apart: Row = { requestorCannotApproveSelf: true };
const minute = 60_000;
const tiered = approving({ escalation: { tiers: [bosses] } });
const ownerFlow = approving({ approverGroups: [{ conditions: [{ relation: "owner" }] }] });
const owned = (tag?: string): Row => ({
  resources: [tag === undefined ? { id: "r1", name: "r1", type: "db", integration: "i1" } : db("r1", { tags: { owner: tag } })],
  catalog: {
    integrations: [
      { id: "i1", name: "one", ownerMapping: { tagKey: "owner", attribute: "group" }, owner: { attribute: "group", values: ["bosses"] } },
    ],
  },
});

const approvals: ConformanceCase[] = [
  course(
    "A2",
    "one approver meets all conditions of a group",
    approving({ approverGroups: [{ conditions: [...(leads["conditions"] as Json[]), { attribute: "team", values: ["x"] }] }] }),
    [
      vote(lead("lena", { attributes: { group: ["leads"], team: ["y"] } })),
      vote(lead("lou", { attributes: { group: ["leads"], team: ["x"] } })),
    ],
    [["not_an_approver"], "approved"],
  ),
  course(
    "A2",
    "or one of them, with or",
    approving({
      approverGroups: [{ combinator: "or", conditions: [...(leads["conditions"] as Json[]), ...(bosses["conditions"] as Json[])] }],
    }),
    [vote(boss)],
    ["approved"],
  ),
  course(
    "A3",
    "as many different voters as are required",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(lead("lena")), vote(lead("lou"))],
    ["pending", "approved"],
  ),
  course(
    "A3",
    "allOf wants every group",
    approving({ groups: "allOf", approverGroups: [leads, bosses] }),
    [vote(lead("lena")), vote(boss)],
    ["pending", "approved"],
  ),
  course("A3", "anyOf one", approving({ approverGroups: [leads, bosses] }), [vote(boss)], ["approved"]),
  course(
    "A3",
    "one person counts for every group they are in",
    approving({ groups: "allOf", approverGroups: [leads, bosses] }),
    [vote(lead("lena", { attributes: { group: ["leads", "bosses"] } }))],
    ["approved"],
  ),
  course(
    "A3",
    "unless different people are asked for",
    approving({ groups: "allOf", approverGroups: [leads, bosses], distinctApprovers: true }),
    [vote(lead("lena", { attributes: { group: ["leads", "bosses"] } })), vote(boss)],
    ["pending", "approved"],
  ),
  course(
    "A4",
    "the first rejection decides",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(lead("lena")), vote(lead("lou"), 1, { decision: "reject" }), vote(lead("lea"), 2)],
    ["pending", "rejected", ["request_decided"]],
  ),
  course("A4", "somebody who may not vote rejects nothing", approving({}), [vote(boss, 0, { decision: "reject" })], [["not_an_approver"]]),
  course(
    "A5",
    "each person has one vote",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(lead("lena")), vote(lead("lena"), 1)],
    ["pending", ["already_voted"]],
  ),
  course(
    "A5",
    "whichever of their ids they use",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(lead("lena")), vote(lead("lena2", { accounts: ["lena"] }), 1)],
    ["pending", ["already_voted"]],
  ),
  course(
    "A5",
    "who voted for a group may vote in a tier that opened since",
    approving({ approverGroups: [{ ...leads, required: 2 }], escalation: { tiers: [leads] } }),
    [vote(lead("lena")), vote(lead("lena"), 30 * minute)],
    ["pending", "approved"],
  ),
  course("A6", "the requestor may vote where nothing forbids it", approving({}), [vote(lead("ada"))], ["approved"]),
  course("A6", "and not where something does", approving({}, apart), [vote(lead("ada"))], [["same_person_as_requestor"]]),
  course(
    "A6",
    "under another name, either",
    approving({}, apart),
    [vote(lead("lena", { accounts: [{ id: "ada", source: "github" }] }))],
    [["same_person_as_requestor"]],
  ),
  course(
    "A6",
    "addresses known for one side only",
    approving({}, apart),
    [vote({ id: "lena", accounts: [], attributes: { group: ["leads"] } })],
    [["same_person_unknown"]],
  ),
  course("A6", "the grantee, too", approving({}, apart), [vote(lead("gil"))], [["same_person_as_grantee"]], { grantee: lead("gil") }),
  course(
    "A6",
    "keys learned later count",
    approving({}, apart),
    [vote(lead("lena"), 0, { requestor: { ...ada, accounts: ["lena"] } })],
    [["same_person_as_requestor"]],
  ),
  course(
    "A7",
    "the manager of the requestor",
    approving({ approverGroups: [{ conditions: [{ relation: "manager" }] }] }),
    [vote(boss), vote(lead("lena"))],
    [["not_an_approver"], "approved"],
    { requestor: { ...ada, manager: "Lena@corp.com" } },
  ),
  course(
    "A7",
    "of the grantee",
    approving({ approverGroups: [{ conditions: [{ relation: "manager", of: "grantee" }] }] }),
    [vote(boss)],
    ["approved"],
    { grantee: lead("gil", { manager: "boss" }) },
  ),
  course(
    "A7",
    "linked accounts do not make a manager",
    approving({ approverGroups: [{ conditions: [{ relation: "manager" }] }] }),
    [vote(lead("lena", { accounts: ["eve"] }))],
    [["not_an_approver"]],
    { requestor: { ...ada, manager: "eve" } },
  ),
  course(
    "A7",
    "a manager nobody knows",
    approving({ approverGroups: [{ conditions: [{ relation: "manager" }] }] }),
    [vote(boss)],
    [["approver_facts_unknown"]],
  ),
  course("A8", "the owner by tag", ownerFlow, [vote(boss), vote(lead("lena"))], [["not_an_approver"], "approved"], owned("leads")),
  course(
    "A8",
    "the integration's owner where the tag is empty",
    ownerFlow,
    [vote(lead("lena")), vote(boss)],
    [["not_an_approver"], "approved"],
    owned(""),
  ),
  course("A8", "nobody where the tags are unknown", ownerFlow, [vote(boss)], [["approver_facts_unknown"]], owned()),
  course("A8", "a request without resources has no owner that is known", ownerFlow, [vote(boss)], [["approver_facts_unknown"]]),
  course("A9", "a reason of 124 characters", approving({}), [vote(lead("lena"), 0, { reason: ` ${"x".repeat(124)} ` })], ["approved"]),
  course("A9", "of 125", approving({}), [vote(lead("lena"), 0, { reason: "x".repeat(125) })], [["approver_reason_too_long"]]),
  course(
    "A9",
    "a blank one is none",
    approving({}, { requireApproverReason: true }),
    [vote(lead("lena"), 0, { reason: " \n" })],
    [["approver_reason_missing"]],
  ),
  course("A10", "time with nothing due changes nothing", approving({}), [{ type: "timeReached", at: at + 1 }], ["=pending"]),
  course(
    "A10",
    "an event before the last one",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(lead("lena"), 5), vote(lead("lou"), 4)],
    ["pending", ["clock_went_back"]],
  ),
  course(
    "A10",
    "a withdrawal after the decision",
    approving({}),
    [vote(lead("lena")), { type: "withdraw", by: { id: "ada" }, at }],
    ["approved", ["request_decided"]],
  ),
  course("A10", "who cannot be known to be in a group", approving({}), [vote({ id: "lena", emails: [] })], [["approver_facts_unknown"]]),
  course(
    "A11",
    "a vote at the deadline comes too late",
    approving({ expiresAfter: { amount: 1, unit: "hour" } }),
    [vote(lead("lena"), hour), { type: "timeReached", at: at + hour }],
    [["request_expired"], "expired"],
  ),
  course(
    "A11",
    "one before it does not",
    approving({ expiresAfter: { amount: 1, unit: "hour" } }),
    [{ type: "timeReached", at: at + hour - 1 }, vote(lead("lena"), hour - 1)],
    ["=pending", "approved"],
  ),
  course("A11", "never is never", approving({ expiresAfter: "never" }), [{ type: "timeReached", at: at + 1e11 }], ["=pending"]),
  course(
    "A12",
    "a tier opens in time, that instant included",
    tiered,
    [vote(boss, 30 * minute - 1), vote(boss, 30 * minute)],
    [["not_an_approver", "tier_not_open"], "approved"],
  ),
  course(
    "A12",
    "opening it is recorded once",
    tiered,
    [
      { type: "timeReached", at: at + 30 * minute },
      { type: "timeReached", at: at + 31 * minute },
    ],
    ["pending", "=pending"],
  ),
  course("A12", "earlier approvers stay able to decide", tiered, [vote(lead("lena"), 40 * minute)], ["approved"]),
  course(
    "A14",
    "accepted events are counted, refused ones are not",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [vote(boss), vote(lead("lena"))],
    [["not_an_approver"], "pending"],
  ),
  course("C9", "an inactive person does not vote", approving({}), [vote(lead("lena", { active: false }))], [["voter_inactive"]]),
  plan("who may vote, and that they can decide", approving({}), [lead("lena"), boss], {
    decidable: true,
    voters: [["lena"]],
    excluded: ["boss"],
  }),
  plan("too few people", approving({ approverGroups: [{ ...leads, required: 2 }] }), [lead("lena")], {
    decidable: false,
    voters: [["lena"]],
  }),
  plan(
    "two ids of one person are one",
    approving({ approverGroups: [{ ...leads, required: 2 }] }),
    [lead("lena"), lead("lena2", { accounts: ["lena"] })],
    { decidable: false, voters: [["lena", "lena2"]] },
  ),
  plan(
    "different people, divided exactly",
    approving({ groups: "allOf", approverGroups: [leads, bosses], distinctApprovers: true }),
    [lead("lena", { attributes: { group: ["leads", "bosses"] } }), lead("lou")],
    { decidable: true, voters: [["lena", "lou"], ["lena"]] },
  ),
  plan("only the requestor", approving({}), [lead("ada")], { decidable: true, selfOnly: true, voters: [["ada"]] }),
  plan("by a tier, from when", approving({ approverGroups: [{ ...leads, required: 9 }], escalation: { tiers: [bosses] } }), [boss], {
    decidable: true,
    decidableFrom: at + 30 * minute,
    voters: [[]],
    tierVoters: [["boss"]],
  }),
];

// L, W6

const life = (definition: Row = {}): Row => ({ ...minimal, targets: [onDb()], ...definition });
const ask = (more: Row = {}): Row => ({
  id: "q1",
  requestor: ada,
  entitlements: [{ resource: "r1", permission: "read" }],
  resources: [db("r1")],
  at,
  ...more,
});
const facts = (after: number, more: Row = {}): Row => ({
  type: "factsRead",
  facts: { requestor: ada, grantee: null, flow: "active", notCovered: [], readAt: at + after, ...more },
  at: at + after,
});
const done = (type: string, access: string, after: number, more: Row = {}): Row => ({
  type,
  generation: 1,
  reports: [{ entitlement: 0, access, sessionsMayPersist: false }],
  at: at + after,
  ...more,
});
const week = 168 * hour;
const place = (status: string, revision: number, wakeAt: number | null, more: Row = {}): Row => ({
  status,
  revision,
  wakeAt,
  window: null,
  extensions: 0,
  ...more,
});
const goes = (rule: string, title: string, definition: Row, events: Row[], expected: Json[], more: Row = {}): ConformanceCase =>
  named(rule, title, "requestCourse", { definition: life(definition), input: ask(more), events }, expected);
const no = (...codes: string[]): Row => ({ refused: codes });
const submits = (rule: string, title: string, definition: Row, more: Row, ...codes: string[]): ConformanceCase =>
  goes(rule, title, definition, [], [no(...codes)], more);
const granted: Row = { window: until(hour) };
const scheduledPlace = place("scheduled", 1, at + week);
const activatingPlace = place("activating", 2, at + hour, granted);
const activePlace = place("active", 3, at + hour, granted);
const toActive: Row[] = [facts(0), done("activated", "held", 0)];
const started = [scheduledPlace, activatingPlace, activePlace];
const byAda: Row = { by: { id: "ada" } };
const mfa = (after: number, age = 0, by = "ada"): Row => ({
  type: "completeMfa",
  by: { id: by },
  evidence: { id: "e", at: at + after - age },
  at: at + after,
});
const needsMfa: Row = { settings: { requireMfa: true } };
const extendable: Row = { settings: { maxExtensions: 1 } };
const extend = (after: number, more: Row = {}, by = "ada"): Row => ({ ...facts(after, more), type: "extend", by: { id: by } });
const byLeads: Row = { approval: approvalOf({ approverGroups: [leads] }) };
const seen = (rule: string, title: string, operation: string, events: Row[], viewer: Row, expected: Json): ConformanceCase =>
  named(rule, title, operation, { definition: life(byLeads), input: ask(), events, viewer: { at: at + 1, ...viewer } }, expected);
const yes = { ...vote(lead("lena")), reason: "secret" };
const nay = { ...vote(lead("lena")), decision: "reject", reason: "not today" };
const ended = (audience: string, status: string, product: string, votes: Json[], rejectionReason: string | null): Row => ({
  audience,
  status,
  productStatus: product,
  votes,
  rejectionReason,
});

const requests: ConformanceCase[] = [
  goes("A1", "an automatic approval needs nobody", {}, [], [scheduledPlace]),
  goes("A1", "approval by people waits for them", byLeads, [], [place("awaitingApproval", 1, at + 24 * hour)]),
  goes("L1", "a submission that all is right with", {}, [], [scheduledPlace], { justification: "for the report" }),
  submits("L1", "who may not ask", {}, { requestor: { ...ada, attributes: { group: [] } } }, "condition_fails"),
  submits("L1", "what the flow does not give", {}, { entitlements: [{ resource: "r1", permission: "write" }] }, "not_covered"),
  submits("L1", "what is in no inventory", {}, { resources: [] }, "resource_unknown"),
  submits("L1", "no entitlement", {}, { entitlements: [] }, "nothing_asked"),
  submits(
    "L1",
    "no justification where one is needed",
    { settings: { requireJustification: true } },
    { justification: " " },
    "justification_missing",
  ),
  submits("L1", "one of 1,001 characters", {}, { justification: "x".repeat(1001) }, "justification_too_long"),
  submits(
    "L1",
    "everything that stands in its way",
    { active: false },
    { startAt: at - 1, entitlements: [{ resource: "r1", permission: "write" }] },
    "flow_inactive",
    "not_covered",
    "start_in_past",
  ),
  submits(
    "A13",
    "nobody can approve it, and the candidates are complete",
    byLeads,
    { candidates: [boss], complete: true },
    "nobody_can_approve",
  ),
  submits(
    "L12",
    "what is held already",
    {},
    { held: [{ request: "q0", entitlements: [{ resource: "r1", permission: "read" }], status: "active" }] },
    "already_held",
  ),
  goes("L12", "what has ended is not in the way", {}, [], [scheduledPlace], {
    held: [{ request: "q0", entitlements: [{ resource: "r1", permission: "read" }], status: "ended" }],
  }),
  goes("L2", "the request waits for MFA", needsMfa, [mfa(1)], [place("awaitingMfa", 1, at + hour), place("scheduled", 2, at + 1 + week)]),
  goes(
    "L2",
    "evidence of 15 minutes ago",
    needsMfa,
    [mfa(1, 15 * minute)],
    [place("awaitingMfa", 1, at + hour), place("scheduled", 2, at + 1 + week)],
  ),
  goes("L2", "and of a millisecond more", needsMfa, [mfa(1, 15 * minute + 1)], [place("awaitingMfa", 1, at + hour), no("mfa_too_old")]),
  goes("L2", "evidence of the future", needsMfa, [mfa(1, -1)], [place("awaitingMfa", 1, at + hour), no("mfa_in_future")]),
  goes("L2", "somebody else's", needsMfa, [mfa(1, 0, "eve")], [place("awaitingMfa", 1, at + hour), no("not_the_grantee")]),
  goes(
    "L2",
    "not completed in time",
    needsMfa,
    [{ type: "timeReached", at: at + hour }],
    [place("awaitingMfa", 1, at + hour), place("expired", 2, null)],
  ),
  goes(
    "L3",
    "it activates on facts of a minute ago",
    {},
    [{ ...facts(0), at: at + minute }],
    [scheduledPlace, place("activating", 2, at + minute + hour, { window: until(hour, at + minute) })],
  ),
  goes("L3", "not on older ones", {}, [{ ...facts(0), at: at + minute + 1 }], [scheduledPlace, no("facts_too_old")]),
  goes("L3", "what fails rejects", {}, [facts(0, { requestor: { ...ada, active: false } })], [scheduledPlace, place("rejected", 2, null)]),
  goes("L3", "a flow that was switched off stops it", {}, [facts(0, { flow: "inactive" })], [scheduledPlace, place("rejected", 2, null)]),
  goes(
    "L3",
    "what is unknown is asked again after 30 seconds",
    {},
    [facts(0, { requestor: "unknown" })],
    [scheduledPlace, place("scheduled", 2, at + 30_000)],
  ),
  goes(
    "L3",
    "what is known to fail decides beside what is unknown",
    {},
    [facts(0, { requestor: "unknown", notCovered: [0] })],
    [scheduledPlace, place("rejected", 2, null)],
  ),
  goes("L3", "not begun to activate in time", {}, [{ type: "timeReached", at: at + week }], [scheduledPlace, place("expired", 2, null)]),
  goes(
    "L4",
    "the window begins at the activation",
    byLeads,
    [vote(lead("lena"), 5 * hour), facts(5 * hour)],
    [
      place("awaitingApproval", 1, at + 24 * hour),
      place("scheduled", 2, at + 5 * hour + week),
      place("activating", 3, at + 6 * hour, { window: until(hour, at + 5 * hour) }),
    ],
  ),
  goes("L5", "the requestor withdraws", {}, [{ type: "withdraw", ...byAda, at }], [scheduledPlace, place("withdrawn", 2, null)]),
  goes("L5", "somebody else does not", {}, [{ type: "withdraw", by: { id: "eve" }, at }], [scheduledPlace, no("not_allowed_to_withdraw")]),
  goes(
    "L5",
    "an administrator does",
    {},
    [{ type: "withdraw", by: { id: "eve", administrator: true }, at }],
    [scheduledPlace, place("withdrawn", 2, null)],
  ),
  goes(
    "L5",
    "an active grant is revoked, not withdrawn",
    {},
    [...toActive, { type: "withdraw", ...byAda, at }, { type: "revoke", ...byAda, at }],
    [...started, no("status_forbids"), place("deactivating", 4, null, granted)],
  ),
  goes("L5", "by nobody else", {}, [...toActive, { type: "revoke", by: { id: "lena" }, at }], [...started, no("not_allowed_to_revoke")]),
  goes(
    "L6",
    "a grant is taken back when its end comes",
    {},
    [...toActive, { type: "timeReached", at: at + hour }, done("deactivated", "notHeld", hour, { generation: 1 })],
    [...started, place("deactivating", 4, null, granted), place("ended", 5, null, granted)],
  ),
  goes(
    "L6",
    "a report of another generation",
    {},
    [facts(0), done("activated", "held", 0, { generation: 2 })],
    [scheduledPlace, activatingPlace, no("effect_stale")],
  ),
  goes(
    "L6",
    "an activation that failed is taken back first",
    {},
    [facts(0), done("activationFailed", "notHeld", 0, { retryable: false }), done("deactivated", "notHeld", 1)],
    [scheduledPlace, activatingPlace, place("deactivating", 3, null, granted), place("activationFailed", 4, null, granted)],
  ),
  goes(
    "L6",
    "a removal that failed is tried again",
    {},
    [...toActive, { type: "revoke", ...byAda, at }, done("deactivationFailed", "held", 0)],
    [...started, place("deactivating", 4, null, granted), place("deactivating", 5, at + 30_000, granted)],
  ),
  goes("L7", "time runs forward", {}, [{ type: "timeReached", at: at - 1 }], [scheduledPlace, no("clock_went_back")]),
  goes(
    "L7",
    "nothing happens after the end",
    {},
    [{ type: "withdraw", ...byAda, at }, facts(0)],
    [scheduledPlace, place("withdrawn", 2, null), no("request_over")],
  ),
  goes("L7", "what nothing comes of is not recorded", {}, [{ type: "timeReached", at: at + 1 }], [scheduledPlace, scheduledPlace]),
  ...Object.entries({
    ...{ awaitingMfa: "PENDING", awaitingApproval: "PENDING", scheduled: "APPROVED", activating: "APPROVED", active: "GRANTED" },
    ...{ deactivating: "REVOKING", ended: "EXPIRED", revoked: "EXPIRED", expired: "EXPIRED", withdrawn: "EXPIRED" },
    ...{ rejected: "REJECTED", activationFailed: "FAILED" },
  }).map(([name, word]) => named("L9", `${name} is ${word}`, "productStatus", { status: name }, word)),
  goes(
    "L10",
    "a grantee who is gone loses the access",
    {},
    [...toActive, facts(1, { requestor: "gone" })],
    [...started, place("deactivating", 4, null, granted)],
  ),
  goes("L10", "not knowing ends nothing", {}, [...toActive, facts(1, { requestor: "unknown" })], [...started, activePlace]),
  seen(
    "L8",
    "the requestor does not read why it was approved, nor by whom",
    "viewFor",
    [yes],
    { identity: ada },
    ended("requestor", "scheduled", "APPROVED", [], null),
  ),
  seen(
    "L8",
    "the approver does",
    "viewFor",
    [yes],
    { identity: lead("lena") },
    ended("approver", "scheduled", "APPROVED", [{ voter: "lena", decision: "approve", reason: "secret" }], null),
  ),
  seen(
    "L8",
    "the requestor reads why it was rejected",
    "viewFor",
    [nay],
    { identity: ada },
    ended("requestor", "rejected", "REJECTED", [], "not today"),
  ),
  seen("L11", "the requestor may read it", "mayRead", [], { identity: ada }, true),
  seen("L11", "who could vote now", "mayRead", [], { identity: lead("lena") }, true),
  seen("L11", "who has voted", "mayRead", [yes], { identity: lead("lena", { attributes: {} }) }, true),
  seen("L11", "an administrator", "mayRead", [], { identity: { id: "root" }, administrator: true }, true),
  seen("L11", "nobody else", "mayRead", [], { identity: boss }, false),
  named("L13", "a later format", "restoreRequestState", { state: { kind: "requestState", format: "requestState/v2" } }, ["state_newer"]),
  named("L13", "something else", "restoreRequestState", { state: { kind: "order" } }, ["state_foreign"]),
  named("L13", "no record at all", "restoreRequestState", { state: null }, ["state_foreign"]),
  goes(
    "W6",
    "an active grant is extended",
    extendable,
    [...toActive, extend(1)],
    [...started, place("active", 4, at + 1.5 * hour, { window: until(1.5 * hour), extensions: 1 })],
  ),
  goes(
    "W6",
    "as often as the flow says",
    extendable,
    [...toActive, extend(1), extend(2)],
    [...started, place("active", 4, at + 1.5 * hour, { window: until(1.5 * hour), extensions: 1 }), no("extensions_used_up")],
  ),
  goes("W6", "by its grantee", extendable, [...toActive, extend(1, {}, "eve")], [...started, no("not_the_grantee")]),
  goes("W6", "not once the end has come", extendable, [...toActive, extend(hour)], [...started, no("grant_over")]),
  goes("W6", "what is unknown refuses", extendable, [...toActive, extend(1, { flow: "unknown" })], [...started, no("facts_unknown")]),
];

// M

const automatic: Row = { name: "Everybody reads", trigger: "automatic", requestors: staff, targets: [onDb()] };
const holds = (grantee: string, request = `g-${grantee}`): Row => ({
  grantee,
  entitlement: { resource: "r1", permission: "read" },
  request,
});
const run = (rule: string, title: string, input: Row, expected: Row): ConformanceCase =>
  named(
    rule,
    title,
    "reconcileGrants",
    { definition: automatic, identities: [ada], current: [], resources: [db("r1")], at, ...input },
    { begins: [], ends: [], keeps: [], undetermined: [], halted: false, ...expected },
  );
const leaver: Row = { id: "bob", attributes: { group: [] } };
const many = Array.from({ length: 11 }, (_, index) => `p${index}`);

const runs: ConformanceCase[] = [
  run("M1", "who meets the conditions and lacks it gets it", {}, { begins: [["ada", "r1", "read"]] }),
  run("M1", "who has it keeps it", { current: [holds("ada")] }, { keeps: ["g-ada"] }),
  run(
    "M1",
    "who is known to meet them no more loses it",
    { identities: [ada, leaver], current: [holds("ada"), holds("bob")] },
    { keeps: ["g-ada"], ends: ["g-bob"] },
  ),
  run("M1", "an inactive person, too", { identities: [{ ...ada, active: false }], current: [holds("ada")] }, { ends: ["g-ada"] }),
  run(
    "M1",
    "an unknown fact plans neither",
    { identities: [{ id: "ada" }], current: [holds("ada")] },
    { keeps: ["g-ada"], undetermined: ["ada"] },
  ),
  run(
    "M1",
    "what the flow gives no more ends",
    { current: [{ ...holds("ada"), entitlement: { resource: "r1", permission: "write" } }] },
    { begins: [["ada", "r1", "read"]], ends: ["g-ada"] },
  ),
  run("M2", "carried out, nothing is left to do", { identities: [ada, leaver], current: [holds("ada")] }, { keeps: ["g-ada"] }),
  run(
    "M3",
    "a holder who is missing from the list",
    { identities: [], current: [holds("bob")] },
    { keeps: ["g-bob"], undetermined: ["bob"] },
  ),
  run(
    "M3",
    "more ends than are allowed: none",
    { identities: [leaver], current: [holds("bob")], maxEnds: 0 },
    { keeps: ["g-bob"], halted: true },
  ),
  run(
    "M3",
    "ten are allowed",
    { identities: many.slice(1).map((id) => ({ ...leaver, id })), current: many.slice(1).map((id) => holds(id, id)) },
    { ends: many.slice(1).sort() },
  ),
  run(
    "M3",
    "eleven are not",
    { identities: many.map((id) => ({ ...leaver, id })), current: many.map((id) => holds(id, id)) },
    { keeps: [...many].sort(), halted: true },
  ),
  named(
    "M4",
    "a planned grant is scheduled from the first",
    "grantRequest",
    { definition: automatic, id: "g1", grantee: ada, entitlements: [{ resource: "r1", permission: "read" }], at },
    scheduledPlace,
  ),
  named(
    "M4",
    "not for a grantee who is inactive",
    "grantRequest",
    { definition: automatic, id: "g1", grantee: { ...ada, active: false }, entitlements: [{ resource: "r1", permission: "read" }], at },
    no("grantee_inactive"),
  ),
  named(
    "M4",
    "nor under a flow that is off",
    "grantRequest",
    { definition: { ...automatic, active: false }, id: "g1", grantee: ada, entitlements: [{ resource: "r1", permission: "read" }], at },
    no("flow_inactive"),
  ),
];

export const writtenCases: readonly ConformanceCase[] = [
  ...definitions,
  ...conditions,
  ...schedules,
  ...requestors,
  ...targets,
  ...queries,
  ...windows,
  ...approvals,
  ...requests,
  ...runs,
];
