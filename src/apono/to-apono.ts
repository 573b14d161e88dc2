import { checkAccessFlow } from "../core/define/check-access-flow.js";
import { defaultId } from "../core/define/text-rules.js";
import type { AccessFlow, GrantFor, RequestFor } from "../core/flow/access-flow.js";
import type { Approval, RequiredGroup } from "../core/flow/approval.js";
import type { Settings } from "../core/flow/settings.js";
import { deepFreeze } from "../core/kernel/deep-freeze.js";
import type { Issue } from "../core/kernel/issue.js";
import type { Json } from "../core/kernel/json.js";
import { isNonEmpty, type NonEmptyArray } from "../core/kernel/non-empty-array.js";
import { failure, type Result, success } from "../core/kernel/result.js";
import type { Schedule } from "../core/time/schedule.js";
import { groupsWords, scopeWords, triggerWords, weekdayWords } from "./words.js";
import { writeApproverGroups, writeConditions } from "./write-conditions.js";
import { writeTarget } from "./write-targets.js";
import { isSameDuration, type JsonRecord, refuseToWrite, refuseUnlessDefault, type Writing, writeMinutes } from "./writing.js";

/**
 * Writes an access flow as a document of the product's API v2.
 *
 * `fromApono` reads the very same flow back; what that format cannot say is an issue, all of them at once,
 * with paths into the flow: several windows a week and excepted dates, `24:00`, `endWith`, `match`, the
 * manager of the grantee, `required`, `distinctApprovers`, a deadline other than 24 hours, lengths that are
 * not whole minutes in the largest unit that fits (60 minutes must be written as 1 hour), a description, and
 * settings without a counterpart that are not at their default. `id` is written where the name does not give it.
 *
 * Frozen JSON. What is no access flow gets the issues of `checkAccessFlow`; nothing is thrown.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "S3 read",
 *   requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
 *   targets: [{ kind: "bundle", bundle: "buckets" }],
 * });
 * const written = toApono(flow);
 * written.ok ? fromApono(written.value) : null;
 * // => { ok: true, value: { kind: "flow", flow: flow, notes: [] } }
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "S3 read",
 *   requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
 *   targets: [{ kind: "bundle", bundle: "buckets" }],
 *   grantFor: { kind: "fixed", amount: 1, unit: "hour", endWith: "schedule" },
 * });
 * const written = toApono(flow);
 * written.ok ? [] : written.error.map((issue) => issue.message);
 * // => ["grantFor.endWith cannot be said in this format"]
 */
export function toApono(flow: AccessFlow): Result<Json, NonEmptyArray<Issue>> {
  const checked = checkAccessFlow(flow);
  if (!checked.ok) return checked;
  const writing: Writing = { issues: [] };
  const json = writeFlow(writing, checked.value);
  const { issues } = writing;
  return isNonEmpty(issues) ? failure(deepFreeze(issues as NonEmptyArray<Issue>)) : success(deepFreeze(json));
}

function writeFlow(writing: Writing, flow: AccessFlow): JsonRecord {
  refuseUnlessDefault(writing, ["description"], flow.description === "", "no description");
  return {
    ...(flow.id === defaultId(flow.name) ? {} : { id: flow.id }),
    name: flow.name,
    active: flow.active,
    trigger: triggerWords[flow.trigger],
    ...writeSchedule(writing, flow.schedule),
    requestors: writeConditions(writing, ["requestors"], flow.requestors),
    ...writeRequestFor(writing, flow.requestFor),
    access_targets: flow.targets.map(writeTarget),
    ...writeGrantFor(writing, flow.grantFor),
    ...writeApproval(writing, flow.approval),
    settings: writeSettings(writing, flow.settings),
  };
}

function writeSchedule(writing: Writing, schedule: Schedule): JsonRecord {
  if (schedule.kind === "always") return {};
  if (schedule.except !== undefined) refuseToWrite(writing, "unknown_key", ["schedule", "except"], "cannot be said in this format");
  if ("windows" in schedule) {
    refuseToWrite(writing, "unknown_key", ["schedule", "windows"], "cannot be said in this format: write `days`, `from` and `to`");
    return {};
  }
  if (schedule.to === "24:00")
    refuseToWrite(writing, "time_invalid", ["schedule", "to"], "cannot be said in this format: its day ends before `24:00`");
  return {
    timeframe: {
      start_time: schedule.from,
      end_time: schedule.to,
      days_of_week: schedule.days.map((day) => weekdayWords[day]),
      time_zone: schedule.timeZone,
    },
  };
}

/** Asking for oneself alone is what their format means where it is silent. */
function writeRequestFor(writing: Writing, { scopes, grantees }: RequestFor): JsonRecord {
  if (scopes.length === 1 && scopes[0] === "self") return {};
  return {
    request_for: {
      request_scopes: scopes.map((scope) => scopeWords[scope]),
      ...(grantees === undefined ? {} : { grantees: writeConditions(writing, ["requestFor", "grantees"], grantees) }),
    },
  };
}

function writeGrantFor(writing: Writing, grantFor: GrantFor): JsonRecord {
  if (grantFor.endWith !== undefined) refuseToWrite(writing, "unknown_key", ["grantFor", "endWith"], "cannot be said in this format");
  return grantFor.kind === "indefinite" ? {} : { grant_duration_in_min: writeMinutes(writing, ["grantFor"], grantFor) };
}

function writeApproval(writing: Writing, approval: Approval): JsonRecord {
  if (approval.kind === "automatic") return {};
  const { groups, approverGroups, distinctApprovers, expiresAfter, escalation } = approval;
  refuseUnlessDefault(writing, ["approval", "distinctApprovers"], !distinctApprovers, "`false`");
  const isUsual = expiresAfter !== "never" && isSameDuration(expiresAfter, { amount: 24, unit: "hour" });
  refuseUnlessDefault(writing, ["approval", "expiresAfter"], isUsual, "`24` `hour`");
  approverGroups.forEach((group: RequiredGroup, index) => {
    refuseUnlessDefault(writing, ["approval", "approverGroups", index, "required"], group.required === 1, "`1`");
  });
  const path = ["approval", "approverGroups"];
  return {
    approver_policy: { approval_mode: groupsWords[groups], approver_groups: writeApproverGroups(writing, path, approverGroups) },
    ...(escalation === undefined
      ? {}
      : {
          escalation_policy: {
            interval_in_min: writeMinutes(writing, ["approval", "escalation", "every"], escalation.every),
            approver_groups: writeApproverGroups(writing, ["approval", "escalation", "tiers"], escalation.tiers),
          },
        }),
  };
}

function writeSettings(writing: Writing, settings: Settings): JsonRecord {
  refuseUnlessDefault(writing, ["settings", "requireDuration"], !settings.requireDuration, "`false`");
  refuseUnlessDefault(writing, ["settings", "mfaWithin"], isSameDuration(settings.mfaWithin, { amount: 1, unit: "hour" }), "`1` `hour`");
  refuseUnlessDefault(
    writing,
    ["settings", "activateWithin"],
    isSameDuration(settings.activateWithin, { amount: 7, unit: "day" }),
    "`7` `day`",
  );
  refuseUnlessDefault(writing, ["settings", "startWithin"], settings.startWithin === null, "null");
  return {
    justification_required: settings.requireJustification,
    require_approver_reason: settings.requireApproverReason,
    requestor_cannot_approve_himself: settings.requestorCannotApproveSelf,
    require_mfa: settings.requireMfa,
    labels: settings.labels,
    max_extensions: settings.maxExtensions,
    extension_duration_in_min: writeMinutes(writing, ["settings", "extension"], settings.extension),
  };
}
