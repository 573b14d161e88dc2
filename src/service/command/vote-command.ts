import { factsNeeded } from "../../core/evaluate/facts-needed.js";
import type { FactsNeeded } from "../../core/facts/facts-needed.js";
import type { Identity } from "../../core/facts/identity.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { Answer, VoteCommand } from "../access-service.js";
import { type PersonRead, readPerson } from "../facts/read-person.js";
import type { ServiceContext } from "../service-context.js";
import { acceptCommand } from "./accept-command.js";
import { runCommand } from "./run-command.js";
import { type Viewer, voterNeeds } from "./viewer.js";

/** Votes, on what the directory says now of the voter, the requestor and the grantee (A5–A7). */
export async function voteCommand(context: ServiceContext, command: VoteCommand): Promise<Result<Answer, Refusal>> {
  const accepted = acceptCommand("vote", command);
  if (!accepted.ok) return accepted;
  const { body, bodyHash } = accepted.value;
  return runCommand(context, { actor: body.actor, key: body.key, bodyHash }, body.request, async (state, viewer) => {
    const { flow, requestor, grantee } = state.request;
    const needs = factsNeeded(flow);
    const people = await Promise.all([
      readVoter(context, body.actor.id, state, viewer),
      readPerson(context, requestor.id, needs.requestor),
      grantee === null ? null : readPerson(context, grantee.id, needs.grantee),
    ]);
    // Without fresher facts it is not known who the manager is, nor who must not vote: that closes.
    if (people.includes("unknown")) return refuse(reason("directory_unavailable", "A5", []));
    const [voter, asking, holding] = people;
    // Nobody who is gone votes; a recorded voter may read the request still.
    if (!isFound(voter)) return refuse(reason("voter_inactive", "C9", []));
    return success((at) => ({
      type: "vote",
      voter,
      decision: body.decision,
      reason: body.reason,
      // Who is gone has no fresher facts; the request stops when it would activate (L3).
      requestor: isFound(asking) ? asking : undefined,
      grantee: isFound(holding) ? holding : undefined,
      at,
    }));
  });
}

function readVoter(context: ServiceContext, id: string, state: RequestState, viewer: Viewer): PersonRead | Promise<PersonRead> {
  const needs: FactsNeeded = voterNeeds(state);
  return viewer.fresh ? viewer.identity : readPerson(context, id, needs);
}

function isFound(person: PersonRead | null): person is Identity {
  return person !== null && typeof person !== "string";
}
