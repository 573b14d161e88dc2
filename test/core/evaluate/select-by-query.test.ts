import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { selectByQuery } from "../../../src/core/evaluate/select-by-query.js";
import type { Resource } from "../../../src/core/facts/resource.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import { parseQuery } from "../../../src/core/query/parse-query.js";

const database: Resource = { id: "b", name: "b", type: "db", integration: "i-1", permissions: ["write", "read"] };
const resources: readonly Resource[] = deepFreeze([
  database,
  { ...database, id: "a", permissions: [{ name: "read", riskLevel: "3" }] },
  { ...database, id: "c", status: "deleted" },
  { id: "d", name: "d", type: "db", integration: "i-1" },
  { ...database, id: "e", name: "e" },
  { ...database, id: "e", name: "other" },
]);

const { proxy: revoked, revoke } = Proxy.revocable([], {});
revoke();

describe("selectByQuery", () => {
  it("Q6: a query without permission fields selects every permission, sorted by resource and permission", () => {
    expect(selectByQuery('resource in ("a", "b")', resources)).toEqual([
      { resource: "a", permission: "read" },
      { resource: "b", permission: "read" },
      { resource: "b", permission: "write" },
    ]);
  });

  it("Q5: only what holds is selected", () => {
    expect(selectByQuery('permission_risk_level = "3"', resources)).toEqual([{ resource: "a", permission: "read" }]);
    expect(selectByQuery('permission_risk_level != "3"', resources)).toEqual([]);
  });

  it("T7: resources that are not active and ids that clash are not selected", () => {
    expect(selectByQuery('resource in ("c", "e")', resources)).toEqual([]);
  });

  it("T4: nothing is selected where the list of permissions is unknown", () => {
    expect(selectByQuery('resource = "d"', resources)).toEqual([]);
  });

  it("Q6: the name of an integration comes from the catalogue", () => {
    const catalog = { integrations: [{ id: "i-1", name: "PostgreSQL" }] };
    expect(selectByQuery('integration_name = "PostgreSQL" and resource = "a"', resources, catalog)).toHaveLength(1);
  });

  it("takes the tree as well as the text, and any iterable", () => {
    const parsed = parseQuery('resource = "a"');
    expect(parsed.ok && selectByQuery(parsed.value, new Set(resources))).toEqual([{ resource: "a", permission: "read" }]);
  });

  it.each([
    ["a text that does not parse", "query_syntax", ['resource = "a" and', resources]],
    ["a tree that is none", "facts_invalid", [{}, resources]],
    ["resources that are none", "facts_invalid", ['resource = "a"', 5]],
    ["a single resource of the wrong shape", "facts_invalid", ['resource = "a"', [{ id: "a" }]]],
    ["a catalogue of the wrong shape", "facts_invalid", ['resource = "a"', resources, []]],
    ["a tree with holes, which would select everything", "facts_invalid", [{ kind: "and", terms: new Array(2) }, resources]],
    ["resources that were revoked", "facts_invalid", ['resource = "a"', revoked]],
  ])("throws for %s", (_, code, [query, of, catalog]) => {
    expect(() => selectByQuery(query as string, of as Resource[], catalog as object)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code }),
    );
  });

  it("C4: names each argument that is of the wrong shape, all at once", () => {
    const message = ["resources[1].id", "catalog.bundles"].map((place) => `${place} is not of the stated shape`).join("\n");
    expect(() => selectByQuery('resource = "a"', [database, { ...database, id: 7 } as never], { bundles: 7 } as never)).toThrow(
      expect.objectContaining({ code: "facts_invalid", message }),
    );
  });
});

const published = new URL("../../../../shared/real-flows/", import.meta.url);
const scopes = existsSync(published) ? readdirSync(published).filter((file) => file.startsWith("access-scope.")) : [];

describe("published access scopes (skipped where ../shared/real-flows is not at hand)", () => {
  it.skipIf(scopes.length === 0)("Q7: every query parses, and selects a resource made to fit", () => {
    for (const file of scopes) {
      const { query } = JSON.parse(readFileSync(new URL(file, published), "utf8")) as { query: string };
      const fitting: Resource = {
        id: "r",
        name: "prod",
        type: /resource_type = "([^"]+)"/.exec(query)?.[1] ?? "",
        integration: "aws",
        riskLevel: /resource_risk_level = "([^"]+)"/.exec(query)?.[1] ?? "",
        tags: Object.fromEntries([...query.matchAll(/resource_tag\["([^"]+)"\] = "([^"]+)"/g)].map(([, key, value]) => [key, value])),
        permissions: [{ name: "read", riskLevel: "3" }],
      };
      const selected = selectByQuery(query, [fitting, { ...fitting, id: "s", tags: {} }]);
      expect(selected, file).toEqual([{ resource: "r", permission: "read" }]);
    }
  });
});
