/*
 * The function of `handler.ts`, invoked as its platform would: each time by another instance, which knows only what is
 * in the store. Run it with `npx tsx examples/04-lambda-handler/main.ts`.
 */
import { payrollPorts } from "../payroll/ports.js";
import { type HttpResult, lambdaHandler } from "./handler.js";

const ports = payrollPorts();

async function send(who: string, method: string, path: string, key: string, body: object): Promise<{ readonly id?: string }> {
  const result = await lambdaHandler(ports)({
    rawPath: path,
    headers: { "idempotency-key": key },
    body: JSON.stringify(body),
    requestContext: { http: { method }, authorizer: { jwt: { claims: { sub: who } } } },
  });
  const { statusCode, body: answer } = result as HttpResult;
  const { id, status, reasons } = JSON.parse(answer) as { id?: string; status?: string; reasons?: string[] };
  console.log(`${who} ${method} ${path.replace(/[0-9a-f]{40}/, "<id>")}: ${statusCode} ${status ?? reasons?.join(", ")}`);
  return id === undefined ? {} : { id };
}

async function minutePasses(minutes: number): Promise<void> {
  ports.clock.advance({ amount: minutes, unit: "minute" });
  await lambdaHandler(ports)({ source: "aws.events" });
}

const wish = { flow: "payroll-database", entitlements: [{ resource: "payroll", permission: "read" }] };

await send("eve", "POST", "/requests", "k1", wish);
const { id } = await send("ada", "POST", "/requests", "k2", wish);
// The answer was lost on its way: the same command again is the same request.
const again = await send("ada", "POST", "/requests", "k2", wish);
console.log(`one request: ${id === again.id}`);

await send("ada", "POST", `/requests/${id}/votes`, "k3", { decision: "approve" });
await send("eve", "GET", `/requests/${id}`, "", {});
await send("grace", "POST", `/requests/${id}/votes`, "k4", { decision: "approve" });
await minutePasses(1);
await send("ada", "GET", `/requests/${id}`, "", {});
await minutePasses(60);
await send("ada", "GET", `/requests/${id}`, "", {});
