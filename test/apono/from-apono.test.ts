import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { flowV2 } from "./documents.js";
import { issuesOf } from "./read.js";

describe("fromApono: bundles", () => {
  const integration = { integration_name: "GCP", resource_type: "dataset", permissions: ["viewer"] };

  it("reads a bundle as an entry of a catalogue", () => {
    const imported = fromApono({
      id: "b-1",
      name: "BigQuery",
      access_targets: [{ integration }, { access_scope: { access_scope_name: "prod" } }],
    });
    expect(imported).toEqual({
      ok: true,
      value: {
        kind: "bundle",
        bundle: {
          id: "b-1",
          name: "BigQuery",
          targets: [
            { kind: "integration", integration: "GCP", resourceType: "dataset", permissions: ["viewer"], resources: "any" },
            { kind: "accessScope", accessScope: "prod" },
          ],
        },
        notes: [],
      },
    });
  });

  it("T5: refuses a bundle inside a bundle", () => {
    expect(issuesOf({ name: "B", access_targets: [{ bundle: { bundle_name: "C" } }] })).toEqual([
      "combination_means_nothing access_targets[0].bundle",
    ]);
  });

  it.each<[string, object, string[]]>([
    ["no targets", { access_targets: [] }, ["empty access_targets"]],
    [
      "no permissions",
      { access_targets: [{ integration: { ...integration, permissions: [] } }] },
      ["empty access_targets[0].integration.permissions"],
    ],
    ["a blank name", { name: " ", access_targets: [{ integration }] }, ["blank name"]],
  ])("refuses %s, with its place in the document", (_, keys, issues) => {
    expect(issuesOf({ name: "B", ...keys })).toEqual(issues);
  });
});

describe("fromApono: access scopes", () => {
  it("reads an access scope as an entry of a catalogue", () => {
    expect(fromApono({ name: "prod", query: 'resource_name contains "prod"', creation_date: 5 })).toEqual({
      ok: true,
      value: {
        kind: "accessScope",
        accessScope: { name: "prod", query: 'resource_name contains "prod"' },
        notes: [{ path: ["creation_date"], message: "creation_date is left out: definitions bear no dates" }],
      },
    });
  });

  it("Q7: gives the line and column of a fault in the query", () => {
    const read = fromApono({ name: "prod", query: 'resource_type = "a"\n and resource_nam = "b"' });
    expect(read.ok ? [] : read.error).toEqual([
      expect.objectContaining({ code: "query_unknown_field", path: ["query"], line: 2, column: 6, nearest: "resource_name" }),
    ]);
  });
});

describe("fromApono: documents of no kind", () => {
  it.each<[string, unknown, string]>([
    ["null", null, "not_an_object "],
    ["a text", "flow", "not_an_object "],
    ["a list", [flowV2()], "not_an_object "],
    ["an empty object", {}, "unknown_kind "],
    ["a page of a list", { items: [flowV2()], pagination: {} }, "unknown_kind "],
    ["a definition of this library", { name: "S3", targets: [] }, "unknown_kind "],
  ])("refuses %s", (_, document, issue) => {
    expect(issuesOf(document)).toEqual([issue]);
  });

  it("D4: refuses a document that is nested too deeply", () => {
    let nested: unknown = "x";
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    expect(issuesOf({ ...flowV2(), extra: nested }).some((issue) => issue.startsWith("too_deep"))).toBe(true);
  });

  it("does not read through getters", () => {
    const document = Object.defineProperty({ ...flowV2() }, "name", {
      enumerable: true,
      get: () => {
        throw new Error("read");
      },
    });
    expect(issuesOf(document)).toEqual(["wrong_type name"]);
  });
});
