import { describe, expect, it } from "vitest";
import { matchQuery } from "../../../src/core/evaluate/match-query.js";
import type { Catalog } from "../../../src/core/facts/catalog.js";
import type { Permission, Resource } from "../../../src/core/facts/resource.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { parseQuery } from "../../../src/core/query/parse-query.js";

const resource: Resource = deepFreeze({
  id: "r-1",
  name: "prod-ledger",
  type: "db",
  integration: "i-1",
  path: "/eu/prod-ledger",
  sourceId: "arn:1",
  status: "active",
  riskLevel: "3",
  tags: { env: "prod", "caf\u00e9": "yes" },
  context: { region: "eu" },
  permissions: [{ id: "p-1", name: "read", riskLevel: "2", tags: { kind: "data" }, context: { plane: "data" } }, "write"],
});
const bare: Resource = deepFreeze({ id: "r-2", name: "menu", type: "db", integration: "i-2" });
const catalog: Catalog = deepFreeze({ integrations: [{ id: "i-1", name: "PostgreSQL" }] });

const truth = (query: string, on: Resource = resource, permission: Permission = "read") => matchQuery(query, on, permission, catalog);

describe("matchQuery", () => {
  it.each([
    'resource_type = "db"',
    'resource_name = "prod-ledger"',
    'resource_path = "/eu/prod-ledger"',
    'resource = "r-1"',
    'resource_source_id = "arn:1"',
    'resource_status = "active"',
    'resource_risk_level = "3"',
    'resource_tag["env"] = "prod"',
    'resource_context["region"] = "eu"',
    'permission = "p-1"',
    'permission_name = "read"',
    'permission_risk_level = "2"',
    'permission_tag["kind"] = "data"',
    'permission_context["plane"] = "data"',
    'integration = "i-1"',
    'integration_name = "PostgreSQL"',
  ])("Q1: each field reads its own fact: %s", (query) => {
    expect([truth(query), truth(query.replace("=", "!="))]).toEqual(["holds", "fails"]);
  });

  it.each([
    ['resource_name contains "d-l"', "holds"],
    ['resource_name contains "D-L"', "fails"],
    ['resource_name not_contains "d-l"', "fails"],
    ['resource_name not_contains "stage"', "holds"],
    ['resource_name starts_with "prod"', "holds"],
    ['resource_name starts_with "ledger"', "fails"],
    ['resource_name ends_with "ledger"', "holds"],
    ['resource_name ends_with "prod"', "fails"],
    ['resource_name in ("a", "prod-ledger")', "holds"],
    ['resource_name in ("a", "b")', "fails"],
    ['resource_name not_in ("a", "prod-ledger")', "fails"],
    ['resource_name not_in ("a", "b")', "holds"],
  ])("Q2: each operator compares in its own way: %s", (query, expected) => {
    expect(truth(query)).toBe(expected);
  });

  it.each([
    ['resource_path = "x"'],
    ['resource_source_id != "x"'],
    ['resource_risk_level contains "x"'],
    ['resource_risk_level not_contains "x"'],
    ['resource_path starts_with "x"'],
    ['resource_path ends_with "x"'],
    ['resource_tag["env"] in ("x")'],
    ['resource_tag["env"] not_in ("x")'],
    ['resource_context["region"] != "x"'],
    ['permission_risk_level != "x"'],
    ['permission_tag["kind"] != "x"'],
    ['permission_context["plane"] != "x"'],
    ['not resource_path = "x"'],
  ])("Q5: a field that is lacking is unknown under every operator, and under not: %s", (query) => {
    expect(truth(query, bare, "write")).toBe("unknown");
  });

  it("Q5: a key that known tags lack is unknown, too", () => {
    expect(truth('resource_tag["team"] != "x"')).toBe("unknown");
  });

  it("Q5: a resource without status has an unknown one, although it counts as active", () => {
    expect(truth('resource_status = "active"', bare)).toBe("unknown");
  });

  it.each([
    ['resource_path = "x" and resource_name = "menu"', "unknown"],
    ['resource_path = "x" and resource_name = "other"', "fails"],
    ['resource_path = "x" or resource_name = "menu"', "holds"],
    ['resource_path = "x" or resource_name = "other"', "unknown"],
  ])("Q5: and, or weigh the unknown as conditions do: %s", (query, expected) => {
    expect(truth(query, bare)).toBe(expected);
  });

  it("Q5: texts and keys compare on NFC text", () => {
    expect(truth('resource_tag["cafe\u0301"] = "yes"')).toBe("holds");
  });

  it("Q5: a key in two Unicode forms with two values is unknown", () => {
    const torn = { ...bare, tags: { "caf\u00e9": "a", "cafe\u0301": "b" } };
    expect(truth('resource_tag["caf\u00e9"] = "a"', torn)).toBe("unknown");
  });

  it.each(["constructor", "toString", "__proto__"])("D8: no tag is inherited: %s", (key) => {
    expect(truth(`resource_tag["${key}"] != "x"`)).toBe("unknown");
  });

  it("Q5: a permission without an id has its name as id", () => {
    expect(truth('permission = "write"', resource, "write")).toBe("holds");
  });

  it("Q6: the name of a permission stands for the resource's own record of it", () => {
    expect(truth('permission_risk_level = "2"', resource, "read")).toBe("holds");
  });

  it("Q6: a record of a permission is taken as it is", () => {
    expect(truth('permission_risk_level = "9"', resource, { name: "read", riskLevel: "9" })).toBe("holds");
  });

  it.each([
    ["without a catalogue", undefined],
    ["without an entry", { integrations: [{ id: "i-9", name: "PostgreSQL" }] }],
    ["with an entry that only bears the id as its name", { integrations: [{ id: "i-9", name: "i-1" }] }],
    [
      "with two entries",
      {
        integrations: [
          { id: "i-1", name: "PostgreSQL" },
          { id: "i-1", name: "PostgreSQL 2" },
        ],
      },
    ],
  ])("Q6: integration_name is unknown %s", (_, given) => {
    expect(matchQuery('integration_name != "x"', resource, "read", given)).toBe("unknown");
  });

  it("Q6: takes the tree as well as the text", () => {
    const parsed = parseQuery('resource_type = "db"');
    expect(parsed.ok && matchQuery(parsed.value, resource, "read")).toBe("holds");
  });

  it("throws the issues of a text that does not parse", () => {
    expect(() => truth("resource_typ = 3")).toThrow(expect.objectContaining({ name: "AccessFlowError", code: "query_unknown_field" }));
  });

  it.each([
    ["a query", [{ kind: "all" }, resource, "read"]],
    ["a query of holes, which would hold of everything,", [{ kind: "and", terms: new Array(2) }, resource, "read"]],
    ["a resource", ['resource = "a"', { ...resource, stauts: "active" }, "read"]],
    ["a permission", ['resource = "a"', resource, { id: "read" }]],
    ["a catalogue", ['resource = "a"', resource, "read", { integration: [] }]],
  ])("throws facts_invalid for %s of the wrong shape", (_, [query, on, permission, given]) => {
    expect(() => matchQuery(query as string, on as Resource, permission as string, given as Catalog)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
    );
  });

  it("Q5: a key under two spellings says something where both say the same", () => {
    const twice = (other: string): Resource => ({ ...bare, tags: { "caf\u00e9": "yes", "cafe\u0301": other } });
    const query = 'resource_tag["caf\u00e9"] = "yes"';
    expect([truth(query, twice("yes")), truth(query, twice("no"))]).toEqual(["holds", "unknown"]);
  });

  it("Q6: of a permission that the resource does not list, the name is known and nothing else", () => {
    const asked = ['permission_name = "drop"', 'permission = "drop"', 'permission_name != "drop"', 'permission_risk_level = "2"'];
    const each = [resource, bare].map((on) => asked.map((query) => truth(query, on, "drop")));
    expect(each).toEqual([0, 1].map(() => ["holds", "holds", "fails", "unknown"]));
  });

  it("C4: names each argument that is of the wrong shape, all at once", () => {
    const is = "is not of the stated shape";
    expect(() => matchQuery('resource = "a"', { ...resource, id: 7 } as never, { id: "read" } as never, { bundles: 7 } as never)).toThrow(
      expect.objectContaining({ code: "facts_invalid", message: `resource.id ${is}\npermission ${is}\ncatalog.bundles ${is}` }),
    );
  });
});
