import { millisecondsPerDay } from "./local-date.js";

const wallTime = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Milliseconds from midnight by the clock on the wall, or null: `HH:mm`, `HH:mm:ss`, and for `to` also `24:00` (S2). */
export function wallTimeMs(text: string, role: "from" | "to"): number | null {
  if (role === "to" && text === "24:00") return millisecondsPerDay;
  const match = wallTime.exec(text);
  if (match === null) return null;
  return (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)) * 1000;
}
