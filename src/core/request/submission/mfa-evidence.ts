import { inputFaults } from "../../define/check-facts.js";
import { kindOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { hasLoneSurrogate } from "../../kernel/text.js";
import { type Instant, toInstant } from "../../time/instant.js";
import type { MfaEvidence } from "../request-state.js";

/** How long ago MFA may have been completed (L2). */
export const mfaFreshMs: number = 15 * 60_000;

/** What is wrong with the shape of evidence that was given as `argument`. */
export function mfaFaults(argument: string, evidence: unknown): readonly Reason[] {
  const faults = inputFaults(evidence, ["id", "at"], argument);
  if (kindOf(evidence) !== "record") return faults;
  const [id, at] = [valueAt(evidence as object, "id"), valueAt(evidence as object, "at")];
  const isText = typeof id === "string" && id !== "" && id.length <= 1_000 && !hasLoneSurrogate(id);
  return [
    ...faults,
    ...(isText ? [] : [reason("facts_invalid", "C4", [], { argument, at: ["id"] })]),
    // Evidence is kept as plain JSON, so its time is a number.
    ...(typeof at === "number" && toInstant(at) !== null ? [] : [reason("instant_invalid", "S8", [], { argument: `${argument}.at` })]),
  ];
}

/** Evidence without faults as it is kept: finer than a millisecond is rounded down, as in every instant (S8). */
export function keptEvidence({ id, at }: MfaEvidence): MfaEvidence {
  // Adding 0 turns -0 into 0.
  return { id, at: Math.floor(at) + 0 };
}

/** Why evidence does not count at this instant: too old, or of the future (L2). */
export function mfaRefusals(evidence: MfaEvidence, at: Instant): readonly Reason[] {
  if (evidence.at > at) return [reason("mfa_in_future", "L2", [], { at: evidence.at })];
  return at - evidence.at > mfaFreshMs ? [reason("mfa_too_old", "L2", [], { at: evidence.at })] : [];
}
