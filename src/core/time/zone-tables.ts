/**
 * The time zones of one named tz release as plain data, for answers that do not depend on what the runtime
 * knows (X11). `accessflow/zones` ships the tables of one release; a host may keep another.
 *
 * Deep-frozen tables, such as the ones shipped, are read once; others are read again at every call. A zone is
 * unpacked when it is first asked for. One line a set of equal zones, in four parts between `|`:
 *
 * 1. The names, apart by a space.
 * 2. The offsets in seconds, in order of appearance; the first holds from 1970 on.
 * 3. The changes: seconds since the one before (the first: since 1970) in base 36, and one more digit of base
 *    36 for which offset holds from then on.
 * 4. Empty, or how the clocks change twice in every later year: the first such year, then for either change, the
 *    second in a later month, `month day weekday second offset` – on the first such weekday (0 is Monday) from that
 *    day of the month on, at that second of the day by UTC, to that offset in seconds.
 */
export type ZoneTables = {
  /** The tz release, for example `2026f`. */
  readonly release: string;
  readonly zones: readonly string[];
};
