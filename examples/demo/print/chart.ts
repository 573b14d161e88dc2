import { dayMs, hourMs, printShortDay } from "../calendar.js";
import type { Story } from "../story.js";
import type { Colour } from "./colour.js";
import { pad } from "./wrap.js";

const cellMs = 2 * hourMs;

/** When each granted access is in force: one line a grant, one character for two hours. */
export function printChart({ requests, week }: Story, colour: Colour): string[] {
  const days = Array.from({ length: (week.end - week.start) / dayMs }, (_, day) => week.start + day * dayMs);
  const lines = requests.flatMap(({ number, grant }) => {
    if (grant === null) return [];
    const { start, end } = grant;
    const row = days.map((day) =>
      Array.from({ length: dayMs / cellMs }, (_, cell) => {
        const from = day + cell * cellMs;
        return start < from + cellMs && (end === null || end > from) ? colour.green("█") : colour.dim("·");
      }).join(""),
    );
    return [`${pad(`#${number}`, 4)} ${row.join("│")}${end === null || end > week.end ? colour.green("→") : ""}`];
  });
  const head = days.map((day) => pad(printShortDay(day), dayMs / cellMs)).join("│");
  return [`     ${head.trimEnd()}`, ...lines];
}
