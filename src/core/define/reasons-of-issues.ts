import type { Issue, IssueCode } from "../kernel/issue.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";

const overLimit: ReadonlySet<IssueCode> = new Set(["too_many", "too_long", "too_deep", "too_large"]);

/** The faults of an argument, as decision functions refuse it: only their places, since the caller has the record. */
export function reasonsOfIssues(argument: string, [first, ...others]: NonEmptyArray<Issue>, at: Path = []): NonEmptyArray<Reason> {
  const reasonOf = (issue: Issue): Reason =>
    reason("facts_invalid", overLimit.has(issue.code) ? "D4" : "C4", [], { argument, at: [...at, ...issue.path] });
  return [reasonOf(first), ...others.map(reasonOf)];
}
