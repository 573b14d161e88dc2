import type { CandidateSelector } from "../../facts/candidate-selector.js";
import type { ApproverGroup } from "../../flow/approval.js";
import type { AttributeCondition, Condition } from "../../flow/condition.js";
import { managerOf, type Parties } from "../vote/group-standing.js";

type Term = Exclude<CandidateSelector, "everyone">["anyOf"][number];

/** Terms of which each who meets a condition meets one; null where no positive terms say who does. */
type Terms = readonly Term[] | null;

/** A superset of those who are in a group: never too few. */
export function selectorOfGroup(group: ApproverGroup, parties: Parties): CandidateSelector {
  const terms = group.conditions.map((condition) => termsOf(condition, parties));
  const chosen = group.combinator === "and" ? mostSelective(terms) : allTogether(terms);
  return chosen === null ? "everyone" : { anyOf: chosen };
}

function termsOf(condition: Condition, parties: Parties): Terms {
  if (!("relation" in condition)) return termsOfAttribute(condition);
  return condition.relation === "manager" ? termsOfManager(parties, condition.of) : termsOfOwners(parties);
}

function termsOfManager(parties: Parties, of: "requestor" | "grantee"): Terms {
  const manager = managerOf(parties, of);
  // A vote may bring what is not known yet (A7).
  if (manager === undefined) return null;
  return manager === null ? [] : [{ attribute: "user", operator: "is", values: [manager], source: null }];
}

/** An owner that nobody is, or that is not known, stays so: such a condition is met by nobody (A8). */
function termsOfOwners({ owners }: Parties): Terms {
  return allTogether(owners.map(({ owner }) => (owner === null ? [] : termsOfAttribute(owner))));
}

function termsOfAttribute({ attribute, operator, values, source, match }: AttributeCondition): Terms {
  if (operator === "isNot" || operator === "doesNotContain") return null;
  const term: Term = { attribute, operator, values: [...values], source: source ?? null };
  // A directory compares ids under `is`; whose name is equal, their name contains it, too.
  return operator === "is" && match === "name" ? [term, { ...term, operator: "contains" }] : [term];
}

function allTogether(all: readonly Terms[]): Terms {
  const known = all.filter((terms) => terms !== null);
  return known.length === all.length ? known.flat() : null;
}

/** Everybody meets all of them, so the one that selects fewest is enough; of equals the first. */
function mostSelective(all: readonly Terms[]): Terms {
  return all.reduce((best, terms) => (best === null || (terms !== null && breadthOf(terms) < breadthOf(best)) ? terms : best), null);
}

/** How many people terms select, by guess: who one person is, then what equals, begins with, contains. */
function breadthOf(terms: readonly Term[]): number {
  return terms.reduce(
    (sum, { attribute, operator, values }) => sum + values.length * breadths[attribute === "user" ? "user" : "other"][operator],
    0,
  );
}

const breadths: { readonly [kind in "user" | "other"]: { readonly [operator in Term["operator"]]: number } } = {
  user: { is: 1, startsWith: 100, contains: 1_000 },
  other: { is: 10, startsWith: 100, contains: 1_000 },
};
