import type { ClaimedEffect } from "../../ports/request-store.js";
import type { ServiceContext } from "../service-context.js";
import { auditEffect } from "./audit-effect.js";
import type { Worked } from "./effect-work.js";
import { notifyEffect } from "./notify-effect.js";
import { provisionEffect } from "./provision-effect.js";
import { readFactsEffect } from "./read-facts-effect.js";
import { wakeEffect } from "./wake-effect.js";

/** Carries one claimed effect out. Safe to repeat: what was done before is known by its key, or stale. */
export function carryOutEffect(context: ServiceContext, claimed: ClaimedEffect): Promise<Worked> {
  const { effect } = claimed;
  switch (effect.type) {
    case "readFacts":
      return readFactsEffect(context, claimed);
    case "activate":
    case "deactivate":
    case "changeEnd":
      return provisionEffect(context, claimed, effect);
    case "notify":
    case "askApprovers":
    case "requestMfa":
      return notifyEffect(context, claimed, effect);
    case "wake":
      return wakeEffect(context, claimed, effect.at);
    case "audit":
      return auditEffect(context, claimed);
  }
}
