import { defineAccessFlow } from "accessflow";
import { memoryDirectory, memoryFlows, memoryInventory, memoryProvisioner, memoryStore } from "accessflow/adapters/memory";
import { type ConformanceFile, libraryOperations, runConformance } from "accessflow/conformance";
import { createAccessService, secretIds } from "accessflow/service";
import { zoneTables } from "accessflow/zones";
import { wholeLife } from "../test/fixtures/whole-life.js";

/*
 * What is checked on a runtime, with nothing but the package and the language: all cases of the conformance corpus, once
 * through the whole core against what the sources answered, with the runtime's zones and with pinned ones, and the life of
 * a request in a service.
 */

export type Given = {
  readonly files: readonly ConformanceFile[];
  readonly outcomes: readonly (readonly [what: string, outcome: unknown])[];
};
/** `timeZone`, `locale`: what the runtime says that it goes by. */
export type Checked = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly timeZone: string;
  readonly locale: string;
};

export async function runChecks({ files, outcomes }: Given): Promise<Checked> {
  const failed: string[] = [];
  let checks = 0;
  for (const file of files) {
    checks += file.cases.length;
    for (const { rule, title, operation, ...rest } of runConformance(file, libraryOperations)) {
      failed.push(`${rule} ${operation}: ${title ?? ""} ${JSON.stringify("thrown" in rest ? rest.thrown : rest.actual)}`);
    }
  }
  for (const zones of [undefined, zoneTables]) {
    const answered = wholeLife(undefined, zones).outcomes;
    for (const [index, [what, outcome]] of outcomes.entries()) {
      checks += 1;
      const actual = JSON.stringify(answered[index]?.[1]);
      if (actual !== JSON.stringify(outcome)) failed.push(`${what}, ${zones ? "pinned" : "own"} zones: ${actual}`);
    }
  }
  checks += 1;
  const life = await lifeInService();
  if (life !== "1 held, 0 left, ended") failed.push(`the life of a request in a service: ${life}`);
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
  return { passed: checks - failed.length, failed, timeZone, locale };
}

async function lifeInService(): Promise<string> {
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
  const actor = { id: "ada" };
  const asked = await service.submit({ actor, key: "k", flow: "open", entitlements: [{ resource: "db1", permission: "read" }] });
  if (!("value" in asked)) return JSON.stringify(asked);
  await service.tick({ limit: 100, budgetMs: 1_000 });
  const held = provisioner.held().length;
  now += 3_600_000;
  await service.tick({ limit: 100, budgetMs: 1_000 });
  const view = await service.get({ actor, request: asked.value.view.id });
  return `${held} held, ${provisioner.held().length} left, ${view?.status}`;
}
