/*
 * What examples 04 to 06 put a host around: three people, one database, one access flow. All of it is in the memory of
 * this process; in production the store is `accessflow/adapters/postgres`, and directory, inventory and provisioner are
 * your own. The clock stands still until it is moved, so that the examples print the same at any time.
 */
import { defineAccessFlow } from "accessflow";
import { memoryDirectory, memoryFlows, memoryInventory, memoryProvisioner, memoryStore } from "accessflow/adapters/memory";
import { type AccessServicePorts, secretIds } from "accessflow/service";
import { type FixedClock, fixedClock } from "accessflow/testing";

const flow = defineAccessFlow({
  name: "Payroll database",
  requestors: { conditions: [{ attribute: "department", values: ["Finance"] }] },
  targets: [{ kind: "integration", integration: "postgres", resourceType: "postgresql-database", permissions: ["read"] }],
  approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
  settings: { requestorCannotApproveSelf: true },
});

const database = { id: "payroll", name: "payroll", type: "postgresql-database", integration: "postgres", tags: {}, permissions: ["read"] };

const people = [
  { id: "ada", emails: ["ada@example.com"], manager: "grace", attributes: { department: "Finance" } },
  { id: "grace", emails: ["grace@example.com"], manager: null, attributes: { department: "Finance" } },
  { id: "eve", emails: ["eve@example.com"], manager: "grace", attributes: { department: "Sales" } },
];

export function payrollPorts(): AccessServicePorts & { readonly clock: FixedClock } {
  const clock = fixedClock("2026-03-02T09:00:00Z");
  return {
    store: memoryStore(),
    directory: memoryDirectory(people),
    flows: memoryFlows([flow]),
    inventory: memoryInventory([database], { integrations: [{ id: "postgres", name: "PostgreSQL" }] }),
    provisioner: memoryProvisioner({ clock }),
    clock,
    ids: secretIds("sixteen bytes of chance, or more: kept with your other secrets"),
  };
}
