import { defineAccessFlow } from "accessflow";
import { createAccessService } from "accessflow/service";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay } from "../../src/core/request/replay.js";
import type { GrantOrder } from "../../src/ports/provisioner.js";
import type { RequestStore } from "../../src/ports/request-store.js";
import { access, ada, askFor, grace, hour, makeWorld, type World } from "./support/world.js";

/** The store as several processes see it: its calls take turns in every order that the scheduler comes up with. */
function scheduled(store: RequestStore, scheduler: fc.Scheduler): RequestStore {
  const methods = Object.entries(store).map(([name, method]: [string, (...given: unknown[]) => Promise<unknown>]) => [
    name,
    scheduler.scheduleFunction(method),
  ]);
  return Object.fromEntries(methods) as RequestStore;
}

/** Two processes over one world, and the orders that its provisioner was given. */
function twoProcesses(scheduler: fc.Scheduler) {
  const orders = new Set<string>();
  const world = makeWorld();
  const provisioner = {
    ...world.provisioner,
    activate: (order: GrantOrder) => {
      orders.add(order.key);
      return world.provisioner.activate(order);
    },
  };
  const ports = { ...world.ports, provisioner, store: scheduled(world.store, scheduler) };
  const calm = createAccessService({ ...world.ports, provisioner });
  return { world: { ...world, service: calm }, one: createAccessService(ports), two: createAccessService(ports), orders };
}

async function settle({ service }: World): Promise<void> {
  while ((await service.tick({ limit: 100, budgetMs: 10_000 })).done > 0);
}

async function expectFold({ store }: World, request: string): Promise<void> {
  const events = await store.events(request, 0);
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, position) => position + 1));
  expect(JSON.parse(JSON.stringify(replay(events)))).toEqual(JSON.parse(JSON.stringify(await store.load(request))));
}

const automatic = defineAccessFlow({
  name: "Leads read",
  trigger: "automatic",
  requestors: { conditions: [{ attribute: "group", values: ["leads"] }] },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
});

const tick = { limit: 20, budgetMs: 10_000 };

describe("TH13: commands and workers at the same time", () => {
  it("one decision stands, whatever the order, and access follows it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, one, two, orders } = twoProcesses(scheduler);
        const request = await askFor(world);
        const [approved, rejected, withdrawn] = await scheduler.waitFor(
          Promise.all([
            one.vote({ actor: grace, key: "v", request, decision: "approve" }),
            two.vote({ actor: { id: "linus" }, key: "v", request, decision: "reject", reason: "no" }),
            one.withdraw({ actor: ada, key: "w", request }),
            one.tick(tick),
            two.tick(tick),
          ]),
        );
        await settle(world);
        const status = (await world.store.load(request))?.status;
        expect([approved.ok && rejected.ok, rejected.ok && withdrawn.ok]).toEqual([false, false]);
        expect(status).toBe(rejected.ok ? "rejected" : withdrawn.ok ? "withdrawn" : "active");
        expect(access(world)).toEqual(status === "active" ? ["ada db1 read"] : []);
        expect(orders.size).toBe(status === "active" ? 1 : 0);
        await expectFold(world, request);
      }),
      { numRuns: 60 },
    );
  });

  it("the same command sent twice at once is carried out once, and answered the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, one, two } = twoProcesses(scheduler);
        const ask = { actor: ada, key: "ask", flow: "open", entitlements: [{ resource: "db1", permission: "read" }] as const };
        const [first, second] = await scheduler.waitFor(Promise.all([one.submit(ask), two.submit(ask)]));
        expect(second).toEqual(first);
        expect(first.ok).toBe(true);
        expect((await world.store.list({ limit: 10 })).items).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });

  it("M2: runs at the same time grant once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, one, two } = twoProcesses(scheduler);
        world.flows.set(automatic);
        const question = { flow: automatic.id };
        const runs = await scheduler.waitFor(Promise.all([one.reconcile(question), two.reconcile(question), one.tick(tick)]));
        expect(runs[0].granted + runs[1].granted).toBe(2);
        expect((await world.store.list({ limit: 10 })).items).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });

  it("TH14: two workers give access once, and take it back once it is revoked or over", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, revoke) => {
        const { world, one, two, orders } = twoProcesses(scheduler);
        const request = await askFor(world, { flow: "open" });
        const revocation = revoke ? one.revoke({ actor: ada, key: "r", request }) : null;
        await scheduler.waitFor(Promise.all([one.tick(tick), two.tick(tick), revocation, one.tick(tick), two.tick(tick)]));
        await settle(world);
        expect(orders.size).toBeLessThanOrEqual(1);
        const status = (await world.store.load(request))?.status;
        expect(status).toBe((await revocation)?.ok ? "revoked" : "active");
        expect(access(world)).toEqual(status === "active" ? ["ada db1 read"] : []);
        world.clock.advance(2 * hour);
        await scheduler.waitFor(Promise.all([one.tick(tick), two.tick(tick), one.tick(tick)]));
        await settle(world);
        expect(access(world)).toEqual([]);
        await expectFold(world, request);
      }),
      { numRuns: 60 },
    );
  });
});
