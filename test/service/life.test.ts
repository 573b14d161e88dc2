import { describe, expect, it } from "vitest";
import { accepted, access, ada, askFor, codesOf, grace, hour, makeWorld, minute, monday, read, root } from "./support/world.js";

describe("a request's life, from submission to its end", () => {
  it("L: asks, is approved, holds the access for its window, and loses it", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    await world.settle();
    expect(world.notices.map(({ about, to }) => [about, to])).toContainEqual(["askApprovers", ["grace", "linus"]]);

    world.clock.advance(5 * minute);
    const voted = accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    expect(voted.view.status).toBe("scheduled");
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);
    const active = await world.service.get({ actor: ada, request });
    expect(active).toMatchObject({ status: "active", window: { start: monday + 5 * minute, end: monday + hour + 5 * minute } });

    world.clock.advance(hour);
    await world.settle();
    expect(access(world)).toEqual([]);
    expect((await world.service.get({ actor: ada, request }))?.status).toBe("ended");
  });

  it("L7: every event is recorded and audited, in order, without gaps", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    await world.settle();
    world.clock.advance(2 * hour);
    await world.settle();
    const events = await world.store.events(request, 0);
    expect(events.map(({ type }) => type)).toEqual(["submitted", "vote", "factsRead", "activated", "timeReached", "deactivated"]);
    expect(events.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(world.audited).toEqual(events);
  });

  it("L5: revokes at once, by whoever approved", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "approve" }));
    await world.settle();
    expect(accepted(await world.service.revoke({ actor: grace, key: "r", request })).view.status).toBe("deactivating");
    await world.settle();
    expect(access(world)).toEqual([]);
    expect((await world.service.get({ actor: root, request }))?.status).toBe("revoked");
  });

  it("W6: extends once, on fresh facts, and not on a requestor who has left the group", async () => {
    const world = makeWorld();
    const request = await askFor(world, { flow: "open" });
    await world.settle();
    const extended = accepted(await world.service.extend({ actor: ada, key: "x", request }));
    expect(extended.view.window?.end).toBe(monday + 90 * minute);
    expect(codesOf(await world.service.extend({ actor: ada, key: "x2", request }))).toContain("extensions_used_up");
    world.clock.set(monday + hour + 10 * minute);
    await world.settle();
    expect(access(world)).toEqual(["ada db1 read"]);

    const other = await askFor(world, { flow: "open", key: "other", entitlements: [read("db2")] });
    await world.settle();
    world.directory.set({ id: "ada", attributes: { group: [] } });
    expect(codesOf(await world.service.extend({ actor: ada, key: "x3", request: other }))).toContain("no_longer_eligible");
  });

  it("L5: withdraws before activation", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    expect(accepted(await world.service.withdraw({ actor: ada, key: "w", request })).view.status).toBe("withdrawn");
    await world.settle();
    expect(access(world)).toEqual([]);
  });

  it("A9, L8: a rejection tells the requestor why, an approval does not", async () => {
    const world = makeWorld();
    const request = await askFor(world);
    accepted(await world.service.vote({ actor: grace, key: "v", request, decision: "reject", reason: "ask again on Friday" }));
    expect((await world.service.get({ actor: ada, request }))?.rejectionReason).toBe("ask again on Friday");
    const other = await askFor(world, { key: "other", entitlements: [read("db2")] });
    accepted(await world.service.vote({ actor: grace, key: "v2", request: other, decision: "approve", reason: "CANARY" }));
    await world.settle();
    expect(JSON.stringify(await world.service.get({ actor: ada, request: other }))).not.toContain("CANARY");
    expect(JSON.stringify(world.notices.filter(({ to }) => to.includes("ada")))).not.toContain("CANARY");
    expect(JSON.stringify(await world.service.get({ actor: { id: "root", administrator: true }, request: other }))).toContain("CANARY");
  });

  it("names available flows, for oneself and for others", async () => {
    const world = makeWorld();
    expect(await world.service.availableTo({ actor: ada })).toEqual([{ flow: "databases" }, { flow: "open" }]);
    world.directory.set({ id: "ada", attributes: { group: [] } });
    expect(await world.service.availableTo({ actor: ada })).toEqual([]);
    expect(await world.service.availableTo({ actor: grace, grantee: "ada" })).toEqual([]);
    expect(await world.service.availableTo({ actor: { id: "nobody" } })).toEqual([]);
  });
});
