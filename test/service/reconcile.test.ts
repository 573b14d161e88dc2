import { defineAccessFlow } from "accessflow";
import { memoryDirectory } from "accessflow/adapters/memory";
import { createAccessService } from "accessflow/service";
import { describe, expect, it } from "vitest";
import { faultyPorts } from "./support/faulty-ports.js";
import { access, database, hour, makeWorld, people, type World } from "./support/world.js";

const flow = defineAccessFlow({
  name: "Leads read",
  trigger: "automatic",
  requestors: { conditions: [{ attribute: "group", values: ["leads"] }] },
  targets: [{ kind: "integration", integration: "Postgres", resourceType: "database", permissions: ["read"] }],
  grantFor: { kind: "indefinite" },
});

function automaticWorld(...over: Parameters<typeof makeWorld>): World {
  const world = makeWorld(...over);
  world.flows.set(flow);
  return world;
}

const run = (world: World, maxEnds?: number) => world.service.reconcile({ flow: flow.id, maxEnds });
const nothing = { granted: 0, ended: 0, undetermined: 0, halted: false };

describe("reconcile", () => {
  it("M1, M2, M4: grants to who meets the conditions, and nothing more when it is run again, at any moment", async () => {
    const world = automaticWorld();
    expect(await run(world)).toEqual({ ...nothing, granted: 2 });
    expect(await run(world)).toEqual(nothing);
    await world.settle();
    expect(access(world)).toEqual(["grace db1 read", "grace db2 read", "linus db1 read", "linus db2 read"]);
    expect(await run(world)).toEqual(nothing);
  });

  it("M1: ends the grants of who no longer meets them, is inactive, or is gone, and grants them anew when they are back", async () => {
    const world = automaticWorld();
    await run(world);
    await world.settle();
    world.directory.set({ id: "grace", attributes: { group: [] } });
    world.directory.remove("linus");
    expect(await run(world)).toEqual({ ...nothing, ended: 2 });
    expect(await run(world)).toEqual(nothing);
    await world.settle();
    expect(access(world)).toEqual([]);
    world.directory.set({ id: "grace", attributes: { group: ["leads"] } });
    expect(await run(world)).toEqual({ ...nothing, granted: 1 });
    await world.settle();
    expect(access(world)).toEqual(["grace db1 read", "grace db2 read"]);
  });

  it("M1: what is not known starts nothing and ends nothing", async () => {
    const world = automaticWorld();
    await run(world);
    await world.settle();
    world.directory.set({ id: "grace", attributes: {} });
    expect(await run(world)).toEqual({ ...nothing, undetermined: 1 });
    const down = createAccessService(faultyPorts(world.ports, ({ port }) => (port === "directory" ? "undone" : "none")));
    expect(await down.reconcile({ flow: flow.id })).toEqual({ ...nothing, undetermined: 2 });
    await world.settle();
    expect(access(world)).toHaveLength(4);
  });

  it("M3: a holder on a page that was cut off keeps the grant", async () => {
    const directory = memoryDirectory(people, { pageSize: 1 });
    const world = automaticWorld({ ports: { directory } });
    await run(world);
    await world.settle();
    const cutOff = faultyPorts(world.ports, ({ port, method, number }) =>
      port === "directory" && method === "candidates" && number > 0 ? "undone" : "none",
    );
    expect(await createAccessService(cutOff).reconcile({ flow: flow.id })).toEqual(nothing);
  });

  it("M3: ends nothing where more would end than may", async () => {
    const world = automaticWorld();
    await run(world);
    await world.settle();
    world.directory.remove("grace");
    expect(await run(world, 1)).toEqual({ ...nothing, halted: true });
    await world.settle();
    expect(access(world)).toHaveLength(4);
    expect(await run(world, 2)).toEqual({ ...nothing, ended: 1 });
  });

  it("gives a new resource, and takes one away that the flow gives no more, with its grant renewed for the rest", async () => {
    const world = automaticWorld();
    await run(world);
    await world.settle();
    world.inventory.set(database("db3"));
    expect(await run(world)).toEqual({ ...nothing, granted: 2 });
    await world.settle();
    expect(access(world)).toHaveLength(6);
    world.inventory.set({ ...database("db3"), status: "deleted" });
    await run(world);
    await world.settle();
    expect(access(world)).toHaveLength(4);
    world.inventory.set({ ...database("db1"), type: "archive" });
    for (let again = 0; again < 2; again += 1) {
      await run(world);
      await world.settle();
    }
    expect(access(world)).toEqual(["grace db2 read", "linus db2 read"]);
  });

  it("two runs at once grant once", async () => {
    const world = automaticWorld();
    const [one, two] = await Promise.all([run(world), run(world)]);
    expect(one.granted + two.granted).toBe(2);
    await world.settle();
    expect((await world.store.list({ limit: 10 })).items).toHaveLength(2);
  });

  it("dies at any call of a port, and the next run does the rest and nothing twice", { timeout: 120_000 }, async () => {
    let fatal = 0;
    for (let died = true; died; fatal += 1) {
      const world = automaticWorld();
      died = false;
      const mortal = createAccessService(
        faultyPorts(world.ports, ({ number }) => {
          died ||= number >= fatal;
          return number < fatal ? "none" : number === fatal && fatal % 2 === 0 ? "unheard" : "undone";
        }),
      );
      await mortal.reconcile({ flow: flow.id }).catch(() => null);
      await run(world);
      expect(await run(world)).toEqual(nothing);
      await world.settle();
      expect(access(world)).toHaveLength(4);
      expect((await world.store.list({ limit: 10 })).items).toHaveLength(2);
    }
    expect(fatal).toBeGreaterThan(8);
  });

  it("M4: a grant for a time is planned anew after its end", async () => {
    const world = automaticWorld();
    world.flows.set(defineAccessFlow({ ...flow, grantFor: { kind: "fixed", amount: 1, unit: "hour" } }));
    await run(world);
    await world.settle();
    world.clock.advance(hour);
    await world.settle();
    expect(access(world)).toEqual([]);
    expect(await run(world)).toEqual({ ...nothing, granted: 2 });
  });

  it("says that a flow is gone, or people ask for it themselves", async () => {
    const world = makeWorld();
    await expect(world.service.reconcile({ flow: "none" })).rejects.toMatchObject({ code: "flow_inactive" });
    await expect(world.service.reconcile({ flow: "open" })).rejects.toMatchObject({ code: "facts_invalid" });
  });
});
