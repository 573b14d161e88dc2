import { inputFaults } from "../define/check-facts.js";
import type { Path } from "../kernel/path.js";
import { keysOf, kindOf, valueAt } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { type Duration, type DurationUnit, durationUnits } from "../time/duration.js";
import { type Instant, type InstantInput, toInstant } from "../time/instant.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { ZoneTables } from "../time/zone-tables.js";
import { acceptZones } from "./accept-zones.js";

/** When access is asked for, how long for, and from when. */
export type GrantWindowInput = {
  /** When it is asked for, or activated (S8). */
  readonly at: InstantInput;
  /** How long it shall last; absent: as long as the flow gives it (W3). */
  readonly requestedDuration?: Duration | undefined;
  /** When it shall start; absent: at `at`. Later needs the flow's `startWithin` (W1). */
  readonly startAt?: InstantInput | undefined;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
};

/** What could be read of an input. Null: its value is faulty, and among the faults. */
export type AskedWindow = {
  readonly at: Instant | null;
  /** `at`, where no later start is asked for. */
  readonly start: Instant | null;
  readonly duration: Duration | "notAsked" | null;
  readonly zones: ZoneSource | null;
  readonly faults: readonly Reason[];
};

export function readGrantWindowInput(input: unknown): AskedWindow {
  const faults: Reason[] = [...inputFaults(input, ["at", "requestedDuration", "startAt", "zones"])];
  if (kindOf(input) !== "record") return { at: null, start: null, duration: null, zones: null, faults };
  // The kind says it: an object that is not null.
  const record = input as object;
  const [writtenAt, writtenStart, writtenDuration] = [
    valueAt(record, "at"),
    valueAt(record, "startAt"),
    valueAt(record, "requestedDuration"),
  ];
  const at = readInstant(writtenAt, "at", faults);
  const start = writtenStart === undefined ? at : readInstant(writtenStart, "startAt", faults);
  const duration = readDuration(writtenDuration, faults);
  return { at, start, duration, zones: readZones(valueAt(record, "zones"), faults), faults };
}

function readZones(value: unknown, faults: Reason[]): ZoneSource | null {
  const zones = acceptZones(value);
  if (!zones.ok) faults.push(zones.error);
  return zones.ok ? zones.value : null;
}

function readInstant(value: unknown, argument: string, faults: Reason[]): Instant | null {
  const instant = toInstant(value);
  if (instant === null) faults.push(reason("instant_invalid", "S8", [], { argument }));
  return instant;
}

/** Only the shape is looked at: whether so much time can be asked for, NaN and infinity included, is a question of W1 and W3. */
function readDuration(value: unknown, faults: Reason[]): Duration | "notAsked" | null {
  if (value === undefined) return "notAsked";
  const places = faultyPlaces(value);
  for (const at of places) faults.push(reason("facts_invalid", "C4", [], { argument: "requestedDuration", at }));
  if (places.length > 0) return null;
  // The kind says it: an object that is not null.
  const { amount, unit } = value as Duration;
  return { amount, unit };
}

function faultyPlaces(value: unknown): readonly Path[] {
  if (kindOf(value) !== "record") return [[]];
  // The kind says it: an object that is not null.
  const record = value as object;
  const keys = keysOf(record);
  if (keys === null) return [[]];
  const [amount, unit] = [valueAt(record, "amount"), valueAt(record, "unit")];
  const places: Path[] = [];
  if (typeof amount !== "number") places.push(["amount"]);
  if (!durationUnits.includes(unit as DurationUnit)) places.push(["unit"]);
  for (const key of keys) if (key !== "amount" && key !== "unit") places.push([key]);
  return places;
}
