import { type ApprovalEvent, transitionApproval } from "../accessflow.js";
import { loadMachines } from "../machines.js";
import type { Contender, Workload } from "../measure.js";
import { floorVote, openedApproval, type PlainState, plainOpened, type Vote, votes } from "../one-approval.js";

/** An approval with so many votes for one group, and one for the other. */
function voteAfter(count: number): () => unknown {
  let state = openedApproval();
  const [first, second] = votes as readonly [Vote, Vote];
  for (let number = 0; number < count; number += 1) {
    const voter = { ...first.voter, id: `lead-${number}`, emails: [`lead-${number}@corp.example`] };
    const voted = transitionApproval(state, { ...first, voter } as ApprovalEvent);
    if (!voted.ok) throw new Error("a vote was refused");
    state = voted.value.state;
  }
  return () => transitionApproval(state, second as ApprovalEvent);
}

export const workload: Workload = {
  id: "b5a",
  title: "One vote in memory: two groups, both needed; the requestor excluded",
  growth: [{ name: "transitionApproval", unit: "votes before", sizes: [1, 10, 100, 900], at: (size) => voteAfter(size) }],
  cases: async () => {
    const vote = (index: number): Vote => votes[index] as Vote;
    const opened = openedApproval();
    const { machines, notes } = await loadMachines();
    const peers = [...machines].map(([name, machine]): Contender => ({ name, role: "peer", run: (index) => machine.vote(vote(index)) }));
    const ours = (index: number): ReturnType<typeof transitionApproval> => transitionApproval(opened, vote(index) as ApprovalEvent);
    const ourAnswer = (given: unknown): string => {
      const result = given as ReturnType<typeof transitionApproval>;
      return result.ok ? result.value.state.status : "refused";
    };
    return [
      {
        name: "one vote",
        questions: votes.length,
        contenders: [
          {
            name: "reducer by hand",
            role: "floor",
            run: (index) => floorVote(plainOpened, vote(index)),
            answer: (given) => (given as PlainState | null)?.status ?? "refused",
          },
          { name: "transitionApproval", role: "accessflow", run: ours, answer: ourAnswer },
          ...peers,
        ],
        goals: [
          { of: "transitionApproval", against: "reducer by hand", atMost: 3 },
          { of: "transitionApproval", against: "xstate transition", atMost: 1 / 150 },
        ],
        notes,
      },
    ];
  },
};
