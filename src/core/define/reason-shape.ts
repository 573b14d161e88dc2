import type { ReasonCode, ReasonDetails } from "../kernel/reason.js";
import { anyList, choice, type NumberShape, nothing, type RecordShape, record, required, type Shape, text, union, word } from "./shape.js";

export const anyText: Shape = text("any");
/** Printed as it stands, so it must look like one. */
export const ruleShape: Shape = text("id");
export const number: NumberShape = { is: "number", whole: false, from: null };
export const pathShape: Shape = anyList(choice(anyText, number));

const subject = word(["requestor", "grantee", "voter", "resource"]);
const ofAttribute = { subject, attribute: anyText };
const numberOrNull = choice(number, nothing);
const textOrNull = choice(anyText, nothing);

/** What each code carries beside rule and path: the compiler wants every detail of every code. */
const detailShapes: { readonly [Code in ReasonCode]: { readonly [Detail in keyof ReasonDetails[Code]]: Shape } } = {
  instant_invalid: { argument: anyText },
  facts_invalid: { argument: anyText, at: pathShape },
  flow_inactive: {},
  flow_not_self_serve: {},
  schedule_closed: { opensAt: numberOrNull },
  requestor_inactive: {},
  grantee_inactive: {},
  voter_inactive: {},
  condition_fails: ofAttribute,
  attribute_missing: { ...ofAttribute, nearest: textOrNull },
  value_unknown: ofAttribute,
  name_unknown: ofAttribute,
  aliases_unknown: { subject },
  source_not_asked: { subject, source: anyText },
  attribute_reserved: ofAttribute,
  scope_not_allowed: { scope: word(["self", "others"]) },
  not_the_manager: {},
  manager_unknown: {},
  bundle_unknown: { name: anyText },
  bundle_ambiguous: { name: anyText },
  bundle_nested: { name: anyText },
  access_scope_unknown: { name: anyText },
  access_scope_ambiguous: { name: anyText },
  query_invalid: { name: anyText, line: number, column: number },
  integration_unknown: { name: anyText },
  integration_ambiguous: { name: anyText },
  resource_clash: { resource: anyText },
  permission_clash: { resource: anyText, permission: anyText },
  resource_not_active: { resource: anyText },
  tags_unknown: { resource: anyText },
  permissions_unknown: { resource: anyText },
  permission_not_offered: { resource: anyText, permission: anyText },
  resource_unknown: { resource: anyText },
  not_covered: { resource: anyText, permission: anyText },
  aws_many_resources: { count: number, limit: number },
  aws_policy_size: { characters: number, limit: number },
  nothing_asked: {},
  too_much_asked: { limit: number },
  duration_required: {},
  duration_over_maximum: { maximumMs: number },
  duration_not_positive: {},
  duration_not_whole: {},
  duration_out_of_range: { maximumMs: number },
  start_in_past: {},
  start_too_late: { latest: number },
  start_not_offered: {},
  schedule_closed_at_start: { opensAt: numberOrNull },
  justification_missing: {},
  justification_too_long: { limit: number },
  already_held: { request: anyText },
  nobody_can_approve: {},
  distinct_approvers_short: {},
  not_an_approver: {},
  approver_facts_unknown: {},
  same_person_as_requestor: {},
  same_person_as_grantee: {},
  same_person_unknown: {},
  already_voted: { voter: anyText },
  approver_reason_missing: {},
  approver_reason_too_long: { limit: number },
  no_resource_named: {},
  owner_unknown: { resource: textOrNull },
  no_owner: { resource: textOrNull },
  tier_not_open: { opensAt: number },
  request_decided: { status: anyText },
  request_expired: { expiredAt: number },
  mfa_needed: {},
  mfa_too_old: { at: number },
  mfa_in_future: { at: number },
  not_the_grantee: {},
  not_allowed_to_withdraw: {},
  not_allowed_to_revoke: {},
  no_longer_eligible: {},
  no_longer_covered: {},
  facts_unknown: {},
  facts_too_old: { readAt: number },
  activation_overdue: {},
  activation_failed: { attempts: number },
  deactivation_stuck: { attempts: number },
  extensions_used_up: {},
  grant_indefinite: {},
  grant_over: {},
  already_ending: { status: anyText },
  status_forbids: { status: anyText },
  request_over: { status: anyText },
  effect_stale: {},
  clock_went_back: { lastAt: number },
  event_unknown: {},
  state_foreign: {},
  state_newer: {},
  undetermined: { grantee: anyText },
  run_halted: { ends: number, limit: number },
  request_not_found: {},
  key_reused: {},
  conflict: {},
  store_unavailable: {},
  directory_unavailable: {},
};

/** Every code of the closed list (E3). */
export const reasonCodes: readonly string[] = Object.freeze(Object.keys(detailShapes));

export const codeShape: Shape = word(reasonCodes);

/** Reasons as they come back from a store: a known code with its own details. */
export const reasonShape: Shape = union("code", Object.fromEntries(Object.keys(detailShapes).map((code) => [code, shapeOf(code)])));

function shapeOf(code: string): RecordShape {
  const details: { readonly [code: string]: { readonly [detail: string]: Shape } } = detailShapes;
  const fields = Object.entries(Object.hasOwn(details, code) ? (details[code] ?? {}) : {}).map(([detail, shape]) => [
    detail,
    required(shape),
  ]);
  return record("reason", {
    code: required(word([code])),
    rule: required(ruleShape),
    path: required(pathShape),
    ...Object.fromEntries(fields),
  });
}
