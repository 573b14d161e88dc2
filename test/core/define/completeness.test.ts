import { describe, expect, it } from "vitest";
import { printPath } from "../../../src/core/kernel/path.js";
import { faultsOf, fullest, placesIn, smallest, without, withValue } from "./definitions.js";

/*
 * Every key and every list of the format, each in turn. The fullest definition writes windows; the other
 * form of a schedule stands in for them in a second one.
 */
const withDays = withValue(fullest, ["schedule"], {
  kind: "onlyOn",
  days: ["monday"],
  from: "09:00",
  to: "17:00",
  timeZone: "UTC",
  except: ["2026-12-25"],
});

const definitions = { "with windows": fullest, "with days": withDays };

/** Lists that may be empty: no label, no exception, is what the default says, too. */
const mayBeEmpty = new Set(["settings.labels", "schedule.except"]);

const lists = Object.entries(definitions).flatMap(([form, definition]) =>
  placesIn(definition, Array.isArray).map((path) => ({ form, definition, path, place: printPath(path) })),
);

const records = Object.entries(definitions).flatMap(([form, definition]) =>
  placesIn(definition, (value) => typeof value === "object" && value !== null && !Array.isArray(value)).map((path) => ({
    form,
    definition,
    path,
    place: printPath(path),
  })),
);

/** What D lists as required, by the last key of its place. */
const required: readonly [RegExp, readonly string[]][] = [
  [/^$/, ["name", "requestors", "targets"]],
  [/^(requestors|requestFor\.grantees|approval\.approverGroups\[\d\]|approval\.escalation\.tiers\[\d\])$/, ["conditions"]],
  [/^targets\[0\]$/, ["kind", "integration", "resourceType", "permissions"]],
  [/^targets\[1\]$/, ["kind", "bundle"]],
  [/^targets\[2\]$/, ["kind", "accessScope"]],
  [/^(requestors|requestFor\.grantees)\.conditions\[\d\]$/, ["attribute", "values"]],
  [/^approval\.approverGroups\[1\]\.conditions\[0\]$/, ["attribute", "values"]],
  [/^schedule$/, ["kind", "timeZone"]],
  [/^schedule\.windows\[0\]$/, ["days", "from", "to"]],
  [/^grantFor$/, ["kind", "amount", "unit"]],
  [/^approval$/, ["kind", "groups", "approverGroups"]],
  [/^approval\.escalation$/, ["tiers"]],
  [/(every|expiresAfter|mfaWithin|activateWithin|startWithin|extension)$/, ["amount", "unit"]],
  [/include\[0\]$/, ["by", "key", "values"]],
  [/exclude\[\d\]$/, ["by", "values"]],
];

const requiredIn = (place: string): readonly string[] => required.find(([pattern]) => pattern.test(place))?.[1] ?? [];

const isRequired = (form: string, place: string, key: string): boolean =>
  requiredIn(place).includes(key) || (form === "with days" && place === "schedule" && ["days", "from", "to"].includes(key));

/** Left out, these leave something behind that means nothing without them (D5), or nothing to choose by. */
const combined = new Set(["requestFor.grantees", "requestFor.scopes", "schedule.windows", "settings.requireMfa"]);

describe("the fullest definitions", () => {
  it("are right", () => {
    expect(Object.values(definitions).map(faultsOf)).toEqual([[], []]);
  });
});

describe("lists", () => {
  it.each(lists)("D3, TH2: $place $form: an empty list is an issue, unless it means nothing but none", ({ definition, path, place }) => {
    expect(faultsOf(withValue(definition, path, []))).toEqual(mayBeEmpty.has(place) ? [] : expect.arrayContaining([`empty at ${place}`]));
  });

  it("D3: every kind of list of the format was emptied", () => {
    const kinds = new Set(lists.map(({ path }) => path.filter((step) => typeof step === "string").at(-1)));
    expect([...kinds].sort()).toEqual(
      [
        "approverGroups",
        "conditions",
        "days",
        "except",
        "exclude",
        "include",
        "labels",
        "permissions",
        "scopes",
        "targets",
        "tiers",
        "values",
        "windows",
      ].sort(),
    );
  });
});

describe("keys", () => {
  const keys = records.flatMap((record) => {
    const value = record.path.reduce<unknown>((at, step) => (at as never)[step], record.definition) as object;
    return Object.keys(value).map((key) => ({ ...record, key, whole: printPath([...record.path, key]) }));
  });

  it.each(keys.filter(({ form, place, key }) => isRequired(form, place, key)))(
    "D: $whole $form: a required key that is missing is an issue",
    ({ definition, path, key, whole }) => {
      expect(faultsOf(without(definition, [...path, key]))).toContain(`missing_key at ${whole}`);
    },
  );

  it.each(keys.filter(({ form, place, key, whole }) => !isRequired(form, place, key) && !combined.has(whole) && key !== "relation"))(
    "D: $whole $form: any other key may be left out",
    ({ definition, path, key }) => {
      expect(faultsOf(without(definition, [...path, key]))).toEqual([]);
    },
  );

  it.each(keys)("$whole $form: a value of the wrong sort is an issue at its place", ({ definition, path, key, whole }) => {
    const faults = faultsOf(withValue(definition, [...path, key], () => "no JSON"));
    expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(/^(wrong_type|not_an_object) at /)]));
    expect(faults.some((fault) => fault.endsWith(` at ${whole}`))).toBe(true);
  });

  it.each(records)("D1: $place $form: an unknown key is an issue", ({ definition, path }) => {
    expect(faultsOf(withValue(definition, [...path, "unheardOf"], 1))).toEqual([`unknown_key at ${printPath([...path, "unheardOf"])}`]);
  });
});

describe("conditions", () => {
  it("D: a schedule without days, from, to and windows lacks the first three", () => {
    const schedule = { kind: "onlyOn", timeZone: "UTC" };
    expect(faultsOf({ ...smallest, schedule })).toEqual([
      "missing_key at schedule.days",
      "missing_key at schedule.from",
      "missing_key at schedule.to",
    ]);
  });

  it("A7: a condition without a relation is one on an attribute", () => {
    const definition = without(fullest, ["approval", "approverGroups", 0, "conditions", 1, "relation"]);
    expect(faultsOf(definition)).toEqual([
      "missing_key at approval.approverGroups[0].conditions[1].attribute",
      "missing_key at approval.approverGroups[0].conditions[1].values",
    ]);
  });

  it("A7: an owner condition takes no `of`", () => {
    const path = ["approval", "escalation", "tiers", 0, "conditions", 0, "of"];
    expect(faultsOf(withValue(fullest, path, "requestor"))).toEqual([`unknown_key at ${printPath(path)}`]);
  });
});
