import {
  type AccessFlow,
  computeGrantWindow,
  type Duration,
  evaluateRequestor,
  explain,
  type GrantWindow,
  type Identity,
  type Instant,
  scheduleStatus,
} from "accessflow";
import { week } from "../calendar.js";
import { fitting, unfitting, unknownPerson } from "./sample-identity.js";
import { explainVotes } from "./sample-votes.js";

type Scope = AccessFlow["requestFor"]["scopes"][number];

/** One request that nobody made, decided. */
export type Sample = {
  readonly who: string;
  readonly requestor: Identity;
  readonly grantee: Identity | null;
  readonly at: Instant;
  readonly open: boolean;
  readonly outcome: "eligible" | "ineligible";
  readonly because: readonly string[];
  readonly window: GrantWindow | null;
  /** What an eligible request still waits for. */
  readonly next: "votes" | "nothing" | null;
  /** Who could decide it. */
  readonly votes: readonly string[];
};

/** People derived from the flow's own conditions, at a time when it is open and at one when it is closed. */
export function decideSamples(flow: AccessFlow): Sample[] {
  const times = sampleTimes(flow);
  const fits = fitting("sample.fitting", flow.requestors);
  const at = times.open ?? week.start;
  const [first, ...further] = flow.requestFor.scopes;
  return [
    decide(flow, "someone who fits", fits, first, at),
    ...further.map((scope) => decide(flow, "the same", fits, scope, at)),
    ...(times.closed === null ? [] : [decide(flow, "the same, while the schedule is closed", fits, first, times.closed)]),
    decide(flow, "someone who does not fit", unfitting("sample.other", flow.requestors), first, at),
    decide(flow, "someone the directories know nothing about", unknownPerson("sample.unknown"), first, at),
  ];
}

function decide(flow: AccessFlow, who: string, requestor: Identity, scope: Scope, at: Instant): Sample {
  const grantee = granteeOf(flow, requestor, scope);
  const decision = evaluateRequestor(flow, { requestor, grantee: grantee ?? undefined, at });
  const eligible = decision.outcome === "eligible";
  const window = eligible ? computeGrantWindow(flow, { at, requestedDuration: durationOf(flow) }) : null;
  return {
    who,
    requestor,
    grantee,
    at,
    open: scheduleStatus(flow.schedule, at).open,
    outcome: decision.outcome,
    because: [
      ...(decision.outcome === "eligible" ? [] : explain(decision.reasons, { audience: "administrator" })),
      ...(window === null || window.ok ? [] : explain(window.error)),
    ],
    window: window?.ok === true ? window.value : null,
    next: eligible ? (flow.approval.kind === "automatic" ? "nothing" : "votes") : null,
    votes: eligible ? explainVotes(flow, requestor, grantee, at) : [],
  };
}

/** Where the request has to say for how long: as long as the flow gives, an hour where it gives any length. */
function durationOf({ grantFor, settings }: AccessFlow): Duration | undefined {
  if (!settings.requireDuration) return undefined;
  return grantFor.kind === "fixed" ? { amount: grantFor.amount, unit: grantFor.unit } : { amount: 1, unit: "hour" };
}

/** Whom the requestor asks for under a scope; null: for themselves. */
function granteeOf({ requestFor: { grantees } }: AccessFlow, requestor: Identity, scope: Scope): Identity | null {
  switch (scope) {
    case "self":
      return null;
    case "others":
      return grantees === undefined ? unknownPerson("sample.grantee") : fitting("sample.grantee", grantees);
    case "directReports":
      return { id: "sample.report", emails: [], accounts: [], manager: requestor.id };
  }
}

/** From Monday of the demo's week on; null: never so. */
function sampleTimes({ schedule }: AccessFlow): { readonly open: Instant | null; readonly closed: Instant | null } {
  const now = scheduleStatus(schedule, week.start);
  return now.open ? { open: week.start, closed: now.closesAt } : { open: now.opensAt, closed: week.start };
}
