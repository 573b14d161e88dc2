import { acceptFlow } from "../define/accept.js";
import { acceptCatalog, identityFaults, resourceFaults } from "../define/check-facts.js";
import { acceptZones, zoneFault } from "../evaluate/accept-zones.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { Catalog } from "../facts/catalog.js";
import type { Identity } from "../facts/identity.js";
import type { Resource } from "../facts/resource.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { listOfIterable } from "../kernel/list-of-iterable.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { type Reason, reason } from "../kernel/reason.js";
import { compareText } from "../kernel/text.js";
import { type InstantInput, toInstant } from "../time/instant.js";
import { openAt } from "../time/opening.js";
import { timetableOf } from "../time/timetable-of.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { ZoneTables } from "../time/zone-tables.js";
import { hasBit, numbersOf } from "./bit-set.js";
import { matchesIn } from "./matches.js";
import { makePart, type Part, partsWith, partWithout } from "./part.js";
import { coveringIn } from "./targets-of-segment.js";

/**
 * Many flows, ready to be asked all at once. Its answers are those of asking every flow one by one; they are ids of
 * flows, sorted by code unit, each once. An index never changes: `with` and `without` give another one, which shares
 * with this one what the two have in common.
 */
export type FlowIndex = {
  /** How many flows there are. */
  readonly size: number;
  /**
   * Which flows this person may ask for, for themselves, at that instant: where `isEligible` is true (R2).
   * Throws `AccessFlowError`: `facts_invalid` for an identity or zone tables of the wrong shape, and for tables that
   * lack a flow's zone (X11); `instant_invalid` (S8).
   */
  readonly eligible: (identity: Identity, at: InstantInput, zones?: ZoneTables) => readonly string[];
  /**
   * Which flows give a permission on a resource, whether or not they can be asked for: where `coversEntitlement` is
   * true (T8). Throws `AccessFlowError` (`facts_invalid`) for arguments of the wrong shape.
   */
  readonly covering: (resource: Resource, permission: string, catalog?: Catalog) => readonly string[];
  /** With that flow, in place of one of the same id. Throws `AccessFlowError` (`facts_invalid`) for what is no flow. */
  readonly with: (flow: AccessFlow) => FlowIndex;
  /** Without the flow of that id; the same index where there is none. */
  readonly without: (id: string) => FlowIndex;
};

/**
 * An index over flows: for hosts that show a person everything they may ask for, out of hundreds of flows or a
 * hundred thousand. How long an answer takes follows what the person holds and may ask for, not how many flows there
 * are; for a prepared identity (`prepareIdentity`) what time does not change is remembered.
 *
 * Building takes some microseconds a flow and some hundred bytes; to add or remove one flow costs a small part of
 * that for all of them.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for what is no flow, and where two flows have one id.
 *
 * @example
 * const flowFor = (id: string, group: string) =>
 *   defineAccessFlow({
 *     id,
 *     name: "Read",
 *     requestors: { conditions: [{ attribute: "group", values: [group] }] },
 *     targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 *   });
 * const index = createFlowIndex([flowFor("ledger", "finance"), flowFor("payroll", "hr"), flowFor("archive", "finance")]);
 * const ann = { id: "ann", attributes: { group: ["finance"] } };
 * index.eligible(ann, "2026-03-02T09:00:00Z");
 * // => ["archive", "ledger"]
 * index.without("ledger").with(flowFor("budget", "finance")).eligible(ann, "2026-03-02T09:00:00Z");
 * // => ["archive", "budget"]
 * index.covering({ id: "db-1", name: "ledger", type: "database", integration: "pg" }, "read");
 * // => ["archive", "ledger", "payroll"]
 */
export function createFlowIndex(flows: Iterable<AccessFlow>): FlowIndex {
  const listed = listOfIterable(flows);
  if (listed === null) throw errorOfFaults([faultOf("flows")]);
  const checked = listed.map(requireFlow).sort((left, right) => compareText(left.id, right.id));
  for (let i = 1; i < checked.length; i += 1) {
    if (checked[i]?.id === checked[i - 1]?.id) throw errorOfFaults([faultOf("flows")]);
  }
  return indexOf(checked.length === 0 ? [] : [makePart(checked)]);
}

function indexOf(parts: readonly Part[]): FlowIndex {
  const without = (id: string): FlowIndex => {
    const left = parts.map((part) => partWithout(part, id));
    if (left.every((part, position) => part === parts[position])) return index;
    return indexOf(left.filter((part) => part !== null));
  };
  const index: FlowIndex = {
    size: parts.reduce((sum, part) => sum + part.size, 0),
    eligible: (identity, at, zones) => eligibleAmong(parts, identity, at, zones),
    covering: (resource, permission, catalog) => coveringAmong(parts, resource, permission, catalog),
    with: (flow) => {
      const accepted = requireFlow(flow);
      const others = parts.map((part) => partWithout(part, accepted.id)).filter((part) => part !== null);
      return indexOf(partsWith(others, accepted));
    },
    without,
  };
  return Object.freeze(index);
}

function eligibleAmong(parts: readonly Part[], identity: Identity, at: InstantInput, tables: ZoneTables | undefined): readonly string[] {
  const faults: Reason[] = [...identityFaults("identity", identity)];
  const zones = acceptZones(tables);
  if (!zones.ok) faults.push(zones.error);
  else if (tables !== undefined) for (const fault of missingZones(parts, zones.value)) faults.push(fault);
  const instant = toInstant(at);
  if (instant === null) faults.push(reason("instant_invalid", "S8", [], { argument: "at" }));
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  if (instant === null || !zones.ok || identity.active === false) return none;
  return sortedIds(
    parts.map((part) => {
      const { ids, schedules, scheduleOf } = part.segment;
      const outcomes = new Uint8Array(schedules.length);
      const eligible: string[] = [];
      for (const position of matchesIn(part.segment, identity)) {
        const number = scheduleOf[position] ?? 0;
        // 0 not asked yet, 1 open, 2 closed: every schedule is asked once.
        if (outcomes[number] === 0) outcomes[number] = openAt(timetableOf(schedules[number] ?? always, zones.value), instant) ? 1 : 2;
        if (outcomes[number] === 1 && isLeft(part, position)) eligible.push(ids[position] ?? "");
      }
      return eligible;
    }),
  );
}

function missingZones(parts: readonly Part[], zones: ZoneSource): readonly Reason[] {
  const schedules = parts.flatMap(({ segment }) => segment.schedules);
  return schedules.map((schedule) => zoneFault(schedule, zones)).filter((fault) => fault !== null);
}

function coveringAmong(parts: readonly Part[], resource: Resource, permission: string, catalog: Catalog | undefined): readonly string[] {
  const accepted = acceptCatalog("catalog", catalog);
  const faults: Reason[] = [
    ...resourceFaults("resource", resource),
    ...(typeof permission === "string" ? [] : [faultOf("permission")]),
    ...(accepted.ok ? [] : accepted.error),
  ];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  // Only for the compiler: what was refused has thrown.
  if (!accepted.ok) return none;
  return sortedIds(
    parts.map((part) => {
      const positions = numbersOf(coveringIn(part.segment, resource, permission, accepted.value));
      return positions.filter((position) => isLeft(part, position)).map((position) => part.segment.ids[position] ?? "");
    }),
  );
}

const none: readonly string[] = Object.freeze([]);
const always = Object.freeze({ kind: "always" as const });

function isLeft({ removed }: Part, position: number): boolean {
  return removed === null || !hasBit(removed, position);
}

/** Each list is sorted already: that of one part is the answer. */
function sortedIds(lists: readonly (readonly string[])[]): readonly string[] {
  const filled = lists.filter((ids) => ids.length > 0);
  return Object.freeze(filled.length === 1 ? (filled[0] ?? none) : filled.flat().sort(compareText));
}

function requireFlow(flow: unknown): AccessFlow {
  const accepted = acceptFlow(flow);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return accepted.value;
}

function faultOf(argument: string): Reason {
  return reason("facts_invalid", "C4", Object.freeze([]), { argument, at: Object.freeze([]) });
}
