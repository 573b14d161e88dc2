import { type ApprovalState, planApproval, type RequestState } from "accessflow";
import type { Company } from "./company.js";
import type { Asked, Told } from "./script.js";
import { list } from "./words.js";

/** Who is asked to vote, when the approval opens and whenever a tier is added; `before` null: it was not open yet. */
export function tellAsked(
  before: ApprovalState | null,
  { approval, request }: RequestState,
  { number, ask, at }: Asked,
  company: Company,
): readonly Told[] {
  if (approval === null || before?.tiersAsked === approval.tiersAsked) return [];
  const { groups, tiers } = planApproval(request.flow, {
    requestor: company.person(ask.requestor),
    grantee: ask.grantee === undefined ? undefined : company.person(ask.grantee),
    resources: ask.resources.map(company.resource),
    catalog: company.catalog,
    at,
    candidates: company.identities,
    complete: true,
  });
  const names = (ids: readonly string[]): string => list(ids.map((id) => company.nameOf(id)));
  const tell = (text: string): Told => ({ request: number, kind: "asked", text, because: [] });
  const asked = groups.map(({ group, required, voters, owners }) => {
    const some = (ids: readonly string[]): string => (ids.length > required ? `${required} of ` : "") + names(ids);
    return tell(`group ${group + 1} is asked: ${owners.length === 0 ? some(voters) : owners.map((row) => some(row.voters)).join("; ")}`);
  });
  const added = tiers.filter(({ tier }) => tier > (before?.tiersAsked ?? 0) && tier <= approval.tiersAsked);
  return [
    ...(before === null ? asked : []),
    ...added.map(({ tier, voters }) => tell(`no decision yet: tier ${tier} is asked: ${names(voters)}`)),
  ];
}
