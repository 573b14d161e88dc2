import { identityFaults } from "../../core/define/check-facts.js";
import type { FactsNeeded } from "../../core/facts/facts-needed.js";
import type { Identity } from "../../core/facts/identity.js";
import { hasSameId } from "../../core/facts/person-keys.js";
import { withinTime } from "../guard/within-time.js";
import type { ServiceContext } from "../service-context.js";

/** Somebody as the directory knows them now. `"unknown"` is no answer, `"gone"` is one. */
export type PersonRead = Identity | "gone" | "unknown";

/**
 * Asks the directory about one person. An answer about somebody else, of the wrong shape, or without what a
 * directory always answers – `active`, `emails`, `accounts` – is none: an absent `active` would count as active (C9).
 */
export async function readPerson(context: ServiceContext, id: string, needs: FactsNeeded): Promise<PersonRead> {
  const asked = await withinTime(context.settings.portTimeoutMs, () => context.ports.directory.identity(id, needs));
  if (!asked.answered || typeof asked.value !== "object" || asked.value === null) return "unknown";
  const answer = asked.value;
  if (answer.outcome === "gone") return "gone";
  if (answer.outcome !== "found" || identityFaults("identity", answer.identity).length > 0) return "unknown";
  const { identity } = answer;
  const isWhole = identity.active !== undefined && identity.emails !== undefined && identity.accounts !== undefined;
  return isWhole && hasSameId(identity, { id }) ? identity : "unknown";
}
