import { printPlace } from "../core/define/print-value.js";
import type { Issue, IssueCode } from "../core/kernel/issue.js";
import type { Json } from "../core/kernel/json.js";
import type { Path } from "../core/kernel/path.js";
import type { Duration } from "../core/time/duration.js";
import { durationOfMinutes, minutesOfDuration } from "./minutes.js";

/** What could not be said so far, with paths into the flow. */
export type Writing = { readonly issues: Issue[] };

export type JsonRecord = { readonly [key: string]: Json };

export function refuseToWrite(writing: Writing, code: IssueCode, path: Path, says: string): void {
  writing.issues.push({ code, path, message: `${printPlace(path, "the flow")} ${says}` });
}

/** A key whose value must be what reading gives where their format is silent. */
export function refuseUnlessDefault(writing: Writing, path: Path, isDefault: boolean, usual: string): void {
  if (!isDefault) refuseToWrite(writing, "unknown_key", path, `cannot be said in this format: only ${usual} can`);
}

/** Whole minutes that read back as they were written. */
export function writeMinutes(writing: Writing, path: Path, duration: Duration): number {
  const minutes = minutesOfDuration(duration);
  if (minutes === null) {
    refuseToWrite(writing, "duration_invalid", path, "cannot be said in this format: it must be whole minutes");
    return 0;
  }
  const readBack = durationOfMinutes(minutes);
  if (!isSameDuration(duration, readBack)) {
    refuseToWrite(writing, "duration_invalid", path, `cannot be kept as written: write \`${readBack.amount}\` \`${readBack.unit}\``);
  }
  return minutes;
}

export function isSameDuration(left: Duration, right: Duration): boolean {
  return left.amount === right.amount && left.unit === right.unit;
}
