import type { AccessFlowError } from "../../core/kernel/access-flow-error.js";
import { type Reason, reason } from "../../core/kernel/reason.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import type { Result } from "../../core/kernel/result.js";

/** Whether a stored request is of a later version, or none of this library's (L13). */
export function isUnreadable(error: unknown): boolean {
  const code = reasonOfError(error)?.code;
  return code === "state_newer" || code === "state_foreign";
}

/** Why a port's failure keeps a command from being decided; null for any other error, which is not ours to hide. */
function reasonOfError(error: unknown): Reason | null {
  if (!(typeof error === "object" && error !== null && "name" in error && error.name === "AccessFlowError")) return null;
  switch ((error as AccessFlowError).code) {
    case "store_unavailable":
      return reason("store_unavailable", "L7", []);
    case "directory_unavailable":
      return reason("directory_unavailable", "L11", []);
    case "state_newer":
      return reason("state_newer", "L13", []);
    case "state_foreign":
    case "state_invalid":
      return reason("state_foreign", "L13", []);
    default:
      return null;
  }
}

/** Runs a command; what a port's failure threw becomes its refusal. */
export async function refusingFailures<T>(run: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  try {
    return await run();
  } catch (error) {
    const cause = reasonOfError(error);
    if (cause === null) throw error;
    return refuse(cause);
  }
}
