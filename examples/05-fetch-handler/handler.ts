/*
 * A handler of the web's own shape, Request → Response: what Cloudflare Workers, Deno, Bun and Hono call alike.
 *
 *   Cloudflare   export default { fetch: handler, scheduled: () => service.tick({ limit: 100, budgetMs: 20_000 }) }
 *   Deno         Deno.serve(handler)
 *   Bun          Bun.serve({ fetch: handler })
 *   Hono         app.all("/requests/*", (context) => handler(context.req.raw))
 *
 * Nothing here, and nothing in accessflow behind it, is a module of Node.
 */
import type { Actor } from "accessflow";
import type { AccessService } from "accessflow/service";
import { route } from "../payroll/route.js";

export type FetchHandler = (request: Request) => Promise<Response>;

/** `whoIs` checks the credentials that came with a request; null: they are not good. */
export function fetchHandler(service: AccessService, whoIs: (request: Request) => Promise<Actor | null>): FetchHandler {
  return async (request) => {
    const actor = await whoIs(request);
    if (actor === null) return Response.json({ text: ["who are you?"] }, { status: 401 });
    const { status, body } = await route(service, {
      actor,
      method: request.method,
      path: new URL(request.url).pathname,
      key: request.headers.get("idempotency-key"),
      body: request.method === "GET" ? "" : await request.text(),
    });
    return Response.json(body, { status });
  };
}
