import { defineAccessFlow } from "accessflow";
import { memoryProvisioner } from "accessflow/adapters/memory";
import { createAccessService } from "accessflow/service";
import { describe, expect, it } from "vitest";
import type { GrantOrder, ProvisionAnswer, Provisioner } from "../../src/ports/provisioner.js";
import type { RequestStore } from "../../src/ports/request-store.js";
import { faultyPorts } from "./support/faulty-ports.js";
import {
  accepted,
  access,
  ada,
  askFor,
  database,
  handClock,
  hour,
  makeWorld,
  minute,
  monday,
  openFlow,
  read,
  second,
  type World,
} from "./support/world.js";

/** A provisioner that says what it is told to, and keeps the orders it was given. */
function scripted(
  answers: Partial<Record<"activate" | "deactivate" | "changeEnd", (order: GrantOrder) => ProvisionAnswer | Promise<ProvisionAnswer>>> = {},
) {
  const calls: { readonly call: string; readonly order: GrantOrder }[] = [];
  const reports = (order: GrantOrder, access: "held" | "notHeld") =>
    order.entitlements.map((_, entitlement) => ({ entitlement, access, sessionsMayPersist: false }));
  const say =
    (call: "activate" | "deactivate" | "changeEnd", access: "held" | "notHeld") =>
    async (order: GrantOrder): Promise<ProvisionAnswer> => {
      calls.push({ call, order });
      return answers[call]?.(order) ?? { outcome: "done", reports: reports(order, access) };
    };
  const provisioner: Provisioner = {
    activate: say("activate", "held"),
    deactivate: say("deactivate", "notHeld"),
    changeEnd: say("changeEnd", "held"),
  };
  return { provisioner, calls };
}

async function statusOf(world: World, request: string): Promise<string | undefined> {
  return (await world.store.load(request))?.status;
}

describe("L6: a request over several integrations", () => {
  const twoSystems = (answers: Parameters<typeof scripted>[0]) => {
    const [pg, ssh] = [scripted(), scripted(answers)];
    const world = makeWorld({ ports: { provisioner: (integration) => (integration === "pg" ? pg : ssh).provisioner } });
    world.inventory.set(database("host1", "ssh"));
    const target = { kind: "integration", resourceType: "database", permissions: ["read"] } as const;
    world.flows.set(
      defineAccessFlow({
        ...openFlow,
        targets: [
          { ...target, integration: "pg" },
          { ...target, integration: "ssh" },
        ],
      }),
    );
    return { world, pg, ssh };
  };

  it("gives each its share of the order, under a key of its own", async () => {
    const { world, pg, ssh } = twoSystems({});
    const request = await askFor(world, { flow: "open", entitlements: [read("db1"), read("host1"), read("db2")] });
    await world.settle();
    expect(pg.calls[0]?.order.entitlements.map(({ resource }) => resource.id)).toEqual(["db1", "db2"]);
    expect(ssh.calls[0]?.order.entitlements.map(({ resource }) => resource.id)).toEqual(["host1"]);
    expect(pg.calls[0]?.order.key).not.toBe(ssh.calls[0]?.order.key);
    expect((await world.store.load(request))?.entitlementReports.map(({ entitlement, access: held }) => [entitlement, held])).toEqual([
      [0, "held"],
      [1, "held"],
      [2, "held"],
    ]);
  });

  it("is all or nothing: what one could not give is taken back from the other", async () => {
    const { world, pg } = twoSystems({ activate: () => ({ outcome: "failed", retryable: false, reason: "no such host", reports: [] }) });
    const request = await askFor(world, { flow: "open", entitlements: [read("db1"), read("host1")] });
    await world.settle();
    expect(await statusOf(world, request)).toBe("activationFailed");
    expect(pg.calls.map(({ call }) => call)).toEqual(["activate", "deactivate"]);
  });

  it("waits for the slow one, without asking the other again, and hands it its handle", async () => {
    let checks = 0;
    const { world, pg, ssh } = twoSystems({
      activate: () => {
        checks += 1;
        return checks < 3
          ? { outcome: "pending", checkAt: monday + checks * minute, handle: `ticket ${checks}` }
          : { outcome: "done", reports: [] };
      },
    });
    const request = await askFor(world, { flow: "open", entitlements: [read("db1"), read("host1")] });
    for (let round = 0; round < 4; round += 1) {
      await world.settle();
      world.clock.advance(minute);
    }
    expect(await statusOf(world, request)).toBe("active");
    expect(pg.calls).toHaveLength(1);
    expect(ssh.calls.map(({ order }) => order.handle)).toEqual([null, "ticket 1", "ticket 2"]);
    expect(new Set(ssh.calls.map(({ order }) => order.key)).size).toBe(1);
  });
});

describe("L6: access that is not the request's alone", () => {
  it("keeps what another request holds, until that one ends", async () => {
    const world = makeWorld({ options: { overlap: "stack" } });
    const first = await askFor(world, { flow: "open", key: "1", entitlements: [read("db1"), read("db2")] });
    await world.settle();
    await askFor(world, { flow: "open", key: "2" });
    await world.settle();
    accepted(await world.service.revoke({ actor: ada, key: "r", request: first }));
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
    expect((await world.store.load(first))?.entitlementReports.map(({ access: held }) => held)).toEqual(["held", "notHeld"]);
    world.clock.advance(2 * hour);
    await world.settle();
    expect(access(world)).toEqual([]);
  });

  it("leaves standing access, and says that it stood before", async () => {
    const world = makeWorld();
    world.provisioner.give("ada", read("db1"));
    const request = await askFor(world, { flow: "open", entitlements: [read("db1"), read("db2")] });
    await world.settle();
    expect((await world.store.load(request))?.entitlementReports.map(({ access: held }) => held)).toEqual(["heldBefore", "held"]);
    world.clock.advance(2 * hour);
    await world.settle();
    expect(await statusOf(world, request)).toBe("ended");
    expect(access(world)).toEqual(["ada db1 read"]);
  });

  it.each([true, false])(
    "takes back what a target calls standing, where another request gave it and left it over (active: %s)",
    async (isActive) => {
      // A target that cannot tell who gave the access: all that stands already is `heldBefore` to it.
      const held = new Set<string>();
      const keyOf = (order: GrantOrder, position: number) => `${order.grantee.id} ${order.entitlements[position]?.resource.id}`;
      const { provisioner, calls } = scripted({
        activate: (order) => ({
          outcome: "done",
          reports: order.entitlements.map((_, entitlement) => {
            const stood = held.has(keyOf(order, entitlement));
            held.add(keyOf(order, entitlement));
            return { entitlement, access: stood ? "heldBefore" : "held", sessionsMayPersist: false };
          }),
        }),
        deactivate: (order) => ({
          outcome: "done",
          reports: order.entitlements.map((_, entitlement) => {
            if (!order.keep.includes(entitlement)) held.delete(keyOf(order, entitlement));
            return { entitlement, access: held.has(keyOf(order, entitlement)) ? "held" : "notHeld", sessionsMayPersist: false };
          }),
        }),
      });
      const world = makeWorld({ ports: { provisioner }, options: { overlap: "stack" } });
      const first = await askFor(world, { flow: "open", key: "1" });
      await world.settle();
      const second = await askFor(world, { flow: "open", key: "2" });
      if (isActive) await world.settle();
      accepted(await world.service.revoke({ actor: ada, key: "r", request: first }));
      // Not active yet, the second one is decided on before the first is taken back, and has its order behind that.
      if (!isActive) await decide(world, second);
      await world.settle();
      expect([...held]).toEqual(["ada db1"]);
      expect(await statusOf(world, second)).toBe("active");
      world.clock.advance(2 * hour);
      await world.settle();
      expect([...held]).toEqual([]);
      expect(calls.filter(({ call }) => call === "deactivate").map(({ order }) => order.keep)).toEqual([[0], []]);
    },
  );
});

/** Lets the machine decide on activation, and leaves what follows from it to others. */
async function decide({ store, clock, ports }: World, request: string): Promise<void> {
  const onlyFacts: RequestStore = {
    ...store,
    claimEffects: async (input) => {
      const claimed = await store.claimEffects(input);
      const others = claimed.filter(({ effect }) => effect.type !== "readFacts");
      for (const { effect, lease } of others) {
        await store.settleEffect({ key: effect.key, lease, outcome: { retryAt: clock.now(), handle: null } });
      }
      return claimed.filter(({ effect }) => effect.type === "readFacts");
    },
  };
  await createAccessService({ ...ports, store: onlyFacts }).tick({ limit: 100, budgetMs: 1_000 });
  expect((await store.load(request))?.status).toBe("activating");
}

describe("L6: orders", () => {
  it("carry a deadline before the end of their lease, and never past the window", async () => {
    const { provisioner, calls } = scripted();
    const world = makeWorld({ ports: { provisioner } });
    await askFor(world, { flow: "open", requestedDuration: { amount: 1, unit: "minute" } });
    await world.settle();
    world.clock.advance(minute);
    await world.settle();
    expect(calls.map(({ call, order }) => [call, order.deadline])).toEqual([
      ["activate", monday + minute],
      // 120 s of lease, less a provisioner's 30 s and two ports' 10 s each.
      ["deactivate", monday + minute + 70 * second],
    ]);
  });

  it("a worker that wakes after its lease changes nothing, and what the other one did stands", async () => {
    const clock = handClock(monday);
    const target = memoryProvisioner();
    let wakeUp = (): void => {};
    const sleeping = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    let calls = 0;
    const provisioner: Provisioner = {
      ...target,
      activate: async (order) => {
        calls += 1;
        const answer = await target.activate(order);
        if (calls === 1) await sleeping;
        return answer;
      },
    };
    const world = makeWorld({ ports: { provisioner, clock } });
    const request = await askFor(world, { flow: "open" });
    const asleep = world.service.tick({ limit: 100, budgetMs: 10_000 });
    while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(5 * minute);
    const awake = createAccessService(world.ports);
    await awake.tick({ limit: 100, budgetMs: 10_000 });
    const stored = await world.store.load(request);
    expect(stored?.status).toBe("active");
    wakeUp();
    await asleep;
    expect(await world.store.load(request)).toEqual(stored);
    expect((await world.store.events(request, 0)).filter(({ type }) => type === "activated")).toHaveLength(1);
  });

  it("TH13: a failure that is reported after the lease changes nothing: the effect is another worker's", async () => {
    let wakeUp = (): void => {};
    const sleeping = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    const { provisioner, calls } = scripted({
      activate: async () => {
        if (calls.length > 1) return { outcome: "pending", checkAt: monday + 10 * minute, handle: "t" };
        await sleeping;
        return { outcome: "failed", retryable: false, reason: "too late", reports: [] };
      },
    });
    const world = makeWorld({ ports: { provisioner } });
    const request = await askFor(world, { flow: "open" });
    const asleep = world.service.tick({ limit: 100, budgetMs: 10_000 });
    while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    world.clock.advance(5 * minute);
    await createAccessService(world.ports).tick({ limit: 100, budgetMs: 10_000 });
    const stored = await world.store.load(request);
    wakeUp();
    await asleep;
    expect(stored?.status).toBe("activating");
    expect(await world.store.load(request)).toEqual(stored);
  });

  it("an activation under way is followed to its end before access is taken back", async () => {
    let pending = true;
    const { provisioner, calls } = scripted({
      activate: () => (pending ? { outcome: "pending", checkAt: monday + minute, handle: "t" } : { outcome: "done", reports: [] }),
    });
    const world = makeWorld({ ports: { provisioner } });
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    accepted(await world.service.revoke({ actor: ada, key: "r", request }));
    await world.settle();
    expect(calls.map(({ call }) => call)).toEqual(["activate"]);
    pending = false;
    world.clock.advance(minute);
    await world.settle();
    expect(calls.map(({ call }) => call)).toEqual(["activate", "activate", "deactivate"]);
    expect(await statusOf(world, request)).toBe("revoked");
  });

  it("a deactivation under way is asked after when it says, and no sooner", async () => {
    let asked = 0;
    const { provisioner, calls } = scripted({
      deactivate: (order) => {
        asked += 1;
        return asked < 3
          ? { outcome: "pending", checkAt: monday + hour + asked * minute, handle: `${asked}` }
          : {
              outcome: "done",
              reports: order.entitlements.map((_, entitlement) => ({ entitlement, access: "notHeld", sessionsMayPersist: true })),
            };
      },
    });
    const world = makeWorld({ ports: { provisioner } });
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    world.clock.advance(hour);
    for (let round = 0; round < 3; round += 1) {
      await world.settle();
      expect(calls.filter(({ call }) => call === "deactivate")).toHaveLength(round + 1);
      world.clock.advance(minute);
    }
    expect(await world.store.load(request)).toMatchObject({ status: "ended", entitlementReports: [{ sessionsMayPersist: true }] });
  });

  it("an activation that fails is tried again, five times at most, and cleaned up", async () => {
    const { provisioner, calls } = scripted({ activate: () => ({ outcome: "failed", retryable: true, reason: "busy", reports: [] }) });
    const world = makeWorld({ ports: { provisioner } });
    const request = await askFor(world, { flow: "open" });
    for (let round = 0; round < 50; round += 1) {
      await world.settle();
      world.clock.advance(minute);
    }
    expect(await statusOf(world, request)).toBe("activationFailed");
    expect(calls.filter(({ call }) => call === "activate").map(({ order }) => order.generation)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(calls.at(-1)?.call).toBe("deactivate");
  });

  it("TH15, TH16: access is not over before the provisioner says so, however often it fails, and administrators are told", async () => {
    let broken = true;
    const { provisioner } = scripted({
      deactivate: (order) =>
        broken
          ? {
              outcome: "done",
              reports: order.entitlements.map((_, entitlement) => ({ entitlement, access: "held", sessionsMayPersist: false })),
            }
          : { outcome: "done", reports: [] },
    });
    const world = makeWorld({ ports: { provisioner }, options: { administrators: ["root"] } });
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    for (let round = 0; round < 10; round += 1) {
      world.clock.advance(hour);
      await world.settle();
    }
    expect(await statusOf(world, request)).toBe("deactivating");
    expect(world.notices.filter(({ about }) => about === "stuck").map(({ to, view }) => [...to, view.audience])).toContainEqual([
      "root",
      "administrator",
    ]);
    broken = false;
    world.clock.advance(hour);
    await world.settle();
    expect(await statusOf(world, request)).toBe("ended");
  });

  it("TH15: access is taken back while the directory is down, and from who is gone", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    const down = createAccessService(faultyPorts(world.ports, ({ port }) => (port === "directory" ? "undone" : "none")));
    accepted(await down.revoke({ actor: ada, key: "r", request }));
    while ((await down.tick({ limit: 100, budgetMs: 10_000 })).done > 0);
    expect(access(world)).toEqual([]);
    expect(await statusOf(world, request)).toBe("revoked");
  });

  it("a resource without a record keeps the request from ending, and does not keep the others", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open", entitlements: [read("db1"), read("db2")] });
    await world.settle();
    world.inventory.remove("db1");
    world.clock.advance(hour);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
    expect(await statusOf(world, request)).toBe("deactivating");
    world.inventory.set({ ...database("db1"), status: "deleted" });
    world.clock.advance(minute);
    await world.settle();
    expect(access(world)).toEqual([]);
    expect(await statusOf(world, request)).toBe("ended");
  });

  it("C9: nothing is given to who has left between the decision and the order", async () => {
    const { provisioner, calls } = scripted();
    const world = makeWorld({ ports: { provisioner } });
    // Decides, and is gone before it carries out what it decided.
    const request = await askFor(world, { flow: "open" });
    await world.service.tick({ limit: 1, budgetMs: 10_000 });
    while ((await statusOf(world, request)) !== "activating") await world.service.tick({ limit: 1, budgetMs: 10_000 });
    world.directory.set({ id: "ada", active: false });
    await world.settle();
    expect(calls.map(({ call }) => call)).toEqual(["deactivate"]);
    expect(await statusOf(world, request)).toBe("activationFailed");
  });
});

describe("L10: the sweep", () => {
  it("ends the grants of who is inactive or gone, at the latest after its period", async () => {
    const world = makeWorld();
    const one = await askFor(world, { flow: "open" });
    const two = await askFor(world, { flow: "open", actor: { id: "eve" }, entitlements: [read("db2")] });
    await world.settle();
    world.directory.remove("ada");
    world.directory.set({ id: "eve", active: false });
    world.clock.advance(15 * minute);
    await world.settle();
    expect(await Promise.all([one, two].map((request) => statusOf(world, request)))).toEqual(["revoked", "revoked"]);
    expect(access(world)).toEqual([]);
  });

  it("ends nothing where the directory does not answer, or not about everything that it must", async () => {
    const world = makeWorld({ options: { sweepEveryMs: 0 } });
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    for (const fault of ["undone", "silent"] as const) {
      const ports = faultyPorts(world.ports, ({ port }) => (port === "directory" ? fault : "none"));
      await createAccessService(ports, { sweepEveryMs: 0, portTimeoutMs: 20 }).tick({ limit: 100, budgetMs: 10_000 });
    }
    const vague = { ...world.directory, identity: async () => ({ outcome: "found", identity: { id: "ada", active: false } }) as never };
    await createAccessService({ ...world.ports, directory: vague }, { sweepEveryMs: 0 }).tick({ limit: 100, budgetMs: 10_000 });
    expect(await statusOf(world, request)).toBe("active");
  });
});
