import { Defect } from "../../kernel/defect.js";
import type { Reason } from "../../kernel/reason.js";
import type { EffectContent } from "../request-effect.js";
import type { EndCause, EntitlementReport, RequestGrant, RequestState } from "../request-state.js";
import type { Conclusion } from "./conclude-request.js";

/** Takes access back: it is over only when the provisioner has confirmed it (L6). The order keeps its generation. */
export function endAccess(
  state: RequestState,
  cause: EndCause,
  more: {
    readonly reasons?: readonly Reason[];
    readonly reports?: readonly EntitlementReport[];
    readonly effects?: readonly EffectContent[];
  } = {},
): Conclusion {
  const grant = grantOf(state);
  return {
    changes: {
      status: "deactivating",
      wakeAt: null,
      cause,
      grant: { ...grant, attempts: 0 },
      reasons: more.reasons ?? [],
      ...(more.reports === undefined ? {} : { entitlementReports: more.reports }),
    },
    effects: [{ type: "deactivate", generation: grant.generation, notBefore: null }, ...(more.effects ?? [])],
  };
}

/** From `activating` on there is a grant. */
export function grantOf({ grant, status }: RequestState): RequestGrant {
  if (grant === null) throw new Defect(`${status} without a grant`);
  return grant;
}

/** Whether the grant's window is over at an instant: half-open (W5). */
export function isOver({ window }: RequestGrant, at: number): boolean {
  return window.end !== null && at >= window.end;
}
