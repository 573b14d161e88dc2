import type { Actor } from "../../core/approval/actor.js";
import { reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import type { Answer, CompleteMfaCommand, RequestCommand, RequestsCommand } from "../access-service.js";
import { readFacts } from "../facts/read-facts.js";
import type { ServiceContext } from "../service-context.js";
import { acceptCommand } from "./accept-command.js";
import { type EventMaker, runCommand } from "./run-command.js";
import { keyForOne } from "./sender.js";

/** Takes a request back before it activates (L5). */
export function withdrawCommand(context: ServiceContext, command: RequestCommand): Promise<Result<Answer, Refusal>> {
  return runOne(context, "withdraw", command, (by) => () => success((at) => ({ type: "withdraw", by, at })));
}

/** Takes access back before its end (L5). */
export function revokeCommand(context: ServiceContext, command: RequestCommand): Promise<Result<Answer, Refusal>> {
  return runOne(context, "revoke", command, (by) => () => success((at) => ({ type: "revoke", by, at })));
}

/** Asks for more time, which is asking again (W6). */
export function extendCommand(context: ServiceContext, command: RequestCommand): Promise<Result<Answer, Refusal>> {
  return runOne(context, "extend", command, (by) => extension(context, by));
}

/** Revokes several requests; each is decided and committed by itself. */
export async function revokeAllCommand(context: ServiceContext, command: RequestsCommand): Promise<readonly Result<Answer, Refusal>[]> {
  const accepted = acceptCommand("revokeAll", command);
  if (!accepted.ok) return refusedForEach(command, accepted.error);
  const { body, bodyHash } = accepted.value;
  return inTurn(body.requests, (request) =>
    runCommand(context, { actor: body.actor, key: keyForOne(body.key, request), bodyHash }, request, () =>
      success((at) => ({ type: "revoke", by: body.actor, at })),
    ),
  );
}

/** Completes MFA for several requests by one evidence (L2); each is decided and committed by itself. */
export async function completeMfaCommand(
  context: ServiceContext,
  command: CompleteMfaCommand,
): Promise<readonly Result<Answer, Refusal>[]> {
  const accepted = acceptCommand("completeMfa", command);
  if (!accepted.ok) return refusedForEach(command, accepted.error);
  const { body, bodyHash } = accepted.value;
  return inTurn(body.requests, (request) =>
    runCommand(context, { actor: body.actor, key: keyForOne(body.key, request), bodyHash }, request, () =>
      success((at) => ({ type: "completeMfa", by: body.actor, evidence: body.evidence, at })),
    ),
  );
}

/** The event of an extension, on facts of this moment. */
export function extension(context: ServiceContext, by: Actor): EventMaker {
  return async ({ request }) => {
    const facts = await readFacts(context, request);
    if (facts.requestor === "unknown" || facts.grantee === "unknown") return refuse(reason("directory_unavailable", "W6", []));
    // The clock of the event may have been raised or set back by a little; facts are never of its future.
    return success((at) => ({
      type: "extend",
      by,
      facts: { ...facts, readAt: Math.min(facts.readAt, at) },
      at,
      zones: context.settings.zones,
    }));
  };
}

async function runOne(
  context: ServiceContext,
  name: "withdraw" | "revoke" | "extend",
  command: RequestCommand,
  makerFor: (by: Actor) => EventMaker,
): Promise<Result<Answer, Refusal>> {
  const accepted = acceptCommand(name, command);
  if (!accepted.ok) return accepted;
  const { body, bodyHash } = accepted.value;
  return runCommand(context, { actor: body.actor, key: body.key, bodyHash }, body.request, makerFor(body.actor));
}

async function inTurn<T>(requests: readonly string[], run: (request: string) => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = [];
  for (const request of requests) answers.push(await run(request));
  return answers;
}

/** One refusal for each request that was named, and at least one. */
function refusedForEach(command: { readonly requests?: unknown }, refusal: Refusal): readonly Result<Answer, Refusal>[] {
  const named = Array.isArray(command?.requests) ? Math.max(1, Math.min(command.requests.length, 1_000)) : 1;
  return Array.from({ length: named }, () => ({ ok: false, error: refusal }));
}
