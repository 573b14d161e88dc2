/*
 * The routes of a small portal, without a host: what was asked goes in, what is answered comes out. Examples 04 to 06
 * differ only in how their host says and hears it.
 *
 *   POST /requests                  { flow, entitlements, … }      asks for access
 *   POST /requests/<id>/votes       { decision, reason? }          approves or rejects
 *   POST /requests/<id>/withdrawal · /revocation · /extension      {}
 *   GET  /requests · /requests/<id>                                what the actor may see
 *
 * Who asks is what the host has authenticated, never what a body says. Every POST carries a key of the sender's
 * (`Idempotency-Key`): sent again, it is the same command, and is carried out once.
 */
import { type AccessFlowError, type Actor, explain, type ReasonCode, type Refusal, type Result } from "accessflow";
import type { AccessService, Answer, RequestCommand, SubmitCommand, VoteCommand } from "accessflow/service";

export type Asked = {
  readonly actor: Actor;
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly body: string;
};
export type Answered = { readonly status: number; readonly body: unknown };

const notFound: Answered = { status: 404, body: { reasons: ["request_not_found"] } };

export async function route(service: AccessService, asked: Asked): Promise<Answered> {
  try {
    return asked.method === "GET" ? await read(service, asked) : await command(service, asked);
  } catch (error) {
    // A question has no room for a refusal: a port that did not answer is thrown, by its code.
    if (!(error instanceof Error && error.name === "AccessFlowError")) throw error;
    const { code, message } = error as AccessFlowError;
    return { status: statusOf(code), body: { reasons: [code], text: [message] } };
  }
}

async function read(service: AccessService, { actor, path }: Asked): Promise<Answered> {
  const [, collection, request] = path.split("/");
  if (collection !== "requests") return notFound;
  if (request === undefined) return { status: 200, body: await service.list({ actor, query: { requestor: actor.id, limit: 50 } }) };
  const view = await service.get({ actor, request });
  return view === null ? notFound : { status: 200, body: view };
}

async function command(service: AccessService, { actor, path, key, body }: Asked): Promise<Answered> {
  const said = recordOf(body);
  if (said === null || key === null) return { status: 400, body: { text: ["a JSON object and an Idempotency-Key are needed"] } };
  const [, collection, request, action] = path.split("/");
  if (collection !== "requests") return notFound;
  // What a body may say is the service's to check: a key too many, such as a role or a time, is refused.
  if (request === undefined) return answered(await service.submit({ ...said, actor, key } as SubmitCommand), 201);
  const sent = { ...said, actor, key, request };
  switch (action) {
    case "votes":
      return answered(await service.vote(sent as unknown as VoteCommand), 200);
    case "withdrawal":
      return answered(await service.withdraw(sent as RequestCommand), 200);
    case "revocation":
      return answered(await service.revoke(sent as RequestCommand), 200);
    case "extension":
      return answered(await service.extend(sent as RequestCommand), 200);
    default:
      return notFound;
  }
}

function answered(result: Result<Answer, Refusal>, status: number): Answered {
  if (result.ok) return { status, body: result.value.view };
  const { reasons } = result.error;
  return { status: statusOf(reasons[0].code), body: { reasons: reasons.map(({ code }) => code), text: explain(result.error) } };
}

/** 503: nothing was decided, and the same command may be sent again. */
function statusOf(code: ReasonCode | AccessFlowError["code"]): number {
  switch (code) {
    case "request_not_found":
      return 404;
    case "facts_invalid":
      return 400;
    case "key_reused":
      return 409;
    case "conflict":
    case "facts_unknown":
    case "directory_unavailable":
    case "store_unavailable":
      return 503;
    default:
      return 403;
  }
}

function recordOf(body: string): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(body === "" ? "{}" : body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
