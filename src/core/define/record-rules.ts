import type { IssueCode } from "../kernel/issue.js";
import { type DurationUnit, maximumDurationMs, measureDuration } from "../time/duration.js";
import { wallTimeMs } from "../time/wall-time.js";
import { printValue, printWords } from "./print-value.js";
import type { RecordShape } from "./shape.js";

/** What is wrong between the keys of a record, reported at one of them. */
type RecordFault = { readonly key: string; readonly code: IssueCode; readonly says: string; readonly limit?: number };

type Draft = { readonly [key: string]: unknown };

/** What the keys of a record must be to each other; where one of them is faulty, that was reported. */
export function faultOfRecord(shape: RecordShape, draft: Draft): RecordFault | null {
  const formFault = shape.forms === undefined ? null : faultOfForms(shape.forms, draft);
  if (formFault !== null) return formFault;
  if (shape.check === "duration") return faultOfDuration(draft["amount"], draft["unit"]);
  if (shape.check === "window") return faultOfWindow(draft["from"], draft["to"]);
  return null;
}

/** Two ways of saying one thing at once could contradict each other (D5). */
function faultOfForms({ usual, other }: NonNullable<RecordShape["forms"]>, draft: Draft): RecordFault | null {
  if (!Object.hasOwn(draft, other) || !usual.some((key) => Object.hasOwn(draft, key))) return null;
  const says = `stands in place of ${printWords(usual, "and")}: write the one or the other`;
  return { key: other, code: "combination_means_nothing", says };
}

/** W1: whole milliseconds, from 1 ms to 3,650 days. */
function faultOfDuration(amount: unknown, unit: unknown): RecordFault | null {
  if (typeof amount !== "number" || typeof unit !== "string") return null;
  // The unit is one of the shape's words.
  const measured = measureDuration(amount, unit as DurationUnit);
  if (measured.ok) return null;
  const written = `${printValue(amount)} ${unit}`;
  switch (measured.fault) {
    case "not_positive":
      return { key: "amount", code: "duration_invalid", says: `must be more than nothing, not ${written}` };
    case "not_whole":
      return { key: "amount", code: "duration_invalid", says: `must come to whole milliseconds, not ${written}` };
    case "out_of_range":
      return { key: "amount", code: "duration_out_of_range", says: `must be at most 3650 days, not ${written}`, limit: maximumDurationMs };
  }
}

/** S3: a window that ends where it starts could mean a whole day or nothing. */
function faultOfWindow(from: unknown, to: unknown): RecordFault | null {
  if (typeof from !== "string" || typeof to !== "string" || wallTimeMs(from, "from") !== wallTimeMs(to, "to")) return null;
  return { key: "to", code: "window_empty", says: "is equal to `from`: write `00:00` to `24:00` for a whole day" };
}
