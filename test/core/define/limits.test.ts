import { describe, expect, it } from "vitest";
import { faultsOf, issuesOf, smallest, withValue } from "./definitions.js";

const times = <T>(count: number, entry: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => entry(index));

const condition = (value: string): object => ({ attribute: "group", values: [value] });
const conditions = (count: number): object => ({ conditions: times(count, (index) => condition(`g${index}`)) });
const target = { kind: "bundle", bundle: "b" };
const approval = (groups: readonly object[], tiers?: readonly object[]): object => ({
  kind: "approvalOf",
  groups: "anyOf",
  approverGroups: groups,
  ...(tiers === undefined ? {} : { escalation: { tiers } }),
});

const limited: readonly [name: string, limit: number, of: (count: number) => object, path: (string | number)[]][] = [
  ["conditions in a list", 1_000, (count) => ({ requestors: conditions(count) }), ["requestors", "conditions"]],
  ["targets", 1_000, (count) => ({ targets: times(count, () => target) }), ["targets"]],
  [
    "values in one condition",
    10_000,
    (count) => ({ requestors: { conditions: [{ attribute: "group", values: times(count, String) }] } }),
    ["requestors", "conditions", 0, "values"],
  ],
  ["approver groups", 50, (count) => ({ approval: approval(times(count, () => conditions(1))) }), ["approval", "approverGroups"]],
  [
    "escalation tiers",
    5,
    (count) => ({
      approval: approval(
        [conditions(1)],
        times(count, () => conditions(1)),
      ),
    }),
    ["approval", "escalation", "tiers"],
  ],
  ["labels", 100, (count) => ({ settings: { labels: times(count, String) } }), ["settings", "labels"]],
];

describe("limits of a list", () => {
  it.each(limited)("D4: %s: exactly %i are accepted", (_, limit, of) => {
    expect(faultsOf({ ...smallest, ...of(limit) })).toEqual([]);
  });

  it.each(limited)("D4: %s: one more than %i is an issue that names the limit", (_, limit, of, path) => {
    expect(issuesOf({ ...smallest, ...of(limit + 1) })).toMatchObject([{ code: "too_many", path, limit }]);
  });

  it("D4: counts repeated values: the limit is on what is written", () => {
    expect(issuesOf({ ...smallest, settings: { labels: times(101, () => "same") } })).toMatchObject([{ code: "too_many", limit: 100 }]);
  });
});

describe("limits of a document", () => {
  const groups = (count: number): object[] => times(count, () => conditions(500));

  it("D4: 10,000 conditions are accepted", () => {
    expect(faultsOf({ ...smallest, requestors: conditions(500), approval: approval(groups(19)) })).toEqual([]);
  });

  it("D4: more than 10,000 conditions are an issue where the limit is passed", () => {
    expect(issuesOf({ ...smallest, approval: approval(groups(22)) })).toMatchObject([
      { code: "too_many", path: ["approval", "approverGroups", 19, "conditions"], limit: 10_000 },
    ]);
  });

  it("D4: 256 characters in a value are accepted, a character being a code point", () => {
    const values = ["x".repeat(256), "\ud83d\ude00".repeat(256)];
    expect(faultsOf(withValue(smallest, ["requestors", "conditions", 0, "values"], values))).toEqual([]);
  });

  it.each(["x".repeat(257), "\ud83d\ude00".repeat(257)])("D4: a value of 257 characters is too long", (value) => {
    expect(issuesOf(withValue(smallest, ["requestors", "conditions", 0, "values", 0], value))).toMatchObject([
      { code: "too_long", path: ["requestors", "conditions", 0, "values", 0], limit: 256 },
    ]);
  });

  it("D4: a filter's values have the same limit of characters", () => {
    const resources = { include: [{ by: "id", values: ["x".repeat(257)] }] };
    expect(faultsOf(withValue(smallest, ["targets", 0, "resources"], resources))).toEqual([
      "too_long at targets[0].resources.include[0].values[0]",
    ]);
  });
});

describe("limits of the walk", () => {
  const nested = (depth: number): unknown => times(depth, String).reduce<unknown>((inner) => [inner], null);

  it("D4: 32 levels are walked", () => {
    expect(issuesOf({ ...smallest, extra: nested(31) }).map((issue) => issue.code)).toEqual(["unknown_key"]);
  });

  it("D4: the 33rd level is too deep", () => {
    const issues = issuesOf({ ...smallest, extra: nested(32) });
    expect(issues).toMatchObject([{ code: "unknown_key" }, { code: "too_deep", limit: 32 }]);
    expect(issues[1]?.path).toHaveLength(32);
  });

  it.each([
    ["lists", () => times(100_000, String).reduce<unknown>((inner) => [inner], null)],
    ["records", () => times(100_000, String).reduce<unknown>((inner) => ({ settings: inner }), null)],
  ])("TH20: %s nested a hundred thousand deep are an issue, not an overflow", (_, make) => {
    expect(issuesOf({ extra: make() }).filter((issue) => issue.code === "too_deep")).toHaveLength(1);
  });

  it("D4: stops at the first excess, with one issue for it", () => {
    const issues = issuesOf({ deep: nested(50), deeper: nested(60), zzzzzz: 1 });
    expect(issues.map((issue) => issue.code)).toEqual(["unknown_key", "too_deep"]);
  });

  it("D4: more than 100,000 values are too large", () => {
    expect(issuesOf({ ...smallest, description: times(100_001, () => 0) })).toMatchObject([
      { code: "wrong_type", path: ["description"] },
      { code: "too_large", limit: 100_000 },
    ]);
  });

  it("TH20: a record that holds itself is too deep", () => {
    const circle: { [key: string]: unknown } = { ...smallest };
    circle["extra"] = circle;
    expect(issuesOf(circle).map((issue) => issue.code)).toContain("too_deep");
  });

  it("TH20: a document that shares its parts exponentially is too large", () => {
    const shared = times(30, String).reduce<unknown>((inner) => [inner, inner], null);
    expect(issuesOf({ extra: shared }).map((issue) => issue.code)).toEqual(["unknown_key", "too_large"]);
  });

  it("TH20: a list with four thousand million holes is too large", () => {
    expect(issuesOf({ ...smallest, labels: new Array(4_000_000_000) }).at(-1)).toMatchObject({ code: "too_large", limit: 100_000 });
  });

  const bytes = 4 * 1024 * 1024;
  /** What the definition's own keys and texts take. */
  const own =
    JSON.stringify({ ...smallest, description: "" })
      .match(/"[^"]+"/g)
      ?.reduce((sum, text) => sum + text.length - 2, 0) ?? 0;

  it("D4: 4 MiB of text, keys included, are accepted", () => {
    expect(faultsOf({ ...smallest, description: "x".repeat(bytes - own) })).toEqual([]);
  });

  it("D4: one byte more is too large", () => {
    expect(issuesOf({ ...smallest, description: "x".repeat(bytes - own + 1) })).toMatchObject([{ code: "too_large", limit: bytes }]);
  });

  it("D4: text is counted in UTF-8", () => {
    // The last and the first of each length, and a pair: 1, 2, 2, 3, 3, 3 and 4 bytes.
    const lengths = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\ud83d\ude00";
    const whole = lengths.repeat(Math.floor((bytes - own) / 18)) + "x".repeat((bytes - own) % 18);
    expect([whole, `${whole}x`].map((text) => faultsOf({ ...smallest, description: text }))).toEqual([[], ["too_large at description"]]);
  });

  it("D4: huge keys count as text, too", () => {
    expect(issuesOf({ ["k".repeat(bytes + 1)]: 1 }).map((issue) => issue.code)).toEqual(["too_large"]);
  });

  it("TH20: suggests a nearest key for the first thousand misspelt ones only", () => {
    const misspelt = Object.fromEntries(times(1_500, (index) => [`name${String.fromCodePoint(0x4e00 + index)}`, 1]));
    expect(issuesOf(misspelt).filter((issue) => issue.nearest !== undefined)).toHaveLength(1_000);
  });
});
