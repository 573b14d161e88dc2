import type { Actor } from "../../approval/actor.js";
import type { Ballot } from "../../approval/event/ballot.js";
import { actorFaults, instantFaults, type ReadEvent, readActor, readEvent } from "../../approval/event/read-event.js";
import { identityFaults, inputFaults } from "../../define/check-facts.js";
import { acceptZones } from "../../evaluate/accept-zones.js";
import type { Identity } from "../../facts/identity.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, lengthOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { type Instant, toInstant } from "../../time/instant.js";
import type { ZoneSource } from "../../time/zone-source.js";
import type { ZoneTables } from "../../time/zone-tables.js";
import type { FactsRead } from "../request-event.js";
import type { EntitlementReport, MfaEvidence } from "../request-state.js";
import { keptEvidence, mfaFaults } from "../submission/mfa-evidence.js";

/** An event as it was read: facts are of the stated shape, nothing is decided yet. */
export type ReadRequestEvent =
  | ReadEvent
  | { readonly type: "completeMfa"; readonly by: Actor; readonly evidence: MfaEvidence; readonly at: Instant }
  | { readonly type: "revoke"; readonly by: Actor; readonly at: Instant }
  | ({ readonly type: "extend"; readonly by: Actor; readonly facts: FactsRead; readonly at: Instant } & ReadZones)
  | ({ readonly type: "factsRead"; readonly facts: FactsRead; readonly at: Instant } & ReadZones)
  | ReadReport;

/** The zones an event brings, as they came and as they are looked up; the runtime's where it brings none. */
type ReadZones = { readonly zoneTables: ZoneTables | undefined; readonly zones: ZoneSource };

/** A report of the provisioner. */
export type ReadReport = {
  readonly type: "activated" | "activationFailed" | "deactivated" | "deactivationFailed";
  readonly generation: number;
  /** Of a failed activation; false otherwise. */
  readonly retryable: boolean;
  readonly reports: readonly EntitlementReport[];
  readonly at: Instant;
};

export type ReadOf<Type extends ReadRequestEvent["type"]> = Extract<ReadRequestEvent, { readonly type: Type }>;

export type { Ballot };

type Read = Result<ReadRequestEvent, NonEmptyArray<Reason>>;

/** Reads an event that may be anything, and says everything that is wrong with it. Only its own keys are looked at. */
export function readRequestEvent(event: unknown): Read {
  const type = kindOf(event) === "record" ? valueAt(event as object, "type") : undefined;
  // `type` is there, so the event is a record.
  const record = event as object;
  switch (type) {
    case "vote":
    case "withdraw":
    case "timeReached":
      return readEvent(event);
    case "completeMfa":
      return readMfa(record);
    case "revoke":
      return readRevocation(record);
    case "extend":
      return readExtension(record);
    case "factsRead":
      return readFactsEvent(record);
    case "activated":
    case "activationFailed":
    case "deactivated":
    case "deactivationFailed":
      return readReport(record, type);
    default:
      return failure([reason("event_unknown", "L7", [])]);
  }
}

function readMfa(event: object): Read {
  const [by, evidence] = [valueAt(event, "by"), valueAt(event, "evidence")];
  const at = toInstant(valueAt(event, "at"));
  const faults = [
    ...inputFaults(event, ["type", "by", "evidence", "at"], "event"),
    ...actorFaults(by),
    ...mfaFaults("evidence", evidence),
    ...instantFaults(at),
  ];
  if (isNonEmpty(faults) || at === null) return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  return success({ type: "completeMfa", by: readActor(by), evidence: keptEvidence(evidence as MfaEvidence), at });
}

function readRevocation(event: object): Read {
  const by = valueAt(event, "by");
  const at = toInstant(valueAt(event, "at"));
  const faults = [...inputFaults(event, ["type", "by", "at"], "event"), ...actorFaults(by), ...instantFaults(at)];
  if (isNonEmpty(faults) || at === null) return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  return success({ type: "revoke", by: readActor(by), at });
}

function readExtension(event: object): Read {
  const [by, facts, zoneTables] = [valueAt(event, "by"), valueAt(event, "facts"), valueAt(event, "zones")];
  const at = toInstant(valueAt(event, "at"));
  const zones = acceptZones(zoneTables);
  const faults = [
    ...inputFaults(event, ["type", "by", "facts", "at", "zones"], "event"),
    ...actorFaults(by),
    ...factsFaults(facts),
    ...instantFaults(at),
    ...(zones.ok ? [] : [zones.error]),
  ];
  if (isNonEmpty(faults) || at === null || !zones.ok) return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  return success({
    type: "extend",
    by: readActor(by),
    facts: factsOf(facts),
    at,
    zoneTables: zoneTables as ReadZones["zoneTables"],
    zones: zones.value,
  });
}

function readFactsEvent(event: object): Read {
  const [facts, zoneTables] = [valueAt(event, "facts"), valueAt(event, "zones")];
  const at = toInstant(valueAt(event, "at"));
  const zones = acceptZones(zoneTables);
  const faults = [
    ...inputFaults(event, ["type", "facts", "at", "zones"], "event"),
    ...factsFaults(facts),
    ...instantFaults(at),
    ...(zones.ok ? [] : [zones.error]),
  ];
  if (isNonEmpty(faults) || at === null || !zones.ok) return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  return success({ type: "factsRead", facts: factsOf(facts), at, zoneTables: zoneTables as ReadZones["zoneTables"], zones: zones.value });
}

function readReport(event: object, type: ReadReport["type"]): Read {
  const [generation, retryable, reports] = [valueAt(event, "generation"), valueAt(event, "retryable"), valueAt(event, "reports")];
  const at = toInstant(valueAt(event, "at"));
  const isFailedActivation = type === "activationFailed";
  const faults = [
    ...inputFaults(event, ["type", "generation", "reports", "at", ...(isFailedActivation ? ["retryable"] : [])], "event"),
    ...(isCount(generation) && generation > 0 ? [] : [invalid("event", "generation")]),
    ...(!isFailedActivation || typeof retryable === "boolean" ? [] : [invalid("event", "retryable")]),
    ...reportsFaults(reports),
    ...instantFaults(at),
  ];
  if (isNonEmpty(faults) || at === null) return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  // Without faults these are what was looked for; a copy, so that nothing is kept that was not read.
  const kept = (reports as readonly EntitlementReport[]).map(({ entitlement, access, sessionsMayPersist }) => ({
    entitlement,
    access,
    sessionsMayPersist,
  }));
  return success({ type, generation: generation as number, retryable: retryable === true, reports: kept, at });
}

const accesses: readonly unknown[] = ["held", "heldBefore", "notHeld", "unknown"];

function reportsFaults(reports: unknown): readonly Reason[] {
  const length = kindOf(reports) === "list" ? lengthOf(reports as object) : null;
  if (length === null || length > 1_000) return [invalid("event", "reports")];
  const faults: Reason[] = [];
  for (let position = 0; position < length; position += 1) {
    const report = valueAt(reports as object, position);
    if (!isReport(report)) faults.push(invalid("event", "reports", position));
  }
  return faults;
}

function isReport(report: unknown): boolean {
  const keys = ["entitlement", "access", "sessionsMayPersist"];
  if (inputFaults(report, keys).length > 0) return false;
  const [entitlement, access, persist] = keys.map((key) => valueAt(report as object, key));
  return isCount(entitlement) && accesses.includes(access) && typeof persist === "boolean";
}

function factsFaults(facts: unknown): readonly Reason[] {
  const keys = ["requestor", "grantee", "flow", "notCovered", "readAt"];
  const unknownKeys = inputFaults(facts, keys, "facts");
  if (kindOf(facts) !== "record") return unknownKeys;
  const [requestor, grantee, flow, notCovered, readAt] = keys.map((key) => valueAt(facts as object, key));
  return [
    ...unknownKeys,
    ...personFaults("requestor", requestor),
    ...(grantee === null ? [] : personFaults("grantee", grantee)),
    ...(["active", "inactive", "gone", "unknown"].includes(flow as string) ? [] : [invalid("facts", "flow")]),
    ...(notCovered === "unknown" || isListOfCounts(notCovered) ? [] : [invalid("facts", "notCovered")]),
    ...(toInstant(readAt) === null ? [reason("instant_invalid", "S8", [], { argument: "facts.readAt" })] : []),
  ];
}

function personFaults(argument: string, person: unknown): readonly Reason[] {
  return person === "gone" || person === "unknown" ? [] : identityFaults(argument, person);
}

/** Facts without faults, each read once. */
function factsOf(facts: unknown): FactsRead {
  const { requestor, grantee, flow, notCovered, readAt } = facts as FactsRead;
  return {
    requestor: requestor as Identity,
    grantee,
    flow,
    notCovered: notCovered === "unknown" ? notCovered : [...new Set(notCovered)].sort((left, right) => left - right),
    readAt: toInstant(readAt) ?? 0,
  };
}

function isListOfCounts(value: unknown): boolean {
  const length = kindOf(value) === "list" ? lengthOf(value as object) : null;
  if (length === null || length > 1_000) return false;
  for (let position = 0; position < length; position += 1) if (!isCount(valueAt(value as object, position))) return false;
  return true;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function invalid(argument: string, ...at: (string | number)[]): Reason {
  return reason("facts_invalid", "C4", [], { argument, at });
}
