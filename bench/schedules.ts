import type { defineAccessFlow, Schedule } from "./accessflow.js";
import { zoneNames } from "./clocks.js";

/** Work time as schedules of flows, one a zone. */
export function workSchedules(define: typeof defineAccessFlow): readonly Schedule[] {
  return zoneNames.map((timeZone) => scheduleIn(define, timeZone));
}

export function scheduleIn(define: typeof defineAccessFlow, timeZone: string): Schedule {
  return define({
    name: "Work time",
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "all" }],
    schedule: { kind: "onlyOn", days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "09:00", to: "17:30", timeZone },
  }).schedule;
}
