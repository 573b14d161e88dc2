import { acceptFlow } from "../define/accept.js";
import { errorOfFaults } from "../evaluate/error-of-faults.js";
import type { AccessFlow, GrantFor, RequestFor, Scope } from "../flow/access-flow.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { unreachable } from "../kernel/defect.js";
import { quotedText } from "../kernel/quoted.js";
import { describeApproval } from "./describe-approval.js";
import { describeConditions } from "./describe-conditions.js";
import { describeSchedule } from "./describe-schedule.js";
import { describeGrantSettings, describeRequestSettings, describeVoteSettings } from "./describe-settings.js";
import { describeTarget } from "./describe-targets.js";
import { printDuration } from "./print-time.js";

/**
 * What an access flow means, in plain English: who may ask, for whom, when, for what, for how long, who
 * approves, and every setting.
 *
 * One sentence an entry, frozen. Complete: two flows that differ in anything but `id` never read the same.
 * Names and values stand in backticks, their unsafe characters escaped, as `explain` does it (TH19). The
 * words may change with any version. Whoever may read the flow may read this: its approvers' addresses are
 * in it where the flow names them.
 *
 * Throws AccessFlowError `facts_invalid` for what is no access flow.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "S3 read",
 *   requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
 *   targets: [{ kind: "bundle", bundle: "buckets" }],
 * });
 * describeFlow(flow).slice(0, 3);
 * // => ["Access flow `S3 read` is switched on.",
 * //     "Who may ask: whoever meets every condition: `group` is `platform`.",
 * //     "For whom: themselves."]
 */
export function describeFlow(flow: AccessFlow): readonly string[] {
  const accepted = acceptFlow(flow);
  if (!accepted.ok) throw errorOfFaults(accepted.error);
  return deepFreeze(sentencesOf(accepted.value));
}

function sentencesOf(flow: AccessFlow): string[] {
  const head = [
    `Access flow ${quotedText(flow.name)} is switched ${flow.active ? "on" : "off"}.`,
    ...(flow.description === "" ? [] : [`Its description: ${quotedText(flow.description)}.`]),
  ];
  const what = flow.targets.map((target) => `What: ${describeTarget(target)}.`);
  const length = `How long: ${describeLength(flow.grantFor)}.`;
  const grant = describeGrantSettings(flow.settings);
  switch (flow.trigger) {
    case "selfServe":
      return [
        ...head,
        `Who may ask: whoever ${describeConditions(flow.requestors)}.`,
        ...describeScopes(flow.requestFor),
        `When: ${describeSchedule(flow.schedule)}.`,
        ...what,
        length,
        ...describeApproval(flow.approval),
        ...describeVoteSettings(flow.settings, flow.approval.kind === "approvalOf"),
        ...describeRequestSettings(flow.settings),
        ...grant,
      ];
    // What only a request could need is left at its default here (D5).
    case "automatic":
      return [...head, `Who receives it without asking: whoever ${describeConditions(flow.requestors)}.`, ...what, length, ...grant];
    default:
      return unreachable(flow.trigger);
  }
}

/** A sentence a scope: the conditions on others must not run on into the next one. */
function describeScopes({ scopes, grantees }: RequestFor): string[] {
  return scopes.map((scope) => `For whom: ${describeScope(scope, grantees)}.`);
}

function describeScope(scope: Scope, grantees: RequestFor["grantees"]): string {
  switch (scope) {
    case "self":
      return "themselves";
    case "others":
      return grantees === undefined ? "others" : `anybody else who ${describeConditions(grantees)}`;
    case "directReports":
      return "people whose manager they are";
    default:
      return unreachable(scope);
  }
}

function describeLength(grantFor: GrantFor): string {
  const end = grantFor.endWith === undefined ? "" : ", or until the schedule closes, whichever comes first";
  switch (grantFor.kind) {
    case "fixed":
      return `at most ${printDuration(grantFor)}${end}`;
    case "indefinite":
      return `until it is revoked${end}`;
    default:
      return unreachable(grantFor);
  }
}
