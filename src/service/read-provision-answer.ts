import { escapedText, shortened } from "../core/kernel/quoted.js";
import { kindOf, lengthOf, valueAt } from "../core/kernel/read-json.js";
import type { EntitlementReport } from "../core/request/request-state.js";
import { toInstant } from "../core/time/instant.js";
import type { GrantOrder, ProvisionAnswer } from "../ports/provisioner.js";

type Access = EntitlementReport["access"];

/** One report on each entitlement, unknown where there was none; and the first thing that makes the list unbelievable. */
type ReadReports = { readonly reports: readonly EntitlementReport[]; readonly missing: readonly number[]; readonly fault: string | null };

const accesses: readonly Access[] = ["held", "heldBefore", "notHeld", "unknown"];

const longestReason = 200;

/** Longer than any name of a job; a store has to keep it. */
const longestHandle = 4_096;

/** Nothing is known, and it is worth repeating. */
export function failedAnswer(order: GrantOrder, reason: string): ProvisionAnswer {
  return failed(reason, true, nothingKnown(order));
}

/** Reads what a host's function answered; what cannot be true, or says too little, has failed. */
export function readAnswer(action: "activate" | "deactivate" | "changeEnd", order: GrantOrder, answer: unknown): ProvisionAnswer {
  if (kindOf(answer) !== "record") return failedAnswer(order, "the answer is no plain record");
  const record = answer as object;
  switch (valueAt(record, "outcome")) {
    case "done":
      return readDone(action, order, readReports(order, valueAt(record, "reports")));
    case "pending":
      return readPending(order, valueAt(record, "checkAt"), valueAt(record, "handle"));
    case "failed":
      return failed(
        readReason(valueAt(record, "reason")),
        valueAt(record, "retryable") !== false,
        readReports(order, valueAt(record, "reports")).reports,
      );
    default:
      return failedAnswer(order, "the answer has no known outcome");
  }
}

/** What an inspection says; unknown where it says nothing that can be understood. */
export function readInspection(order: GrantOrder, reports: unknown): readonly EntitlementReport[] {
  return readReports(order, reports).reports;
}

function readDone(
  action: "activate" | "deactivate" | "changeEnd",
  order: GrantOrder,
  { reports, missing, fault }: ReadReports,
): ProvisionAnswer {
  // Moving an end gives and takes nothing: there is nothing that its reports could show.
  if (action !== "changeEnd") {
    if (fault !== null) return failedAnswer(order, `done, ${fault}`);
    if (missing[0] !== undefined) return failed(`done, without a report on entitlement ${missing[0]}`, true, reports);
    const wrong = reports.find(({ entitlement, access }) => !isAchieved(action, access, order.keep.includes(entitlement)));
    if (wrong !== undefined) return failed(`done, with entitlement ${wrong.entitlement} reported as ${wrong.access}`, true, reports);
  }
  return Object.freeze({ outcome: "done", reports });
}

/** Whether a report is one that the end of the action allows. What is kept is another's affair. */
function isAchieved(action: "activate" | "deactivate", access: Access, isKept: boolean): boolean {
  if (action === "activate") return access === "held" || access === "heldBefore";
  return isKept || access === "notHeld" || access === "heldBefore";
}

function readPending(order: GrantOrder, checkAt: unknown, handle: unknown): ProvisionAnswer {
  const instant = toInstant(checkAt);
  if (instant === null) return failedAnswer(order, "pending, without a time to ask again");
  if (typeof handle !== "string" || handle === "" || handle.length > longestHandle) return failedAnswer(order, "pending, without a handle");
  return Object.freeze({ outcome: "pending", checkAt: instant, handle });
}

/** A list that contradicts itself or the order says nothing about any entitlement. */
function readReports(order: GrantOrder, list: unknown): ReadReports {
  const found = new Map<number, EntitlementReport>();
  const none = (fault: string): ReadReports => ({ reports: nothingKnown(order), missing: [], fault });
  const length = kindOf(list) === "list" ? lengthOf(list as object) : null;
  if (length === null) return none("without reports");
  if (length > 2 * order.entitlements.length) return none("with more reports than entitlements");
  for (let index = 0; index < length; index += 1) {
    const report = readReport(order, valueAt(list as object, index));
    if (report === null) return none(`with a report that says nothing about this order (${index})`);
    const other = found.get(report.entitlement);
    if (other !== undefined && other.access !== report.access) return none(`with two reports on entitlement ${report.entitlement}`);
    found.set(report.entitlement, report);
  }
  const missing = order.entitlements.flatMap((_, position) => (found.has(position) ? [] : [position]));
  const reports = order.entitlements.map((_, position) => found.get(position) ?? unknownReport(position));
  return { reports: Object.freeze(reports), missing, fault: null };
}

function readReport({ entitlements }: GrantOrder, report: unknown): EntitlementReport | null {
  if (kindOf(report) !== "record") return null;
  const entitlement = valueAt(report as object, "entitlement");
  const access = accesses.find((word) => word === valueAt(report as object, "access"));
  const isPosition = Number.isInteger(entitlement) && Number(entitlement) >= 0 && Number(entitlement) < entitlements.length;
  if (!isPosition || access === undefined) return null;
  // Who does not say that sessions have ended has not looked.
  const sessionsMayPersist = valueAt(report as object, "sessionsMayPersist") !== false;
  return Object.freeze({ entitlement: Number(entitlement), access, sessionsMayPersist });
}

/** One line, of a length that a log can take; nothing in it can drive a terminal (TH19). */
function readReason(reason: unknown): string {
  if (typeof reason !== "string" || reason.trim() === "") return "the provisioner gave no reason";
  return shortened(escapedText(shortened(reason, longestReason)), longestReason);
}

function nothingKnown({ entitlements }: GrantOrder): readonly EntitlementReport[] {
  return Object.freeze(entitlements.map((_, position) => unknownReport(position)));
}

function unknownReport(entitlement: number): EntitlementReport {
  return Object.freeze({ entitlement, access: "unknown", sessionsMayPersist: true });
}

function failed(reason: string, retryable: boolean, reports: readonly EntitlementReport[]): ProvisionAnswer {
  return Object.freeze({ outcome: "failed", retryable, reason, reports });
}
