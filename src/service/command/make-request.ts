import { candidateSelector } from "../../core/approval/candidate-selector.js";
import { startApproval } from "../../core/approval/start-approval.js";
import type { Entitlement } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import { Defect } from "../../core/kernel/defect.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import type { Result } from "../../core/kernel/result.js";
import type { HeldRequest, RequestInput } from "../../core/request/request-input.js";
import { submitRequest } from "../../core/request/submit-request.js";
import type { Answer, SubmitCommand } from "../access-service.js";
import { commitEvent } from "../commit-event.js";
import { readClock } from "../event-time.js";
import { readCandidates } from "../facts/read-candidates.js";
import { readFlow } from "../facts/read-flow.js";
import type { ServiceContext } from "../service-context.js";
import { answerOf, repeatedAnswer } from "./answer.js";
import { commandOf } from "./earlier-answer.js";
import { readSubmission } from "./read-submission.js";
import { extension } from "./request-commands.js";
import { runCommand } from "./run-command.js";
import type { Sender } from "./sender.js";

/** Decides a submission that was not made before on the facts of this moment, and writes what was decided. */
export async function makeRequest(
  context: ServiceContext,
  sender: Sender,
  body: SubmitCommand,
  id: string,
): Promise<Result<Answer, Refusal> | "conflict"> {
  const flow = await readFlow(context, body.flow);
  if (flow === "unknown") return refuse(reason("facts_unknown", "L1", []));
  if (flow === "gone") return refuse(reason("flow_inactive", "R2", []));
  const grantee = body.grantee ?? sender.actor.id;
  const held = context.settings.overlap === "stack" ? [] : await context.store.held(grantee);
  if (context.settings.overlap === "extend") {
    const other = held.find(({ entitlements }) => entitlements.some((one) => isAmong(body.entitlements, one)));
    if (other !== undefined) return extendOther(context, sender, body, other);
  }
  const facts = await readSubmission(context, flow, body);
  if (!facts.ok) return facts;
  const at = await readClock(context);
  const input: RequestInput = {
    ...facts.value,
    id,
    held: context.settings.overlap === "refuse" ? held : undefined,
    at,
    zones: context.settings.zones,
  };
  const decided = await decide(context, flow, input);
  if (!decided.ok) return decided;
  const { state, recorded } = decided.value;
  if (recorded === null) throw new Defect("a submission was accepted and not recorded");
  const outcome = await commitEvent(context, { ...decided.value, recorded }, { command: commandOf(sender) });
  switch (outcome.outcome) {
    case "committed":
      return answerOf(state, { identity: { id: sender.actor.id }, administrator: false, fresh: false });
    case "repeated":
      return repeatedAnswer(context, sender.actor, outcome);
    case "keyReused":
      return refuse(reason("key_reused", "L7", []));
    case "conflict":
    case "leaseLost":
      return "conflict";
  }
}

/** Only what would be accepted anyway is worth a walk through the directory for those who could approve it (A13). */
async function decide(context: ServiceContext, flow: AccessFlow, input: RequestInput): Promise<ReturnType<typeof submitRequest>> {
  const decided = submitRequest(flow, input);
  if (!decided.ok || flow.approval.kind === "automatic") return decided;
  const { requestor, grantee, resources, catalog, at } = input;
  const opened = startApproval(flow, { requestor, grantee, resources, catalog, at });
  if (!opened.ok) return opened;
  const selectors = candidateSelector(flow, { requestor, grantee, owners: opened.value.state.owners });
  return submitRequest(flow, { ...input, ...(await readCandidates(context, selectors)) });
}

/** Under `extend`, asking for what one holds is asking for more time on it (L12); for a part of what one asks, that is no answer. */
async function extendOther(
  context: ServiceContext,
  sender: Sender,
  body: SubmitCommand,
  other: HeldRequest,
): Promise<Result<Answer, Refusal>> {
  const coversAll = body.entitlements.every((one) => isAmong(other.entitlements, one));
  if (!coversAll) return refuse(reason("already_held", "L12", [], { request: other.request }));
  return runCommand(context, sender, other.request, extension(context, sender.actor));
}

function isAmong(entitlements: readonly Entitlement[], one: Entitlement): boolean {
  return entitlements.some(({ resource, permission }) => resource === one.resource && permission === one.permission);
}
