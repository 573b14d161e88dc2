import { describe, expect, it } from "vitest";
import { type MemoryProvisioner, memoryProvisioner } from "../../src/adapters/memory/memory-provisioner.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { GrantOrder, Provisioner } from "../../src/ports/provisioner.js";
import { type OrderedEntitlement, type ProvisionerSubject, provisionerConformance } from "../../src/testing/provisioner-conformance.js";

const now = Date.UTC(2026, 2, 2, 9);

const entitlementOn = (resource: string, permission = "read"): OrderedEntitlement => ({
  resource: { id: resource, name: resource, type: "database", integration: "pg" },
  permission,
});

/** A subject over a memory provisioner, behind a provisioner that may be a sloppy one. */
async function subjectWith(over: (target: MemoryProvisioner) => Provisioner = (target) => target): Promise<ProvisionerSubject> {
  const target = memoryProvisioner({
    clock: { now: () => now },
    accepts: (grantee, { resource }) => grantee !== "nobody" && resource !== "nothing",
  });
  const place = (grantee: Identity, { resource, permission }: OrderedEntitlement) =>
    [grantee.id, { resource: resource.id, permission }] as const;
  return {
    provisioner: over(target),
    grantees: [{ id: "ada" }, { id: "bob" }],
    entitlements: [entitlementOn("payroll"), entitlementOn("ledger")],
    async holds(grantee, { resource, permission }) {
      const row = target.held().find((held) => held.grantee === grantee.id);
      return row?.entitlements.some((each) => each.resource === resource.id && each.permission === permission) ?? false;
    },
    give: async (grantee, what) => target.give(...place(grantee, what)),
    take: async (grantee, what) => target.take(...place(grantee, what)),
    restart: async () => over(target),
    now: () => now,
    named: async (name) => ({ grantee: { id: name }, entitlement: entitlementOn(name, name) }),
    unknownGrantee: { id: "nobody" },
    impossible: entitlementOn("nothing"),
  };
}

describe("memoryProvisioner", () => {
  it.each(provisionerConformance(() => subjectWith(), { without: ["changeEnd"] }))("L6: $name", ({ run }) => run());

  it("gives and takes access by hand, and takes standing access by no order", async () => {
    const provisioner = memoryProvisioner();
    const entitlement = { resource: "payroll", permission: "read" };
    provisioner.give("ada", entitlement);
    expect(provisioner.held()).toEqual([{ grantee: "ada", entitlements: [{ ...entitlement, access: "standing" }] }]);
    provisioner.take("ada", entitlement);
    expect(provisioner.held()).toEqual([]);
  });
});

/** What careless provisioners do, and the case that must find each out. */
const sloppy: readonly { readonly fault: string; readonly caught: string; over(target: MemoryProvisioner): Provisioner }[] = [
  {
    fault: "says done without doing anything",
    caught: "an activation gives what it names, to whom it names, and nothing else",
    over: (target) => ({
      activate: async (order) => ({
        outcome: "done",
        reports: order.entitlements.map((_, entitlement) => ({ entitlement, access: "held", sessionsMayPersist: false })),
      }),
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "counts grants, so that a repetition needs two deactivations",
    caught: "an activation repeated under its key changes nothing, and one deactivation is enough",
    over: (target) => {
      let grants = 0;
      return {
        activate: (order) => {
          grants += 1;
          return target.activate(order);
        },
        deactivate: (order) => {
          grants -= 1;
          return target.deactivate(grants > 0 ? { ...order, keep: order.entitlements.map((_, position) => position) } : order);
        },
      };
    },
  },
  {
    fault: "takes whatever stands for standing access",
    caught: "an activation repeated after a crash does not take its own grant for standing access",
    over: (target) => ({
      async activate(order) {
        const before = await held(target, order);
        const answer = await target.activate(order);
        if (answer.outcome !== "done") return answer;
        return {
          ...answer,
          reports: answer.reports.map((report) => (before[report.entitlement] ? { ...report, access: "heldBefore" } : report)),
        };
      },
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "takes standing access, too",
    caught: "access that stood before is reported as such, and stays",
    over: (target) => ({
      activate: (order) => target.activate(order),
      async deactivate(order) {
        takeAll(target, order, []);
        return target.deactivate(order);
      },
    }),
  },
  {
    fault: "does not look at `keep`",
    caught: "what another request holds is kept, and taken when that one ends",
    over: (target) => ({ activate: (order) => target.activate(order), deactivate: (order) => target.deactivate({ ...order, keep: [] }) }),
  },
  {
    fault: "takes only what the request's own activation gave",
    caught: "what was kept for a request that was never activated is taken when that one ends",
    over: (target) => {
      const given = new Set<string>();
      return {
        activate: (order) => {
          given.add(order.request);
          return target.activate(order);
        },
        deactivate: (order) =>
          target.deactivate(given.delete(order.request) ? order : { ...order, keep: order.entitlements.map((_, position) => position) }),
      };
    },
  },
  {
    fault: "fails when there is nothing to take",
    caught: "a deactivation repeated, also by a new process, is done again",
    over: (target) => ({
      activate: (order) => target.activate(order),
      async deactivate(order) {
        if ((await held(target, order)).some((each) => each)) return target.deactivate(order);
        return { outcome: "failed", retryable: false, reason: "no such member", reports: [] };
      },
    }),
  },
  {
    fault: "takes everything that the person has",
    caught: "a deactivation touches neither other people nor other access",
    over: (target) => ({
      activate: (order) => target.activate(order),
      deactivate: (order) => {
        for (const row of target.held())
          if (row.grantee === order.grantee.id) for (const each of row.entitlements) target.take(row.grantee, each);
        return target.deactivate(order);
      },
    }),
  },
  {
    fault: "begins after the deadline",
    caught: "nothing is begun at or after the deadline",
    over: (target) => ({
      activate: (order) => target.activate({ ...order, deadline: Number.MAX_SAFE_INTEGER }),
      deactivate: (order) => target.deactivate({ ...order, deadline: Number.MAX_SAFE_INTEGER }),
    }),
  },
  {
    fault: "begins late, and so gives back what was taken",
    caught: "an activation repeated late, after its deactivation, gives nothing back",
    over: (target) => ({
      activate: (order) => target.activate({ ...order, deadline: Number.MAX_SAFE_INTEGER }),
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "stays pending for ever",
    caught: "an activation gives what it names, to whom it names, and nothing else",
    over: () => ({
      activate: async () => ({ outcome: "pending", checkAt: now, handle: "job-1" }),
      deactivate: async () => ({ outcome: "pending", checkAt: now, handle: "job-2" }),
    }),
  },
  {
    fault: "is pending without a handle",
    caught: "an order that is begun again without its handle comes to the same end",
    over: (target) => ({
      activate: async (order) => (order.handle === null ? { outcome: "pending", checkAt: now, handle: "" } : target.activate(order)),
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "reports on an entitlement that the order does not have",
    caught: "an activation gives what it names, to whom it names, and nothing else",
    over: (target) => ({
      async activate(order) {
        const answer = await target.activate(order);
        if (answer.outcome !== "done") return answer;
        return { ...answer, reports: [...answer.reports, { entitlement: 7, access: "held", sessionsMayPersist: false }] };
      },
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "folds the case of names",
    caught: "names that differ in letter case only are two names",
    over: (target) => {
      const folded = (order: GrantOrder): GrantOrder => ({
        ...order,
        grantee: { id: order.grantee.id.toLowerCase() },
        entitlements: order.entitlements.map(({ resource, permission }) => ({
          resource: { ...resource, id: resource.id.toLowerCase() },
          permission: permission.toLowerCase(),
        })),
      });
      return { activate: (order) => target.activate(folded(order)), deactivate: (order) => target.deactivate(folded(order)) };
    },
  },
  {
    fault: "trims names",
    caught: 'the name " padded " is data',
    over: (target) => {
      const trimmed = (order: GrantOrder): GrantOrder => ({ ...order, grantee: { id: order.grantee.id.trim() } });
      return { activate: (order) => target.activate(trimmed(order)), deactivate: (order) => target.deactivate(trimmed(order)) };
    },
  },
  {
    fault: "claims that nothing happened when a part of it did",
    caught: "an activation that fails in part never claims that nothing happened, and is cleaned up",
    over: (target) => ({
      async activate(order) {
        const answer = await target.activate(order);
        if (answer.outcome !== "failed") return answer;
        return { ...answer, reports: answer.reports.map((report) => ({ ...report, access: "notHeld" })) };
      },
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "says done for somebody whom the target does not know",
    caught: "an activation for somebody whom the target does not know fails, and its deactivation is done",
    over: (target) => ({
      async activate(order) {
        const answer = await target.activate(order);
        return answer.outcome === "failed" ? { outcome: "done", reports: answer.reports } : answer;
      },
      deactivate: (order) => target.deactivate(order),
    }),
  },
  {
    fault: "inspects what it remembers, not what is there",
    caught: "an inspection says what the target says, changes by hand included",
    over: (target) => {
      let remembered: Awaited<ReturnType<NonNullable<Provisioner["inspect"]>>> | null = null;
      return {
        async activate(order) {
          const answer = await target.activate(order);
          remembered = answer.outcome === "done" ? answer.reports : null;
          return answer;
        },
        deactivate: (order) => target.deactivate(order),
        inspect: async (order) => remembered ?? (await target.inspect?.(order)) ?? [],
      };
    },
  },
];

async function held(target: MemoryProvisioner, order: GrantOrder): Promise<readonly boolean[]> {
  const reports = (await target.inspect?.(order)) ?? [];
  return reports.map(({ access }) => access !== "notHeld");
}

function takeAll(target: MemoryProvisioner, { grantee, entitlements }: GrantOrder, keep: readonly number[]): void {
  entitlements.forEach(({ resource, permission }, position) => {
    if (!keep.includes(position)) target.take(grantee.id, { resource: resource.id, permission });
  });
}

describe("provisionerConformance", () => {
  it.each(sloppy)("finds out a provisioner that $fault", async ({ caught, over }) => {
    const found = provisionerConformance(() => subjectWith(over), { without: ["changeEnd"] }).find(({ name }) => name === caught);
    if (found === undefined) throw new Error(`there is no case "${caught}"`);
    await expect(found.run()).rejects.toThrow();
  });

  it("has no two cases of one name", () => {
    const names = provisionerConformance(() => subjectWith()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
