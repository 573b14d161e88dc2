import type { Path } from "../core/kernel/path.js";
import { wallTimeMs } from "../core/time/wall-time.js";
import type { Maybe } from "./document-v2.js";
import { addIssue, type Draft, madeFrom, type Reading } from "./reading.js";
import { ourWord, weekdayWords } from "./words.js";

/** The hours of either format, which differ in the key of the days. */
type PublishedTimeframe<DaysKey extends string> = { readonly [Key in "start_time" | "end_time" | "time_zone"]?: Maybe<string> } & {
  readonly [Key in DaysKey]?: Maybe<readonly string[]>;
};

/** A definition's schedule, if the document has hours. */
export function readTimeframe<DaysKey extends string>(
  reading: Reading,
  at: Path,
  timeframe: Maybe<PublishedTimeframe<DaysKey>>,
  daysKey: DaysKey,
): Draft {
  if (timeframe === null || timeframe === undefined) return {};
  const { start_time: from, end_time: to, time_zone: timeZone } = timeframe;
  const days: Maybe<readonly string[]> = timeframe[daysKey];
  if (isEmpty(from, to)) {
    addIssue(reading, "window_empty", [...at, "end_time"], "is equal to `start_time`: a whole day is `00:00:00` to `23:59:59`");
  }
  const made = {
    kind: "onlyOn",
    days: days?.map((day) => ourWord(weekdayWords, day)),
    from: from ?? undefined,
    to: to ?? undefined,
    timeZone: timeZone ?? undefined,
  };
  const members = { days: [daysKey], from: ["start_time"], to: ["end_time"], timeZone: ["time_zone"] };
  return { schedule: madeFrom(reading, at, made, members) };
}

/** Asked here, because the last check would say it in words of definitions (S3). */
function isEmpty(from: Maybe<string>, to: Maybe<string>): boolean {
  const start = wallTimeMs(from ?? "", "from");
  return start !== null && start === wallTimeMs(to ?? "", "to");
}
