import { factWalk } from "../../core/define/check-facts.js";
import { checkPart } from "../../core/define/check-part.js";
import { filledList, optional, type RecordShape, record, required, text, whole, word } from "../../core/define/shape.js";
import { errorOfIssues } from "../../core/kernel/access-flow-error.js";
import { actorShape } from "../command/accept-command.js";

type QuestionName = "get" | "list" | "availableTo" | "tick" | "reconcile";

/** Ids of people may be long names of a directory. */
const id = text("filled", { max: 1_024 });

const statuses = [
  ...["awaitingMfa", "awaitingApproval", "scheduled", "activating", "active", "deactivating"],
  ...["ended", "revoked", "rejected", "withdrawn", "expired", "activationFailed"],
];

const questionShapes: { readonly [name in QuestionName]: RecordShape } = {
  get: record("get", { actor: required(actorShape), request: required(id) }),
  list: record("list", {
    actor: required(actorShape),
    query: required(
      record("query", {
        requestor: optional(id),
        grantee: optional(id),
        voter: optional(id),
        flow: optional(id),
        statuses: optional(filledList(word(statuses))),
        after: optional(text("wellFormed")),
        limit: required(whole(1)),
      }),
    ),
  }),
  availableTo: record("availableTo", { actor: required(actorShape), grantee: optional(id) }),
  tick: record("tick", { limit: required(whole(1)), budgetMs: required(whole(0)) }),
  reconcile: record("reconcile", { flow: required(id), maxEnds: optional(whole(0)) }),
};

/** A question of the stated shape, copied and frozen. Throws `AccessFlowError` with all issues: an answer has no room for them. */
export function acceptQuestion<T>(name: QuestionName, question: T): T {
  const checked = checkPart<T>(questionShapes[name], question, factWalk);
  if (!checked.ok) throw errorOfIssues(`not what \`${name}\` may be asked:`, checked.error);
  return checked.value;
}
