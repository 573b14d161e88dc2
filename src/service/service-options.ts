import { anyList, choice, nothing, optional, record, text, whole, word } from "../core/define/shape.js";
import { requireZones } from "../core/evaluate/accept-zones.js";
import { kindOf } from "../core/kernel/read-json.js";
import type { ZoneTables } from "../core/time/zone-tables.js";
import { acceptOptions, wait } from "./accept-options.js";

/** How the service behaves where the rules leave it to the host. */
export type AccessServiceOptions = {
  /** What is done with a request for what the grantee holds or has asked for already (L12). Absent: `refuse`. */
  readonly overlap?: "refuse" | "extend" | "stack" | undefined;
  /** How many grants a run of `reconcile` may end. Absent: the larger of 10 and a fifth of the grants (M3). */
  readonly maxEnds?: number | undefined;
  /** Ids of those who get the notices to administrators. Absent: nobody. */
  readonly administrators?: readonly string[] | undefined;
  /** How long any port but a provisioner may take, in milliseconds. Absent: 10,000. */
  readonly portTimeoutMs?: number | undefined;
  /** How long one call of a provisioner may take, in milliseconds; a slower one answers `pending`. Absent: 30,000. */
  readonly provisionTimeoutMs?: number | undefined;
  /** How often the grantees of active grants are looked at (L10), in milliseconds. 0: at every `tick`; null: never. Absent: 900,000. */
  readonly sweepEveryMs?: number | null | undefined;
  /** How often a command starts over when others change its request at the same time, before it is a `conflict`. Absent: 5. */
  readonly attempts?: number | undefined;
  /** By what name this process claims effects. Absent: `accessflow`. */
  readonly worker?: string | undefined;
  /** Zone tables in place of the runtime's, for every decision that looks at a clock on a wall (X11). */
  readonly zones?: ZoneTables | undefined;
};

/** The options with their defaults, and how long effects are leased. */
export type ServiceSettings = {
  readonly overlap: "refuse" | "extend" | "stack";
  readonly maxEnds: number | undefined;
  readonly administrators: readonly string[];
  readonly portTimeoutMs: number;
  readonly provisionTimeoutMs: number;
  readonly sweepEveryMs: number | null;
  readonly attempts: number;
  readonly worker: string;
  readonly zones: ZoneTables | undefined;
  /**
   * Long enough for all that an effect asks of ports: facts, twice over, the provisioner, and the commit. It is not
   * an option, since a lease shorter than the work would let two workers do it at once.
   */
  readonly leaseMs: number;
};

const id = text("filled", { max: 1_024 });

const optionsShape = record("options", {
  overlap: optional(word(["refuse", "extend", "stack"])),
  maxEnds: optional(whole(0)),
  administrators: optional(anyList(id)),
  portTimeoutMs: wait,
  provisionTimeoutMs: wait,
  sweepEveryMs: optional(choice(nothing, whole(0))),
  attempts: optional(whole(1)),
  worker: optional(id),
});

/** Throws `AccessFlowError` (`facts_invalid`) for options that are none: a misspelt `overlap` must not let requests stack. */
export function settingsOf(given: AccessServiceOptions): ServiceSettings {
  const { zones, ...others } = kindOf(given) === "record" ? given : acceptOptions(optionsShape, given, []);
  // The tables have a check of their own, which does not copy them.
  requireZones(zones);
  const options = acceptOptions(optionsShape, others, ["portTimeoutMs", "provisionTimeoutMs"]);
  const { portTimeoutMs = 10_000, provisionTimeoutMs = 30_000 } = options;
  return Object.freeze<ServiceSettings>({
    overlap: options.overlap ?? "refuse",
    maxEnds: options.maxEnds,
    administrators: options.administrators ?? [],
    portTimeoutMs,
    provisionTimeoutMs,
    sweepEveryMs: options.sweepEveryMs === undefined ? 900_000 : options.sweepEveryMs,
    attempts: options.attempts ?? 5,
    worker: options.worker ?? "accessflow",
    zones,
    leaseMs: 2 * provisionTimeoutMs + 6 * portTimeoutMs,
  });
}
