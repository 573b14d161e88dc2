import type { ApprovalState } from "../../core/approval/approval-state.js";
import { candidateSelector } from "../../core/approval/candidate-selector.js";
import { planApproval } from "../../core/approval/plan-approval.js";
import { isExcluded } from "../../core/approval/vote/self-exclusion.js";
import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { Identity } from "../../core/facts/identity.js";
import type { Effect } from "../../core/request/request-effect.js";
import type { RequestState } from "../../core/request/request-state.js";
import { granteeIdOf } from "../commit-event.js";
import { readCandidates } from "../facts/read-candidates.js";
import { readPerson } from "../facts/read-person.js";
import { readCatalog, readResources } from "../facts/read-resources.js";
import type { ServiceContext } from "../service-context.js";

/** Somebody to be told, as the view for them is made. */
export type Recipient = { readonly identity: Identity; readonly administrator: boolean };

type NotifyEffect = Extract<Effect, { readonly type: "notify" }>;
type AskEffect = Extract<Effect, { readonly type: "askApprovers" }>;

/** Who is told by `notify`. Approvers are those who voted; excluded by A6 with what was learned since, they are not told. */
export function recipientsOf(context: ServiceContext, state: RequestState, { to }: Pick<NotifyEffect, "to">): readonly Recipient[] {
  switch (to) {
    case "requestor":
      return [person(state.request.requestor.id)];
    case "grantee":
      return [person(granteeIdOf(state))];
    case "administrators":
      return context.settings.administrators.map((id) => ({ identity: { id }, administrator: true }));
    case "approvers":
      return state.approval === null ? [] : voters(state.approval);
  }
}

/**
 * Who is asked to vote, found out now: whom the directory offers for the groups, and of them those who may vote
 * (A13). Whose vote the request would not take after all, because it has learned more than is known today (A6), may
 * not read it, and is not told.
 * `"unknown"`: a port did not answer, or not to its end.
 */
export async function approversToAsk(
  context: ServiceContext,
  state: RequestState,
  { groups, tier }: Pick<AskEffect, "groups" | "tier">,
): Promise<readonly Recipient[] | "unknown"> {
  const { request, approval } = state;
  if (approval?.status !== "pending") return [];
  const needs = factsNeeded(request.flow);
  const ids = [...new Set(request.entitlements.map(({ resource }) => resource))];
  const [requestor, grantee, resources, catalog] = await Promise.all([
    readPerson(context, request.requestor.id, needs.requestor),
    request.grantee === null ? null : readPerson(context, request.grantee.id, needs.grantee),
    readResources(context, ids),
    readCatalog(context),
  ]);
  if (requestor === "unknown" || grantee === "unknown" || resources === "unknown" || catalog === "unknown") return "unknown";
  // Who is gone will not get the access; nobody needs to decide it.
  if (requestor === "gone" || grantee === "gone") return [];
  const records = resources.filter((resource) => resource !== "gone");
  const { candidates, complete } = await readCandidates(
    context,
    candidateSelector(request.flow, { requestor, grantee, owners: approval.owners }),
  );
  if (!complete) return "unknown";
  const input = { requestor, grantee: grantee ?? undefined, resources: records, catalog, candidates, complete: true };
  const plan = planApproval(request.flow, { ...input, at: approval.openedAt });
  const asked = new Set([
    ...plan.groups.filter(({ group }) => groups.includes(group)).flatMap(({ voters }) => voters),
    ...plan.tiers.filter((planned) => planned.tier === tier).flatMap(({ voters }) => voters),
  ]);
  return candidates.filter((identity) => asked.has(identity.id)).map((identity) => ({ identity, administrator: false }));
}

function voters(approval: ApprovalState): readonly Recipient[] {
  return approval.votes
    .filter(({ keys }) => !isExcluded(approval, keys))
    .map(({ voter, keys }) => ({ identity: { id: voter, accounts: keys }, administrator: false }));
}

function person(id: string): Recipient {
  return { identity: { id }, administrator: false };
}
