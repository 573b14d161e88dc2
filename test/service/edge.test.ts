import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("TH24: runs where there is no node: a request's whole life in an edge runtime", async () => {
  const bundled = await build({
    stdin: {
      resolveDir: new URL("../../src", import.meta.url).pathname,
      contents: `
        import { defineAccessFlow } from "./index.js";
        import { memoryDirectory, memoryFlows, memoryInventory, memoryProvisioner, memoryStore } from "./adapters/memory/index.js";
        import { createAccessService, secretIds } from "./service/index.js";
        const flow = defineAccessFlow({
          name: "Open",
          requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
          targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
        });
        let now = Date.UTC(2026, 2, 2, 9);
        const provisioner = memoryProvisioner();
        const service = createAccessService({
          store: memoryStore(),
          directory: memoryDirectory([{ id: "ada", attributes: { group: ["staff"] } }]),
          flows: memoryFlows([flow]),
          inventory: memoryInventory([{ id: "db1", name: "db1", type: "database", integration: "pg", tags: {}, permissions: ["read"] }]),
          provisioner,
          clock: { now: () => now },
          ids: secretIds("0123456789abcdef"),
        });
        globalThis.life = async () => {
          const asked = await service.submit({ actor: { id: "ada" }, key: "k", flow: "open", entitlements: [{ resource: "db1", permission: "read" }] });
          await service.tick({ limit: 100, budgetMs: 1000 });
          const held = provisioner.held().length;
          now += 3600000;
          await service.tick({ limit: 100, budgetMs: 1000 });
          const { status } = await service.get({ actor: { id: "ada" }, request: asked.value.view.id });
          return JSON.stringify({ held, left: provisioner.held().length, status });
        };
      `,
    },
    bundle: true,
    format: "iife",
    platform: "neutral",
    write: false,
  });
  const vm = new EdgeVM();
  vm.evaluate(bundled.outputFiles[0]?.text ?? "");
  const life: string = await vm.evaluate("life()");
  expect(JSON.parse(life)).toEqual({ held: 1, left: 0, status: "ended" });
});
