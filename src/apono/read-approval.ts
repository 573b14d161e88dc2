import type { Path } from "../core/kernel/path.js";
import { type Duration, durationMs, measureDuration } from "../core/time/duration.js";
import { addIssue, addNote, type Draft, madeFrom, type Reading } from "./reading.js";

const expiresAfter: Duration = { amount: 24, unit: "hour" };

/** What an approval is made of, whichever format it came from. */
export type PublishedApproval = {
  readonly at: Path;
  readonly groups: string | undefined;
  readonly groupsKey: string;
  readonly approverGroups: readonly Draft[] | undefined;
  readonly escalation: PublishedEscalation | undefined;
};

export type PublishedEscalation = {
  readonly at: Path;
  readonly every: Duration;
  readonly everyKey: string;
  readonly tiers: readonly Draft[] | undefined;
};

/**
 * People decide. Their formats know no deadline: the definition gets this library's 24 hours, after which an
 * undecided request is refused rather than left open (A11).
 */
export function approvalOf(reading: Reading, { at, groups, groupsKey, approverGroups, escalation }: PublishedApproval): Draft {
  addNote(reading, at, "says nothing of a deadline: a request that is undecided after 24 hours expires");
  const made = {
    kind: "approvalOf",
    groups,
    approverGroups,
    expiresAfter,
    ...(escalation === undefined ? {} : { escalation: escalationOf(reading, escalation) }),
  };
  return madeFrom(reading, at, made, { groups: [groupsKey], approverGroups: ["approver_groups"] });
}

function escalationOf(reading: Reading, { at, every, everyKey, tiers }: PublishedEscalation): Draft {
  const measured = measureDuration(every.amount, every.unit);
  tiers?.forEach((_, index) => {
    // At the deadline itself is too late (A11). An interval out of range is the last check's to refuse.
    if (!measured.ok || measured.ms * (index + 1) < durationMs(expiresAfter)) return;
    addNote(reading, [...at, "approver_groups", index], "would be asked after 24 hours, when the request has expired: it is never asked");
  });
  const made = { every: madeFrom(reading, [...at, everyKey], { ...every }, { amount: [], unit: [] }), tiers };
  return madeFrom(reading, at, made, { every: [everyKey], tiers: ["approver_groups"] });
}

/** Tiers of approvers where nobody needs to approve. */
export function escalationOfNothing(reading: Reading, at: Path): void {
  addIssue(reading, "combination_means_nothing", at, "has no meaning without `approver_policy`: nobody needs to approve");
}
