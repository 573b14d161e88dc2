import { acceptFlow } from "../define/accept.js";
import { identityFaults, inputFaults } from "../define/check-facts.js";
import type { Identity } from "../facts/identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { Defect } from "../kernel/defect.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { kindOf } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { type Instant, type InstantInput, toInstant } from "../time/instant.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { ZoneTables } from "../time/zone-tables.js";
import { acceptZones, zoneFault } from "./accept-zones.js";

/** Who asks, for whom, and when. */
export type RequestorInput = {
  /** Who asks. */
  readonly requestor: Identity;
  /** Who will hold the access. Absent, or a record of the same id: the requestor (R3). */
  readonly grantee?: Identity | undefined;
  /** When it is asked (S8). */
  readonly at: InstantInput;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
};

/** The arguments, each read once, in usable form; or every fault of them, and what could be read all the same. */
export type ReadRequestorInput =
  | {
      readonly ok: true;
      readonly flow: AccessFlow;
      readonly requestor: Identity;
      readonly grantee: Identity | undefined;
      readonly at: Instant;
      /** They have the flow's zone. */
      readonly zones: ZoneSource;
    }
  | { readonly ok: false; readonly flow: AccessFlow | null; readonly at: Instant | null; readonly faults: NonEmptyArray<Reason> };

const inputKeys: readonly string[] = ["requestor", "grantee", "at", "zones"];

export function readRequestorInput(flow: unknown, input: RequestorInput): ReadRequestorInput {
  const accepted = acceptFlow(flow);
  const flowFaults = accepted.ok ? none : accepted.error;
  const usable = accepted.ok ? accepted.value : null;
  const members = kindOf(input) === "record" ? membersOf(input) : null;
  if (members === null) return refused(usable, null, [...flowFaults, ...inputFaults(null, inputKeys)]);
  const { requestor, grantee } = members;
  const keyFaults = inputFaults(input, inputKeys);
  const requestorFaults = identityFaults("requestor", requestor);
  const granteeFaults = grantee === undefined ? none : identityFaults("grantee", grantee);
  const at = toInstant(members.at);
  const zones = acceptZones(members.zones);
  const zone = zones.ok ? (usable === null ? null : zoneFault(usable.schedule, zones.value)) : zones.error;
  const faulty = keyFaults.length + requestorFaults.length + granteeFaults.length > 0;
  if (!faulty && usable !== null && at !== null && zones.ok && zone === null) {
    return { ok: true, flow: usable, requestor, grantee, at, zones: zones.value };
  }
  const instantFaults = at === null ? [reason("instant_invalid", "S8", Object.freeze([]), { argument: "at" })] : none;
  const zoneFaults = zone === null ? none : [zone];
  return refused(usable, at, [...flowFaults, ...keyFaults, ...requestorFaults, ...granteeFaults, ...instantFaults, ...zoneFaults]);
}

const none: readonly Reason[] = Object.freeze([]);

/** Null where reading fails: types promise a plain record, but a host without types may pass anything. */
function membersOf(input: RequestorInput): RequestorInput | null {
  try {
    return { requestor: input.requestor, grantee: input.grantee, at: input.at, zones: input.zones };
  } catch {
    return null;
  }
}

function refused(flow: AccessFlow | null, at: Instant | null, faults: readonly Reason[]): ReadRequestorInput {
  // Without a fault there would be no reason for the no.
  if (!isNonEmpty(faults)) throw new Defect("arguments were refused without a fault");
  return { ok: false, flow, at, faults: deepFreeze(faults) };
}
