import type { EntitlementReport, RequestState } from "../../core/request/request-state.js";
import { granteeIdOf } from "../commit-event.js";
import type { ServiceContext } from "../service-context.js";
import { entitlementKey } from "./provision-order.js";

const pageSize = 100;

/**
 * Reports of an activation, with `heldBefore` only where access stood by itself. A target cannot tell standing access
 * from what another request gave, or an earlier attempt of this one; and what counts as standing is never taken back.
 * So `heldBefore` becomes `held` where an earlier attempt may have taken effect, or where another request of the
 * grantee has, or left it over for this one.
 */
export async function withoutBorrowedAccess(
  context: ServiceContext,
  state: RequestState,
  reports: readonly EntitlementReport[],
): Promise<readonly EntitlementReport[]> {
  if (reports.every(({ access }) => access !== "heldBefore")) return reports;
  const given = await givenByOthers(context, state);
  return reports.map((report) => {
    const entitlement = state.request.entitlements[report.entitlement];
    const isBorrowed = mayHaveGiven(state, report.entitlement) || (entitlement !== undefined && given.has(entitlementKey(entitlement)));
    return report.access === "heldBefore" && isBorrowed ? { ...report, access: "held" } : report;
  });
}

/** What other requests have given, of those that were not over when this one was submitted. */
async function givenByOthers(context: ServiceContext, { request }: RequestState): Promise<ReadonlySet<string>> {
  const grantee = (request.grantee ?? request.requestor).id;
  const given = new Set<string>();
  let after: string | undefined;
  do {
    const page = await context.store.list({ grantee, after, limit: pageSize });
    for (const other of page.items) {
      if (other.request.id === request.id || granteeIdOf(other) !== grantee || other.grant === null) continue;
      if (isOver(other) && other.lastAt < request.submittedAt) continue;
      for (const [position, entitlement] of other.request.entitlements.entries()) {
        if (mayHaveGiven(other, position)) given.add(entitlementKey(entitlement));
      }
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return given;
}

/** Whether a request's orders have given an entitlement, or may have. */
function mayHaveGiven({ status, grant, entitlementReports }: RequestState, position: number): boolean {
  if (grant === null) return false;
  const report = entitlementReports.find(({ entitlement }) => entitlement === position);
  // Without a report: nothing was begun yet, or it is not known what came of it.
  if (report === undefined) return status === "deactivating" || grant.attempts > 0;
  return report.access === "held" || report.access === "unknown";
}

function isOver({ status }: RequestState): boolean {
  return status === "ended" || status === "revoked" || status === "activationFailed";
}
