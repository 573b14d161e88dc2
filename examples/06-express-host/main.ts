/*
 * An Express server: it answers people, and timers of its own let time pass. Here it is also its own visitor. Run it
 * with `npx tsx examples/06-express-host/main.ts`.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createAccessService, startTimers } from "accessflow/service";
import express from "express";
import { payrollPorts } from "../payroll/ports.js";
import { accessMiddleware } from "./middleware.js";

const ports = payrollPorts();
const service = createAccessService(ports);
const timers = startTimers(service, { clock: ports.clock, restMs: 20, onError: console.error });

/* In place of your own sign-in: a token is somebody's name. */
const access = accessMiddleware(service, async ({ headers }) => {
  const [, name] = /^Bearer (\w+)$/.exec(headers.authorization ?? "") ?? [];
  return name === undefined ? null : { id: name };
});

const app = express().disable("x-powered-by").use(access);
const server = createServer(app);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

type Shown = { readonly id?: string; readonly status?: string; readonly reasons?: readonly string[] };

async function send(who: string, path: string, key: string, body?: object): Promise<{ readonly code: number; readonly shown: Shown }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${who}`, "idempotency-key": key },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { code: response.status, shown: (await response.json()) as Shown };
}

async function tell(who: string, what: string, path: string, key: string, body?: object): Promise<Shown> {
  const { code, shown } = await send(who, path, key, body);
  console.log(`${who} ${what}: ${code} ${shown.status ?? shown.reasons?.join(", ")}`);
  return shown;
}

/** As somebody who looks again and again until their request has come that far. */
async function until(status: string, path: string): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    if ((await send("ada", path, "")).shown.status === status) return console.log(`ada looks: ${status}`);
    await setTimeout(20);
  }
  throw new Error(`the request never became ${status}`);
}

const wish = { flow: "payroll-database", entitlements: [{ resource: "payroll", permission: "read" }] };
const { id } = await tell("ada", "asks", "/requests", "k1", wish);
await tell("ada", "asks again", "/requests", "k2", wish);
await tell("grace", "approves", `/requests/${id}/votes`, "k3", { decision: "approve" });
await until("active", `/requests/${id}`);
await tell("eve", "revokes", `/requests/${id}/revocation`, "k4", {});
await tell("grace", "revokes", `/requests/${id}/revocation`, "k5", {});
await until("revoked", `/requests/${id}`);

// What is under way is finished, then everything is closed.
await timers.stop();
await new Promise((resolve) => server.close(resolve));
console.log("closed");
