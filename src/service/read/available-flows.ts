import type { Actor } from "../../core/approval/actor.js";
import { acceptFlow } from "../../core/define/accept.js";
import { type FlowFactsNeeded, factsNeeded } from "../../core/evaluate/facts-needed.js";
import { isEligible } from "../../core/evaluate/is-eligible.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import { readClock } from "../event-time.js";
import { unitedNeeds } from "../facts/person-needs.js";
import { readPerson } from "../facts/read-person.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";
import { acceptQuestion } from "./accept-question.js";

/** The flows that somebody may ask for, and what has to be known of them, kept while the source's version is the same. */
export type FlowShelf = { version: string | null; flows: readonly AccessFlow[]; needs: Pick<FlowFactsNeeded, "requestor" | "grantee"> };

export function createFlowShelf(): FlowShelf {
  return { version: null, flows: [], needs: { requestor: unitedNeeds([]), grantee: unitedNeeds([]) } };
}

/** Which flows the actor may ask for now (R2, R3). Who is gone may ask for none. */
export async function availableFlows(
  context: ServiceContext,
  shelf: FlowShelf,
  question: { readonly actor: Actor; readonly grantee?: string | undefined },
): Promise<readonly { readonly flow: string }[]> {
  const { actor, grantee } = acceptQuestion("availableTo", question);
  await refresh(context, shelf);
  const { flows, needs } = shelf;
  const other = grantee === undefined || grantee === actor.id ? null : grantee;
  const [asking, holding] = await Promise.all([
    readPerson(context, actor.id, needs.requestor),
    other === null ? null : readPerson(context, other, needs.grantee),
  ]);
  if (asking === "unknown" || holding === "unknown") throw accessFlowError("directory_unavailable", "the directory did not answer");
  if (asking === "gone" || holding === "gone") return Object.freeze([]);
  const at = await readClock(context);
  const eligible = flows.filter((flow) =>
    isEligible(flow, { requestor: asking, grantee: holding ?? undefined, at, zones: context.settings.zones }),
  );
  return Object.freeze(eligible.map(({ id }) => Object.freeze({ flow: id })));
}

async function refresh(context: ServiceContext, shelf: FlowShelf): Promise<void> {
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.flows.flows());
  if (!asked.answered) throw accessFlowError("facts_unknown", "the source of flows did not answer");
  const { flows, version } = asked.value;
  if (version === shelf.version) return;
  const accepted = flows.map(acceptFlow);
  if (!accepted.every((flow) => flow.ok)) throw accessFlowError("facts_unknown", "the source of flows gave something that is no flow");
  const kept = accepted.flatMap((flow) => (flow.ok ? [flow.value] : []));
  const needs = kept.map((flow) => factsNeeded(flow));
  shelf.flows = kept;
  shelf.needs = {
    requestor: unitedNeeds(needs.map(({ requestor }) => requestor)),
    grantee: unitedNeeds(needs.map(({ grantee }) => grantee)),
  };
  shelf.version = version;
}
