import { errorOfFaults } from "../evaluate/error-of-faults.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import type { GrantWindow } from "../time/grant-window.js";
import type { Instant } from "../time/instant.js";
import type { RecordedRequestEvent } from "./recorded-request-event.js";
import { readLog, replay } from "./replay.js";
import type { RequestStatus } from "./request-status.js";
import type { RequestView } from "./request-view.js";

/** One thing that happened to a request, as its readers may know it. */
export type TimelineEntry = {
  readonly revision: number;
  readonly at: Instant;
  readonly type: RecordedRequestEvent["type"];
  /** Where the request stood afterwards. */
  readonly status: RequestStatus;
  /** Who acted; null: nobody, or somebody whose name is not for these readers. */
  readonly by: string | null;
  /** Of a vote; null: no vote. */
  readonly decision: "approve" | "reject" | null;
  /** Of a vote, where these readers may know it (L8). */
  readonly reason: string | null;
  /** The window of the access, once it is fixed. */
  readonly window: GrantWindow | null;
  readonly reasons: readonly Reason[];
};

const audiences: readonly RequestView["audience"][] = ["requestor", "approver", "administrator"];

/**
 * What has happened to a request, in order, for an audience (L8): a requestor, the grantee included, does not
 * learn who has voted nor the reason of an approval, but the reason of a rejection; approvers and administrators
 * learn both.
 *
 * Throws AccessFlowError: `state_invalid` for what is no whole log of one request (see `replay`); `facts_invalid`
 * for an audience that is none of the three.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Everybody reads",
 *   trigger: "automatic",
 *   requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *   targets: [{ kind: "bundle", bundle: "reports" }],
 * });
 * const granted = grantRequest(flow, {
 *   id: "g1", grantee: { id: "ada" }, entitlements: [{ resource: "db-1", permission: "read" }], at: 0,
 * });
 * granted.ok && granted.value.recorded && timelineOf([granted.value.recorded], "requestor").map(({ at, status }) => [at, status]);
 * // => [[0, "scheduled"]]
 */
export function timelineOf(recorded: readonly RecordedRequestEvent[], audience: RequestView["audience"]): readonly TimelineEntry[] {
  if (!audiences.includes(audience)) throw errorOfFaults([reason("facts_invalid", "L8", [], { argument: "audience", at: [] })]);
  const { request } = replay(recorded);
  const parties = [request.requestor, request.grantee ?? request.requestor].map(({ id }) => normalText(id));
  let status: RequestStatus = "scheduled";
  let window: GrantWindow | null = null;
  return deepFreeze(
    readLog(recorded).map((event) => {
      const { concluded } = event;
      status = concluded.status ?? status;
      window = concluded.grant?.window ?? window;
      const record = concluded.approvalEvent;
      const vote = record?.type === "vote" ? record.concluded.vote : null;
      // Votes that a party cast themselves are no secret to them; the log does not say who reads it, so they are hidden, too.
      const isHidden = audience === "requestor" && (vote !== null || isStranger(event.by, parties));
      const hidesReason = audience === "requestor" && vote?.decision === "approve";
      return {
        revision: event.revision,
        at: event.at,
        type: event.type,
        status,
        by: isHidden ? null : event.by,
        decision: vote?.decision ?? null,
        reason: hidesReason ? null : (vote?.reason ?? null),
        window,
        reasons: concluded.reasons ?? [],
      };
    }),
  );
}

/** Somebody who acted and is neither requestor nor grantee: an approver or an administrator. */
function isStranger(by: string | null, parties: readonly string[]): boolean {
  return by !== null && !parties.includes(normalText(by));
}
