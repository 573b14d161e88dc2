import { defineAccessFlow, type ZoneTables } from "accessflow";
import { memoryFlows } from "accessflow/adapters/memory";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import { accepted, ada, askFor, hour, makeWorld, monday, openFlow } from "./support/world.js";

/** A Paris where it is always three hours earlier than in Greenwich, on a Monday morning at nine o'clock there. */
const zones: ZoneTables = deepFreeze({ release: "test", zones: ["Europe/Paris|-10800||"] });

const flow = defineAccessFlow({
  ...openFlow,
  schedule: { kind: "onlyOn", days: ["monday"], from: "06:00", to: "08:30", timeZone: "Europe/Paris" },
  grantFor: { kind: "fixed", amount: 2, unit: "hour", endWith: "schedule" },
  settings: { maxExtensions: 1 },
});

const closing = monday + 2.5 * hour;

describe("the option `zones` of the service", () => {
  it("X11: is what every decision of a request looks at", async () => {
    const world = makeWorld({ ports: { flows: memoryFlows([flow]) }, options: { zones } });
    world.clock.set(closing - hour);
    expect(await world.service.availableTo({ actor: ada })).toEqual([{ flow: "open" }]);
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    const [state] = accepted({ ok: true, value: (await world.store.list({ limit: 10 })).items });
    expect([state?.status, state?.grant?.window]).toEqual(["active", { start: closing - hour, end: closing }]);
    const extended = await world.service.extend({ actor: ada, key: "more", request });
    expect(extended).toMatchObject({ ok: false, error: { reasons: [{ code: "duration_out_of_range" }] } });
  });

  it("X11: without it the runtime's zones decide", async () => {
    const world = makeWorld({ ports: { flows: memoryFlows([flow]) } });
    world.clock.set(closing - hour);
    expect(await world.service.availableTo({ actor: ada })).toEqual([]);
  });
});
