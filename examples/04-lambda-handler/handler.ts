/*
 * One AWS Lambda function for two kinds of events: an HTTP API sends it what people ask, and a schedule (EventBridge,
 * every minute) lets time pass. It keeps nothing between two invocations: what is under way is in the store.
 */
import { type AccessServicePorts, createAccessService, type Ticked } from "accessflow/service";
import { route } from "../payroll/route.js";

/** What is read of an event of API Gateway (payload 2.0), behind a JWT authorizer. */
export type HttpEvent = {
  readonly rawPath: string;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body?: string;
  readonly requestContext: {
    readonly http: { readonly method: string };
    readonly authorizer: { readonly jwt: { readonly claims: { readonly sub: string } } };
  };
};

export type ScheduledEvent = { readonly source: "aws.events" };

export type HttpResult = { readonly statusCode: number; readonly headers: { readonly [name: string]: string }; readonly body: string };

export function lambdaHandler(ports: AccessServicePorts): (event: HttpEvent | ScheduledEvent) => Promise<HttpResult | Ticked> {
  const service = createAccessService(ports);
  return async (event) => {
    if ("source" in event) return service.tick({ limit: 100, budgetMs: 20_000 });
    const { status, body } = await route(service, {
      actor: { id: event.requestContext.authorizer.jwt.claims.sub },
      method: event.requestContext.http.method,
      path: event.rawPath,
      key: event.headers["idempotency-key"] ?? null,
      body: event.body ?? "",
    });
    return { statusCode: status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  };
}
