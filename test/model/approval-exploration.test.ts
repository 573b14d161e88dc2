import { afterAll, describe, expect, it } from "vitest";
import { restoreApprovalState } from "../../src/core/approval/restore-approval-state.js";
import { overlap } from "../../src/core/approval/state/person-record.js";
import { faultyApprovals } from "./approval-faults.js";
import { brokenIn } from "./approval-invariants.js";
import { configurations, explore } from "./approval-world.js";

/*
 * A small approval machine, explored to the end: every event at every instant in every state that can be
 * reached. The invariants are those that a host relies on, numbered as in the rules of the machine; those that
 * are not here (1, 2, 3, 6, 11, 12, 14) speak of access, windows and views, which an approval by itself has not.
 */

const invariants: [string, number, string][] = [
  ["A4", 4, "an end stays, and no vote is ever taken away"],
  ["A5, A6", 5, "no vote counts by a party, by anybody inactive, or twice for a group; and what is approved has enough of them"],
  ["A11", 7, "every undecided state has a timer, and ends by time alone; or never expires, and somebody can act"],
  ["A12", 8, "`wakeAt` is exact to the millisecond"],
  ["A14", 9, "the revision counts recorded events, the state is their fold, and what is empty gives the very state"],
  ["A14", 10, "effects and their keys are a function of state and event, and no key is used twice"],
  ["A6, A10", 13, "what is unknown approves nothing, and nothing is decided before its vote or its tier"],
];

let [allStates, allSteps] = [0, 0];

const named = configurations.map((configuration) => [configuration.name, configuration] as const);

describe.each(named)("an approval explored to the end: %s", (_, configuration) => {
  const explored = explore(configuration);
  const { states, transitions } = explored;
  const broken = brokenIn(explored);
  allStates += states.length;
  allSteps += transitions.length;

  it.each(invariants)("%s: invariant %i: %s", (_rule, number) => {
    expect(broken.get(number) ?? []).toEqual([]);
  });

  it("A4: every end is reached, within bounds that have not shrunk", () => {
    expect(states.length).toBeGreaterThanOrEqual(configuration.atLeast);
    const ends = ["approved", "pending", "rejected", "withdrawn"];
    const { approval } = configuration;
    const expires = approval.kind === "approvalOf" && approval.expiresAfter !== "never";
    expect([...new Set(states.map(({ status }) => status))].sort()).toEqual([...ends, ...(expires ? ["expired"] : [])].sort());
  });

  it("A6: without the setting the requestor does decide, so that its effect is seen", () => {
    const decidedBy = states.filter(({ status }) => status === "approved").map(({ votes }) => votes.at(-1));
    const selves = decidedBy.filter((vote) => vote !== undefined && overlap(vote.keys, ["ada"]));
    expect(selves.length > 0).toBe(!configuration.requestorCannotApproveSelf);
  });

  it("TH21: every state that can be reached can be restored, and no other status can be put in its place", () => {
    const wrong = states.filter((state) => {
      const others = (["pending", "approved", "rejected"] as const).filter((status) => status !== state.status);
      const decidedAt = (status: string) => (status === "pending" ? null : state.lastAt);
      return (
        !restoreApprovalState(JSON.parse(JSON.stringify(state))).ok ||
        others.some((status) => restoreApprovalState(JSON.parse(JSON.stringify({ ...state, status, decidedAt: decidedAt(status) }))).ok)
      );
    });
    expect(wrong).toEqual([]);
  });
});

afterAll(() => {
  const bounds = `${configurations.length} configurations, eight people at most, five instants at most`;
  console.info(`approval machine (${bounds}): ${allStates} states, ${allSteps} steps`);
});

describe("negative controls: a machine with one fault breaks one invariant", () => {
  const [tier, , both] = configurations;

  it.each<[number, keyof typeof faultyApprovals, typeof tier]>([
    [4, "an end that changes", both],
    [4, "a vote forgotten", tier],
    [5, "aliases left out", both],
    [5, "who has left votes", both],
    [5, "one vote is enough", both],
    [7, "a deadline forgotten", both],
    [8, "a timer late", both],
    [9, "a revision skipped", both],
    [9, "a record that leaves out", tier],
    [10, "effects by chance", both],
    [13, "what is unknown holds", both],
    [13, "votes judged by a later time", tier],
  ])("A4–A14: invariant %i, and no other, is broken by: %s", (number, fault, configuration) => {
    if (configuration === undefined) throw new Error("no such configuration");
    expect([...brokenIn(explore(configuration, faultyApprovals[fault])).keys()]).toEqual([number]);
  });
});
