import type { NonEmptyArray } from "../../core/kernel/non-empty-array.js";
import { quotedText, shortened } from "../../core/kernel/quoted.js";
import type { EntitlementReport } from "../../core/request/request-state.js";
import type { AccessUnit } from "./postgres-access.js";
import type { RoleSession } from "./role-session.js";
import type { UnitStanding } from "./unit-standing.js";

/** What an entitlement means for a grantee: units of access of a role; null: nothing in this database. */
export type Meaning = { readonly role: string; readonly units: NonEmptyArray<AccessUnit> } | null;

type Access = EntitlementReport["access"];

/** What is there now, by entitlement; unknown where it cannot be read. */
export async function reportsOn(
  session: RoleSession,
  meanings: readonly Meaning[],
  meaningless: "unknown" | "notHeld" = "unknown",
): Promise<readonly EntitlementReport[]> {
  const reports: EntitlementReport[] = [];
  for (const [entitlement, meaning] of meanings.entries()) {
    const found = meaning === null ? { access: meaningless, sessionsMayPersist: false } : await accessOf(session, meaning).catch(unread);
    reports.push(Object.freeze({ entitlement, ...found }));
  }
  return Object.freeze(reports);
}

type Found = Omit<EntitlementReport, "entitlement">;

function unread(): Found {
  return { access: "unknown", sessionsMayPersist: true };
}

async function accessOf(session: RoleSession, { role, units }: NonNullable<Meaning>): Promise<Found> {
  const standings: UnitStanding[] = [];
  for (const unit of units) standings.push(await session.standing(role, unit));
  const access = together(standings.map(({ ours, present }) => (present ? (ours ? "held" : "heldBefore") : "notHeld")));
  return { access, sessionsMayPersist: access === "notHeld" && standings.some(({ sessions }) => sessions) };
}

/**
 * The access of an entitlement made of several units. Where a part that is ours is there and another is not, it is
 * neither held nor not; where only a part that stood before is there, the entitlement as a whole is not held.
 */
function together(parts: readonly Access[]): Access {
  if (parts.every((part) => part === "heldBefore")) return "heldBefore";
  if (parts.every((part) => part !== "notHeld")) return "held";
  return parts.includes("held") ? "unknown" : "notHeld";
}

/** A name as it stands in a reason: nothing in it can break out of the line (TH19). */
export function shownName(name: string): string {
  return quotedText(shortened(name, 64));
}
