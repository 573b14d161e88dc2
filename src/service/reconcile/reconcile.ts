import type { Actor } from "../../core/approval/actor.js";
import type { Identity } from "../../core/facts/identity.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { isNonEmpty } from "../../core/kernel/non-empty-array.js";
import { normalText } from "../../core/kernel/text.js";
import type { GrantPlan } from "../../core/request/grant-plan.js";
import { reconcileGrants } from "../../core/request/reconcile-grants.js";
import type { Reconciled } from "../access-service.js";
import { granteeIdOf } from "../commit-event.js";
import { entitlementKey } from "../effect/provision-order.js";
import { readClock } from "../event-time.js";
import { readFlow } from "../facts/read-flow.js";
import { sendEvent } from "../send-event.js";
import type { ServiceContext } from "../service-context.js";
import { beginGrant, readHistory } from "./begin-grant.js";
import { readGrants, readPeople, readThings } from "./read-holdings.js";

/** Who ends grants that nobody may hold any more: this service, as its log says. */
const itself: Actor = { id: "accessflow", administrator: true };

/**
 * Brings the grants of an automatic flow in line (M): plans on what is known now, then begins and ends grants.
 */
export async function reconcile(
  context: ServiceContext,
  question: { readonly flow: string; readonly maxEnds?: number | undefined },
): Promise<Reconciled> {
  const flow = await readFlow(context, question.flow);
  if (flow === "unknown") throw accessFlowError("facts_unknown", "the source of flows did not answer");
  if (flow === "gone") throw accessFlowError("flow_inactive", `there is no flow \`${question.flow}\``);
  const grants = await readGrants(context, flow.id);
  const [identities, things] = await Promise.all([readPeople(context, flow, grants), readThings(context, flow, grants)]);
  const current = grants.flatMap((state) =>
    state.request.entitlements.map((entitlement) => ({ grantee: granteeIdOf(state), entitlement, request: state.request.id })),
  );
  const maxEnds = question.maxEnds ?? context.settings.maxEnds;
  const plan = reconcileGrants(flow, { identities, current, ...things, at: await readClock(context), maxEnds });
  // A plan that was not made says why in its reasons; one that was halted is a plan.
  const [fault] = plan.reasons;
  if (fault !== undefined && !plan.halted) throw accessFlowError(fault.code, `flow \`${flow.id}\` cannot be reconciled: ${fault.code}`);
  const ended = await endGrants(context, plan);
  const granted = await beginGrants(context, flow, plan, identities);
  return Object.freeze({ granted, ended, undetermined: plan.undetermined.length, halted: plan.halted });
}

/** A request whose holder loses one of its entitlements ends as a whole; the next run gives the others anew. */
async function endGrants(context: ServiceContext, { ends }: GrantPlan): Promise<number> {
  let ended = 0;
  for (const request of new Set(ends.map((end) => end.request))) {
    const sent = await sendEvent(context, request, (at, { status }) => ({
      type: status === "scheduled" ? "withdraw" : "revoke",
      by: itself,
      at,
    }));
    if (sent.outcome === "changed") ended += 1;
  }
  return ended;
}

async function beginGrants(
  context: ServiceContext,
  flow: AccessFlow,
  { grants }: GrantPlan,
  identities: readonly Identity[],
): Promise<number> {
  const people = new Map(identities.map((identity) => [normalText(identity.id), identity]));
  let granted = 0;
  for (const { grantee, entitlements } of grants) {
    const person = people.get(normalText(grantee));
    if (person === undefined) continue;
    // Read now and in one go: what another run has begun meanwhile stands, or bears the id that this one would give.
    const { count, standing } = await readHistory(context, flow.id, person.id);
    const missing = entitlements.filter((entitlement) => !standing.has(entitlementKey(entitlement)));
    if (isNonEmpty(missing) && (await beginGrant(context, flow, person, missing, count))) granted += 1;
  }
  return granted;
}
