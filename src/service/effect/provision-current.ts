import type { Effect } from "../../core/request/request-effect.js";
import type { RequestState } from "../../core/request/request-state.js";
import type { Instant } from "../../core/time/instant.js";
import type { ClaimedEffect } from "../../ports/request-store.js";

/** An order to a provisioner. */
export type ProvisioningEffect = Extract<Effect, { readonly type: "activate" | "deactivate" | "changeEnd" }>;

/** How long an activation that is under way is waited for when its access is to be taken back. */
const longestWaitMs = 900_000;

/**
 * Whether a request still waits for an order. An activation that is under way is followed to its end even when access
 * is to be taken back meanwhile: taken back before it takes effect, it would take effect afterwards.
 */
export function isCurrent(
  { grant, status, lastAt }: RequestState,
  effect: ProvisioningEffect,
  { handle }: Pick<ClaimedEffect, "handle">,
  now: Instant,
): boolean {
  if (effect.generation !== grant?.generation) return false;
  const underWay = handle !== null;
  switch (effect.type) {
    case "activate":
      if (status === "activating") return underWay || grant.window.end === null || now < grant.window.end;
      return status === "deactivating" && underWay && now < lastAt + longestWaitMs;
    case "deactivate":
      return status === "deactivating";
    case "changeEnd":
      return status === "active";
  }
}
