import type { Issue, IssueCode } from "./issue.js";
import type { NonEmptyArray } from "./non-empty-array.js";
import type { ReasonCode } from "./reason.js";

/**
 * What functions throw whose return type has no room for a refusal: `defineAccessFlow`, the schedule
 * functions, `isEligible`, `pending`, `wakeAt`. Recognise it by `name`, never by `instanceof`: the class
 * loaded by `import` is not the one loaded by `require`.
 */
export type AccessFlowError = Error & {
  readonly name: "AccessFlowError";
  readonly code: IssueCode | ReasonCode;
  /** The faults of the document; empty where an argument was refused for a reason. */
  readonly issues: readonly Issue[];
};

export function accessFlowError(code: IssueCode | ReasonCode, message: string, issues: readonly Issue[] = []): AccessFlowError {
  const error = new Error(message);
  // Defined, not assigned: where a host has frozen `Error.prototype`, its `name` cannot be assigned over (TH9).
  Object.defineProperties(error, { name: own("AccessFlowError"), code: own(code), issues: own(issues) });
  // The compiler does not follow what is defined like that.
  return error as AccessFlowError;
}

/** As an assignment would leave it: who logs or copies the error sees it. */
function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

/** All faults of a document in one error: its code is the first fault's, its message lists every one. */
export function errorOfIssues(subject: string, issues: NonEmptyArray<Issue>): AccessFlowError {
  const lines = issues.map((issue) => `- ${issue.message}`).join("\n");
  return accessFlowError(issues[0].code, `${subject}\n${lines}`, issues);
}
