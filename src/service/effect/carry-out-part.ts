import type { EntitlementReport } from "../../core/request/request-state.js";
import { type Instant, toInstant } from "../../core/time/instant.js";
import type { GrantOrder, ProvisionAnswer } from "../../ports/provisioner.js";
import { withinTime } from "../guard/within-time.js";
import type { CommonOrder } from "./prepare-order.js";
import type { ProvisioningEffect } from "./provision-current.js";
import type { Part, PartProgress } from "./provision-parts.js";

/** How far a part has come, and when its provisioner wants to be asked again. */
export type PartAnswer = { readonly progress: PartProgress; readonly checkAt: Instant | null };

/**
 * Gives one provisioner its order, or asks it again about the one under way. An order of a part has a key of its own,
 * since two integrations may have one provisioner. No answer, or none that makes sense, is a failure of which nothing
 * is known.
 */
export async function carryOutPart(
  effect: ProvisioningEffect,
  common: CommonOrder,
  part: Part,
  before: PartProgress | undefined,
  timeoutMs: number,
): Promise<PartAnswer> {
  if (before !== undefined && "reports" in before) return { progress: before, checkAt: null };
  const order: GrantOrder = {
    ...common,
    key: part.name === "" ? effect.key : `${effect.key}:${part.name}`,
    handle: before?.handle ?? null,
    entitlements: part.entitlements,
    keep: part.positions.flatMap((position, local) => (common.keep.includes(position) ? [local] : [])),
  };
  const asked = await withinTime(timeoutMs, () => call(part, effect.type, order));
  return asked.answered && typeof asked.value === "object" && asked.value !== null ? readAnswer(part, asked.value) : noAnswer;
}

const noAnswer: PartAnswer = { progress: { reports: [], failed: { retryable: true } }, checkAt: null };

function call(part: Part, type: ProvisioningEffect["type"], order: GrantOrder): Promise<ProvisionAnswer> | ProvisionAnswer {
  const provisioner = part.provisioner();
  switch (type) {
    case "activate":
      return provisioner.activate(order);
    case "deactivate":
      return provisioner.deactivate(order);
    case "changeEnd":
      return provisioner.changeEnd?.(order) ?? { outcome: "done", reports: [] };
  }
}

function readAnswer(part: Part, answer: ProvisionAnswer): PartAnswer {
  switch (answer.outcome) {
    case "done":
      return { progress: { reports: readReports(part, answer.reports), failed: null }, checkAt: null };
    case "failed":
      return { progress: { reports: readReports(part, answer.reports), failed: { retryable: answer.retryable === true } }, checkAt: null };
    case "pending": {
      const checkAt = toInstant(answer.checkAt);
      return checkAt === null || typeof answer.handle !== "string" ? noAnswer : { progress: { handle: answer.handle }, checkAt };
    }
    default:
      return noAnswer;
  }
}

const accesses: ReadonlySet<unknown> = new Set(["held", "heldBefore", "notHeld", "unknown"]);

/** Reports by position in the request; what is about nothing in the order is passed over, and what says nothing known is unknown. */
function readReports({ positions }: Part, reports: unknown): readonly EntitlementReport[] {
  if (!Array.isArray(reports)) return [];
  return (reports as readonly EntitlementReport[]).flatMap(({ entitlement, access, sessionsMayPersist }) => {
    const position = positions[entitlement];
    return position === undefined
      ? []
      : [{ entitlement: position, access: accesses.has(access) ? access : "unknown", sessionsMayPersist: sessionsMayPersist === true }];
  });
}
