import { type AccessFlow, type Catalog, explain, type Identity, type Instant, planApproval, type Resource } from "accessflow";
import { fitting } from "./sample-identity.js";

type ApprovalOf = Extract<AccessFlow["approval"], { readonly kind: "approvalOf" }>;
type Group = Pick<ApprovalOf["approverGroups"][number], "combinator" | "conditions">;
type AttributeCondition = AccessFlow["requestors"]["conditions"][number];

/** Who could decide a sample request: people made to fit each group and tier, the requestor's manager, and the requestor. */
export function explainVotes(flow: AccessFlow, requestor: Identity, grantee: Identity | null, at: Instant): readonly string[] {
  if (flow.approval.kind === "automatic") return [];
  const manager = requestor.manager ?? "sample.manager";
  const asking = { ...requestor, manager };
  const { approverGroups, escalation } = flow.approval;
  const candidates = [
    ...approverGroups.flatMap((group, index) => approversOf(group, group.required, manager, `sample.approver.${index + 1}`)),
    ...(escalation?.tiers ?? []).flatMap((tier, index) => approversOf(tier, 1, manager, `sample.tier.${index + 1}`)),
  ];
  const plan = planApproval(flow, {
    requestor: asking,
    grantee: grantee === null ? undefined : { ...grantee, manager: grantee.manager ?? manager },
    ...ownedBySample(flow),
    candidates: oneOfEach([asking, ...candidates]),
    at,
  });
  return explain(plan, { audience: "approver" });
}

/** As many people as the group requires; only one can be the manager, the owner, or a person who is named. */
function approversOf({ combinator, conditions }: Group, required: number, manager: string, name: string): Identity[] {
  const tests = conditions.filter((condition): condition is AttributeCondition => "attribute" in condition);
  const relations = conditions.flatMap((condition) => ("relation" in condition ? [condition.relation] : []));
  const id = relations.includes("owner") ? "sample.owner" : relations.includes("manager") ? manager : name;
  const alone = relations.length > 0 || tests.some((condition) => condition.attribute === "user");
  return Array.from({ length: alone ? 1 : required }, (_, count) => {
    const own = count === 0 ? id : `${id}.${count + 1}`;
    const [first, ...rest] = tests;
    return first === undefined ? { id: own, emails: [], accounts: [] } : fitting(own, { combinator, conditions: [first, ...rest] });
  });
}

/** A resource of the flow's first integration target, owned by `sample.owner`, for groups that ask for the owner. */
function ownedBySample({ targets }: AccessFlow): { readonly resources?: Resource[]; readonly catalog?: Catalog } {
  const target = targets.find((one) => one.kind === "integration");
  if (target?.kind !== "integration") return {};
  const { integration, resourceType: type } = target;
  const owner = { attribute: "user", values: ["sample.owner"] };
  return {
    resources: [{ id: "sample.resource", name: "sample resource", type, integration, tags: {} }],
    catalog: { integrations: [{ id: integration, name: integration, owner }] },
  };
}

function oneOfEach(identities: readonly Identity[]): Identity[] {
  return [...new Map(identities.toReversed().map((identity) => [identity.id, identity])).values()].toReversed();
}
