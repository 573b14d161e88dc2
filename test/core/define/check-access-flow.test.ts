import { describe, expect, it } from "vitest";
import { checkAccessFlow, defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import type { AccessFlowError } from "../../../src/core/kernel/access-flow-error.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";
import { faultsOf, fullest, issuesOf, normalForm, smallest, withValue } from "./definitions.js";

const smallestNormal = `{
  "format": "accessflow/v1",
  "id": "s3-read",
  "name": "S3 read",
  "description": "",
  "active": true,
  "trigger": "selfServe",
  "schedule": { "kind": "always" },
  "requestors": { "combinator": "and", "conditions": [ { "attribute": "group", "operator": "is", "values": ["platform"] } ] },
  "requestFor": { "scopes": ["self"] },
  "targets": [
    { "kind": "integration", "integration": "aws-prod", "resourceType": "aws-account-s3-bucket", "permissions": ["read"], "resources": "any" }
  ],
  "grantFor": { "kind": "fixed", "amount": 1, "unit": "hour" },
  "approval": { "kind": "automatic" },
  "settings": {
    "labels": [],
    "requireMfa": false,
    "requireJustification": false,
    "requireApproverReason": false,
    "requestorCannotApproveSelf": false,
    "requireDuration": false,
    "mfaWithin": { "amount": 1, "unit": "hour" },
    "activateWithin": { "amount": 7, "unit": "day" },
    "startWithin": null,
    "maxExtensions": 0,
    "extension": { "amount": 30, "unit": "minute" }
  }
}`;

const smallestApproval = {
  kind: "approvalOf",
  groups: "anyOf",
  approverGroups: [{ conditions: [{ relation: "manager" }] }],
  escalation: { tiers: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
};

const smallestApprovalNormal = `{
  "kind": "approvalOf",
  "groups": "anyOf",
  "approverGroups": [
    { "combinator": "and", "conditions": [ { "relation": "manager", "of": "requestor" } ], "required": 1 }
  ],
  "distinctApprovers": false,
  "expiresAfter": { "amount": 24, "unit": "hour" },
  "escalation": {
    "every": { "amount": 30, "unit": "minute" },
    "tiers": [ { "combinator": "and", "conditions": [ { "attribute": "group", "operator": "is", "values": ["leads"] } ] } ]
  }
}`;

/** Text, so that the order of keys counts. */
const compact = (json: string): string => JSON.stringify(JSON.parse(json));

/** Keys of every record in the other order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe("the normal form", () => {
  it("D7: spells out every default of the smallest definition, keys in the order of the format", () => {
    expect(JSON.stringify(normalForm(smallest))).toBe(compact(smallestNormal));
  });

  it("D7: spells out every default of the smallest approval with a tier", () => {
    expect(JSON.stringify(normalForm({ ...smallest, approval: smallestApproval }).approval)).toBe(compact(smallestApprovalNormal));
  });

  it("D7: keeps everything that the fullest definition says, defaults apart", () => {
    const { $schema: _, ...written } = fullest;
    const expected = withValue(written, ["approval", "approverGroups", 0, "conditions", 1], { relation: "manager", of: "requestor" });
    expect(JSON.stringify(normalForm(fullest))).toBe(JSON.stringify(expected));
  });

  it("D7: orders its keys by the format, however the definition orders them", () => {
    expect(JSON.stringify(normalForm(reversed(fullest)))).toBe(JSON.stringify(normalForm(fullest)));
  });

  it("D7: is itself a valid definition, and its own normal form", () => {
    const flow = normalForm(fullest);
    expect(JSON.stringify(normalForm(JSON.parse(JSON.stringify(flow))))).toBe(JSON.stringify(flow));
  });

  it("D7: of a normal form is the very same object", () => {
    const flow = normalForm(smallest);
    expect(normalForm(flow)).toBe(flow);
  });

  it("is frozen all the way down", () => {
    expect([isDeepFrozen(normalForm(smallest)), isDeepFrozen(normalForm(fullest))]).toEqual([true, true]);
  });

  it("shares nothing with the definition", () => {
    const definition = structuredClone(fullest) as unknown as { targets: { permissions: string[] }[] };
    const flow = normalForm(definition);
    definition.targets[0]?.permissions.push("admin");
    expect(JSON.stringify(flow)).toBe(JSON.stringify(normalForm(fullest)));
  });

  it("D7: keeps a schedule in the form it was written in", () => {
    const schedule = { kind: "onlyOn", days: ["monday"], from: "09:00", to: "24:00", timeZone: "UTC" };
    expect(JSON.stringify(normalForm({ ...smallest, schedule }).schedule)).toBe(JSON.stringify(schedule));
  });

  it("takes keys that are undefined as keys that are not there", () => {
    const definition = { ...smallest, id: undefined, settings: { requireMfa: undefined }, requestFor: { grantees: undefined } };
    expect(JSON.stringify(normalForm(definition))).toBe(JSON.stringify(normalForm(smallest)));
  });

  it("D7: writes negative zero as JSON does", () => {
    expect(Object.is(normalForm(withValue(smallest, ["settings"], { maxExtensions: -0 })).settings.maxExtensions, 0)).toBe(true);
  });

  it.each([
    ["values of a condition", ["requestors", "conditions", 0, "values"], ["caf\u00e9", "cafe\u0301", "b", "caf\u00e9"], ["caf\u00e9", "b"]],
    ["permissions", ["targets", 0, "permissions"], ["read", "write", "read"], ["read", "write"]],
    [
      "values of a filter",
      ["targets", 0, "resources"],
      { include: [{ by: "id", values: ["a", "a"] }] },
      { include: [{ by: "id", values: ["a"] }] },
    ],
    ["scopes", ["requestFor"], { scopes: ["self", "self"] }, { scopes: ["self"] }],
    ["labels", ["settings", "labels"], ["e\u0301", "\u00e9"], ["e\u0301"]],
  ])("D7: drops repeated %s, the first stays as written", (_, path, written, kept) => {
    const definition = withValue({ ...smallest, settings: {} }, path as string[], written);
    const found = (path as (string | number)[]).reduce<unknown>((value, step) => (value as never)[step], normalForm(definition));
    expect(found).toEqual(kept);
  });

  it("D7: drops repeated days and excepted dates", () => {
    const schedule = {
      kind: "onlyOn",
      days: ["friday", "monday", "friday"],
      from: "09:00",
      to: "17:00",
      timeZone: "UTC",
      except: ["2026-01-01", "2026-01-01"],
    };
    expect(normalForm({ ...smallest, schedule }).schedule).toMatchObject({ days: ["friday", "monday"], except: ["2026-01-01"] });
  });

  it("D7: keeps repeated conditions and targets, which people read", () => {
    const twice = withValue(smallest, ["requestors", "conditions", 1], smallest.requestors.conditions[0]);
    expect(normalForm(twice).requestors.conditions).toHaveLength(2);
  });
});

describe("defineAccessFlow", () => {
  it("gives the normal form", () => {
    expect(defineAccessFlow(smallest)).toEqual(normalForm(smallest));
  });

  it("throws one error with every issue, its code the first one's", () => {
    let thrown: unknown = null;
    try {
      defineAccessFlow({ ...smallest, name: "", targets: [] });
    } catch (error) {
      thrown = error;
    }
    const { name, code, issues, message } = thrown as AccessFlowError;
    expect({ name, code, codes: issues.map((issue) => issue.code), lines: message.split("\n").length }).toEqual({
      name: "AccessFlowError",
      code: "name_invalid",
      codes: ["name_invalid", "empty"],
      lines: 3,
    });
  });
});

describe("unknown keys", () => {
  it("D1: are issues, with the nearest known key", () => {
    expect(issuesOf({ ...smallest, settings: { requireMFA: true } })).toEqual([
      {
        code: "unknown_key",
        path: ["settings", "requireMFA"],
        message: "settings.requireMFA is not a known key; did you mean `requireMfa`?",
        nearest: "requireMfa",
      },
    ]);
  });

  it("D1: that resemble nothing get no suggestion", () => {
    expect(issuesOf({ ...smallest, zzzzzzzz: 1 })).toEqual([
      { code: "unknown_key", path: ["zzzzzzzz"], message: "zzzzzzzz is not a known key" },
    ]);
  });

  it("D1: are issues even when they are undefined", () => {
    expect(faultsOf({ ...smallest, settings: { requireMFA: undefined } })).toEqual(["unknown_key at settings.requireMFA"]);
  });

  it("D1: `$schema` is known at the root only, and must be a text", () => {
    expect([
      faultsOf({ $schema: "x", ...smallest }),
      faultsOf({ $schema: 1, ...smallest }),
      faultsOf({ ...smallest, settings: { $schema: "x" } }),
    ]).toEqual([[], ["wrong_type at $schema"], ["unknown_key at settings.$schema"]]);
  });

  it("A7: a relation outside of approver groups says where relations belong", () => {
    const definition = withValue(smallest, ["requestors", "conditions", 0, "relation"], "manager");
    expect(issuesOf(definition).map((issue) => issue.message)).toEqual([
      "requestors.conditions[0].relation has a meaning in approver groups only",
    ]);
  });
});

describe("large definitions (D4)", () => {
  it("D4: three megabytes of accented letters are within the limit of four", () => {
    const values = (first: number) => Array.from({ length: 1_000 }, (_, index) => `${first + index}`.padStart(250, "\u00e9"));
    const conditions = [0, 1, 2, 3, 4, 5, 6].map((each) => ({ attribute: "group", operator: "isNot", values: values(1_000 * each) }));
    const checked = checkAccessFlow({ ...smallest, requestors: { conditions } });
    expect(checked.ok && checked.value.requestors.conditions.map((each) => each.values.length)).toEqual(Array(7).fill(1_000));
  });
});

describe("names and ids", () => {
  it("D2: with an id of its own a name need give none, whatever else is wrong", () => {
    expect(faultsOf({ ...smallest, id: "x", name: "\u65e5\u672c", setings: 1 })).toEqual(["unknown_key at setings"]);
  });

  it("D2: a name is stored trimmed", () => {
    expect(normalForm({ ...smallest, name: "\t S3 read\u00a0\n" }).name).toBe("S3 read");
  });

  it.each([
    "a",
    "7",
    "\u0661",
    "Acc\u00e8s (base) - prod & co: a/b + 'c', d.e_f",
    "\u540d\u524d",
    "\u0928\u093f",
    "x".repeat(100),
    "\ud835\udd38".repeat(100),
  ])("D2: accepts the name %j", (name) => {
    expect(faultsOf({ ...smallest, id: "x", name })).toEqual([]);
  });

  it.each([
    "",
    "   ",
    "-",
    "x".repeat(101),
    "\ud835\udd38".repeat(101),
    "a\nb",
    "a\tb",
    "a|b",
    "a\u202eb",
    "a\u200bb",
    "tea \u2615",
    "a\u00a0b",
    "<b>",
  ])("D2: refuses the name %j", (name) => {
    expect(faultsOf({ ...smallest, name })).toEqual(["name_invalid at name"]);
  });

  it.each([
    ["Acc\u00e8s base - prod", "acces-base-prod"],
    ["a_b.c", "a_b.c"],
    ["  --S3 (read)--  ", "s3-read"],
    ["I\u0307stanbul \u0130", "istanbul-i"],
    ["\ufb03 \u2167".replace(" \u2167", ""), "ffi"],
    ["A:B / C", "a:b-c"],
    ["\u540d\u524d 7", "7"],
  ])("D2: the name %j gives the id %s", (name, id) => {
    expect(normalForm({ ...smallest, name }).id).toBe(id);
  });

  it.each(["\u540d\u524d", "\ufb03".repeat(43)])("D2: the name %j gives no id, so one must be written", (name) => {
    expect(faultsOf({ ...smallest, name })).toEqual(["id_needed at id"]);
  });

  it("D2: a name without an id is no issue where the id is written", () => {
    expect(normalForm({ ...smallest, name: "\u540d\u524d", id: "A.b:c-1" }).id).toBe("A.b:c-1");
  });

  it.each(["", " ", "a b", "\u00e9", "x".repeat(129), "a/b", "a\n"])("D2: refuses the id %j", (id) => {
    expect(faultsOf({ ...smallest, id })).toEqual(["id_invalid at id"]);
  });

  it("D2: accepts an id of 128 characters", () => {
    expect(normalForm({ ...smallest, id: "x".repeat(128) }).id).toHaveLength(128);
  });
});

describe("values", () => {
  it.each(["", " ", "\u00a0\n"])("D3: a value that is %j is an issue under every operator", (value) => {
    const definition = withValue(smallest, ["requestors", "conditions", 0], { attribute: "group", operator: "contains", values: [value] });
    expect(faultsOf(definition)).toEqual(["blank at requestors.conditions[0].values[0]"]);
  });

  it("D3: are kept as written, spaces included", () => {
    expect(normalForm(withValue(smallest, ["requestors", "conditions", 0, "values"], [" a "])).requestors.conditions[0].values).toEqual([
      " a ",
    ]);
  });

  it("D3: text with a lone surrogate is an issue wherever it stands", () => {
    const texts: (string | number)[][] = [
      ["description"],
      ["requestors", "conditions", 0, "values", 0],
      ["targets", 0, "integration"],
      ["name"],
    ];
    expect(texts.map((path) => faultsOf(withValue(smallest, path, "a\ud800")))).toEqual([
      ["lone_surrogate at description"],
      ["lone_surrogate at requestors.conditions[0].values[0]"],
      ["lone_surrogate at targets[0].integration"],
      ["lone_surrogate at name"],
    ]);
  });

  it.each([{}, { include: undefined }, { exclude: undefined }, { include: undefined, exclude: undefined }])(
    "D3: resources that say nothing are an issue (%j, %#)",
    (resources) => {
      expect(faultsOf(withValue(smallest, ["targets", 0, "resources"], resources))).toEqual(["empty at targets[0].resources"]);
    },
  );

  it("D3: resources of which one key is undefined say what the other one says", () => {
    const include = [{ by: "name", values: ["x"] }];
    expect(normalForm(withValue(smallest, ["targets", 0, "resources"], { include, exclude: undefined })).targets[0]).toMatchObject({
      resources: { include },
    });
  });

  it("D3: resources with a faulty or an unknown key are not called empty as well", () => {
    const faults = [{ include: 5 }, { inclde: [] }].map((resources) =>
      faultsOf(withValue(smallest, ["targets", 0, "resources"], resources)),
    );
    expect(faults).toEqual([["wrong_type at targets[0].resources.include"], ["unknown_key at targets[0].resources.inclde"]]);
  });
});

describe("words", () => {
  it.each([
    ["format", ["format"], "accessflow/v2", "unknown_format"],
    ["trigger", ["trigger"], "selfserve", "unknown_word"],
    ["operator", ["requestors", "conditions", 0, "operator"], "isnot", "unknown_operator"],
    ["kind", ["targets", 0, "kind"], "integratoin", "unknown_kind"],
    ["kind that every object inherits", ["targets", 0, "kind"], "constructor", "unknown_kind"],
    ["combinator", ["requestors", "combinator"], "AND", "unknown_word"],
    ["choice of resources", ["targets", 0, "resources"], "all", "unknown_word"],
  ])("refuses an unknown %s", (_, path, word, code) => {
    expect(faultsOf(withValue(smallest, path, word))).toEqual([
      `${code} at ${path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
        .join("")
        .slice(1)}`,
    ]);
  });

  it("D6: suggests the nearest word", () => {
    const [issue] = issuesOf(withValue(smallest, ["requestors", "conditions", 0, "operator"], "isnot"));
    expect(issue?.nearest).toBe("isNot");
  });
});

describe("issues", () => {
  it("D6: come all at once, in the order of the document", () => {
    const definition = {
      targets: [{ kind: "bundle" }, 7],
      settings: { maxExtensions: -1, mfaWithin: { amount: 2, unit: "hour" }, typo: 1 },
      trigger: "automatic",
      approval: { kind: "approvalOf", groups: "anyOf", distinctApprovers: true, approverGroups: [] },
      requestors: { conditions: [{ attribute: "", values: [] }] },
    };
    expect(faultsOf(definition)).toEqual([
      "missing_key at targets[0].bundle",
      "not_an_object at targets[1]",
      "number_invalid at settings.maxExtensions",
      "combination_means_nothing at settings.mfaWithin",
      "unknown_key at settings.typo",
      "combination_means_nothing at approval",
      "combination_means_nothing at approval.distinctApprovers",
      "empty at approval.approverGroups",
      "blank at requestors.conditions[0].attribute",
      "empty at requestors.conditions[0].values",
      "missing_key at name",
    ]);
  });

  it("D6: begin with the path and name the offending value", () => {
    expect(issuesOf(withValue(smallest, ["targets", 0, "integration"], 5)).map((issue) => issue.message)).toEqual([
      "targets[0].integration must be a text, not `5`",
    ]);
  });

  it("D6: say nothing about the path of the whole document but what it is", () => {
    expect(issuesOf(null)).toEqual([{ code: "not_an_object", path: [], message: "the definition must be an object, not null" }]);
  });

  it("D6: are frozen data", () => {
    const checked = checkAccessFlow({});
    expect(isDeepFrozen(checked)).toBe(true);
  });

  it("TH19: escape what could act on the screen that shows them, and shorten what is huge", () => {
    const [issue] = issuesOf(withValue(smallest, ["trigger"], `\u001b[31m\u202e\`${"\ud83d\ude00".repeat(1000)}`));
    expect(issue?.message).toBe(
      `trigger must be \`selfServe\` or \`automatic\`, not \`\\u{1b}[31m\\u{202e}\\u{60}${"\ud83d\ude00".repeat(53)}\u2026\``,
    );
  });

  it("TH19: escape and shorten keys, too, and keep them whole in the path", () => {
    const key = `\u001b]8;;\u0007${"k".repeat(1000)}`;
    const [issue] = issuesOf({ [key]: 1, ...smallest });
    expect([issue?.path, issue?.message.length]).toEqual([
      [key],
      `["\\u001b]8;;\\u0007${"k".repeat(54)}\u2026"] is not a known key`.length,
    ]);
  });
});

describe("records that are written", () => {
  it.each([
    ["schedule", {}, ["missing_key at schedule.kind"]],
    ["grantFor", { kind: "fixed" }, ["missing_key at grantFor.amount", "missing_key at grantFor.unit"]],
    ["grantFor", { amount: 1, unit: "hour" }, ["missing_key at grantFor.kind"]],
    ["approval", {}, ["missing_key at approval.kind"]],
    ["settings", { extension: { amount: 1 } }, ["missing_key at settings.extension.unit"]],
  ])("D: %s given as %j is incomplete", (key, value, faults) => {
    expect(faultsOf({ ...smallest, [key]: value })).toEqual(faults);
  });

  it("D: null is a value, not an absence", () => {
    expect(faultsOf({ ...smallest, description: null, schedule: null, settings: { startWithin: null } })).toEqual([
      "wrong_type at description",
      "not_an_object at schedule",
    ]);
  });
});

describe("forbidden keys", () => {
  const hostile = (text: string): unknown => JSON.parse(text.replace("{", `{"name":"S3 read",`));

  it.each(["__proto__", "constructor", "prototype"])("D8: `%s` is an issue in every record of a definition", (key) => {
    const definition = hostile(
      `{"${key}":{"trigger":"automatic"},"settings":{"${key}":1},"requestors":{"conditions":[{"${key}":1,"attribute":"group","values":["x"]}]},"targets":[{"kind":"bundle","bundle":"b","${key}":[]}],"other":{"deep":[{"${key}":1}]}}`,
    );
    expect(
      issuesOf(definition)
        .filter((issue) => issue.code === "forbidden_key")
        .map((issue) => issue.path.join(".")),
    ).toEqual([key, `settings.${key}`, `requestors.conditions.0.${key}`, `targets.0.${key}`, `other.deep.0.${key}`]);
  });

  it("D8: `__proto__` never reaches a prototype", () => {
    checkAccessFlow(hostile(`{"__proto__":{"polluted":1},"settings":{"__proto__":{"polluted":1}}}`));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("D8: inherited keys are not read", () => {
    const definition = Object.create({ name: "inherited" }, {}) as object;
    expect(faultsOf(definition)).toEqual(["not_an_object at "]);
  });
});
