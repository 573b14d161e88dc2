import type { WeeklyPattern } from "./weekly-pattern.js";
import type { Zone } from "./zone-table.js";

/** A checked schedule in the numbers that questions about it are answered from; null where it is always open. */
export type Timetable = { readonly pattern: WeeklyPattern; readonly zone: Zone } | null;
