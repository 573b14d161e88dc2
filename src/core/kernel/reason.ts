import { deepFreeze } from "./deep-freeze.js";
import type { Path } from "./path.js";
import type { RuleId } from "./rule-id.js";
import type { Subject } from "./subject.js";

/**
 * What each reason code carries beside `rule` and `path`. The closed list of E3: codes are stable, texts
 * are not. Adding a code is a minor version, changing or removing one a major.
 */
export interface ReasonDetails {
  /** Not an instant in the years 1970 to 9999 (S8). */
  instant_invalid: { readonly argument: string };
  /** A record is not of the stated shape, or over a limit of D4: `at` is the place within `argument`. */
  facts_invalid: { readonly argument: string; readonly at: Path };
  /** The flow is switched off, or no longer exists (R2, L3). */
  flow_inactive: {};
  /** Automatic flows cannot be asked for (R2). */
  flow_not_self_serve: {};
  /** Outside the window; `opensAt` null: it does not open again (R2, S6). */
  schedule_closed: { readonly opensAt: number | null };
  /** The requestor is known to be inactive (C9). */
  requestor_inactive: {};
  /** The grantee is known to be inactive (C9, L10). */
  grantee_inactive: {};
  /** The voter is known to be inactive (C9). */
  voter_inactive: {};
  /** A condition is known not to hold (C1–C6). */
  condition_fails: { readonly subject: Subject; readonly attribute: string };
  /** The attribute is unknown; `nearest` is one present that resembles it (C4). */
  attribute_missing: { readonly subject: Subject; readonly attribute: string; readonly nearest: string | null };
  /** One value in the list is unknown (C4). */
  value_unknown: { readonly subject: Subject; readonly attribute: string };
  /** A value has no name and the operator needs it (C5). */
  name_unknown: { readonly subject: Subject; readonly attribute: string };
  /** Addresses (or accounts) are unknown where they matter (C8, A6). */
  aliases_unknown: { readonly subject: Subject };
  /** The named directory did not answer about this identity (C7). */
  source_not_asked: { readonly subject: Subject; readonly source: string };
  /** `attributes` holds a name that is derived; ignored (C8, notice). */
  attribute_reserved: { readonly subject: Subject; readonly attribute: string };
  /** The flow does not allow asking for that person (R3). */
  scope_not_allowed: { readonly scope: "self" | "others" };
  /** The requestor is known not to be the grantee's manager (R3). */
  not_the_manager: {};
  /** The requestor may not be the grantee's manager: the fact is missing (R3). */
  manager_unknown: {};
  /** The catalogue has no bundle of that name (T5). */
  bundle_unknown: { readonly name: string };
  /** Two bundles bear that name (T5). */
  bundle_ambiguous: { readonly name: string };
  /** A bundle inside a bundle gives nothing (T5). */
  bundle_nested: { readonly name: string };
  /** The catalogue has no access scope of that name (T5). */
  access_scope_unknown: { readonly name: string };
  /** Two access scopes bear that name (T5). */
  access_scope_ambiguous: { readonly name: string };
  /** The access scope's query does not parse (T5, Q7). */
  query_invalid: { readonly name: string; readonly line: number; readonly column: number };
  /** Neither the catalogue nor any resource knows the integration (T5). */
  integration_unknown: { readonly name: string };
  /** Two integrations bear that name (T5). */
  integration_ambiguous: { readonly name: string };
  /** Two unequal records with one id: neither counts (T7). */
  resource_clash: { readonly resource: string };
  /** Two permissions of one name on a resource: the second is ignored (T6). */
  permission_clash: { readonly resource: string; readonly permission: string };
  /** The resource is deleted or in error (T7). */
  resource_not_active: { readonly resource: string };
  /** The resource's tags are unknown; treated as T3 says (notice). */
  tags_unknown: { readonly resource: string };
  /** It is unknown what the resource offers; treated as T4 says (notice). */
  permissions_unknown: { readonly resource: string };
  /** The resource does not offer the permission (T4). */
  permission_not_offered: { readonly resource: string; readonly permission: string };
  /** Asked for, not in the inventory (L1). */
  resource_unknown: { readonly resource: string };
  /** The flow does not give this entitlement (T8, L1). */
  not_covered: { readonly resource: string; readonly permission: string };
  /** Many AWS resources named one by one (T9, warning). */
  aws_many_resources: { readonly count: number; readonly limit: number };
  /** The named AWS resources may not fit an inline policy (T9, warning). */
  aws_policy_size: { readonly characters: number; readonly limit: number };
  /** No entitlement was asked for (L1). */
  nothing_asked: {};
  /** Over a limit of D4: entitlements, votes, or the size of the state. */
  too_much_asked: { readonly limit: number };
  /** The flow wants a duration to be asked for (W3). */
  duration_required: {};
  /** Longer than the flow grants (W3). */
  duration_over_maximum: { readonly maximumMs: number };
  /** Zero or less (W1, W3). */
  duration_not_positive: {};
  /** Not a whole number of milliseconds (W1, W3). */
  duration_not_whole: {};
  /** Beyond what any grant may last, or past the closing (W1, W3, W6). */
  duration_out_of_range: { readonly maximumMs: number };
  /** The start asked for is before now (W1). */
  start_in_past: {};
  /** The start asked for is later than the flow allows (W1). */
  start_too_late: { readonly latest: number };
  /** The flow offers no later start (W1). */
  start_not_offered: {};
  /** The grant would end with the schedule, which is closed at its start (W4). */
  schedule_closed_at_start: { readonly opensAt: number | null };
  /** The flow wants a justification (L1). */
  justification_missing: {};
  /** The justification has too many characters (L1). */
  justification_too_long: { readonly limit: number };
  /** The grantee holds it or has asked for it (L12). */
  already_held: { readonly request: string };
  /** Candidates are complete, and there is no way to approve (A13). */
  nobody_can_approve: {};
  /** Enough groups, too few different people (A3, A13). */
  distinct_approvers_short: {};
  /** Known to meet no open group (A2, A10). */
  not_an_approver: {};
  /** Might meet an open group; a fact is missing (A10). */
  approver_facts_unknown: {};
  /** The voter is the requestor under this or another name (A6). */
  same_person_as_requestor: {};
  /** The voter is the grantee under this or another name (A6). */
  same_person_as_grantee: {};
  /** Cannot be ruled out: addresses or accounts are known for one side only (A6). */
  same_person_unknown: {};
  /** This person has voted, or an overlapping one: `voter` is the id they used (A5). */
  already_voted: { readonly voter: string };
  /** The flow wants a reason with every vote (A9). */
  approver_reason_missing: {};
  /** The reason has too many characters (A9). */
  approver_reason_too_long: { readonly limit: number };
  /** The request names no resource, so it has no owner (A8). */
  no_resource_named: {};
  /** The resource's tags are unknown, so its owner is (A8). */
  owner_unknown: { readonly resource: string | null };
  /** Nobody owns the resource (A8). */
  no_owner: { readonly resource: string | null };
  /** The vote would count later, in a tier that is not open yet (A12). */
  tier_not_open: { readonly opensAt: number };
  /** The approval is over (A4). */
  request_decided: { readonly status: string };
  /** At or after the deadline (A11, L2). */
  request_expired: { readonly expiredAt: number };
  /** The grantee has to complete MFA (L2, notice). */
  mfa_needed: {};
  /** The MFA evidence is too old (L2). */
  mfa_too_old: { readonly at: number };
  /** The MFA evidence is of the future (L2). */
  mfa_in_future: { readonly at: number };
  /** Only the grantee may do that (L2, W6). */
  not_the_grantee: {};
  /** Only requestor, grantee and administrators may withdraw (L5). */
  not_allowed_to_withdraw: {};
  /** Only the grantee, an approver of this request and administrators may revoke (L5). */
  not_allowed_to_revoke: {};
  /** The failing reasons stand beside it (L3, W6). */
  no_longer_eligible: {};
  /** The failing reasons stand beside it (L3). */
  no_longer_covered: {};
  /** Facts that the decision needs are unknown (L3, L10, W6). */
  facts_unknown: {};
  /** The facts were read too long ago (L3, W6). */
  facts_too_old: { readonly readAt: number };
  /** Activation did not begin in time (L3). */
  activation_overdue: {};
  /** The provisioner could not give the access (L6). */
  activation_failed: { readonly attempts: number };
  /** The provisioner cannot take the access back (L6). */
  deactivation_stuck: { readonly attempts: number };
  /** No extension is left (W6). */
  extensions_used_up: {};
  /** A grant without end cannot be extended (W6). */
  grant_indefinite: {};
  /** The grant has ended (W5, W6). */
  grant_over: {};
  /** The access is being taken back already (L7). */
  already_ending: { readonly status: string };
  /** Not possible in this status (L7). */
  status_forbids: { readonly status: string };
  /** The request has come to its end (L7). */
  request_over: { readonly status: string };
  /** A report of another generation, or an answer nobody asked for (L6). */
  effect_stale: {};
  /** Earlier than the last event (L7). */
  clock_went_back: { readonly lastAt: number };
  /** No event of this machine (L7). */
  event_unknown: {};
  /** No state of this library (L13). */
  state_foreign: {};
  /** A state of a later version (L13). */
  state_newer: {};
  /** Unknown facts about this holder start nothing and end nothing (M1, M3). */
  undetermined: { readonly grantee: string };
  /** More grants would end than one run may end; none was ended (M3). */
  run_halted: { readonly ends: number; readonly limit: number };
  /** No such request, or none that the actor may see (L11). */
  request_not_found: {};
  /** The command's key was used with another content (L7). */
  key_reused: {};
  /** Others changed the request at the same time, again and again (L7). */
  conflict: {};
  /** The store did not answer; nothing was changed (L7). */
  store_unavailable: {};
  /** The directory did not answer; nothing was changed (L7). */
  directory_unavailable: {};
}

/** The closed list of reason codes (E3). */
export type ReasonCode = keyof ReasonDetails;

/**
 * Why something was refused, or is worth knowing: `switch (reason.code)` narrows the details. `path` points
 * into the flow's normal form, `[]` where nothing in the flow is meant.
 */
export type Reason = { [Code in ReasonCode]: ReasonOf<Code> }[ReasonCode];

/** A reason of one code, with its details. */
export type ReasonOf<Code extends ReasonCode> = { readonly code: Code; readonly rule: RuleId; readonly path: Path } & ReasonDetails[Code];

/** Makes a reason, its fields always in the same order. Codes without details take none. */
export function reason<Code extends ReasonCode>(
  code: Code,
  rule: RuleId,
  path: Path,
  ...details: {} extends ReasonDetails[Code] ? [] : [ReasonDetails[Code]]
): Reason {
  // The compiler cannot see that a code with its own details is one member of the union.
  return deepFreeze({ code, rule, path, ...details[0] }) as unknown as Reason;
}
