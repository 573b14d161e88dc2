import { type AccessServiceOptions, createAccessService, defineProvisioner, startTimers } from "accessflow/service";
import { describe, expect, it } from "vitest";
import { askFor, makeWorld } from "./support/world.js";

/** What no number of milliseconds, and no other whole number from 1, may be. */
const noNumbers = [Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY, "1000", null, 2 ** 31];

const refused = { name: "AccessFlowError", code: "facts_invalid" };

describe("the options of createAccessService", () => {
  const { ports } = makeWorld();

  it("L12: an unknown way to answer overlap is refused, and never read as `stack`", () => {
    for (const overlap of ["stak", "Refuse", "", null, 1, ["refuse"]]) {
      expect(() => createAccessService(ports, { overlap } as never), String(overlap)).toThrow(expect.objectContaining(refused));
    }
  });

  it.each(["portTimeoutMs", "provisionTimeoutMs"])("%s is a whole number of milliseconds that a timer can wait", (name) => {
    for (const value of noNumbers) {
      expect(() => createAccessService(ports, { [name]: value } as never), String(value)).toThrow(expect.objectContaining(refused));
    }
  });

  it.each([
    ["attempts", [0, -1, 1.5, Number.NaN, "5"]],
    ["maxEnds", [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "10"]],
    ["sweepEveryMs", [-1, 0.5, Number.NaN, "never"]],
    ["administrators", ["root", [7], [""], [{ id: "root" }]]],
    ["worker", ["", 7, null]],
    ["overlaps", ["refuse"]],
    ["zones", [null, "2026f", {}, { release: "2026f", zones: [7] }]],
  ] as const)("%s is refused where it is not what it should be", (name, values) => {
    for (const value of values) {
      expect(() => createAccessService(ports, { [name]: value } as never), String(value)).toThrow(expect.objectContaining(refused));
    }
  });

  it("may all be given, and all be left out", async () => {
    const options: AccessServiceOptions = {
      overlap: "refuse",
      maxEnds: 0,
      administrators: [],
      portTimeoutMs: 1_000,
      provisionTimeoutMs: 1_000,
      sweepEveryMs: null,
      attempts: 1,
      worker: "one",
    };
    for (const given of [options, { ...options, sweepEveryMs: 0 }, {}, { overlap: undefined, maxEnds: undefined }]) {
      const world = makeWorld({ options: given });
      await askFor(world, { flow: "open" });
    }
  });
});

describe("the options of startTimers", () => {
  it.each(["restMs", "limit", "budgetMs"])("%s is refused where it would rest never, or for ever", (name) => {
    const { service, clock } = makeWorld();
    for (const value of noNumbers) {
      expect(() => startTimers(service, { clock, [name]: value } as never), String(value)).toThrow(expect.objectContaining(refused));
    }
  });

  it("an `onError` that fails itself stops nothing", async () => {
    const { clock } = makeWorld();
    let ticks = 0;
    const tick = async () => {
      ticks += 1;
      throw new Error("the store is down");
    };
    const timers = startTimers(
      { tick },
      {
        clock,
        restMs: 1,
        onError: () => {
          throw new Error("the log is down, too");
        },
      },
    );
    while (ticks < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    await timers.stop();
  });
});

describe("what defineProvisioner is given", () => {
  const run = () => ({ outcome: "done", reports: [] }) as const;

  it("is refused where a function is missing or none", () => {
    for (const functions of [{ activate: run }, { deactivate: run }, { activate: run, deactivate: run, changeEnd: "no" }, {}, null]) {
      expect(() => defineProvisioner(functions as never), JSON.stringify(functions)).toThrow(expect.objectContaining(refused));
    }
  });

  it("is refused where no timer can wait so long", () => {
    for (const timeoutMs of noNumbers) {
      expect(() => defineProvisioner({ activate: run, deactivate: run }, { timeoutMs } as never), String(timeoutMs)).toThrow(
        expect.objectContaining(refused),
      );
    }
  });
});
