import { createAccessService } from "accessflow/service";
import { describe, expect, it } from "vitest";
import { faultyPorts } from "./support/faulty-ports.js";
import { accepted, access, ada, askFor, codesOf, grace, hour, makeWorld, minute, monday, read, root } from "./support/world.js";

describe("what a command may say", () => {
  const submit = { actor: ada, key: "k", flow: "open", entitlements: [read("db1")] as const };
  const others: readonly (readonly [string, object])[] = [
    ["an identity", { requestor: { id: "ada", attributes: { group: ["staff"] } } }],
    ["a time", { at: monday }],
    ["resources", { resources: [] }],
    ["candidates", { candidates: [] }],
    ["MFA evidence", { mfa: { id: "m", at: monday } }],
    ["a key that nobody knows", { requestedDurations: { amount: 1, unit: "hour" } }],
    ["a role in the actor", { actor: { id: "ada", roles: ["administrator"] } }],
    ["an empty id", { actor: { id: "" } }],
    ["half a character", { key: "\ud800" }],
    ["a record in place of an id", { grantee: { id: "grace" } }],
    ["a record of a resource", { entitlements: [{ resource: "db1", permission: "read", tags: {} }] }],
  ];

  it.each(others)("refuses %s, and does nothing", async (_, more) => {
    const world = makeWorld();
    const answer = await world.service.submit({ ...submit, ...more } as unknown as typeof submit);
    expect(codesOf(answer)).toContain("facts_invalid");
    expect((await world.store.list({ limit: 1 })).items).toEqual([]);
  });

  it("refuses what is no command at all", async () => {
    const { service } = makeWorld();
    for (const nonsense of [undefined, null, "vote", [], 7]) {
      expect(codesOf(await service.vote(nonsense as never))).toContain("facts_invalid");
      expect((await service.revokeAll(nonsense as never)).map(codesOf)).toEqual([["facts_invalid"]]);
    }
  });

  it("D4: refuses more than 1,000 resources before it asks anybody about them", async () => {
    const world = makeWorld();
    const entitlements = Array.from({ length: 1_001 }, (_, n) => read(`db${n}`)) as [ReturnType<typeof read>];
    expect(codesOf(await world.service.submit({ ...submit, entitlements }))).toEqual(["too_much_asked"]);
  });
});

describe("L7: a command under a key", () => {
  it("is answered the same however often it is sent, whatever happened since", async () => {
    const world = makeWorld();
    const ask = { actor: ada, key: "ask", flow: "databases", entitlements: [read("db1")] as const };
    const asked = await world.service.submit(ask);
    const request = accepted(asked).view.id;
    const vote = { actor: grace, key: "v", request, decision: "approve" } as const;
    const voted = await world.service.vote(vote);
    await world.settle();
    const revoke = { actor: ada, key: "r", request };
    const revoked = await world.service.revoke(revoke);
    await world.settle();
    world.clock.advance(30 * 24 * hour);
    world.flows.remove("databases");
    expect(await world.service.submit(ask)).toEqual(asked);
    expect(await world.service.vote(vote)).toEqual(voted);
    expect(await world.service.revoke(revoke)).toEqual(revoked);
    expect((await world.store.list({ limit: 10 })).items).toHaveLength(1);
  });

  it("is answered the same while the directory, the inventory and the flows are down", async () => {
    const world = makeWorld();
    const ask = { actor: ada, key: "ask", flow: "databases", entitlements: [read("db1")] as const };
    const asked = await world.service.submit(ask);
    const vote = { actor: grace, key: "v", request: accepted(asked).view.id, decision: "approve" } as const;
    const voted = await world.service.vote(vote);
    const down = faultyPorts(world.ports, ({ port }) => (["directory", "inventory", "flows"].includes(port) ? "undone" : "none"));
    const service = createAccessService(down);
    expect(await service.submit(ask)).toEqual(asked);
    expect(await service.vote(vote)).toEqual(voted);
  });

  it("TH22: with another content is refused, and does nothing", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    expect(codesOf(await world.service.submit({ actor: ada, key: "ask", flow: "open", entitlements: [read("db1")] }))).toEqual([
      "key_reused",
    ]);
    const reject = { actor: grace, key: "v", request, decision: "reject", reason: "no" } as const;
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    expect(codesOf(await world.service.vote(reject))).toEqual(["key_reused"]);
    expect(codesOf(await world.service.revoke({ actor: grace, key: "v", request }))).toEqual(["key_reused"]);
    expect((await world.store.load(request))?.status).toBe("scheduled");
  });

  it("belongs to its actor", async () => {
    const world = makeWorld();
    const first = await askFor(world, { flow: "open" });
    const second = await askFor(world, { flow: "open", actor: grace });
    expect(second).not.toBe(first);
  });

  it("is not used up by a refusal: what was refused is decided anew", async () => {
    const world = makeWorld();
    world.directory.set({ id: "ada", attributes: { group: [] } });
    const ask = { actor: ada, key: "ask", flow: "open", entitlements: [read("db1")] as const };
    expect(codesOf(await world.service.submit(ask))).toContain("condition_fails");
    world.directory.set({ id: "ada", attributes: { group: ["staff"] } });
    expect(accepted(await world.service.submit(ask)).view.status).toBe("scheduled");
  });
});

describe("L11: a request that is not the actor's to read", () => {
  it("is answered like one that does not exist, by every command and question", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    const eve = { id: "eve" };
    for (const id of [request, "no-such-request"]) {
      const one = { actor: eve, key: `k-${id}`, request: id };
      expect(codesOf(await world.service.vote({ ...one, decision: "approve" }))).toEqual(["request_not_found"]);
      expect(codesOf(await world.service.withdraw(one))).toEqual(["request_not_found"]);
      expect(codesOf(await world.service.revoke(one))).toEqual(["request_not_found"]);
      expect(codesOf(await world.service.extend(one))).toEqual(["request_not_found"]);
      const many = { actor: eve, key: `m-${id}`, requests: [id] as const };
      expect((await world.service.revokeAll(many)).map(codesOf)).toEqual([["request_not_found"]]);
      expect((await world.service.completeMfa({ ...many, evidence: { id: "m", at: monday } })).map(codesOf)).toEqual([
        ["request_not_found"],
      ]);
      expect(await world.service.get({ actor: eve, request: id })).toBeNull();
    }
  });

  it("gives nothing away while the directory is down", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    const service = createAccessService(faultyPorts(world.ports, ({ port }) => (port === "directory" ? "undone" : "none")));
    const answers = await Promise.all(
      [request, "no-such-request"].map((id) => service.withdraw({ actor: { id: "eve" }, key: id, request: id })),
    );
    expect(answers.map(codesOf)).toEqual([["directory_unavailable"], ["directory_unavailable"]]);
  });

  it("who may vote reads it, and may not do what is another's to do", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    expect((await world.service.get({ actor: grace, request }))?.audience).toBe("approver");
    expect(codesOf(await world.service.withdraw({ actor: grace, key: "w", request }))).toEqual(["not_allowed_to_withdraw"]);
  });

  it("L8, TH23: an administrator who is the requestor under another id reads what the requestor reads", async () => {
    const world = makeWorld();
    world.directory.set({ id: "ada-admin", emails: ["ADA@example.com"] });
    const request = await askFor(world);
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve", reason: "CANARY" }));
    const actor = { id: "ada-admin", administrator: true };
    const read = [
      await world.service.get({ actor, request }),
      await world.service.list({ actor, query: { limit: 10 } }),
      await world.service.withdraw({ actor, key: "w", request }),
    ];
    expect(JSON.stringify(read)).toContain(request);
    expect(JSON.stringify(read)).not.toContain("CANARY");
    expect(JSON.stringify(await world.service.get({ actor: root, request }))).toContain("CANARY");
  });

  it("TH23: lists to everybody what is theirs, page by page, and to administrators everything", async () => {
    const world = makeWorld();
    const mine = await askFor(world, { key: "1", entitlements: [read("db1")] });
    const other = await askFor(world, { key: "2", actor: { id: "eve" }, entitlements: [read("db2")] });
    const list = async (actor: { id: string; administrator?: boolean }): Promise<readonly string[]> => {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const page = await world.service.list({ actor, query: { limit: 1, after } });
        ids.push(...page.items.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      return ids;
    };
    expect(await list(ada)).toEqual([mine]);
    expect(await list({ id: "eve" })).toEqual([other]);
    expect([...(await list(grace))].sort()).toEqual([mine, other].sort());
    expect([...(await list(root))].sort()).toEqual([mine, other].sort());
    expect(await list({ id: "nobody" })).toEqual([]);
  });
});

describe("several requests by one command", () => {
  it("L5: revokes each, and says of each what came of it", async () => {
    const world = makeWorld();
    const one = await askFor(world, { flow: "open", key: "1" });
    const two = await askFor(world, { flow: "open", key: "2", entitlements: [read("db2")] });
    await world.settle();
    const command = { actor: ada, key: "all", requests: [one, "none", two] as const };
    const answers = await world.service.revokeAll(command);
    expect(answers.map((answer) => (answer.ok ? answer.value.view.status : codesOf(answer)))).toEqual([
      "deactivating",
      ["request_not_found"],
      "deactivating",
    ]);
    expect(await world.service.revokeAll(command)).toEqual(answers);
    await world.settle();
    expect(access(world)).toEqual([]);
  });

  it("L2: one evidence completes several requests", async () => {
    const world = makeWorld();
    const flow = await world.flows.flow("open");
    world.flows.set({ ...flow, settings: { ...flow?.settings, requireMfa: true } } as never);
    const one = await askFor(world, { flow: "open", key: "1" });
    const two = await askFor(world, { flow: "open", key: "2", entitlements: [read("db2")] });
    await world.settle();
    expect(world.notices.map(({ about, to }) => [about, ...to])).toEqual([
      ["requestMfa", "ada"],
      ["requestMfa", "ada"],
    ]);
    expect(access(world)).toEqual([]);
    const answers = await world.service.completeMfa({ actor: ada, key: "m", requests: [one, two], evidence: { id: "m", at: monday } });
    expect(answers.map((answer) => accepted(answer).view.status)).toEqual(["scheduled", "scheduled"]);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read", "ada db2 read"]);
  });
});

describe("L12: a request for what the grantee holds", () => {
  it("is refused by default, naming the other request", async () => {
    const world = makeWorld();
    const first = await askFor(world, { flow: "open" });
    await world.settle();
    const again = await world.service.submit({ actor: ada, key: "again", flow: "open", entitlements: [read("db1")] });
    expect(again.ok ? null : again.error.reasons).toMatchObject([{ code: "already_held", request: first }]);
  });

  it("under `stack` stands beside it, and access ends with the last", async () => {
    const world = makeWorld({ options: { overlap: "stack" } });
    await askFor(world, { flow: "open", key: "1" });
    await world.settle();
    world.clock.advance(30 * minute);
    await askFor(world, { flow: "open", key: "2" });
    await world.settle();
    world.clock.advance(45 * minute);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
    world.clock.advance(30 * minute);
    await world.settle();
    expect(access(world)).toEqual([]);
  });

  it("under `extend` is more time on the other, once for each command", async () => {
    const world = makeWorld({ options: { overlap: "extend" } });
    const first = await askFor(world, { flow: "open" });
    await world.settle();
    const again = { actor: ada, key: "again", flow: "open", entitlements: [read("db1")] as const };
    const extended = await world.service.submit(again);
    expect(accepted(extended).view).toMatchObject({ id: first, window: { end: monday + 90 * minute } });
    expect(await world.service.submit(again)).toEqual(extended);
    expect(codesOf(await world.service.submit({ ...again, key: "more", entitlements: [read("db1"), read("db2")] }))).toEqual([
      "already_held",
    ]);
    expect((await world.store.list({ limit: 10 })).items).toHaveLength(1);
  });
});

describe("L7: a command that others overtake again and again", () => {
  it("is a conflict after bounded attempts, changes nothing, and is carried out when it is sent again", async () => {
    const world = makeWorld({ options: { attempts: 3 } });
    const request = await askFor(world);
    let commits = 0;
    let isOvertaken = true;
    const store = {
      ...world.store,
      commit: async (write: Parameters<typeof world.store.commit>[0]) => {
        commits += 1;
        return isOvertaken ? ({ outcome: "conflict" } as const) : world.store.commit(write);
      },
    };
    const service = createAccessService({ ...world.ports, store }, { attempts: 3 });
    const before = await world.store.load(request);
    const vote = { actor: grace, key: "v", request, decision: "approve" } as const;
    const ask = { actor: { id: "eve" }, key: "ask", flow: "open", entitlements: [read("db2")] as const };
    expect(codesOf(await service.vote(vote))).toEqual(["conflict"]);
    expect(codesOf(await service.submit(ask))).toEqual(["conflict"]);
    expect(commits).toBe(6);
    expect(await world.store.load(request)).toEqual(before);
    expect((await world.store.list({ limit: 10 })).items).toHaveLength(1);
    isOvertaken = false;
    expect(accepted(await service.vote(vote)).view.status).toBe("scheduled");
    expect(accepted(await service.submit(ask)).view.status).toBe("scheduled");
  });
});
