import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryProvisioner } from "../../src/adapters/memory/memory-provisioner.js";
import type { EntitlementReport } from "../../src/core/request/request-state.js";
import type { GrantOrder, ProvisionAnswer } from "../../src/ports/provisioner.js";
import { defineProvisioner, type ProvisionerFunctions } from "../../src/service/define-provisioner.js";

const now = Date.UTC(2026, 2, 2, 9);
const clock = { now: () => now };

const orderWith = (parts: Partial<GrantOrder> = {}): GrantOrder => ({
  key: "q1:3:0",
  request: "q1",
  generation: 1,
  deadline: now + 60_000,
  handle: null,
  grantee: { id: "ada" },
  entitlements: ["r1", "r2"].map((id) => ({ resource: { id, name: id, type: "database", integration: "pg" }, permission: "read" })),
  window: { start: now, end: now + 3_600_000 },
  keep: [],
  ...parts,
});

const report = (entitlement: number, access: EntitlementReport["access"]): EntitlementReport => ({
  entitlement,
  access,
  sessionsMayPersist: false,
});

const unknown = [0, 1].map((entitlement) => ({ entitlement, access: "unknown", sessionsMayPersist: true }));

/** A provisioner whose functions answer this, whatever types say. */
const answering = (answer: unknown) => {
  const run = () => answer as ProvisionAnswer;
  return defineProvisioner(
    { activate: run, deactivate: run, changeEnd: run, inspect: () => answer as readonly EntitlementReport[] },
    { clock },
  );
};

describe("defineProvisioner", () => {
  it("L6: passes on what is reported in full", async () => {
    const given = { outcome: "done", reports: [report(0, "held"), report(1, "heldBefore")] };
    expect(await answering(given).activate(orderWith())).toEqual(given);
    const taken = { outcome: "done", reports: [report(0, "notHeld"), report(1, "heldBefore")] };
    expect(await answering(taken).deactivate(orderWith())).toEqual(taken);
    const kept = { outcome: "done", reports: [report(0, "notHeld"), report(1, "held")] };
    expect(await answering(kept).deactivate(orderWith({ keep: [1] }))).toEqual(kept);
  });

  it.each([
    ["nothing", undefined],
    ["a text", "done"],
    ["a list", []],
    ["an outcome that there is not", { outcome: "ok", reports: [] }],
    ["an inherited outcome", Object.create({ outcome: "done", reports: [report(0, "held"), report(1, "held")] })],
    ["no reports", { outcome: "done" }],
    ["a position that there is not", { outcome: "done", reports: [report(0, "held"), report(1, "held"), report(2, "held")] }],
    ["a negative position", { outcome: "done", reports: [report(-1, "held")] }],
    ["a position between two", { outcome: "done", reports: [report(0.5, "held")] }],
    ["two reports that differ", { outcome: "done", reports: [report(0, "held"), report(1, "held"), report(0, "notHeld")] }],
    ["an access that there is not", { outcome: "done", reports: [report(0, "held"), { ...report(1, "held"), access: "yes" }] }],
    ["pending without a handle", { outcome: "pending", checkAt: now }],
    ["pending without a time", { outcome: "pending", checkAt: "soon", handle: "job" }],
    ["pending with an endless handle", { outcome: "pending", checkAt: now, handle: "x".repeat(5_000) }],
  ])("L6: knows nothing after an answer with %s", async (_, answer) => {
    for (const action of ["activate", "deactivate"] as const) {
      expect(await answering(answer)[action](orderWith())).toMatchObject({ outcome: "failed", retryable: true, reports: unknown });
    }
  });

  it("L6: does not believe `done` where a report is missing or says otherwise, and keeps what was reported", async () => {
    const short = await answering({ outcome: "done", reports: [report(0, "held")] }).activate(orderWith());
    expect(short).toMatchObject({ outcome: "failed", retryable: true, reports: [report(0, "held"), unknown[1]] });
    const contradicted = await answering({ outcome: "done", reports: [report(0, "held"), report(1, "notHeld")] }).activate(orderWith());
    expect(contradicted).toMatchObject({ outcome: "failed", reports: [report(0, "held"), report(1, "notHeld")] });
    for (const access of ["held", "unknown"] as const) {
      const left = await answering({ outcome: "done", reports: [report(0, "notHeld"), report(1, access)] }).deactivate(orderWith());
      expect(left).toMatchObject({ outcome: "failed", retryable: true, reports: [report(0, "notHeld"), report(1, access)] });
    }
  });

  it("L6: a failure that says nothing about an entitlement leaves it unknown, never not held", async () => {
    const answer = { outcome: "failed", retryable: false, reason: "no such role", reports: [report(1, "notHeld")] };
    expect(await answering(answer).activate(orderWith())).toEqual({ ...answer, reports: [unknown[0], report(1, "notHeld")] });
    const confused = { ...answer, reports: [report(0, "notHeld"), report(7, "notHeld")] };
    expect(await answering(confused).activate(orderWith())).toEqual({ ...answer, reports: unknown });
  });

  it("assumes that sessions may persist where it is not said that they have ended", async () => {
    const reports = [0, 1].map((entitlement) => ({ entitlement, access: "notHeld" }));
    const answer = await answering({ outcome: "done", reports }).deactivate(orderWith());
    expect(answer).toMatchObject({ reports: [{ sessionsMayPersist: true }, { sessionsMayPersist: true }] });
  });

  it.each<[string, () => ProvisionAnswer | Promise<ProvisionAnswer>]>([
    [
      "throws",
      () => {
        throw new Error("connect postgres://admin:hunter2@db failed");
      },
    ],
    ["is rejected", () => Promise.reject(new Error("hunter2"))],
    [
      "answers what cannot be read",
      () =>
        new Proxy({} as ProvisionAnswer, {
          get() {
            throw new Error("hunter2");
          },
        }),
    ],
  ])("TH23: repeats nothing of what a function that %s says", async (_, run) => {
    const provisioner = defineProvisioner({ activate: run, deactivate: run }, { clock });
    for (const action of ["activate", "deactivate"] as const) {
      const answer = await provisioner[action](orderWith());
      expect(answer).toMatchObject({ outcome: "failed", retryable: true, reports: unknown });
      expect(JSON.stringify(answer)).not.toContain("hunter2");
    }
  });

  it("TH19: states a reason in one line of bounded length", async () => {
    const reason = `no\nsuch\u001b[31m role ${"x".repeat(1_000)}`;
    const answer = await answering({ outcome: "failed", retryable: true, reason, reports: [] }).activate(orderWith());
    if (answer.outcome !== "failed") throw new Error("it has not failed");
    expect(answer.reason).toMatch(/^no\\u\{a\}such\\u\{1b\}\[31m role x+…$/);
    expect(Array.from(answer.reason).length).toBeLessThanOrEqual(201);
  });

  it("L6: calls nothing at or after the deadline, except about work under way", async () => {
    const calls: (string | null)[] = [];
    const run = ({ handle }: GrantOrder): ProvisionAnswer => {
      calls.push(handle);
      return { outcome: "done", reports: [report(0, "held"), report(1, "held")] };
    };
    const provisioner = defineProvisioner({ activate: run, deactivate: run }, { clock });
    expect(await provisioner.activate(orderWith({ deadline: now }))).toMatchObject({
      outcome: "failed",
      retryable: true,
      reports: unknown,
    });
    expect(await provisioner.activate(orderWith({ deadline: now, handle: "job" }))).toMatchObject({ outcome: "done" });
    expect(calls).toEqual(["job"]);
  });

  it("L6: does not hear an answer that comes after the deadline, or too late", async () => {
    let time = now;
    const done: ProvisionAnswer = { outcome: "done", reports: [report(0, "held"), report(1, "held")] };
    const slow = defineProvisioner(
      {
        activate: () => {
          time += 60_000;
          return done;
        },
        deactivate: () => new Promise(() => {}),
      },
      { clock: { now: () => time }, timeoutMs: 5 },
    );
    expect(await slow.activate(orderWith())).toMatchObject({ outcome: "failed", retryable: true, reports: unknown });
    time = now;
    expect(await slow.deactivate(orderWith())).toMatchObject({ outcome: "failed", retryable: true, reports: unknown });
    expect(await slow.deactivate(orderWith({ handle: "job" }))).toMatchObject({ outcome: "failed", retryable: true, reports: unknown });
  });

  it("gives functions an order that they cannot change, and what is theirs as `this`", async () => {
    const target = memoryProvisioner();
    const functions: ProvisionerFunctions & { seen: GrantOrder[] } = {
      seen: [],
      activate(order) {
        this.seen.push(order);
        (order.entitlements as unknown[]).pop();
        return target.activate(order);
      },
      deactivate: (order) => target.deactivate(order),
    };
    expect(await defineProvisioner(functions, { clock }).activate(orderWith())).toMatchObject({ outcome: "failed" });
    expect(functions.seen).toEqual([orderWith()]);
    expect(target.held()).toEqual([]);
  });

  it("offers `changeEnd` and `inspect` where the host does", async () => {
    const run = (): ProvisionAnswer => ({ outcome: "done", reports: [] });
    const plain = defineProvisioner({ activate: run, deactivate: run });
    expect([plain.changeEnd, plain.inspect]).toEqual([undefined, undefined]);
    expect(await answering({ outcome: "done", reports: [] }).changeEnd?.(orderWith())).toEqual({ outcome: "done", reports: unknown });
    expect(await answering([report(1, "held")]).inspect?.(orderWith())).toEqual([unknown[0], report(1, "held")]);
    expect(await answering("nonsense").inspect?.(orderWith())).toEqual(unknown);
  });

  it("L6: whatever is answered, `done` says of each entitlement once that it is as it should be", async () => {
    const anyReport = fc.record({
      entitlement: fc.oneof(fc.integer({ min: -1, max: 2 }), fc.anything()),
      access: fc.oneof(fc.constantFrom("held", "heldBefore", "notHeld", "unknown"), fc.anything()),
      sessionsMayPersist: fc.anything(),
    });
    const anyAnswer = fc.oneof(
      fc.anything(),
      fc.record({
        outcome: fc.constantFrom("done", "failed", "pending"),
        reports: fc.oneof(fc.array(anyReport, { maxLength: 4 }), fc.anything()),
      }),
    );
    const property = fc.asyncProperty(anyAnswer, fc.subarray([0, 1]), async (answer, keep) => {
      const order = orderWith({ keep });
      for (const action of ["activate", "deactivate"] as const) {
        const heard = await answering(answer)[action](order);
        if (heard.outcome === "pending") continue;
        expect(heard.reports.map(({ entitlement }) => entitlement)).toEqual([0, 1]);
        if (heard.outcome === "failed") continue;
        const good = action === "activate" ? ["held", "heldBefore"] : ["notHeld", "heldBefore"];
        expect(
          heard.reports.every(
            ({ entitlement, access }) => good.includes(access) || (action === "deactivate" && keep.includes(entitlement)),
          ),
        ).toBe(true);
      }
    });
    await fc.assert(property);
  });
});
