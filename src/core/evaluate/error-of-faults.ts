import { printPlace } from "../define/print-value.js";
import { type AccessFlowError, accessFlowError } from "../kernel/access-flow-error.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Reason } from "../kernel/reason.js";

/** Faults of arguments, for a function whose return type has no room for reasons: the code is the first one's. */
export function errorOfFaults(faults: NonEmptyArray<Reason>): AccessFlowError {
  return accessFlowError(faults[0].code, faults.map(faultText).join("\n"));
}

function faultText(fault: Reason): string {
  switch (fault.code) {
    case "instant_invalid":
      return `${fault.argument} is no instant of the years 1970 to 9999`;
    case "facts_invalid":
      return `${printPlace([fault.argument, ...fault.at], fault.argument)} is not of the stated shape`;
    default:
      // No check of arguments gives another code.
      return fault.code;
  }
}
