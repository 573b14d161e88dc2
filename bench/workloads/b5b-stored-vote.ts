import { type ApprovalEvent, type ApprovalState, restoreApprovalState, transitionApproval } from "../accessflow.js";
import { loadMachines } from "../machines.js";
import type { Contender, Workload } from "../measure.js";
import { approvalAfter, floorVote, openedApproval, type PlainState, plainOpened, type Vote, votes } from "../one-approval.js";

/** Votes that are accepted: a refused one stores nothing. */
const accepted = votes.filter((vote) => floorVote(plainOpened, vote) !== null);

/** A vote about a stored state, which is read, checked, and written. */
function storedVote(state: ApprovalState): () => string {
  const text = JSON.stringify(state);
  const vote = votes[1] as ApprovalEvent;
  return () => written(text, vote);
}

function written(text: string, vote: ApprovalEvent): string {
  const restored = restoreApprovalState(JSON.parse(text));
  const after = restored.ok ? transitionApproval(restored.value, vote) : restored;
  return after.ok ? JSON.stringify(after.value.state) : "";
}

/** The text read and written again, and nothing done: no state that is stored as JSON costs less. */
function carried(state: ApprovalState): () => string {
  const text = JSON.stringify(state);
  return () => JSON.stringify(JSON.parse(text));
}

const name = "restored, checked, transitionApproval";

export const workload: Workload = {
  id: "b5b",
  title: "The same, from JSON text and back to it at every vote",
  growth: [
    { name, unit: "votes before", sizes: [1, 10, 100, 900], at: (size) => storedVote(approvalAfter(size)) },
    {
      name: "JSON.parse and JSON.stringify alone",
      unit: "votes before",
      sizes: [1, 10, 100, 900],
      at: (size) => carried(approvalAfter(size)),
    },
    { name, unit: "groups", sizes: [2, 5, 15, 50], at: (size) => storedVote(openedApproval(size - 2)) },
    { name: "JSON.parse and JSON.stringify alone", unit: "groups", sizes: [2, 5, 15, 50], at: (size) => carried(openedApproval(size - 2)) },
  ],
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
            name,
            role: "accessflow",
            run: (index) => written(text, vote(index) as ApprovalEvent),
            answer: (stored) => (JSON.parse(stored as string) as ApprovalState).status,
          },
          ...peers,
        ],
        goals: [{ of: name, against: "reducer by hand", atMost: 2 }],
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
