import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchQuery } from "../../src/core/evaluate/match-query.js";
import { selectByQuery } from "../../src/core/evaluate/select-by-query.js";
import type { Permission, Resource } from "../../src/core/facts/resource.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { normalText } from "../../src/core/kernel/text.js";
import { not } from "../../src/core/kernel/truth.js";
import { parseQuery } from "../../src/core/query/parse-query.js";
import { printQuery } from "../../src/core/query/print-query.js";
import type { Query } from "../../src/core/query/query.js";
import { createQueryTokens } from "../../src/core/query/query-tokens.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { brokenQueryTextArbitrary, queryTextArbitrary } from "../../src/testing/arbitraries/query-arbitrary.js";
import { resourceArbitrary } from "../../src/testing/arbitraries/resource-arbitrary.js";

function treeOf(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error[0].message);
  return parsed.value;
}

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), brokenQueryTextArbitrary(), queryTextArbitrary());

/** Facts of a resource that may be absent. */
const losable = ["path", "sourceId", "status", "riskLevel", "tags", "context"] as const;

const pairArbitrary = fc
  .tuple(queryTextArbitrary(), resourceArbitrary(), fc.nat(), fc.option(catalogArbitrary(), { nil: undefined }))
  .map(([query, resource, index, catalog]) => {
    const offered = resource.permissions ?? [];
    const permission: Permission = offered[index % Math.max(1, offered.length)] ?? "read";
    return deepFreeze({ query, resource, permission, catalog });
  });

describe("laws of queries", () => {
  it("Q7: what is printed parses to the same tree, and prints the same again", () => {
    fc.assert(
      fc.property(queryTextArbitrary(), (text) => {
        const tree = treeOf(text);
        const printed = printQuery(tree);
        expect(treeOf(printed)).toEqual(tree);
        expect(printQuery(treeOf(printed))).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  it("Q7: a tree that was stored and read back is the same query", () => {
    fc.assert(
      fc.property(pairArbitrary, ({ query, resource, permission, catalog }) => {
        const stored = JSON.parse(JSON.stringify(treeOf(query))) as Query;
        expect(printQuery(stored)).toBe(printQuery(treeOf(query)));
        expect(matchQuery(stored, resource, permission, catalog)).toBe(matchQuery(query, resource, permission, catalog));
      }),
    );
  });

  it("Q7: any text is a query or has issues, and each stands inside the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        const lines = text.split("\n");
        for (const { line = 0, column = 0, message } of parsed.error) {
          expect(line, message).toBeGreaterThanOrEqual(1);
          expect(line, message).toBeLessThanOrEqual(lines.length);
          expect(column, message).toBeGreaterThanOrEqual(1);
          expect(column, message).toBeLessThanOrEqual([...(lines[line - 1] ?? "")].length + 1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("Q7: any value is a query or has issues", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseQuery(value as string);
        expect(parsed.ok ? [] : parsed.error).not.toBe(undefined);
      }),
    );
  });

  it("Q7: every character is looked at a bounded number of times", () => {
    class CountedText extends String {
      looks = 0;
      override codePointAt(position: number): number | undefined {
        this.looks += 1;
        return super.codePointAt(position);
      }
    }
    fc.assert(
      fc.property(anyText, (text) => {
        const counted = new CountedText(text);
        // Reads a text through the methods of `String` only, so that they can be counted.
        const tokens = createQueryTokens(counted as unknown as string);
        while (tokens.next().kind !== "end");
        expect(counted.looks).toBeLessThanOrEqual(6 * text.length + 2);
      }),
      { numRuns: 1000 },
    );
  });

  it("Q4: not negates: unknown stays unknown", () => {
    fc.assert(
      fc.property(pairArbitrary, ({ query, resource, permission, catalog }) => {
        const truth = matchQuery(query, resource, permission, catalog);
        expect(matchQuery(`not (${query})`, resource, permission, catalog)).toBe(not(truth));
      }),
      { numRuns: 500 },
    );
  });

  it("Q5: losing a fact may turn an answer into unknown, never into its contrary", () => {
    fc.assert(
      fc.property(pairArbitrary, fc.constantFrom(...losable), ({ query, resource, permission, catalog }, lost) => {
        const before = matchQuery(query, resource, permission, catalog);
        const after = matchQuery(query, { ...resource, [lost]: undefined }, permission, catalog);
        expect([before, "unknown"]).toContain(after);
      }),
      { numRuns: 1000 },
    );
  });

  it("Q6: a query selects exactly the offered pairs of active resources for which it holds", () => {
    fc.assert(
      fc.property(pairArbitrary, ({ query, resource, catalog }) => {
        const selected = selectByQuery(query, [resource], catalog).map(({ permission }) => normalText(permission));
        const expected = namesOf(resource).filter((name) => matchQuery(query, resource, name, catalog) === "holds");
        expect(new Set(selected)).toEqual(new Set((resource.status ?? "active") === "active" ? expected : []));
      }),
      { numRuns: 500 },
    );
  });
});

function namesOf({ permissions = [] }: Resource): string[] {
  return permissions.map((permission) => normalText(typeof permission === "string" ? permission : permission.name));
}
