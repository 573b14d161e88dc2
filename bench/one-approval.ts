/* The question of B5: what becomes of an approval after one vote. Two groups, both needed; the requestor excluded. */
import {
  type AccessFlow,
  type ApprovalEvent,
  type ApprovalState,
  defineAccessFlow,
  startApproval,
  transitionApproval,
} from "./accessflow.js";
import type { Figure } from "./measure.js";

export type Voter = { readonly id: string; readonly emails: readonly string[]; readonly attributes: { readonly group: readonly string[] } };

export type Vote = { readonly type: "vote"; readonly voter: Voter; readonly decision: "approve" | "reject"; readonly at: number };

const opened = Date.UTC(2026, 2, 2, 9);
const personOf = (id: string, group: readonly string[]): Voter => ({ id, emails: [`${id}@corp.example`], attributes: { group } });
export const requestor = personOf("ada", ["team-1", "security"]);

/** An approver of each group, of both, of none, the requestor, and a no. */
export const votes: readonly Vote[] = [
  { type: "vote", voter: personOf("grace", ["team-1", "leads"]), decision: "approve", at: opened + 1_000 },
  { type: "vote", voter: personOf("edith", ["security"]), decision: "approve", at: opened + 2_000 },
  { type: "vote", voter: personOf("alan", ["leads", "security"]), decision: "approve", at: opened + 3_000 },
  { type: "vote", voter: personOf("mallory", ["team-2"]), decision: "approve", at: opened + 4_000 },
  { type: "vote", voter: requestor, decision: "approve", at: opened + 5_000 },
  { type: "vote", voter: personOf("grace", ["leads"]), decision: "reject", at: opened + 6_000 },
];

/** The approval of the questions; `more` groups are needed beside the two, up to the 50 that a flow may have. */
export function openedApproval(more = 0): ApprovalState {
  const names = ["leads", "security", ...Array.from({ length: more }, (_, number) => `more-${number}`)];
  const groups = names.map((group) => ({ conditions: [{ attribute: "group", values: [group] }] }));
  const flow: AccessFlow = defineAccessFlow({
    name: "Benchmark",
    requestors: { conditions: [{ attribute: "group", values: ["team-1"] }] },
    targets: [{ kind: "bundle", bundle: "all" }],
    approval: { kind: "approvalOf", groups: "allOf", approverGroups: groups as never },
    settings: { requestorCannotApproveSelf: true },
  });
  const started = startApproval(flow, { requestor, at: opened });
  if (!started.ok) throw new Error("the approval did not start");
  return started.value.state;
}

/** The same with so many votes for one of its groups. */
export function approvalAfter(count: number): ApprovalState {
  const [first] = votes as readonly [Vote];
  let state = openedApproval();
  for (let number = 0; number < count; number += 1) {
    const voter = { ...first.voter, id: `lead-${number}`, emails: [`lead-${number}@corp.example`] };
    const voted = transitionApproval(state, { ...first, voter } as ApprovalEvent);
    if (!voted.ok) throw new Error("a vote was refused");
    state = voted.value.state;
  }
  return state;
}

/** How large a stored state is. */
export function storedSize(name: string, state: ApprovalState): Figure {
  return { name: `stored state, ${name}`, value: Buffer.byteLength(JSON.stringify(state)), unit: "B", atMost: null };
}

/** By hand: what has to be kept, and nothing else. */
export type PlainState = {
  readonly status: "pending" | "approved" | "rejected";
  readonly requestor: readonly string[];
  readonly votes: readonly { readonly voter: string; readonly at: number; readonly leads: boolean; readonly security: boolean }[];
};

export const plainOpened: PlainState = { status: "pending", requestor: [requestor.id, ...requestor.emails], votes: [] };

/** The next state, or null where the vote is refused. */
export function floorVote(state: PlainState, { voter, decision, at }: Vote): PlainState | null {
  if (state.status !== "pending") return null;
  if (state.requestor.includes(voter.id) || voter.emails.some((email) => state.requestor.includes(email))) return null;
  for (const vote of state.votes) if (vote.voter === voter.id) return null;
  const leads = voter.attributes.group.includes("leads");
  const security = voter.attributes.group.includes("security");
  if (!leads && !security) return null;
  const kept = [...state.votes, { voter: voter.id, at, leads, security }];
  if (decision === "reject") return { status: "rejected", requestor: state.requestor, votes: kept };
  const done = kept.some((vote) => vote.leads) && kept.some((vote) => vote.security);
  return { status: done ? "approved" : "pending", requestor: state.requestor, votes: kept };
}

/** What contenders are compared by. */
export type Outcome = "pending" | "approved" | "rejected" | "refused";
