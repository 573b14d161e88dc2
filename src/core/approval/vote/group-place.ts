import type { ApproverGroup } from "../../flow/approval.js";
import { Defect } from "../../kernel/defect.js";
import type { Path } from "../../kernel/path.js";
import type { ApprovalState } from "../approval-state.js";

/** Where a group stands: by its position in `approverGroups`, or as an escalation tier (from 1; a tier is one group, 0). */
export type GroupPlace = { readonly group: number; readonly tier: number | null };

type Ruled = Pick<ApprovalState, "rules">;

export function groupAt({ rules: { approval } }: Ruled, place: GroupPlace): ApproverGroup {
  if (approval.kind === "approvalOf") {
    const group = place.tier === null ? approval.approverGroups[place.group] : approval.escalation?.tiers[place.tier - 1];
    if (group !== undefined) return group;
  }
  throw new Defect(`no approver group at ${JSON.stringify(place)}`);
}

/** Where a group stands in the flow's normal form. */
export function pathOf({ group, tier }: GroupPlace): Path {
  return tier === null ? ["approval", "approverGroups", group] : ["approval", "escalation", "tiers", tier - 1];
}
