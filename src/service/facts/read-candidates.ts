import { identityFaults } from "../../core/define/check-facts.js";
import type { CandidateSelector } from "../../core/facts/candidate-selector.js";
import type { Identity } from "../../core/facts/identity.js";
import type { ServiceContext } from "../service-context.js";
import { readPages } from "./read-pages.js";

/** Nobody plans with more people than this; a directory of more is not read to its end. */
const mostCandidates = 10_000;

export type CandidatesRead = { readonly candidates: readonly Identity[]; readonly complete: boolean };

/** Whom the directory offers for any of the selectors: all pages, each record once. Not `complete` where one failed. */
export async function readCandidates(context: ServiceContext, selectors: readonly CandidateSelector[]): Promise<CandidatesRead> {
  const wanted = selectors.includes("everyone") ? (["everyone"] as const) : distinct(selectors.filter(isNeeded));
  const lists = await Promise.all(
    wanted.map((selector) => readPages(context, mostCandidates, (after) => context.ports.directory.candidates(selector, after))),
  );
  const records = lists.flatMap(({ items }) => items);
  const candidates = records.filter((record) => identityFaults("candidates", record).length === 0);
  return { candidates: distinct(candidates), complete: lists.every(({ complete }) => complete) && candidates.length === records.length };
}

/** It is known that nobody is meant by an empty one. */
function isNeeded(selector: CandidateSelector): boolean {
  return selector === "everyone" || selector.anyOf.length > 0;
}

/** Who is offered for two groups is one candidate; records that contradict each other both stay, and the plan says so. */
function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
