import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Instant } from "../time/instant.js";

/**
 * What the host carries out because of an event. `key` is the same however often the event is computed, so
 * that carrying one out twice can be told from carrying out two.
 */
export type ApprovalEffect = { readonly key: string } & ApprovalEffectContent;

/** An effect without its key, told apart by `type`. */
export type ApprovalEffectContent =
  /** Ask those who may vote: in the approver groups at these positions, or, with `groups` empty, in the escalation tier `tier` (from 1). */
  | { readonly type: "askApprovers"; readonly groups: readonly number[]; readonly tier: number | null }
  | {
      readonly type: "notify";
      readonly to: "requestor" | "grantee" | "approvers";
      /** `submitted`: the pending request has a new vote. `decided`: approved or rejected. `over`: withdrawn or expired. */
      readonly about: "submitted" | "decided" | "over";
    }
  /** Send `timeReached` at this instant. */
  | { readonly type: "wake"; readonly at: Instant };

/** Keys effects by the revision that they follow from, and by their position in it; frozen. */
export function keyed(revision: number, contents: readonly ApprovalEffectContent[]): readonly ApprovalEffect[] {
  return deepFreeze(contents.map((content, position) => ({ key: `${revision}:${position}`, ...content })));
}
