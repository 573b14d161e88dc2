/*
 * Middleware in the shape of Express and Connect, (request, response, next): `app.use(accessMiddleware(service, whoIs))`,
 * before any body parser. It needs nothing but what node:http gives.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "accessflow";
import type { AccessService } from "accessflow/service";
import { route } from "../payroll/route.js";

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Commands are small: whoever sends more than this does not send one. */
const mostCharacters = 100_000;

/** `whoIs` checks the credentials that came with a request; null: they are not good. */
export function accessMiddleware(service: AccessService, whoIs: (request: IncomingMessage) => Promise<Actor | null>): Middleware {
  const answer = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const actor = await whoIs(request);
    if (actor === null) return end(response, 401, { text: ["who are you?"] });
    const body = await textOf(request);
    if (body === null) return end(response.setHeader("connection", "close"), 413, { text: ["too long"] });
    const key = request.headers["idempotency-key"];
    const asked = { actor, method: request.method ?? "GET", path, key: typeof key === "string" ? key : null, body };
    const answered = await route(service, asked);
    end(response, answered.status, answered.body);
  };
  return (request, response, next) => {
    const path = new URL(request.url ?? "/", "http://here").pathname;
    if (path !== "/requests" && !path.startsWith("/requests/")) return next();
    answer(request, response, path).catch(next);
  };
}

async function textOf(request: IncomingMessage): Promise<string | null> {
  request.setEncoding("utf8");
  let text = "";
  // Read on is not, answered is: the connection must outlive the loop.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    text += part;
    if (text.length > mostCharacters) return null;
  }
  return text;
}

function end(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
