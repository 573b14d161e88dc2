import type { Entitlement } from "../../core/facts/resource.js";
import { compareText, normalText } from "../../core/kernel/text.js";
import type { EntitlementReport } from "../../core/request/request-state.js";
import type { Clock } from "../../ports/clock.js";
import type { GrantOrder, ProvisionAnswer, Provisioner } from "../../ports/provisioner.js";

/** What one person holds: `granted` by an order, or `standing`, which no order gave and none takes. */
export type HeldByGrantee = {
  readonly grantee: string;
  readonly entitlements: readonly (Entitlement & { readonly access: "granted" | "standing" })[];
};

/** A provisioner that only records; what people hold can be looked at, and changed behind its back. */
export type MemoryProvisioner = Provisioner & {
  /** Everything that is held now, in the order of grantees, resources and permissions. */
  held(): readonly HeldByGrantee[];
  /** Gives access by hand. Where it stands already, nothing changes. */
  give(grantee: string, entitlement: Entitlement): void;
  /** Takes access by hand, whoever gave it. */
  take(grantee: string, entitlement: Entitlement): void;
};

/** What a target in memory pretends to know. */
export type MemoryProvisionerOptions = {
  /** What deadlines are compared with. */
  readonly clock?: Clock | undefined;
  /** Whether the target knows this person and this entitlement. Default: it knows everybody and everything. */
  readonly accepts?: ((grantee: string, entitlement: Entitlement) => boolean) | undefined;
};

type Held = { readonly grantee: string; readonly entitlement: Entitlement; readonly access: "granted" | "standing" };

/**
 * A provisioner that keeps in memory who holds what: for tests and demos.
 *
 * What stood before an order is `standing`: reported as `heldBefore`, and never taken. What an order gave is
 * taken by the first deactivation that does not `keep` it, whichever request gave it: the order says who else
 * needs it. `accepts` says what exists in the target: an order for anything else fails, perhaps half way, and is not
 * worth repeating. With a `clock`, nothing is begun at or after an order's deadline; without one, deadlines are not
 * looked at, since nothing here takes time.
 *
 * @example
 * const provisioner = memoryProvisioner();
 * const order = {
 *   key: "q1:3:0", request: "q1", generation: 1, deadline: Date.UTC(2026, 2, 2, 9, 5), handle: null, grantee: { id: "ada" },
 *   entitlements: [{ resource: { id: "r1", name: "payroll", type: "database", integration: "pg" }, permission: "read" }],
 *   window: { start: Date.UTC(2026, 2, 2, 9), end: Date.UTC(2026, 2, 2, 10) }, keep: [],
 * };
 * await provisioner.activate(order);
 * // => { outcome: "done", reports: [{ entitlement: 0, access: "held", sessionsMayPersist: false }] }
 * provisioner.held();
 * // => [{ grantee: "ada", entitlements: [{ resource: "r1", permission: "read", access: "granted" }] }]
 */
export function memoryProvisioner(options: MemoryProvisionerOptions = {}): MemoryProvisioner {
  const rows = new Map<string, Held>();
  const { clock, accepts = () => true } = options;

  const isLate = async ({ deadline }: GrantOrder): Promise<boolean> => clock !== undefined && (await clock.now()) >= deadline;
  const reportsOn = ({ grantee, entitlements }: GrantOrder): readonly EntitlementReport[] =>
    Object.freeze(
      entitlements.map(({ resource, permission }, entitlement) => {
        const row = rows.get(rowKey(grantee.id, { resource: resource.id, permission }));
        const access = row === undefined ? "notHeld" : row.access === "granted" ? "held" : "heldBefore";
        return Object.freeze<EntitlementReport>({ entitlement, access, sessionsMayPersist: false });
      }),
    );
  const done = (order: GrantOrder): ProvisionAnswer => Object.freeze({ outcome: "done", reports: reportsOn(order) });
  const failed = (order: GrantOrder, retryable: boolean, reason: string): ProvisionAnswer =>
    Object.freeze({ outcome: "failed", retryable, reason, reports: reportsOn(order) });

  const put = (grantee: string, entitlement: Entitlement, access: Held["access"]): void => {
    const key = rowKey(grantee, entitlement);
    if (!rows.has(key)) rows.set(key, { grantee, entitlement, access });
  };

  return Object.freeze<MemoryProvisioner>({
    async activate(order) {
      if (await isLate(order)) return failed(order, true, "the deadline has passed");
      for (const { resource, permission } of order.entitlements) {
        const entitlement = { resource: resource.id, permission };
        if (!accepts(order.grantee.id, entitlement)) return failed(order, false, "the target does not know the grantee or the entitlement");
        put(order.grantee.id, entitlement, "granted");
      }
      return done(order);
    },
    async deactivate(order) {
      if (await isLate(order)) return failed(order, true, "the deadline has passed");
      order.entitlements.forEach(({ resource, permission }, position) => {
        const key = rowKey(order.grantee.id, { resource: resource.id, permission });
        if (!order.keep.includes(position) && rows.get(key)?.access === "granted") rows.delete(key);
      });
      return done(order);
    },
    async inspect(order) {
      return reportsOn(order);
    },
    held() {
      const byGrantee = new Map<string, readonly Held[]>();
      for (const row of [...rows.values()].sort(byPlace)) byGrantee.set(row.grantee, [...(byGrantee.get(row.grantee) ?? []), row]);
      return [...byGrantee].map(([grantee, held]) => ({
        grantee,
        entitlements: held.map(({ entitlement, access }) => ({ ...entitlement, access })),
      }));
    },
    give(grantee, { resource, permission }) {
      put(grantee, { resource, permission }, "standing");
    },
    take(grantee, entitlement) {
      rows.delete(rowKey(grantee, entitlement));
    },
  });
}

/** Ids and permissions compare exactly, NFC (C6, T3); no text can pass for another pair of texts. */
function rowKey(grantee: string, { resource, permission }: Entitlement): string {
  return JSON.stringify([grantee, resource, permission].map(normalText));
}

function byPlace(left: Held, right: Held): number {
  return (
    compareText(left.grantee, right.grantee) ||
    compareText(left.entitlement.resource, right.entitlement.resource) ||
    compareText(left.entitlement.permission, right.entitlement.permission)
  );
}
