import type { AccessUnit } from "./postgres-access.js";
import { shownName } from "./report-access.js";
import type { RoleSession } from "./role-session.js";
import type { SqlFailure } from "./sql-failure.js";
import type { UnitStanding } from "./unit-standing.js";
import { type Deadline, givingBlock, takingBlock } from "./unit-statements.js";

/** One unit of an order, on its way to or from a role. */
export type UnitMove = { readonly role: string; readonly unit: AccessUnit; readonly deadline: Deadline };

/** Gives a unit, unless it stood before; null, or why it cannot be given. */
export async function giveUnit(
  session: RoleSession,
  table: string,
  move: UnitMove & { readonly request: string },
): Promise<SqlFailure | null> {
  const { role, unit, request, deadline } = move;
  const standing = await session.standing(role, unit);
  const { grantee, object, ours, present } = standing;
  const failure = (reason: string): SqlFailure => ({ retryable: false, reason });
  if (grantee === null) return failure(`there is no role ${shownName(role)}`);
  if (object === null) return failure(`there is no ${textOf(unit)}`);
  const fault = faultOf(standing);
  if (fault !== null) return failure(`${shownName(role)}, ${textOf(unit)}: ${fault}`);
  if (ours || !present) await session.run(givingBlock(table, { unit, grantee, object, role }, request, deadline));
  return null;
}

/** Takes a unit where we gave it. Where the role or the object is gone, the access is gone with it. */
export async function takeUnit(session: RoleSession, table: string, { role, unit, deadline }: UnitMove): Promise<null> {
  const { grantee, object, ours } = await session.standing(role, unit);
  if (ours && grantee !== null && object !== null) await session.run(takingBlock(table, { unit, grantee, object, role }, deadline));
  return null;
}

/** Why a unit cannot be given, though role and object are there. */
function faultOf({ renamed, superuser, direct, present, ours }: UnitStanding): string | null {
  if (renamed) return "one of them was renamed since it was given";
  if (superuser) return "to a superuser access can be neither given nor taken";
  // Giving would change that membership, and taking would end it: it is not ours.
  if (direct && !present && !ours) return "there is a membership already that cannot be used";
  return null;
}

function textOf({ kind, schema, name }: AccessUnit): string {
  return `${kind === "membership" ? "role" : kind} ${shownName(schema === "" ? name : `${schema}.${name}`)}`;
}
