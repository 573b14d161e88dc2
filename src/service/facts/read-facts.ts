import { coversEntitlement } from "../../core/evaluate/covers-entitlement.js";
import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { FactsRead } from "../../core/request/request-event.js";
import type { SubmittedRequest } from "../../core/request/request-state.js";
import { readClock } from "../event-time.js";
import type { ServiceContext } from "../service-context.js";
import { readFlow } from "./read-flow.js";
import { readPerson } from "./read-person.js";
import { readCatalog, readResources } from "./read-resources.js";

/**
 * Everything that decides whether a request may still go on (L3, W6), read now. `readAt` is from before the first
 * question, so that no fact is older than it says.
 */
export async function readFacts(context: ServiceContext, request: SubmittedRequest): Promise<FactsRead> {
  const readAt = await readClock(context);
  const needs = factsNeeded(request.flow);
  const [requestor, grantee, flow, notCovered] = await Promise.all([
    readPerson(context, request.requestor.id, needs.requestor),
    request.grantee === null ? null : readPerson(context, request.grantee.id, needs.grantee),
    readFlow(context, request.flow.id),
    readNotCovered(context, request),
  ]);
  return { requestor, grantee, flow: typeof flow === "string" ? flow : flow.active ? "active" : "inactive", notCovered, readAt };
}

/** Which entitlements the request's own flow gives no more, on the resources as they are now (T8). */
async function readNotCovered(context: ServiceContext, { flow, entitlements }: SubmittedRequest): Promise<readonly number[] | "unknown"> {
  const [resources, catalog] = await Promise.all([
    readResources(
      context,
      entitlements.map(({ resource }) => resource),
    ),
    readCatalog(context),
  ]);
  if (resources === "unknown" || catalog === "unknown") return "unknown";
  return entitlements.flatMap(({ permission }, position) => {
    const record = resources[position];
    const covered = record !== undefined && record !== "gone" && coversEntitlement(flow, record, permission, catalog);
    return covered ? [] : [position];
  });
}
