/*
 * The handler of `handler.ts`, called with requests as a runtime would. Run it with
 * `npx tsx examples/05-fetch-handler/main.ts`.
 */
import { createAccessService } from "accessflow/service";
import { payrollPorts } from "../payroll/ports.js";
import { fetchHandler } from "./handler.js";

const ports = payrollPorts();
const service = createAccessService(ports);

/* In place of your own sign-in: a token is somebody's name. */
const handler = fetchHandler(service, async (request) => {
  const [, name] = /^Bearer (\w+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  return name === undefined ? null : { id: name };
});

type Shown = {
  readonly id?: string;
  readonly status?: string;
  readonly text?: readonly string[];
  readonly rejectionReason?: string | null;
};

async function send(who: string | null, path: string, key: string, body?: object): Promise<Shown> {
  const request = new Request(`https://access.example${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "idempotency-key": key, ...(who === null ? {} : { authorization: `Bearer ${who}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request);
  const shown = (await response.json()) as Shown;
  const place = path.replace(/[0-9a-f]{40}/, "<id>");
  console.log(`${who ?? "nobody"} ${request.method} ${place}: ${response.status} ${shown.status ?? shown.text?.join(" ")}`);
  return shown;
}

const wish = { flow: "payroll-database", entitlements: [{ resource: "payroll", permission: "read" }] };

await send(null, "/requests", "k0", wish);
await send("eve", "/requests", "k1", wish);
await send("ada", "/requests", "k2", { ...wish, administrator: true });
const { id } = await send("ada", "/requests", "k3", { ...wish, justification: "closing the month" });
await send("eve", `/requests/${id}/votes`, "k4", { decision: "approve" });
await send("grace", `/requests/${id}/votes`, "k5", { decision: "reject", reason: "the month is closed" });
const { rejectionReason } = await send("ada", `/requests/${id}`, "");
console.log(`ada reads why: ${rejectionReason}`);
