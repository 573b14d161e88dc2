import { accessFlowError } from "../kernel/access-flow-error.js";
import { type Reason, reason } from "../kernel/reason.js";
import { failure, type Result, success } from "../kernel/result.js";
import { pinnedZones } from "../time/pinned-zones.js";
import type { Schedule } from "../time/schedule.js";
import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";

const ofRuntime: Result<ZoneSource, never> = success(runtimeZones);

/** The zones that a function was given, the runtime's where it was given none (X11). */
export function acceptZones(zones: unknown): Result<ZoneSource, Reason> {
  if (zones === undefined) return ofRuntime;
  const pinned = pinnedZones(zones);
  return pinned === null ? failure(faultAt([])) : success(pinned);
}

/**
 * Whether the zones have the one of a schedule. A flow's own zone is known to the runtime, so only pinned
 * tables can lack it; the fault names it, as a place in the tables where nothing is.
 */
export function zoneFault(schedule: Schedule, zones: ZoneSource): Reason | null {
  if (zones === runtimeZones || schedule.kind === "always" || zones.findZone(schedule.timeZone) !== null) return null;
  return faultAt(["zones", schedule.timeZone]);
}

/** As `acceptZones`, for a function whose return type has no room for reasons. */
export function requireZones(zones: unknown): ZoneSource {
  const accepted = acceptZones(zones);
  if (accepted.ok) return accepted.value;
  throw accessFlowError("facts_invalid", "zones is not of the stated shape: zone tables are needed, such as those of `accessflow/zones`");
}

function faultAt(at: readonly string[]): Reason {
  return reason("facts_invalid", "X11", Object.freeze([]), { argument: "zones", at: Object.freeze(at) });
}
