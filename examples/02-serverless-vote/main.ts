/*
 * A vote as a function that keeps nothing: load, restore, transition, save where the revision is still the one
 * that was loaded; and again from the start when nothing was saved. Two people vote at the same moment here:
 * neither vote is lost, and none counts twice.
 */
import { type ApprovalEvent, ApprovalStateMachine, defineAccessFlow, explain, restoreApprovalState } from "accessflow";

type Row = { readonly revision: number; readonly state: string };

/** A database table of one row, as far as a request is concerned. */
const table = new Map<string, Row>();

/** `UPDATE approvals SET revision = …, state = … WHERE id = … AND revision = …`: how many rows it changed. */
function update(id: string, expected: number, row: Row): number {
  if (table.get(id)?.revision !== expected) return 0;
  table.set(id, row);
  return 1;
}

/** Another invocation is as likely to run here as anywhere between reading and writing. */
const meanwhile = (): Promise<void> => Promise.resolve();

/** The whole of the function: what a serverless handler does with one event. */
async function handle(id: string, event: ApprovalEvent, log: (line: string) => void): Promise<string> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const row = table.get(id);
    if (row === undefined) return "not found";
    const restored = restoreApprovalState(JSON.parse(row.state));
    if (!restored.ok) return `not a state of ours: ${restored.error[0].message}`;

    const answer = ApprovalStateMachine.transition(restored.value, event);
    if (!answer.ok) return explain(answer.error).join(" ");
    if (answer.value.recorded === null) return "nothing to do";

    await meanwhile();
    const { state, effects } = answer.value;
    const changed = update(id, row.revision, { revision: state.revision, state: JSON.stringify(state) });
    if (changed === 1) {
      for (const effect of effects) log(`effect ${effect.key}: ${effect.type}`);
      return `saved as revision ${state.revision}: ${state.status}`;
    }
    log(`attempt ${attempt}: somebody was faster, again from the start`);
  }
  return "too busy: try again later";
}

const flow = defineAccessFlow({
  name: "Production database",
  requestors: { conditions: [{ attribute: "group", values: ["developers"] }] },
  targets: [{ kind: "bundle", bundle: "production database" }],
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [{ conditions: [{ relation: "manager" }] }, { conditions: [{ attribute: "group", values: ["dba"] }] }],
  },
  settings: { requestorCannotApproveSelf: true },
});

const at = "2026-03-02T09:00:00Z";
const requestor = { id: "ada", emails: ["ada@corp.example"], manager: "grace" };
const started = ApprovalStateMachine.start(flow, { requestor, at });
if (!started.ok) throw new Error(explain(started.error).join(" "));
table.set("request-1", { revision: 0, state: JSON.stringify(started.value.state) });

const vote = (voter: string, groups: readonly string[], minute: number): ApprovalEvent => ({
  type: "vote",
  voter: { id: voter, emails: [`${voter}@corp.example`], attributes: { group: groups } },
  decision: "approve",
  at: `2026-03-02T09:0${minute}:00Z`,
});

const votes = [vote("grace", ["managers"], 5), vote("dinesh", ["dba"], 5)];
const answers = await Promise.all(
  votes.map((event, index) => handle("request-1", event, (line) => console.log(`vote ${index + 1}: ${line}`))),
);
for (const [index, answer] of answers.entries()) console.log(`vote ${index + 1}: ${answer}`);

const late = await handle("request-1", vote("ada", ["dba"], 6), console.log);
console.log(`vote 3: ${late}`);
