import type { NonEmptyArray } from "../kernel/non-empty-array.js";

/** Days of the week, in English and small letters. */
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export const weekdays: NonEmptyArray<Weekday> = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Part of a week by the clock on the wall. Half-open: `from` is included, `to` is not (S2). */
export type WeeklyWindow = {
  /** The days on which the window starts. */
  readonly days: NonEmptyArray<Weekday>;
  /** `HH:mm` or `HH:mm:ss`. */
  readonly from: string;
  /** `HH:mm`, `HH:mm:ss` or `24:00`. Earlier than `from`: on the next day (S3). */
  readonly to: string;
};

/** When access may be asked for ("When"). Kept in whichever of the two forms of `onlyOn` was written. */
export type Schedule = { readonly kind: "always" } | OnlyOn;

/** Open in weekly windows of one time zone (S1–S7). */
export type OnlyOn = (WeeklyWindow | { readonly windows: NonEmptyArray<WeeklyWindow> }) & {
  readonly kind: "onlyOn";
  /** IANA name, for example `Europe/Paris` (S5). */
  readonly timeZone: string;
  /** Local dates, `YYYY-MM-DD`, on which no window starts (S7). */
  readonly except?: readonly string[] | undefined;
};
