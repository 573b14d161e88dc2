import { PGlite } from "@electric-sql/pglite";
import { postgresStore } from "accessflow/adapters/postgres";
import { createAccessService } from "accessflow/service";
import { expect, it } from "vitest";
import { faultyPorts } from "./support/faulty-ports.js";
import { accepted, access, ada, askFor, codesOf, grace, hour, makeWorld, minute, read } from "./support/world.js";

/** However slow the machine is that this runs on. */
const patient = { portTimeoutMs: 60_000 };

it("L: a request's life on a database, with a process that dies between giving access and saying so", { timeout: 120_000 }, async () => {
  const database = new PGlite();
  const store = postgresStore(database);
  await store.migrate();
  const world = makeWorld({ ports: { store }, options: patient });
  const request = await askFor(world);
  const vote = { actor: grace, key: "v", request, decision: "approve" } as const;
  const voted = await world.service.vote(vote);
  expect(accepted(voted).view.status).toBe("scheduled");
  expect(await world.service.vote(vote)).toEqual(voted);
  expect(codesOf(await world.service.vote({ ...vote, decision: "reject", reason: "no" }))).toEqual(["key_reused"]);

  let isDead = false;
  const mortal = createAccessService(
    faultyPorts(world.ports, ({ port, method }) => {
      if (isDead) return "undone";
      isDead = port === "provisioner" && method === "activate";
      return "none";
    }),
    patient,
  );
  await expect(mortal.tick({ limit: 100, budgetMs: 60_000 })).rejects.toMatchObject({ code: "store_unavailable" });
  expect(access(world)).toEqual(["ada db1 read"]);
  expect((await store.load(request))?.status).toBe("activating");

  world.clock.advance(10 * minute);
  await world.settle();
  expect(await store.load(request)).toMatchObject({ status: "active", entitlementReports: [{ access: "held" }] });
  expect(codesOf(await world.service.submit({ actor: ada, key: "2", flow: "open", entitlements: [read("db1")] }))).toEqual([
    "already_held",
  ]);

  world.clock.advance(hour);
  await world.settle();
  expect((await store.load(request))?.status).toBe("ended");
  expect(access(world)).toEqual([]);
  await database.close();
});
