import { type AccessService, createAccessService } from "accessflow/service";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GrantOrder } from "../../src/ports/provisioner.js";
import { type Fault, faultyPorts, type PortCall } from "./support/faulty-ports.js";
import { access, ada, grace, hour, makeWorld, minute, read, type World } from "./support/world.js";

/** Longer than any lease. */
const afterLeases = 5 * minute;

/** What the hosts of ada and grace do, over and over, under the same keys. */
async function ask(service: AccessService): Promise<string | null> {
  const asked = await service.submit({ actor: ada, key: "ask", flow: "databases", entitlements: [read("db1")], justification: "a reason" });
  return asked.ok ? asked.value.view.id : null;
}

async function approve(service: AccessService, request: string | null): Promise<boolean> {
  return request !== null && (await service.vote({ actor: grace, key: "vote", request, decision: "approve" })).ok;
}

/** A store that is down makes `tick` fail; whoever calls it calls it again. */
async function work(service: AccessService): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const ticked = await service.tick({ limit: 100, budgetMs: 10_000 }).catch(() => null);
    if (ticked === null || (ticked.done === 0 && !ticked.more)) return;
  }
}

/** A world that counts the orders which its provisioner was given. */
function watchedWorld(): World & { readonly orders: Map<string, number> } {
  const world = makeWorld();
  const orders = new Map<string, number>();
  const { activate } = world.provisioner;
  const provisioner = {
    ...world.provisioner,
    activate: (order: GrantOrder) => {
      orders.set(order.key, (orders.get(order.key) ?? 0) + 1);
      return activate(order);
    },
  };
  const ports = { ...world.ports, provisioner };
  return { ...world, ports, service: createAccessService(ports), orders };
}

async function expectWholeLife(world: World, request: string | null): Promise<void> {
  if (request === null) throw new Error("there is no request");
  const stored = await world.store.list({ limit: 10 });
  expect(stored.items.map((state) => [state.request.id, state.status, state.approval?.votes.length])).toEqual([[request, "ended", 1]]);
  const events = await world.store.events(request, 0);
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, position) => position + 1));
  expect(events.filter(({ type }) => type === "activated")).toHaveLength(1);
  // Audited once or more, in order: without repetitions it is the log.
  expect(
    world.audited.filter((event, position) => world.audited.findIndex(({ revision }) => revision === event.revision) === position),
  ).toEqual(events);
  const told = new Set(world.notices.flatMap(({ about, to }) => to.map((id) => `${about} ${id}`)));
  expect([...told].sort()).toEqual(["active ada", "askApprovers grace", "askApprovers linus", "decided ada", "over ada"]);
}

/** Runs a service whose process dies at one call of a port, and then another one on the same store. */
async function dieAt(fatal: number, fault: Fault): Promise<boolean> {
  const world = watchedWorld();
  let died = false;
  const mortal = createAccessService(
    faultyPorts(world.ports, ({ number }: PortCall) => {
      if (number < fatal) return "none";
      const isLast = !died;
      died = true;
      return isLast ? fault : "undone";
    }),
  );
  const before = await ask(mortal);
  await work(mortal);
  await approve(mortal, before);
  await work(mortal);

  world.clock.advance(afterLeases);
  const request = await ask(world.service);
  await work(world.service);
  expect(await approve(world.service, request)).toBe(true);
  for (let round = 0; round < 3; round += 1) {
    await work(world.service);
    world.clock.advance(afterLeases);
  }
  expect(access(world)).toEqual(["ada db1 read"]);
  expect([...world.orders.keys()]).toHaveLength(1);
  world.clock.advance(2 * hour);
  await world.settle();
  expect(access(world)).toEqual([]);
  await expectWholeLife(world, request);
  return died;
}

describe("a process that dies", () => {
  it.each(["undone", "unheard"] as const)(
    "TH13, TH14: at any call of a port (%s): nothing is lost, nothing done twice",
    { timeout: 300_000 },
    async (fault) => {
      let calls = 0;
      while (await dieAt(calls, fault)) calls += 1;
      expect(calls).toBeGreaterThan(50);
    },
  );
});

/** Runs one service of whose calls one fails, and goes on. */
async function failAt(failing: number, fault: Fault): Promise<boolean> {
  const world = watchedWorld();
  let failed = false;
  const ports = faultyPorts(world.ports, ({ number }) => {
    failed ||= number === failing;
    return number === failing ? fault : "none";
  });
  const service = createAccessService(ports, { portTimeoutMs: 20, provisionTimeoutMs: 20 });
  let request: string | null = null;
  let approved = false;
  for (let round = 0; round < 5; round += 1) {
    request ??= await ask(service);
    await work(service);
    // Once the approvers were asked, even if that had to be tried again.
    if (round > 0) approved ||= await approve(service, request);
    await work(service);
    world.clock.advance(minute);
  }
  expect(approved).toBe(true);
  expect(access(world)).toEqual(["ada db1 read"]);
  world.clock.advance(2 * hour);
  for (let round = 0; round < 4; round += 1) {
    await work(service);
    world.clock.advance(minute);
  }
  expect(access(world)).toEqual([]);
  await expectWholeLife(world, request);
  return failed;
}

describe("a port that fails", () => {
  it.each(["undone", "unheard", "silent"] as const)(
    "L7: at any one call (%s): the request takes its whole course",
    { timeout: 300_000 },
    async (fault) => {
      let calls = 0;
      while (await failAt(calls, fault)) calls += 1;
      expect(calls).toBeGreaterThan(50);
    },
  );
});

const faults = fc.array(fc.constantFrom<Fault>("none", "none", "none", "none", "undone", "unheard"), { minLength: 20, maxLength: 200 });

describe("ports that fail again and again", () => {
  it("L6: access is nowhere but where a request says so, and all is over in the end", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.integer({ min: 1, max: 90 }), async (plan, minutes) => {
        const world = watchedWorld();
        const service = createAccessService(faultyPorts(world.ports, ({ number }) => plan[number % plan.length] ?? "none"));
        let request: string | null = null;
        for (let round = 0; round < 10; round += 1) {
          request ??= await ask(service).catch(() => null);
          await work(service);
          await approve(service, request);
          await work(service);
          const statuses = (await world.store.list({ limit: 10 })).items.map(({ status }) => status);
          if (access(world).length > 0)
            expect(statuses.some((status) => ["activating", "active", "deactivating"].includes(status))).toBe(true);
          if (statuses[0] === "active") expect(access(world)).toEqual(["ada db1 read"]);
          world.clock.advance(minutes * minute);
        }
        request ??= await ask(world.service);
        world.clock.advance(24 * hour);
        for (let round = 0; round < 5; round += 1) {
          await work(world.service);
          world.clock.advance(hour);
        }
        expect(access(world)).toEqual([]);
        const stored = await world.store.list({ limit: 10 });
        expect(stored.items.map(({ request: { id } }) => id)).toEqual([request]);
        expect(["ended", "activationFailed", "expired"]).toContain(stored.items[0]?.status);
        const events = await world.store.events(request ?? "", 0);
        expect(events.map(({ revision }) => revision)).toEqual(events.map((_, position) => position + 1));
      }),
      { numRuns: 40 },
    );
  });
});
