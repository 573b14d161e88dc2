import * as fc from "fast-check";
import { expect, it } from "vitest";
import { addPlace, holdsOneAt, noPlaces } from "../../src/apono/issue-places.js";

const path = fc.array(fc.constantFrom<string | number>("a", "b", 0, "0"), { maxLength: 4 });

it("E1: there is an issue at, above or below a place exactly where one path begins with the other", () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 5 }), path, (issues, asked) => {
      const places = noPlaces();
      for (const issue of issues) addPlace(places, issue);
      const isOnOneLine = (issue: readonly unknown[]): boolean => {
        const shared = Math.min(issue.length, asked.length);
        return issue.slice(0, shared).every((step, index) => step === asked[index]);
      };
      expect(holdsOneAt(places, asked)).toBe(issues.some(isOnOneLine));
    }),
    { numRuns: 500 },
  );
});
