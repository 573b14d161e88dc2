import * as fc from "fast-check";
import type { Identity } from "../../src/core/facts/identity.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";

/** What one person answers, and the facts about them at that moment. */
export type Vote = { readonly voter: Identity; readonly decision: "approve" | "reject"; readonly reason?: string };

const reasons = ["fine", " ", "", "x".repeat(124), ` ${"\u{1F600}".repeat(124)} `, "x".repeat(125)];

/** A vote (A5, A9): mostly approvals, with reasons that are missing, blank, just short enough or too long. */
export function voteArbitrary(voters: fc.Arbitrary<Identity> = identityArbitrary()): fc.Arbitrary<Vote> {
  return fc
    .tuple(voters, fc.nat({ max: 7 }), fc.option(fc.constantFrom(...reasons, ...reasons.slice(0, 1), ...reasons.slice(0, 1)), { freq: 3 }))
    .map(([voter, answer, reason]) => ({
      voter,
      decision: answer === 7 ? ("reject" as const) : ("approve" as const),
      ...(reason === null ? {} : { reason }),
    }));
}
