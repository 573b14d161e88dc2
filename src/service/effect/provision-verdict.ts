import type { EntitlementReport, RequestState } from "../../core/request/request-state.js";
import type { ProvisioningEffect } from "./provision-current.js";
import type { Part, Progress } from "./provision-parts.js";

/** What an order has come to, over all its parts: done as a whole, or failed. */
export type Verdict = { readonly done: boolean; readonly retryable: boolean; readonly reports: readonly EntitlementReport[] };

type Access = EntitlementReport["access"];

/** Nothing could be begun, so nothing is known. */
export function notBegun({ request }: RequestState, retryable: boolean): Verdict {
  return { done: false, retryable, reports: request.entitlements.map((_, position) => reportOf(position, "unknown")) };
}

/**
 * All or nothing (L6): done where every part says so and no report contradicts it. `done` stands for what a report
 * leaves out; what nobody reports on otherwise is unknown.
 */
export function verdictOf(
  type: ProvisioningEffect["type"],
  state: RequestState,
  keep: readonly number[],
  parts: readonly Part[],
  progress: Progress,
): Verdict {
  const reports = new Map<number, EntitlementReport>();
  let retryable = true;
  let failed = false;
  for (const part of parts) {
    const one = progress[part.name];
    const over = one !== undefined && "reports" in one ? one : { reports: [], failed: { retryable: true } };
    for (const report of over.reports) reports.set(report.entitlement, report);
    if (over.failed === null) {
      for (const position of part.positions) {
        if (!reports.has(position)) reports.set(position, reportOf(position, impliedBy(type, keep.includes(position))));
      }
    } else {
      failed = true;
      retryable &&= over.failed.retryable;
    }
  }
  const all = state.request.entitlements.map((_, position) => reports.get(position) ?? reportOf(position, "unknown"));
  const told = type === "deactivate" ? all.map((report) => keptReport(state, keep, report)) : all;
  return { done: !failed && told.every((report) => isAchieved(type, report, keep)), retryable, reports: told };
}

function impliedBy(type: ProvisioningEffect["type"], isKept: boolean): Access {
  return type === "deactivate" && !isKept ? "notHeld" : "held";
}

/** What is kept stays `heldBefore` only where it stood before this request; `held` says that it was left to another one. */
function keptReport({ entitlementReports }: RequestState, keep: readonly number[], report: EntitlementReport): EntitlementReport {
  if (!keep.includes(report.entitlement) || report.access !== "heldBefore") return report;
  const before = entitlementReports.find(({ entitlement }) => entitlement === report.entitlement);
  return before?.access === "heldBefore" ? report : { ...report, access: "held" };
}

function isAchieved(type: ProvisioningEffect["type"], { entitlement, access }: EntitlementReport, keep: readonly number[]): boolean {
  switch (type) {
    case "activate":
      return access === "held" || access === "heldBefore";
    case "deactivate":
      return keep.includes(entitlement) || access === "notHeld" || access === "heldBefore";
    case "changeEnd":
      return true;
  }
}

function reportOf(entitlement: number, access: Access): EntitlementReport {
  return { entitlement, access, sessionsMayPersist: false };
}
