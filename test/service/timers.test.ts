import { createAccessService, startTimers, systemClock } from "accessflow/service";
import { describe, expect, it } from "vitest";
import { faultyPorts } from "./support/faulty-ports.js";
import { access, askFor, hour, makeWorld } from "./support/world.js";

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("startTimers", () => {
  it("does what is due, again after a restart of the process, and nothing after it was stopped", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    const timers = startTimers(world.service, { clock: world.clock, restMs: 1 });
    await until(() => access(world).length === 1);
    await timers.stop();

    world.clock.advance(hour);
    expect(access(world)).toEqual(["ada db1 read"]);
    const restarted = startTimers(createAccessService(world.ports), { clock: world.clock, restMs: 1 });
    await until(async () => (await world.store.load(request))?.status === "ended");
    await restarted.stop();
    expect(access(world)).toEqual([]);
  });

  it("rests, and looks at once when it is poked", async () => {
    const world = makeWorld();
    const timers = startTimers(world.service, { clock: world.clock, restMs: hour });
    await askFor(world, { flow: "open" });
    timers.poke();
    await until(() => access(world).length === 1);
    await timers.stop();
  });

  it("goes on after a store that was down, and says so", async () => {
    const world = makeWorld();
    let isDown = true;
    const errors: unknown[] = [];
    const ports = faultyPorts(world.ports, ({ port }) => (isDown && port === "store" ? "undone" : "none"));
    const timers = startTimers(createAccessService(ports), {
      clock: world.clock,
      restMs: 1,
      onError: (error) => errors.push(error),
    });
    await askFor(world, { flow: "open" });
    await until(() => errors.length > 2);
    isDown = false;
    await until(() => access(world).length === 1);
    await timers.stop();
    expect(errors[0]).toMatchObject({ code: "store_unavailable" });
  });

  it("hints of a scheduler may be lost, late, or come twice", async () => {
    const hints: { readonly request: string; readonly at: number }[] = [];
    const world = makeWorld({ ports: { wake: { wake: async ({ request, at }) => void hints.push({ request, at }) } } });
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    expect(hints.at(-1)).toEqual({ request, at: (await world.store.load(request))?.wakeAt });
  });
});

describe("systemClock", () => {
  it("says what the machine's clock says", async () => {
    const before = Date.now();
    const now = await systemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
