import { selectorOfGroup } from "../../core/approval/plan/group-selector.js";
import { personRecordOf } from "../../core/approval/state/person-record.js";
import { resourceFaults } from "../../core/define/check-facts.js";
import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { Catalog } from "../../core/facts/catalog.js";
import type { Identity } from "../../core/facts/identity.js";
import type { Resource } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import type { Target } from "../../core/flow/target.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import type { NonEmptyArray } from "../../core/kernel/non-empty-array.js";
import { normalText } from "../../core/kernel/text.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { RequestStatus } from "../../core/request/request-status.js";
import type { ResourceSelector } from "../../ports/resource-inventory.js";
import { granteeIdOf } from "../commit-event.js";
import { readCandidates } from "../facts/read-candidates.js";
import { readPages } from "../facts/read-pages.js";
import { readPerson } from "../facts/read-person.js";
import { readCatalog, readResources } from "../facts/read-resources.js";
import type { ServiceContext } from "../service-context.js";

/** Nobody reconciles with more resources than this. */
const mostResources = 100_000;

const pageSize = 100;

/** How many people the directory is asked about at once. */
const peopleAtOnce = 20;

/** Conditions of requestors are about nobody but the person themselves: no relation leads to anybody else. */
const nobody = { requestor: personRecordOf({ id: "-" }), grantee: null, owners: [] };

/** Of grants that stand or are about to: one that is being ended does not any more. */
export const grantStatuses: NonEmptyArray<RequestStatus> = ["scheduled", "activating", "active"];

/** The grants of a flow that stand. */
export async function readGrants(context: ServiceContext, flow: string): Promise<readonly RequestState[]> {
  const grants: RequestState[] = [];
  let after: string | undefined;
  do {
    const page = await context.store.list({ flow, statuses: grantStatuses, after, limit: pageSize });
    grants.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return grants;
}

/**
 * Who may meet the flow's conditions, and who holds its grants. A holder whom the selection does not name is asked for
 * by id; who is gone is known to be inactive, and who is not known stays out: that ends nothing (M3).
 */
export async function readPeople(context: ServiceContext, flow: AccessFlow, grants: readonly RequestState[]): Promise<readonly Identity[]> {
  const { candidates } = await readCandidates(context, [selectorOfGroup(flow.requestors, nobody)]);
  const found = new Set(candidates.map(({ id }) => normalText(id)));
  const others = [...new Set(grants.map(granteeIdOf))].filter((id) => !found.has(normalText(id)));
  const needs = factsNeeded(flow).requestor;
  const people: Identity[] = [...candidates];
  for (let start = 0; start < others.length; start += peopleAtOnce) {
    const ids = others.slice(start, start + peopleAtOnce);
    const answers = await Promise.all(ids.map((id) => readPerson(context, id, needs)));
    answers.forEach((answer, position) => {
      const id = ids[position];
      if (answer === "gone" && id !== undefined) people.push({ id, active: false });
      else if (typeof answer !== "string") people.push(answer);
    });
  }
  return people;
}

/** The resources that the flow may give, and those of its grants, and the catalogue. What is missing ends nothing (M1). */
export async function readThings(
  context: ServiceContext,
  flow: AccessFlow,
  grants: readonly RequestState[],
): Promise<{ readonly resources: readonly Resource[]; readonly catalog: Catalog }> {
  const catalog = await readCatalog(context);
  if (catalog === "unknown") throw accessFlowError("facts_unknown", "the inventory did not answer");
  const pages = await Promise.all(
    selectorsOf(flow.targets).map((selector) =>
      readPages(context, mostResources, (after) => context.ports.inventory.search(selector, after)),
    ),
  );
  const found = new Map(pages.flatMap(({ items }) => items).map((resource) => [JSON.stringify(resource), resource]));
  const resources = [...found.values()].filter((resource) => resourceFaults("resource", resource).length === 0);
  const known = new Set(resources.map(({ id }) => normalText(id)));
  const held = new Set(grants.flatMap(({ request }) => request.entitlements.map(({ resource }) => resource)));
  const missing = [...held].filter((id) => !known.has(normalText(id)));
  const read = missing.length === 0 ? [] : await readResources(context, missing);
  return { resources: [...resources, ...(read === "unknown" ? [] : read.filter((resource) => resource !== "gone"))], catalog };
}

/** Bundles and access scopes may mean anything. */
function selectorsOf(targets: readonly Target[]): readonly ResourceSelector[] {
  const selectors = targets.map((target): ResourceSelector => {
    if (target.kind !== "integration") return "everything";
    const { integration, resourceType } = target;
    return { integration, resourceType, names: null };
  });
  return selectors.includes("everything") ? ["everything"] : selectors;
}
