import type { AccessFlow } from "../flow/access-flow.js";
import { measureDuration } from "../time/duration.js";

/** A combination that means nothing (D5), reported at the key that is out of place. */
export type Combination = { readonly path: readonly [string, ...string[]]; readonly says: string };

/** A normal form as far as it is right: what is faulty is undefined or left out. */
type Draft<T> = T extends readonly (infer Entry)[]
  ? readonly Draft<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

export type FlowDraft = Draft<AccessFlow>;

/** Every combination of valid parts of a definition that means nothing (D5). Faulty parts accuse nobody. */
export function combinationsOf(flow: FlowDraft): readonly Combination[] {
  return [...automaticCombinations(flow), ...granteeCombinations(flow), ...settingCombinations(flow), ...approverCombinations(flow)];
}

const switches = ["requireMfa", "requireJustification", "requireApproverReason", "requestorCannotApproveSelf", "requireDuration"] as const;

/** Nobody asks for an automatic flow: whatever is about asking and approving must be as it is by default. */
function automaticCombinations({ trigger, approval, requestFor, schedule, grantFor, settings }: FlowDraft): readonly Combination[] {
  if (trigger !== "automatic") return [];
  const written: (readonly [different: boolean, path: Combination["path"]])[] = [
    [schedule?.kind === "onlyOn", ["schedule"]],
    [requestFor !== undefined && asksForOthers(requestFor), ["requestFor"]],
    [grantFor?.endWith !== undefined, ["grantFor", "endWith"]],
    [approval?.kind === "approvalOf", ["approval"]],
    ...switches.map((key) => [settings?.[key] === true, ["settings", key]] as const),
    [settings?.startWithin !== undefined && settings.startWithin !== null, ["settings", "startWithin"]],
    [settings?.maxExtensions !== undefined && settings.maxExtensions !== 0, ["settings", "maxExtensions"]],
  ];
  const says = "has no meaning where `trigger` is `automatic`: nobody asks for such a flow";
  return written.filter(([different]) => different).map(([, path]) => ({ path, says }));
}

function asksForOthers({ scopes, grantees }: NonNullable<FlowDraft["requestFor"]>): boolean {
  return grantees !== undefined || scopes?.some((scope) => scope !== "self") === true;
}

function granteeCombinations({ requestFor }: FlowDraft): readonly Combination[] {
  if (requestFor?.scopes === undefined) return [];
  const forOthers = requestFor.scopes.includes("others");
  const grantees = Object.hasOwn(requestFor, "grantees");
  if (grantees === forOthers) return [];
  return grantees
    ? [{ path: ["requestFor", "grantees"], says: "has no meaning without the scope `others`" }]
    : [{ path: ["requestFor", "scopes"], says: "holds `others`, which has no meaning without `grantees`" }];
}

function settingCombinations({ grantFor, settings }: FlowDraft): readonly Combination[] {
  const found: Combination[] = [];
  if (settings?.requireMfa === false && settings.mfaWithin !== undefined && !isOneHour(settings.mfaWithin)) {
    found.push({ path: ["settings", "mfaWithin"], says: "has no meaning without `requireMfa`" });
  }
  if (grantFor?.kind === "indefinite" && settings?.maxExtensions !== undefined && settings.maxExtensions > 0) {
    found.push({
      path: ["settings", "maxExtensions"],
      says: "has no meaning where `grantFor` is `indefinite`: such a grant has no end to move",
    });
  }
  return found;
}

/** By length: 60 minutes are the default, too. */
function isOneHour({ amount, unit }: NonNullable<NonNullable<FlowDraft["settings"]>["mfaWithin"]>): boolean {
  if (amount === undefined || unit === undefined) return true;
  const measured = measureDuration(amount, unit);
  return !measured.ok || measured.ms === 3_600_000;
}

function approverCombinations({ approval }: FlowDraft): readonly Combination[] {
  if (approval?.kind !== "approvalOf" || approval.distinctApprovers !== true) return [];
  const path: Combination["path"] = ["approval", "distinctApprovers"];
  const found: Combination[] = [];
  if (approval.groups === "anyOf") found.push({ path, says: "has no meaning under `anyOf`: one group decides" });
  const conditions = approval.approverGroups?.flatMap((group) => group.conditions ?? []) ?? [];
  if (conditions.some((condition) => "relation" in condition && condition.relation === "owner")) {
    found.push({ path, says: "has no meaning together with an owner condition in a group" });
  }
  return found;
}
