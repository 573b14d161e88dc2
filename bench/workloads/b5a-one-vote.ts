import { type ApprovalEvent, type ApprovalState, transitionApproval } from "../accessflow.js";
import { loadMachines } from "../machines.js";
import { madeAndFrozen } from "../made-and-frozen.js";
import type { Contender, Workload } from "../measure.js";
import { approvalAfter, floorVote, openedApproval, type PlainState, plainOpened, storedSize, type Vote, votes } from "../one-approval.js";

/** One more vote, the one that decides where there are only two groups. */
function oneMore(state: ApprovalState): () => unknown {
  const vote = votes[1] as ApprovalEvent;
  return () => transitionApproval(state, vote);
}

/** A course of so many votes, from the opening on, over again: each is of a state that was made by the one before. */
function course(count: number): () => unknown {
  const [first] = votes as readonly [Vote];
  const events = Array.from({ length: count }, (_, number) => {
    const voter = { ...first.voter, id: `lead-${number}`, emails: [`lead-${number}@corp.example`] };
    return { ...first, voter } as ApprovalEvent;
  });
  const opened = openedApproval();
  let state = opened;
  let next = 0;
  return () => {
    const voted = transitionApproval(state, events[next] as ApprovalEvent);
    next = (next + 1) % count;
    state = next === 0 || !voted.ok ? opened : voted.value.state;
    return voted;
  };
}

export const workload: Workload = {
  id: "b5a",
  title: "One vote in memory: two groups, both needed; the requestor excluded",
  growth: [
    { name: "transitionApproval", unit: "votes before", sizes: [1, 10, 100, 900], at: (size) => oneMore(approvalAfter(size)) },
    { name: "transitionApproval, each vote of a course", unit: "votes", sizes: [1, 10, 100, 900], at: course },
    { name: "transitionApproval", unit: "groups", sizes: [2, 5, 15, 50], at: (size) => oneMore(openedApproval(size - 2)) },
  ],
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
          madeAndFrozen(
            votes.map((_, index) => () => ours(index)),
            votes.map((each) => floorVote(plainOpened, each)?.status ?? "refused"),
          ),
          ...peers,
        ],
        goals: [
          { of: "transitionApproval", against: "reducer by hand", atMost: 3 },
          { of: "transitionApproval", against: "xstate transition", atMost: 1 / 150 },
        ],
        figures: [
          storedSize("2 groups, no vote", openedApproval()),
          storedSize("2 groups, 1 vote", approvalAfter(1)),
          storedSize("2 groups, 10 votes", approvalAfter(10)),
          storedSize("2 groups, 100 votes", approvalAfter(100)),
          storedSize("2 groups, 900 votes", approvalAfter(900)),
          storedSize("50 groups, no vote", openedApproval(48)),
        ],
        notes,
      },
    ];
  },
};
