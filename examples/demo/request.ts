import {
  type AccessFlow,
  type ApprovalPlan,
  type ApprovalState,
  type Catalog,
  type Duration,
  type GrantWindow,
  type Identity,
  type Instant,
  planApproval,
  type Reason,
  type Resource,
} from "accessflow";
import { printDate } from "./calendar.js";
import type { Company } from "./company.js";
import type { Outcome, RequestRow } from "./story.js";
import { list } from "./words.js";

/** What somebody asks for. */
export type Ask = {
  /** File name of the flow. */
  readonly flow: string;
  readonly requestor: string;
  readonly grantee?: string;
  readonly permission: string;
  readonly resources: readonly string[];
  readonly requestedDuration?: Duration;
  readonly startAt?: string;
  readonly justification?: string;
};

/** A request as this little host keeps it. A real one stores `state` and saves it where the revision is unchanged. */
export type Request = {
  readonly number: number;
  readonly ask: Ask;
  readonly flow: AccessFlow;
  readonly askedAt: Instant;
  outcome: Outcome;
  reasons: readonly Reason["code"][];
  state: ApprovalState | null;
  grant: GrantWindow | null;
};

export function wishOf({ ask, flow }: Request, company: Company): string {
  const { grantee, requestedDuration: length, startAt, justification } = ask;
  const why = justification === undefined ? "" : `: “${justification}”`;
  const forWhom = grantee === undefined ? "" : ` for ${company.nameOf(grantee)}`;
  const long = length === undefined ? "" : `, for ${length.amount} ${length.unit}${length.amount === 1 ? "" : "s"}`;
  const from = startAt === undefined ? "" : `, from ${printDate(Date.parse(startAt))}`;
  const what = list(ask.resources.map((id) => company.resource(id).name));
  return `${company.nameOf(ask.requestor)} asks${forWhom}: ${flow.name} · ${ask.permission} on ${what}${long}${from}${why}`;
}

type ApprovalInput = {
  readonly requestor: Identity;
  readonly grantee: Identity | undefined;
  readonly resources: Resource[];
  readonly catalog: Catalog;
  readonly at: Instant;
};

/** What the approval of the request is opened with. */
export function approvalInput({ ask, askedAt }: Request, { person, resource, catalog }: Company): ApprovalInput {
  const grantee = ask.grantee === undefined ? undefined : person(ask.grantee);
  return { requestor: person(ask.requestor), grantee, resources: ask.resources.map(resource), catalog, at: askedAt };
}

/** Who in the whole company may vote on it. */
export function planOf(request: Request, company: Company): ApprovalPlan {
  return planApproval(request.flow, { ...approvalInput(request, company), candidates: company.identities, complete: true });
}

/** Its line in the closing table. */
export function rowOf({ number, ask, flow, askedAt, outcome, reasons, state, grant }: Request, company: Company): RequestRow {
  const voters = (decision: "approve" | "reject"): string[] =>
    (state?.votes ?? []).filter((vote) => vote.decision === decision).map((vote) => company.nameOf(vote.voter));
  return {
    number,
    flow: flow.name,
    requestor: company.nameOf(ask.requestor),
    grantee: ask.grantee === undefined ? null : company.nameOf(ask.grantee),
    asked: { permission: ask.permission, resources: ask.resources.map((id) => company.resource(id).name) },
    askedAt,
    outcome,
    reasons,
    approvers: voters("approve"),
    rejectedBy: voters("reject"),
    grant,
  };
}
