import { readList } from "../../approval/event/read-list.js";
import { acceptFlow } from "../../define/accept.js";
import { acceptCatalog, identityFaults, inputFaults, resourceFaults } from "../../define/check-facts.js";
import { zoneFault } from "../../evaluate/accept-zones.js";
import { readGrantWindowInput } from "../../evaluate/grant-window-input.js";
import type { CheckedCatalog } from "../../facts/catalog.js";
import type { Identity } from "../../facts/identity.js";
import type { Entitlement, Resource } from "../../facts/resource.js";
import type { AccessFlow } from "../../flow/access-flow.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { hasLoneSurrogate } from "../../kernel/text.js";
import type { Duration } from "../../time/duration.js";
import { type Instant, toInstant } from "../../time/instant.js";
import type { ZoneTables } from "../../time/zone-tables.js";
import type { HeldRequest } from "../request-input.js";
import type { MfaEvidence } from "../request-state.js";
import { requestStatuses } from "../request-status.js";
import { keptEvidence, mfaFaults } from "./mfa-evidence.js";
import { readEntitlements } from "./read-entitlements.js";

/** A submission as it was read: everything is of the stated shape, nothing is decided yet. */
export type Submission = {
  readonly flow: AccessFlow;
  readonly requestor: Identity;
  readonly grantee: Identity | null;
  readonly entitlements: readonly Entitlement[];
  readonly resources: readonly Resource[];
  readonly catalog: CheckedCatalog;
  readonly requestedDuration: Duration | null;
  readonly startAt: Instant | null;
  readonly justification: string | null;
  readonly mfa: MfaEvidence | null;
  readonly candidates: readonly Identity[] | null;
  readonly complete: boolean;
  readonly held: readonly HeldRequest[];
  readonly at: Instant;
  /** As they were given; they have the flow's zone. */
  readonly zones: ZoneTables | undefined;
};

/** The keys that a submission may have. */
export const submissionKeys: readonly string[] = [
  ...["requestor", "grantee", "entitlements", "resources", "catalog", "requestedDuration", "startAt", "justification"],
  ...["mfa", "candidates", "complete", "held", "at", "zones"],
];

/** Reads what may be anything, and says everything that is wrong with it. `known` are the keys that `input` may have. */
export function readSubmission(flow: unknown, input: unknown, known: readonly string[]): Result<Submission, NonEmptyArray<Reason>> {
  const accepted = acceptFlow(flow);
  const record = kindOf(input) === "record" ? (input as object) : null;
  if (record === null) {
    return failure([...(accepted.ok ? [] : accepted.error), ...inputFaults(input, known)] as readonly Reason[] as NonEmptyArray<Reason>);
  }
  const read = (key: string): unknown => valueAt(record, key);
  const entitlements = readEntitlements(read("entitlements"));
  const resources = readList<Resource>("resources", read("resources"), (each, position) => resourceFaults("resources", each, [position]));
  const candidates = read("candidates") === undefined ? null : readList<Identity>("candidates", read("candidates"), candidateFaults);
  const held = read("held") === undefined ? success([]) : readList<HeldRequest>("held", read("held"), heldFaults);
  const catalog = acceptCatalog("catalog", read("catalog"));
  const [at, requestedDuration, startAt, zones] = ["at", "requestedDuration", "startAt", "zones"].map(read);
  const window = readGrantWindowInput({ at, requestedDuration, startAt, zones });
  const [justification, mfa, grantee, complete] = [read("justification"), read("mfa"), read("grantee"), read("complete")];
  const missing = accepted.ok && window.zones !== null ? zoneFault(accepted.value.schedule, window.zones) : null;
  const zoneFaults = missing === null ? [] : [missing];
  const faults = [
    ...(accepted.ok ? [] : accepted.error),
    ...inputFaults(input, known),
    ...identityFaults("requestor", read("requestor")),
    ...(grantee === undefined ? [] : identityFaults("grantee", grantee)),
    ...faultsIn(entitlements),
    ...faultsIn(resources),
    ...faultsIn(catalog),
    ...window.faults,
    ...zoneFaults,
    ...(justification === undefined || isText(justification) ? [] : [invalid("justification")]),
    ...(mfa === undefined ? [] : mfaFaults("mfa", mfa)),
    ...(candidates === null ? [] : faultsIn(candidates)),
    ...(complete === undefined || typeof complete === "boolean" ? [] : [invalid("complete")]),
    ...faultsIn(held),
  ];
  if (isNonEmpty(faults) || !accepted.ok || !entitlements.ok || !resources.ok || !held.ok || !catalog.ok || candidates?.ok === false) {
    return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  }
  // Without faults these are what was looked for.
  return success({
    flow: accepted.value,
    requestor: read("requestor") as Identity,
    grantee: (grantee as Identity | undefined) ?? null,
    entitlements: entitlements.value,
    resources: resources.value,
    catalog: catalog.value,
    requestedDuration: window.duration === "notAsked" ? null : window.duration,
    startAt: toInstant(startAt),
    justification: (justification as string | undefined) ?? null,
    mfa: mfa === undefined ? null : keptEvidence(mfa as MfaEvidence),
    candidates: candidates === null ? null : candidates.value,
    complete: complete === true,
    held: held.value,
    at: window.at ?? 0,
    zones: zones as ZoneTables | undefined,
  });
}

function candidateFaults(candidate: unknown, position: number): readonly Reason[] {
  return identityFaults("candidates", candidate, [position]);
}

function heldFaults(held: unknown, position: number): readonly Reason[] {
  const known = ["request", "entitlements", "status"];
  if (inputFaults(held, known).length > 0) return [invalid("held", position)];
  // A record with no other keys than these.
  const [request, entitlements, status] = known.map((key) => valueAt(held as object, key));
  return [
    ...(isText(request) && request !== "" ? [] : [invalid("held", position, "request")]),
    ...(readEntitlements(entitlements).ok ? [] : [invalid("held", position, "entitlements")]),
    ...((requestStatuses as readonly unknown[]).includes(status) ? [] : [invalid("held", position, "status")]),
  ];
}

function faultsIn(read: Result<unknown, NonEmptyArray<Reason>>): readonly Reason[] {
  return read.ok ? [] : read.error;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && !hasLoneSurrogate(value);
}

function invalid(argument: string, ...at: (string | number)[]): Reason {
  return reason("facts_invalid", "C4", [], { argument, at });
}
