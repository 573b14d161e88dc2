import { describe, expect, it } from "vitest";
import { acceptCatalog, identityFaults, inputFaults, resourceFaults } from "../../../src/core/define/check-facts.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";
import { isDeepFrozen } from "../../../src/core/kernel/deep-freeze.js";
import { printPath } from "../../../src/core/kernel/path.js";
import type { Reason } from "../../../src/core/kernel/reason.js";

const ada = {
  id: "ada",
  emails: ["ada@corp.com"],
  accounts: ["gh-ada", { id: "U1", name: "Ada", source: "slack" }],
  active: true,
  name: "Ada",
  manager: null,
  sources: ["okta"],
  attributes: { group: ["admins", { id: "g2", name: "" }, null], department: "eng", shift: { id: "s1" }, none: [], unknown: null },
};

const bucket = {
  id: "r1",
  name: "orders",
  type: "aws-account-s3-bucket",
  integration: "aws-prod",
  path: "/a/b",
  sourceId: "arn:aws:s3:::orders",
  status: "active",
  riskLevel: "high",
  tags: { env: "prod" },
  context: {},
  permissions: ["read", { id: "p2", name: "write", riskLevel: "1", tags: { a: "b" }, context: {} }],
};

/** Where the faults are; each names the argument. */
function placesOf(reasons: readonly Reason[]): readonly string[] {
  return reasons.map((reason) => (reason.code === "facts_invalid" ? `${reason.argument}: ${printPath(reason.at)}` : reason.code));
}

const identityPlaces = (value: unknown): readonly string[] => placesOf(identityFaults("requestor", value));
const resourcePlaces = (value: unknown): readonly string[] => placesOf(resourceFaults("resource", value));

describe("identities", () => {
  it("of the stated shape have no faults, and nothing is allocated to say so", () => {
    expect(identityFaults("requestor", ada)).toBe(identityFaults("requestor", { id: "bob" }));
    expect(identityPlaces(ada)).toEqual([]);
  });

  it("D8: take any attribute name as data, `__proto__` among them", () => {
    const attributes: unknown = JSON.parse(`{"__proto__":"x","constructor":["y"],"prototype":null,"toString":{"id":"z"}}`);
    expect(identityPlaces({ id: "ada", attributes })).toEqual([]);
  });

  it("D8: take attribute names that every object inherits as data, where prototypes cannot be written to", () => {
    const identity = { id: "ann", attributes: { toString: ["sales"] } };
    const inherited = Object.getOwnPropertyDescriptor(Object.prototype, "toString") ?? {};
    Object.defineProperty(Object.prototype, "toString", { ...inherited, writable: false });
    let prepared: unknown;
    try {
      prepared = prepareIdentity(identity);
    } finally {
      Object.defineProperty(Object.prototype, "toString", inherited);
    }
    expect(prepared).toEqual(identity);
  });

  it("C4: take keys that are undefined as absent", () => {
    expect(identityPlaces({ id: "ada", emails: undefined, active: undefined, attributes: { group: undefined } })).toEqual([]);
  });

  it("C9: refuse a misspelt `actve`, which would open", () => {
    expect(identityFaults("requestor", { id: "ada", actve: false })).toEqual([
      { code: "facts_invalid", rule: "C4", path: [], argument: "requestor", at: ["actve"] },
    ]);
  });

  it.each<[string, unknown]>([
    ["id", { ...ada, id: "" }],
    ["id", { ...ada, id: 5 }],
    ["id", { emails: [] }],
    ["emails", { ...ada, emails: "ada@corp.com" }],
    ["emails", { ...ada, emails: null }],
    ["emails[0]", { ...ada, emails: [null] }],
    ["accounts[0]", { ...ada, accounts: [null] }],
    ["accounts[1].id", { ...ada, accounts: ["a", { name: "x" }] }],
    ["active", { ...ada, active: "false" }],
    ["active", { ...ada, active: null }],
    ["name", { ...ada, name: null }],
    ["manager", { ...ada, manager: 5 }],
    ["sources[0]", { ...ada, sources: [{ id: "okta" }] }],
    ["attributes", { ...ada, attributes: [] }],
    ["attributes.level", { ...ada, attributes: { level: 5 } }],
    ["attributes.group[0]", { ...ada, attributes: { group: [["admins"]] } }],
    ["attributes.group[1].id", { ...ada, attributes: { group: ["a", { id: 1 }] } }],
    ["attributes.group[0].source", { ...ada, attributes: { group: [{ id: "a", source: null }] } }],
    ["attributes.group.idd", { ...ada, attributes: { group: { id: "a", idd: 1 } } }],
    ["", null],
    ["", []],
    ["", new Map()],
    ["", Object.create({ id: "ada", active: true }, {})],
  ])("are refused with a fault at %j", (place, value) => {
    expect(identityPlaces(value)).toEqual([`requestor: ${place}`]);
  });

  it("are refused with every fault at once, frozen", () => {
    const faults = identityFaults("voter", { id: 1, emails: [2, "x", 3], manager: [], zz: 1 });
    expect(placesOf(faults)).toEqual(["voter: id", "voter: emails[0]", "voter: emails[2]", "voter: manager", "voter: zz"]);
    expect(isDeepFrozen(faults)).toBe(true);
  });

  const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`);

  it("D4: may hold 5,000 values", () => {
    expect(identityPlaces({ id: "ada", emails: texts(1), attributes: { group: texts(4_998), department: "eng", unknown: null } })).toEqual(
      [],
    );
  });

  it("D4: of 5,001 values are refused, in one list or over several", () => {
    const several = {
      id: "ada",
      emails: texts(2_000),
      accounts: texts(2_000),
      attributes: { group: texts(1_000), department: { id: "eng" } },
    };
    expect([identityFaults("requestor", { id: "ada", attributes: { group: texts(5_001) } }), identityFaults("requestor", several)]).toEqual(
      [
        [{ code: "facts_invalid", rule: "D4", path: [], argument: "requestor", at: ["attributes", "group"] }],
        [{ code: "facts_invalid", rule: "D4", path: [], argument: "requestor", at: ["attributes", "department"] }],
      ],
    );
  });

  it("TH20: with faults without end are refused after a thousand", () => {
    expect(identityFaults("requestor", { id: "ada", attributes: Object.fromEntries(texts(2_000).map((name) => [name, 5])) })).toHaveLength(
      1_000,
    );
  });

  it("that throw when they are touched are refused, and so are resources and inputs", () => {
    const throwing = (): never => {
      throw new Error("touched");
    };
    const hostile = new Proxy({}, { ownKeys: throwing });
    expect([identityPlaces(hostile), resourcePlaces(hostile), placesOf(inputFaults(hostile, []))]).toEqual([
      ["requestor: "],
      ["resource: "],
      ["input: "],
    ]);
  });
});

describe("resources", () => {
  it("of the stated shape have no faults", () => {
    expect([resourcePlaces(bucket), resourcePlaces({ id: "r", name: "", type: "", integration: "" })]).toEqual([[], []]);
  });

  it("D8: take any tag as data", () => {
    const tags: unknown = JSON.parse(`{"__proto__":"x","constructor":"y"}`);
    expect(resourcePlaces({ ...bucket, tags })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["id", { ...bucket, id: "" }],
    ["name", { ...bucket, name: undefined }],
    ["type", { ...bucket, type: null }],
    ["integration", { ...bucket, integration: ["a"] }],
    ["status", { ...bucket, status: "ACTIVE" }],
    ["path", { ...bucket, path: 5 }],
    ["tags", { ...bucket, tags: ["env"] }],
    ["tags.env", { ...bucket, tags: { env: true } }],
    ["context.a", { ...bucket, context: { a: null } }],
    ["permissions", { ...bucket, permissions: null }],
    ["permissions[0]", { ...bucket, permissions: [null] }],
    ["permissions[0].name", { ...bucket, permissions: [{ id: "p" }] }],
    ["permissions[0].tags.a", { ...bucket, permissions: [{ name: "p", tags: { a: 1 } }] }],
    ["permissions[0].nam", { ...bucket, permissions: [{ name: "p", nam: 1 }] }],
    ["staus", { ...bucket, staus: "deleted" }],
    ["", "r1"],
  ])("are refused with a fault at %j", (place, value) => {
    expect(resourcePlaces(value)).toEqual([`resource: ${place}`]);
  });

  it("say where in the argument they stand", () => {
    expect(placesOf(resourceFaults("resources", { ...bucket, id: 1 }, [7]))).toEqual(["resources: [7].id"]);
  });
});

describe("inputs", () => {
  const known = ["requestor", "at"];

  it("with known keys, or fewer, have no faults", () => {
    expect([inputFaults({ requestor: 1, at: 2 }, known), inputFaults({}, known)]).toEqual([[], []]);
  });

  it("with unknown keys are refused, each named", () => {
    expect(placesOf(inputFaults({ requestr: 1, at: 2, "the grantee": 3 }, known))).toEqual(["input: requestr", `input: ["the grantee"]`]);
  });

  it.each([null, undefined, 5, [], new Date(0)])("that are no record are refused: %s", (input) => {
    expect(placesOf(inputFaults(input, known, "event"))).toEqual(["event: "]);
  });
});

describe("catalogues", () => {
  it("that are absent are empty", () => {
    expect(acceptCatalog("catalog", undefined)).toEqual({ ok: true, value: { integrations: [], bundles: [], accessScopes: [] } });
  });

  it("get their defaults and the normal form of their targets and owners", () => {
    const catalog = {
      integrations: [
        {
          id: "i1",
          name: "aws-prod",
          ownerMapping: { tagKey: "owner", attribute: "user" },
          owner: { attribute: "group", values: ["ops", "ops"] },
        },
      ],
      bundles: [{ name: "b", targets: [{ kind: "integration", integration: "i1", resourceType: "t", permissions: ["read"] }] }],
    };
    expect(acceptCatalog("catalog", catalog)).toEqual({
      ok: true,
      value: {
        integrations: [
          {
            id: "i1",
            name: "aws-prod",
            ownerMapping: { tagKey: "owner", attribute: "user" },
            owner: { attribute: "group", operator: "is", values: ["ops"] },
          },
        ],
        bundles: [
          { name: "b", targets: [{ kind: "integration", integration: "i1", resourceType: "t", permissions: ["read"], resources: "any" }] },
        ],
        accessScopes: [],
      },
    });
  });

  it("are frozen copies", () => {
    const accepted = acceptCatalog("catalog", { accessScopes: [{ id: "s", name: "n", query: "not a query" }] });
    expect(isDeepFrozen(accepted)).toBe(true);
  });

  it.each<[string, unknown]>([
    ["", null],
    ["bundels", { bundels: [] }],
    ["bundles[0].targets", { bundles: [{ name: "b", targets: [] }] }],
    ["bundles[0].targets[0].bundel", { bundles: [{ name: "b", targets: [{ kind: "bundle", bundle: "c", bundel: "d" }] }] }],
    [
      "integrations[0].owner.relation",
      { integrations: [{ id: "i", name: "n", owner: { relation: "owner", attribute: "a", values: ["v"] } }] },
    ],
    ["integrations[0].ownerMapping.attribute", { integrations: [{ id: "i", name: "n", ownerMapping: { tagKey: "k", attribute: " " } }] }],
    ["accessScopes[0].query", { accessScopes: [{ name: "n" }] }],
  ])("are refused with a fault at %j", (place, catalog) => {
    const accepted = acceptCatalog("catalog", catalog);
    expect(accepted.ok ? [] : placesOf(accepted.error)).toEqual([`catalog: ${place}`]);
  });

  it("may be larger than a definition", () => {
    const integrations = Array.from({ length: 40_000 }, (_, index) => ({ id: `i${index}`, name: `n${index}` }));
    expect(acceptCatalog("catalog", { integrations }).ok).toBe(true);
  });
});
