import { defineAccessFlow } from "accessflow";
import { memoryDirectory, memoryFlows, memoryInventory, memoryProvisioner, memoryStore } from "accessflow/adapters/memory";
import { type AccessServiceOptions, type AccessServicePorts, createAccessService, secretIds } from "accessflow/service";
import type { AccessFlowDefinition } from "../../../src/core/flow/definition.js";
import type { Notice } from "../../../src/ports/notifier.js";
import type { StoredEvent } from "../../../src/ports/request-store.js";

/** 2026-03-02T09:00:00Z, a Monday. */
export const monday = Date.UTC(2026, 2, 2, 9);
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;

export const ada = { id: "ada" };
export const grace = { id: "grace" };
export const root = { id: "root", administrator: true };

/** Asks for a database: whoever is staff, approved by a lead, for an hour. */
export const approvedFlow: AccessFlowDefinition = {
  name: "Databases",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
  targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read", "write"] }],
  approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }] }] },
  settings: { requestorCannotApproveSelf: true, maxExtensions: 1 },
};

/** The same without asking anybody. */
export const openFlow: AccessFlowDefinition = { ...approvedFlow, name: "Open", approval: { kind: "automatic" } };

const staff = (id: string, ...groups: readonly string[]) => ({
  id,
  emails: [`${id}@example.com`],
  manager: null,
  sources: ["hr"],
  attributes: { group: ["staff", ...groups] },
});

export const people = [staff("ada"), staff("grace", "leads"), staff("linus", "leads"), staff("eve"), staff("root")];

export const database = (id: string, integration = "pg") => ({
  id,
  name: id,
  type: "database",
  integration,
  tags: {},
  permissions: ["read", "write"],
});

export const read = (resource: string) => ({ resource, permission: "read" });

/** A clock that stands still until it is set. */
export function handClock(at: number): { now(): number; set(at: number): void; advance(ms: number): void } {
  let current = at;
  return {
    now: () => current,
    set: (next) => {
      current = next;
    },
    advance: (ms) => {
      current += ms;
    },
  };
}

/** Everything in memory, and what was told to whom. `over` puts other ports in the place of these. */
export function makeWorld(over: { readonly ports?: Partial<AccessServicePorts>; readonly options?: AccessServiceOptions } = {}) {
  const clock = handClock(monday);
  const notices: Notice[] = [];
  const audited: StoredEvent[] = [];
  const store = memoryStore();
  const directory = memoryDirectory(people);
  const flows = memoryFlows([defineAccessFlow(approvedFlow), defineAccessFlow(openFlow)]);
  const inventory = memoryInventory([database("db1"), database("db2")], { integrations: [{ id: "pg", name: "Postgres" }] });
  const provisioner = memoryProvisioner({ clock });
  const ports: AccessServicePorts = {
    store,
    directory,
    flows,
    inventory,
    provisioner,
    clock,
    ids: secretIds("a secret of tests, long enough"),
    notifier: {
      notify: async (notice) => {
        notices.push(notice);
      },
    },
    audit: {
      record: async (entries) => {
        audited.push(...entries);
      },
    },
    ...over.ports,
  };
  const service = createAccessService(ports, over.options);
  const settle = async () => {
    for (let round = 0; round < 50; round += 1) {
      const { done, more } = await service.tick({ limit: 100, budgetMs: 10_000 });
      if (done === 0 && !more) return;
    }
    throw new Error("there is always more to do");
  };
  return { clock, notices, audited, store, directory, flows, inventory, provisioner, ports, service, settle };
}

export type World = ReturnType<typeof makeWorld>;

/** Who holds what now, as `grantee resource permission`. */
export function access({ provisioner }: Pick<World, "provisioner">): readonly string[] {
  return provisioner
    .held()
    .flatMap(({ grantee, entitlements }) => entitlements.map(({ resource, permission }) => `${grantee} ${resource} ${permission}`));
}

/** The value of an answer, or an error that says why there is none. */
export function accepted<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (answer.ok) return answer.value;
  throw new Error(JSON.stringify(answer.error));
}

/** The reason codes of a refusal, or what was accepted instead. */
export function codesOf(
  answer:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly error: { readonly reasons: readonly { readonly code: string }[] } },
): unknown {
  return answer.ok ? { accepted: answer.value } : answer.error.reasons.map(({ code }) => code);
}

/** Asks for `db1` as `ada`, and answers the request's id. */
export async function askFor(world: World, more: Partial<Parameters<World["service"]["submit"]>[0]> = {}): Promise<string> {
  const answer = await world.service.submit({ actor: ada, key: "ask", flow: "databases", entitlements: [read("db1")], ...more });
  return accepted(answer).view.id;
}
