import type { Identity } from "../core/facts/identity.js";
import { deepFreeze } from "../core/kernel/deep-freeze.js";
import type { EntitlementReport } from "../core/request/request-state.js";
import type { Instant } from "../core/time/instant.js";
import type { GrantOrder, ProvisionAnswer, Provisioner } from "../ports/provisioner.js";
import { check, shown } from "./check.js";

/** What an order of the kit says beyond the usual: request `q1`, first generation, the first grantee, both entitlements. */
export type OrderParts = {
  readonly request?: string;
  readonly generation?: number;
  readonly grantee?: Identity;
  readonly entitlements?: GrantOrder["entitlements"];
  readonly keep?: readonly number[];
  readonly deadline?: Instant;
};

type Usual = {
  readonly grantees: readonly [Identity, Identity];
  readonly entitlements: GrantOrder["entitlements"];
  now(): Instant | Promise<Instant>;
};

/** What may be reported of an entitlement that a deactivation was to take. */
export const taken: readonly string[] = ["notHeld", "heldBefore"];

/** More questions than any provisioner needs to come to its end. */
const mostPolls = 100;

/** An order as a service would give it. It cannot be changed: whoever tries is found out. */
export async function orderOf(usual: Usual, parts: OrderParts): Promise<GrantOrder> {
  const now = await usual.now();
  const { request = "q1", generation = 1, grantee = usual.grantees[0], entitlements = usual.entitlements, keep = [] } = parts;
  const order: GrantOrder = {
    key: `${request}:${generation}:0`,
    request,
    generation,
    deadline: parts.deadline ?? now + 60_000,
    handle: null,
    grantee,
    entitlements: [...entitlements],
    window: { start: now, end: now + 3_600_000 },
    keep: [...keep],
  };
  return deepFreeze(order);
}

/** Asks until the answer is not `pending` any more, as a service would: the same key, the handle of the answer before. */
export async function answerOf(
  provisioner: Provisioner,
  action: "activate" | "deactivate" | "changeEnd",
  order: GrantOrder,
): Promise<Exclude<ProvisionAnswer, { readonly outcome: "pending" }>> {
  let handle = order.handle;
  for (let polls = 0; polls < mostPolls; polls += 1) {
    const answer = await askOnce(provisioner, action, { ...order, handle });
    if (answer.outcome !== "pending") {
      check(answer.outcome === "done" || answer.outcome === "failed", `an answer of no known outcome: ${shown(answer)}`);
      if (answer.outcome === "failed") checkReason(answer.reason);
      for (const { entitlement } of answer.reports) {
        check(order.entitlements[entitlement] !== undefined, `a report on entitlement ${entitlement}, which the order does not have`);
      }
      return answer;
    }
    check(Number.isFinite(answer.checkAt), `pending without a time to ask again: ${shown(answer)}`);
    check(typeof answer.handle === "string" && answer.handle !== "", `pending without a handle: ${shown(answer)}`);
    handle = answer.handle;
  }
  throw new Error(`${action} is still pending after ${mostPolls} questions`);
}

async function askOnce(
  provisioner: Provisioner,
  action: "activate" | "deactivate" | "changeEnd",
  order: GrantOrder,
): Promise<ProvisionAnswer> {
  const frozen = Object.freeze(order);
  if (action === "activate") return provisioner.activate(frozen);
  if (action === "deactivate") return provisioner.deactivate(frozen);
  check(provisioner.changeEnd !== undefined, "there is no `changeEnd`: say so in `without`");
  return provisioner.changeEnd(frozen);
}

/** A reason is one line that people read: it cannot break out of a log or drive a terminal (TH19). */
function checkReason(reason: string): void {
  check(typeof reason === "string" && reason.trim() !== "", "a failure without a reason");
  check(!/[\p{Cc}\p{Zl}\p{Zp}]/u.test(reason), `a reason with control characters: ${shown(reason)}`);
}

/** What is reported of each entitlement of an order, by position; each exactly once. */
export function accessOf(reports: readonly EntitlementReport[], order: GrantOrder): readonly EntitlementReport["access"][] {
  return order.entitlements.map((_, position) => {
    const found = reports.filter(({ entitlement }) => entitlement === position);
    const [report] = found;
    check(report !== undefined && found.length === 1, `${found.length} reports on entitlement ${position}: ${shown(reports)}`);
    return report.access;
  });
}
