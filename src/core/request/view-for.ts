import { overlap } from "../approval/state/person-record.js";
import { castVote } from "../approval/vote/cast-vote.js";
import { identityFaults, inputFaults } from "../define/check-facts.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { Identity } from "../facts/identity.js";
import { personKeys } from "../facts/person-keys.js";
import { accessFlowError } from "../kernel/access-flow-error.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { isNonEmpty } from "../kernel/non-empty-array.js";
import { kindOf } from "../kernel/read-json.js";
import { type Reason, reason } from "../kernel/reason.js";
import { normalText } from "../kernel/text.js";
import { type Instant, type InstantInput, toInstant } from "../time/instant.js";
import { granteeOf, isParty } from "./event/who-may.js";
import { productStatusOf } from "./product-status.js";
import type { RequestState } from "./request-state.js";
import type { RequestView, VoteView } from "./request-view.js";
import { requireRequest } from "./state/accept-request.js";

/** Who looks at a request, and when. `administrator`: the host says so. */
export type Viewer = { readonly identity: Identity; readonly administrator?: boolean | undefined; readonly at: InstantInput };

/**
 * What somebody may see of a request (L8, L11): requestor and grantee, who may vote now, whoever has voted, and
 * administrators, who see all.
 *
 * Requestor and grantee see the reason of a rejection, never that of an approval, and of the votes only their
 * own; so does whoever shares an address or an account with one of them, approver and administrator or not.
 *
 * Throws AccessFlowError: `request_not_found` for everybody else, as for a request that does not exist;
 * `facts_invalid`, `instant_invalid`; `state_foreign` or `state_newer` for what is no state of this library.
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
 * if (!granted.ok) throw new Error("refused");
 * const { audience, status, productStatus } = viewFor(granted.value.state, { identity: { id: "ada" }, at: 0 });
 * [audience, status, productStatus];
 * // => ["requestor", "scheduled", "APPROVED"]
 * viewFor(granted.value.state, { identity: { id: "eve" }, at: 0 });
 * // throws request_not_found
 */
export function viewFor(state: RequestState, viewer: Viewer): RequestView {
  const request = requireRequest(state);
  const { identity, administrator, at } = readViewer(viewer);
  const audience = audienceOf(request, identity, administrator, at);
  if (audience === null) throw accessFlowError("request_not_found", "no such request");
  return deepFreeze(viewOf(request, audience, identity));
}

/** Whether somebody may see a request at all (L11). Throws as `viewFor` does, but never `request_not_found`. */
export function mayRead(state: RequestState, viewer: Viewer): boolean {
  const { identity, administrator, at } = readViewer(viewer);
  return audienceOf(requireRequest(state), identity, administrator, at) !== null;
}

type ReadViewer = { readonly identity: Identity; readonly administrator: boolean; readonly at: Instant };

function readViewer(viewer: unknown): ReadViewer {
  const { identity, administrator, at } = (kindOf(viewer) === "record" ? viewer : {}) as Partial<Viewer>;
  const instant = toInstant(at);
  const faults: readonly Reason[] = [
    ...inputFaults(viewer, ["identity", "administrator", "at"], "viewer"),
    ...identityFaults("identity", identity),
    ...(administrator === undefined || typeof administrator === "boolean"
      ? []
      : [reason("facts_invalid", "C4", [], { argument: "viewer", at: ["administrator"] })]),
    ...(instant === null ? [reason("instant_invalid", "S8", [], { argument: "at" })] : []),
  ];
  if (isNonEmpty(faults)) throw errorOfFaults(faults);
  // Without faults these are what was looked for.
  return { identity: identity as Identity, administrator: administrator === true, at: instant ?? 0 };
}

/** The least that somebody may see goes first; null: nothing. */
function audienceOf(state: RequestState, identity: Identity, administrator: boolean, at: Instant): RequestView["audience"] | null {
  const isApprover = hasVoted(state, identity) || mayVote(state, identity, at);
  if (isParty(state, identity)) return "requestor";
  // Somebody under another id is no party, and must not read more than a party either.
  if ((isApprover || administrator) && overlapsParty(state, identity)) return "requestor";
  if (administrator) return "administrator";
  return isApprover ? "approver" : null;
}

function hasVoted({ approval }: RequestState, { id }: Identity): boolean {
  return approval?.votes.some((vote) => normalText(vote.voter) === normalText(id)) === true;
}

/** Whether a vote of theirs would be accepted now, with a reason. */
function mayVote({ approval }: RequestState, voter: Identity, at: Instant): boolean {
  if (approval === null) return false;
  const ballot = { type: "vote", voter, decision: "approve", reason: "-", requestor: null, grantee: null } as const;
  return castVote(approval, { ...ballot, at: Math.max(at, approval.lastAt) }).ok;
}

function overlapsParty({ request, approval }: RequestState, identity: Identity): boolean {
  const keys = personKeys(identity);
  const { requestor, grantee } = approval ?? request;
  return overlap(requestor.keys, keys) || (grantee !== null && overlap(grantee.keys, keys));
}

function viewOf(state: RequestState, audience: RequestView["audience"], viewer: Identity): RequestView {
  const { request, grant } = state;
  const votes = state.approval?.votes ?? [];
  const own = normalText(viewer.id);
  const shown = audience === "requestor" ? votes.filter((vote) => normalText(vote.voter) === own) : votes;
  return {
    audience,
    id: request.id,
    status: state.status,
    productStatus: productStatusOf(state.status),
    revision: state.revision,
    flow: { id: request.flow.id, name: request.flow.name },
    requestor: request.requestor.id,
    grantee: granteeOf(request).id,
    entitlements: request.entitlements,
    requestedDuration: request.requestedDuration,
    startAt: request.startAt,
    justification: request.justification,
    submittedAt: request.submittedAt,
    lastAt: state.lastAt,
    window: grant?.window ?? null,
    extensions: grant?.extensions ?? 0,
    votes: shown.map(({ voter, decision, reason: text, at }): VoteView => ({ voter, decision, reason: text, at })),
    rejectionReason: votes.find((vote) => vote.decision === "reject")?.reason ?? null,
    entitlementReports: state.entitlementReports,
    reasons: state.reasons,
  };
}
