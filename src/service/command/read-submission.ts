import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import type { RequestInput } from "../../core/request/request-input.js";
import type { SubmitCommand } from "../access-service.js";
import { readPerson } from "../facts/read-person.js";
import { readCatalog, readResources } from "../facts/read-resources.js";
import type { ServiceContext } from "../service-context.js";

/** What is asked for, and the facts of this moment that decide it. */
export type Submission = Omit<RequestInput, "id" | "at" | "held" | "candidates" | "complete" | "mfa">;

/** A request asks for no more than this (D4). */
const mostEntitlements = 1_000;

export async function readSubmission(
  context: ServiceContext,
  flow: AccessFlow,
  { actor, grantee, entitlements, requestedDuration, startAt, justification }: SubmitCommand,
): Promise<Result<Submission, Refusal>> {
  const ids = [...new Set(entitlements.map(({ resource }) => resource))];
  if (ids.length > mostEntitlements) return refuse(reason("too_much_asked", "D4", [], { limit: mostEntitlements }));
  const needs = factsNeeded(flow);
  const other = grantee === undefined || grantee === actor.id ? null : grantee;
  const [asking, holding, resources, catalog] = await Promise.all([
    readPerson(context, actor.id, needs.requestor),
    other === null ? null : readPerson(context, other, needs.grantee),
    readResources(context, ids),
    readCatalog(context),
  ]);
  if (asking === "unknown" || holding === "unknown") return refuse(reason("directory_unavailable", "R4", []));
  if (asking === "gone") return refuse(reason("requestor_inactive", "C9", []));
  if (holding === "gone") return refuse(reason("grantee_inactive", "C9", []));
  if (resources === "unknown" || catalog === "unknown") return refuse(reason("facts_unknown", "L1", []));
  return success({
    requestor: asking,
    grantee: holding ?? undefined,
    entitlements,
    resources: resources.filter((resource) => resource !== "gone"),
    catalog,
    requestedDuration,
    startAt,
    justification,
  });
}
