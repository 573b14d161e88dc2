import { defineAccessFlow } from "accessflow";
import { memoryDirectory } from "accessflow/adapters/memory";
import { type AccessServiceOptions, createAccessService } from "accessflow/service";
import { describe, expect, it } from "vitest";
import { type Fault, faultyPorts, type PortCall } from "./support/faulty-ports.js";
import {
  accepted,
  access,
  ada,
  approvedFlow,
  askFor,
  codesOf,
  grace,
  hour,
  makeWorld,
  minute,
  monday,
  openFlow,
  people,
  read,
  type World,
} from "./support/world.js";

/** A service over the same world in which some calls of ports go wrong. */
function troubled(world: World, faultOf: (call: PortCall) => Fault, options: AccessServiceOptions = { portTimeoutMs: 20 }) {
  return createAccessService(faultyPorts(world.ports, faultOf), options);
}

async function workOn(service: ReturnType<typeof troubled>): Promise<void> {
  while ((await service.tick({ limit: 100, budgetMs: 10_000 })).done > 0);
}

const ask = { actor: ada, key: "ask", flow: "databases", entitlements: [read("db1")] as const };

describe("what cannot be known closes", () => {
  it.each([
    ["directory", "undone", "directory_unavailable"],
    ["directory", "silent", "directory_unavailable"],
    ["inventory", "undone", "facts_unknown"],
    ["inventory", "silent", "facts_unknown"],
    ["flows", "undone", "facts_unknown"],
    ["store", "undone", "store_unavailable"],
    ["store", "silent", "store_unavailable"],
    ["clock", "undone", "store_unavailable"],
  ] as const)("submit while the %s is %s: %s, nothing is written, and the same command works later", async (port, fault, code) => {
    const world = makeWorld();
    const service = troubled(world, (call) => (call.port === port ? fault : "none"));
    expect(codesOf(await service.submit(ask))).toEqual([code]);
    expect((await world.store.list({ limit: 1 })).items).toEqual([]);
    expect(accepted(await world.service.submit(ask)).view.status).toBe("awaitingApproval");
  });

  it("a commit of which nobody knows whether it was made is answered when it is repeated", async () => {
    const world = makeWorld();
    const service = troubled(world, ({ method }) => (method === "commit" ? "unheard" : "none"));
    expect(codesOf(await service.submit(ask))).toEqual(["store_unavailable"]);
    const repeated = accepted(await world.service.submit(ask));
    expect(repeated.revision).toBe(1);
    expect(await world.store.events(repeated.view.id, 0)).toHaveLength(1);
  });

  it("questions reject where the store or the directory does not answer", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    const noStore = troubled(world, ({ port }) => (port === "store" ? "undone" : "none"));
    await expect(noStore.get({ actor: ada, request })).rejects.toMatchObject({ code: "store_unavailable" });
    await expect(noStore.list({ actor: ada, query: { limit: 1 } })).rejects.toMatchObject({ code: "store_unavailable" });
    await expect(noStore.tick({ limit: 1, budgetMs: 1 })).rejects.toMatchObject({ code: "store_unavailable" });
    const noDirectory = troubled(world, ({ port }) => (port === "directory" ? "undone" : "none"));
    expect((await noDirectory.get({ actor: ada, request }))?.id).toBe(request);
    await expect(noDirectory.get({ actor: grace, request })).rejects.toMatchObject({ code: "directory_unavailable" });
    await expect(noDirectory.list({ actor: grace, query: { limit: 1 } })).rejects.toMatchObject({ code: "directory_unavailable" });
    await expect(noDirectory.availableTo({ actor: ada })).rejects.toMatchObject({ code: "directory_unavailable" });
  });

  it("a vote without fresh facts of voter, requestor or grantee is not taken", async () => {
    const world = makeWorld();
    const request = await askFor(world, { grantee: "eve" });
    for (const missing of [0, 1, 2]) {
      let asked = 0;
      const service = troubled(world, ({ method }) => (method === "identity" && asked++ === missing ? "undone" : "none"));
      expect(codesOf(await service.vote({ actor: grace, key: "v", request, decision: "approve" }))).toEqual(["directory_unavailable"]);
    }
    expect((await world.store.load(request))?.revision).toBe(1);
  });

  it("a directory that leaves out what it must answer has not answered", async () => {
    const world = makeWorld();
    for (const missing of ["active", "emails", "accounts"]) {
      const identity = async (ref: string) => {
        const answer = await world.directory.identity(ref, { attributes: [], manager: false });
        const kept = Object.entries(answer.outcome === "found" ? answer.identity : {}).filter(([key]) => key !== missing);
        return { outcome: "found", identity: Object.fromEntries(kept) } as never;
      };
      const service = createAccessService({ ...world.ports, directory: { ...world.directory, identity } });
      expect(codesOf(await service.submit(ask))).toEqual(["directory_unavailable"]);
    }
  });

  it("an answer about somebody else is no answer", async () => {
    const world = makeWorld();
    const directory = { ...world.directory, identity: () => world.directory.identity("grace", { attributes: [], manager: false }) };
    expect(codesOf(await createAccessService({ ...world.ports, directory }).submit(ask))).toEqual(["directory_unavailable"]);
  });

  it("who is gone asks for nothing and receives nothing", async () => {
    const world = makeWorld();
    expect(codesOf(await world.service.submit({ ...ask, actor: { id: "nobody" } }))).toEqual(["requestor_inactive"]);
    expect(codesOf(await world.service.submit({ ...ask, grantee: "nobody" }))).toEqual(["grantee_inactive"]);
    expect(codesOf(await world.service.submit({ ...ask, flow: "none" }))).toEqual(["flow_inactive"]);
    expect(codesOf(await world.service.submit({ ...ask, entitlements: [read("none")] }))).toEqual(["resource_unknown"]);
  });
});

describe("TH5, L3: facts of the moment decide about activation", () => {
  const reasons: readonly (readonly [string, (world: World) => void, string])[] = [
    ["the requestor has left the group", ({ directory }) => directory.set({ id: "ada", attributes: { group: [] } }), "no_longer_eligible"],
    ["the requestor is gone", ({ directory }) => directory.remove("ada"), "no_longer_eligible"],
    ["the resource is gone", ({ inventory }) => inventory.remove("db1"), "no_longer_covered"],
    ["TH17: the flow is switched off", ({ flows }) => flows.set(defineAccessFlow({ ...approvedFlow, active: false })), "flow_inactive"],
    ["TH17: the flow is deleted", ({ flows }) => flows.remove("databases"), "flow_inactive"],
  ];

  it.each(reasons)("rejects where meanwhile %s", async (_, change, code) => {
    const world = makeWorld();
    const request = await askFor(world);
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    change(world);
    await world.settle();
    expect(await world.store.load(request)).toMatchObject({ status: "rejected" });
    expect((await world.store.load(request))?.reasons.map((each) => each.code)).toContain(code);
    expect(access(world)).toEqual([]);
  });

  it("TH17: an edited flow changes nothing of a request under way", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    world.flows.set(
      defineAccessFlow({
        ...approvedFlow,
        requestors: { conditions: [{ attribute: "group", values: ["directors"] }] },
        grantFor: { kind: "fixed", amount: 5, unit: "minute" },
      }),
    );
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    await world.settle();
    expect((await world.service.get({ actor: ada, request }))?.window).toEqual({ start: monday, end: monday + hour });
  });

  it.each(["directory", "inventory", "flows"])("waits, and asks again, while the %s does not answer", async (port) => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    await workOn(troubled(world, (call) => (call.port === port ? "undone" : "none")));
    expect(await world.store.load(request)).toMatchObject({ status: "scheduled", pauses: 1 });
    await world.settle();
    expect(access(world)).toEqual([]);
    world.clock.advance(30_000);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
  });

  it("A5: a vote counts by the groups of this moment", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    world.directory.set({ id: "grace", attributes: { group: ["staff"] } });
    expect(codesOf(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }))).toEqual(["request_not_found"]);
    world.directory.set({ id: "eve", attributes: { group: ["leads"] } });
    expect(accepted(await world.service.vote({ actor: { id: "eve" }, key: "v", request, decision: "approve" })).view.status).toBe(
      "scheduled",
    );
  });
});

describe("A13: who could approve", () => {
  const onlyAda = [
    { id: "ada", attributes: { group: ["staff", "leads"] } },
    { id: "bob", attributes: { group: ["staff"] } },
  ];

  it("a submission that nobody can approve is refused", async () => {
    const world = makeWorld({ ports: { directory: memoryDirectory(onlyAda) } });
    expect(codesOf(await world.service.submit(ask))).toContain("nobody_can_approve");
  });

  it("but not where a page was cut off or failed: somebody may be on it", async () => {
    const directory = memoryDirectory([...onlyAda, { id: "zoe", attributes: { group: ["leads"] } }], { pageSize: 1 });
    const world = makeWorld({ ports: { directory } });
    let pages = 0;
    const service = troubled(world, ({ method }) => (method === "candidates" && pages++ === 1 ? "undone" : "none"));
    expect(accepted(await service.submit(ask)).view.status).toBe("awaitingApproval");
  });

  it("a list that never ends is read no further than to where it comes back", async () => {
    const directory = { ...memoryDirectory(onlyAda), candidates: async () => ({ items: [], next: "again" }) };
    const world = makeWorld({ ports: { directory } });
    expect(accepted(await world.service.submit(ask)).view.status).toBe("awaitingApproval");
  });

  it("who is refused anyway costs no walk through the directory", async () => {
    const world = makeWorld();
    world.directory.set({ id: "ada", attributes: { group: [] } });
    let pages = 0;
    await troubled(world, ({ method }) => {
      if (method === "candidates") pages += 1;
      return "none";
    }).submit(ask);
    expect(pages).toBe(0);
  });
});

describe("notices", () => {
  it("A6: nobody is asked about their own request, under whichever id", async () => {
    const world = makeWorld();
    world.directory.set({ id: "ada", emails: ["ada@example.com"], attributes: { group: ["staff", "leads"] } });
    world.directory.set({ id: "ada-admin", emails: ["ADA@example.com"], attributes: { group: ["leads"] } });
    world.directory.set({ id: "eve", attributes: { group: ["staff", "leads"] } });
    await askFor(world, { grantee: "eve" });
    await world.settle();
    expect(world.notices.filter(({ about }) => about === "askApprovers").map(({ to }) => to)).toEqual([["grace", "linus"]]);
  });

  it("A6: what the request knows of its requestor is not forgotten because the directory forgets it", async () => {
    const world = makeWorld();
    world.directory.set({ id: "ada-admin", emails: ["ada@example.com"], attributes: { group: ["leads"] } });
    await askFor(world);
    world.directory.set({ id: "ada", emails: [], attributes: { group: ["staff"] } });
    await world.settle();
    expect(world.notices.filter(({ about }) => about === "askApprovers").map(({ to }) => to)).toEqual([["grace", "linus"]]);
  });

  it("are resolved when they are sent: who has become a lead since is asked, who has left is not", async () => {
    const world = makeWorld();
    await askFor(world);
    world.directory.remove("linus");
    world.directory.set({ id: "eve", emails: ["eve@example.com"], attributes: { group: ["leads"] } });
    await world.settle();
    expect(world.notices.filter(({ about }) => about === "askApprovers").map(({ to }) => to)).toEqual([["eve", "grace"]]);
  });

  it("A12: the next tier is asked when it opens, once", async () => {
    const world = makeWorld();
    const approval = {
      ...(approvedFlow.approval as object),
      escalation: { tiers: [{ conditions: [{ attribute: "user", values: ["root"] }] }] },
    };
    world.flows.set(defineAccessFlow({ ...approvedFlow, approval } as never));
    await askFor(world);
    await world.settle();
    world.clock.advance(30 * minute);
    await world.settle();
    await world.settle();
    expect(world.notices.map(({ about, to }) => [about, ...to])).toEqual([
      ["askApprovers", "grace", "linus"],
      ["askApprovers", "root"],
    ]);
  });

  it("are sent again under the same key until somebody hears them, and hold nothing up", async () => {
    const world = makeWorld();
    const deaf = troubled(world, ({ port }) => (port === "notifier" ? "unheard" : "none"));
    const request = await askFor(world, { flow: "open" });
    await workOn(deaf);
    expect(access(world)).toEqual(["ada db1 read"]);
    world.clock.advance(minute);
    await world.settle();
    const active = world.notices.filter(({ about }) => about === "active");
    expect(active.length).toBeGreaterThan(1);
    expect(new Set(active.map(({ key }) => key)).size).toBe(1);
    expect(active[0]?.view).toMatchObject({ id: request, audience: "requestor" });
  });

  it("one notice goes to all who see the same", async () => {
    const world = makeWorld();
    await askFor(world);
    await world.settle();
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]?.view.audience).toBe("approver");
  });
});

describe("L7: clocks", () => {
  it("one that is some milliseconds behind is raised to the last event", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    world.clock.advance(-50);
    const voted = accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    expect(voted.view.lastAt).toBe(monday);
    world.clock.advance(50);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
  });

  it.each([5_001, 24 * hour])("one that is %d ms behind changes nothing, and no effect is begun by it", async (behind) => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    await world.service.tick({ limit: 2, budgetMs: 1_000 });
    const before = await world.store.load(request);
    world.clock.advance(-behind);
    expect(codesOf(await world.service.withdraw({ actor: ada, key: "w", request }))).toEqual(["clock_went_back"]);
    await world.settle();
    expect(await world.store.load(request)).toEqual(before);
    world.clock.set(monday + hour);
    await world.settle();
    await world.settle();
    expect((await world.store.load(request))?.revision).toBeGreaterThan(before?.revision ?? 0);
  });

  it("TH15: a day without any worker ends what should have ended", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    world.clock.advance(24 * hour);
    await createAccessService(world.ports).tick({ limit: 100, budgetMs: 10_000 });
    expect((await world.store.load(request))?.status).toBe("ended");
    expect(access(world)).toEqual([]);
  });
});

describe("tick", () => {
  it("stops at its limit, and says that there is more; says when the next thing is due", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    const first = await world.service.tick({ limit: 1, budgetMs: 1_000 });
    expect(first).toMatchObject({ done: 1, more: true });
    await world.settle();
    const rest = await world.service.tick({ limit: 100, budgetMs: 1_000 });
    expect(rest).toEqual({ done: 0, more: false, nextAt: monday + 15 * minute });
    const calm = createAccessService(world.ports, { sweepEveryMs: null });
    expect((await calm.tick({ limit: 1, budgetMs: 0 })).nextAt).toBe((await world.store.load(request))?.wakeAt);
  });

  it("a flow that opens later is activated then", async () => {
    const world = makeWorld();
    world.flows.set(defineAccessFlow({ ...openFlow, settings: { startWithin: { amount: 1, unit: "day" } } }));
    await askFor(world, { flow: "open", startAt: monday + 3 * hour });
    await world.settle();
    expect(access(world)).toEqual([]);
    world.clock.advance(3 * hour);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
    expect(people).toHaveLength(5);
  });
});
