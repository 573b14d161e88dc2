import { type ApprovalEvent, type ApprovalState, restoreApprovalState, transitionApproval } from "../accessflow.js";
import { loadMachines } from "../machines.js";
import type { Contender, Workload } from "../measure.js";
import { floorVote, openedApproval, type PlainState, plainOpened, type Vote, votes } from "../one-approval.js";

/** Votes that are accepted: a refused one stores nothing. */
const accepted = votes.filter((vote) => floorVote(plainOpened, vote) !== null);

export const workload: Workload = {
  id: "b5b",
  title: "The same, from JSON text and back to it at every vote",
  cases: async () => {
    const vote = (index: number): Vote => accepted[index] as Vote;
    const text = JSON.stringify(openedApproval());
    const plainText = JSON.stringify(plainOpened);
    const { machines, notes } = await loadMachines();
    const votesIn = (stored: unknown): string => /"status":"(\w+)"/.exec(stored as string)?.[1] ?? "";
    const peers = [...machines].map(
      ([name, machine]): Contender => ({
        name,
        role: "peer",
        run: (index) => machine.storedVote(vote(index)),
        answer: (stored) => keptStatus(stored),
      }),
    );
    return [
      {
        name: "one stored vote",
        questions: accepted.length,
        contenders: [
          {
            name: "reducer by hand",
            role: "floor",
            run: (index) => JSON.stringify(floorVote(JSON.parse(plainText) as PlainState, vote(index))),
            answer: votesIn,
          },
          {
            name: "restored, checked, transitionApproval",
            role: "accessflow",
            run: (index) => {
              const restored = restoreApprovalState(JSON.parse(text));
              const after = restored.ok ? transitionApproval(restored.value, vote(index) as ApprovalEvent) : restored;
              return after.ok ? JSON.stringify(after.value.state) : "";
            },
            answer: (stored) => (JSON.parse(stored as string) as ApprovalState).status,
          },
          ...peers,
        ],
        goals: [{ of: "restored, checked, transitionApproval", against: "reducer by hand", atMost: 2 }],
        notes,
      },
    ];
  },
};

/** The reducer's state within whatever a library stores around it. */
function keptStatus(stored: unknown): string {
  const value = JSON.parse(stored as string) as { context?: { kept: PlainState }; kept?: PlainState };
  return (value.context?.kept ?? value.kept)?.status ?? "";
}
