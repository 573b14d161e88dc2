import type { Instant } from "../time/instant.js";

/**
 * What the host carries out because of an event of a request. `key` is `<request>:<revision>:<n>`, the same
 * however often the event is computed: carrying one out twice can be told from carrying out two.
 */
export type Effect = { readonly key: string } & EffectContent;

/** An effect without its key, told apart by `type`. */
export type EffectContent =
  | { readonly type: "requestMfa"; readonly grantee: string }
  /** Ask those who may vote: in the approver groups at these positions, or, with `groups` empty, in the escalation tier `tier` (from 1). */
  | { readonly type: "askApprovers"; readonly groups: readonly number[]; readonly tier: number | null }
  /** Read people, flow and coverage freshly, and send `factsRead` (L3). */
  | { readonly type: "readFacts" }
  /** An order to the provisioner, in the lane of its grantee (L6): not before `notBefore`. */
  | { readonly type: "activate" | "deactivate" | "changeEnd"; readonly generation: number; readonly notBefore: Instant | null }
  | {
      readonly type: "notify";
      readonly to: "requestor" | "grantee" | "approvers" | "administrators";
      readonly about: "submitted" | "decided" | "active" | "ending" | "over" | "stuck";
    }
  /** Send `timeReached` at this instant. */
  | { readonly type: "wake"; readonly at: Instant };

/** Keys effects by request, the revision that they follow from, and their position in it. */
export function keyedEffects(request: string, revision: number, contents: readonly EffectContent[]): readonly Effect[] {
  return contents.map((content, position) => ({ key: `${request}:${revision}:${position}`, ...content }));
}

/**
 * The lane in which an effect waits for those recorded before it (L6): one for each grantee's access; null for
 * what may be carried out at any time.
 */
export function laneOf(effect: Effect, grantee: string): string | null {
  return effect.type === "activate" || effect.type === "deactivate" || effect.type === "changeEnd" ? `grantee:${grantee}` : null;
}
