import { describe, expect, it } from "vitest";
import { restoreRequestState } from "../../src/core/request/restore-request-state.js";
import { viewFor } from "../../src/core/request/view-for.js";
import { endless, explored, mislogged, type View } from "./request-invariants.js";
import { begun, type Configuration, configurations, explore, type Fault, honestStep, nameOf } from "./request-world.js";

/*
 * The request machine in a small world, explored to the end. Each test is one of the invariants that a host relies on,
 * under its number; the negative controls show that a machine or a host with a fault would break that one, and, where
 * a fault can be so narrow, no other.
 */

const results = configurations.map((configuration) => ({ configuration, ...explored(configuration) }));

const invariants: [number, string][] = [
  [1, "no access, and no order to give it, in a final state"],
  [2, "activating only after approval, MFA of the grantee and just now, and fresh facts, with the schedule open and the start reached"],
  [3, "access in the world only in activating, active and deactivating"],
  [4, "a final status stays, an approval stays, a rejection stays"],
  [5, "no vote by requestor or grantee under any id, or by who has left, and none twice"],
  [6, "ended, revoked and activationFailed only after `deactivated` of the newest generation"],
  [7, "every state that is no end has a timer, an open effect or somebody who can act"],
  [8, "`wakeAt` is exact to the millisecond"],
  [9, "the revision counts recorded events, and the state is their fold"],
  [10, "effects and their keys are a function of state and event"],
  [11, "the window stays within what was granted, only an extension moves it, and nobody becomes active after its end"],
  [13, "what is unknown gives nothing, and what comes later begins later"],
  [14, "no view of requestor or grantee, under any id, holds an approval's reason"],
];

describe("the request machine in a small world, explored to the end", () => {
  it.each(invariants)("L3–L7: invariant %i: %s", (number) => {
    const found = results.flatMap(({ configuration, broken }) =>
      [...new Set(broken.get(number) ?? [])].map((what) => `${nameOf(configuration)}: ${what}`),
    );
    expect(found).toEqual([]);
  });

  it("L6: invariant 7: from every state time and honest workers come to an end, unless the access is without one", () => {
    expect(results.flatMap(({ configuration, worlds }) => endless(worlds).map((what) => `${nameOf(configuration)}: ${what}`))).toEqual([]);
  });

  it("L3: invariant 13: no event before the access brings it earlier by coming later", () => {
    expect(results.flatMap(({ configuration, hastened }) => hastened.map((what) => `${nameOf(configuration)}: ${what}`))).toEqual([]);
  });

  it("L7: invariant 9: the log of the whole way leads to the state, one in 151 of them", () => {
    const found = results.flatMap(({ configuration, ...each }) => mislogged(each, 151).map((what) => `${nameOf(configuration)}: ${what}`));
    expect(found).toEqual([]);
  });

  it("L13: a state that can be reached can be restored, one in 151 of them", () => {
    const states = results.flatMap(({ worlds }) => worlds.map(({ state }) => state));
    const sample = states.filter((_, index) => index % 151 === 0);
    expect(sample.length).toBeGreaterThan(50);
    const wrong = sample.flatMap((state) => {
      const restored = restoreRequestState(JSON.parse(JSON.stringify(state)));
      return restored.ok ? [] : [restored.error];
    });
    expect(wrong).toEqual([]);
  });

  it("L: every status is reached, within bounds that have not shrunk", () => {
    const reached = new Set(results.flatMap(({ worlds }) => worlds.map(({ state }) => state.status)));
    expect(reached.size).toBe(12);
    const [states, steps] = [
      results.reduce((sum, { worlds }) => sum + worlds.length, 0),
      results.reduce((sum, each) => sum + each.steps, 0),
    ];
    // The bounds: those of the world, and what `configurations` has.
    const bounds = `${configurations.length} configurations, one entitlement, ten ticks of six hours`;
    console.info(`request machine (${bounds}): ${states} states, ${steps} steps`);
    expect(states).toBeGreaterThanOrEqual(108_886);
    expect(steps).toBeGreaterThanOrEqual(384_578);
  });
});

/** Which invariants a fault breaks within so many states. */
function brokenBy(fault: Fault | null, configuration: Configuration, view?: View): readonly number[] {
  return [...explored(configuration, fault, view, 1_500).broken.keys()].sort((left, right) => left - right);
}

describe("negative controls", () => {
  const plain: Configuration = { mfa: false, approval: false, startAt: null, indefinite: false, extensions: 0, grantee: false };
  const approved: Configuration = { ...plain, approval: true };

  it("without a fault nothing is broken", () => {
    const whole: Configuration = { ...approved, mfa: true, extensions: 1, grantee: true };
    expect([plain, approved, whole].map((configuration) => brokenBy(null, configuration))).toEqual([[], [], []]);
  });

  it.each<[number, Fault, Configuration]>([
    [1, "an order kept past the end", plain],
    [2, "facts however old", plain],
    [2, "active at once", plain],
    [2, "MFA however old", { ...plain, mfa: true }],
    [2, "MFA of anybody", { ...plain, mfa: true }],
    [3, "access given ahead", plain],
    [4, "an end that changes", plain],
    [4, "an approval that is lost", approved],
    [5, "aliases left out", approved],
    [5, "who has left votes", approved],
    [6, "a failed removal taken for one", plain],
    [7, "a removal lost", plain],
    [8, "a timer late", plain],
    [9, "a revision skipped", plain],
    [9, "a record that leaves out", plain],
    [10, "effects by chance", plain],
    [11, "a window that moves", plain],
    [11, "a window too long", plain],
    [11, "active after the end", plain],
    [13, "what is unknown extends", { ...plain, extensions: 1 }],
    [13, "an unknown grantee extends", { ...plain, extensions: 1, grantee: true }],
    [13, "an unknown flow extends", { ...plain, extensions: 1 }],
    [13, "unknown coverage extends", { ...plain, extensions: 1 }],
    [13, "a late answer dated back", plain],
  ])("L3–L7: invariant %i, and no other, is broken by: %s", (number, fault, configuration) => {
    expect(brokenBy(fault, configuration)).toEqual([number]);
  });

  it.each<[number[], Fault, Configuration]>([
    [[1, 3], "effects out of order", plain],
    [[1, 3, 6, 9], "activationFailed as a direct end", plain],
    [[1, 3, 4, 9, 11], "no revision check", approved],
    [[7, 8], "a timer lost", plain],
    [[2, 13], "what is unknown holds", plain],
  ])("L3–L7: the invariants %j are broken by: %s", (numbers, fault, configuration) => {
    expect(brokenBy(fault, configuration)).toEqual(numbers);
  });

  it("L8: invariant 14, and no other, is broken by a view that shows the state", () => {
    expect(brokenBy(null, approved, (state) => state)).toEqual([14]);
  });

  it("L8: invariant 14, and no other, is broken by a view that takes an administrator's word for who they are", () => {
    const trusting: View = (state, viewer) =>
      viewFor(state, viewer.administrator === true ? { ...viewer, identity: { id: "root" } } : viewer);
    expect(brokenBy(null, approved, trusting)).toEqual([14]);
  });

  it("L7: invariant 9 is broken by records that leave out: their log leads elsewhere, or nowhere", () => {
    const [whole, leavesOut] = [null, "a record that leaves out" as const].map((fault) => explored(plain, fault, viewFor, 300));
    expect(whole && mislogged(whole, 1)).toEqual([]);
    expect(leavesOut && mislogged(leavesOut, 1)).not.toEqual([]);
  });

  it("L3: invariant 13 is broken where a late answer is dated back: to wait pays", () => {
    expect([explored(plain).hastened, explored(plain, "a late answer dated back").hastened.length > 0]).toEqual([[], true]);
  });

  it("L6: invariant 7 is broken where timers never fire: some states come to no end", () => {
    expect(
      endless(
        explore(begun(plain), () => {}),
        (world) => (world.lane.length > 0 ? honestStep(world) : null),
      ),
    ).not.toEqual([]);
  });
});
