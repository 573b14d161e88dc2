import type { ActivityRow } from "accessflow";
import { clean } from "./clean.js";
import type { Colour } from "./colour.js";
import { pad } from "./wrap.js";

const columns = [
  { title: "requestor_name", key: "requestor_name", width: 18 },
  { title: "status", key: "status", width: 9 },
  { title: "trigger_type", key: "trigger_type", width: 12 },
  { title: "request_grant_date", key: "request_grant_date", width: 24 },
  { title: "request_revoke_date", key: "request_revoke_date", width: 24 },
  { title: "extended", key: "extension_count", width: 8 },
] as const;

/** The activity report, by some of its columns. */
export function printActivityTable(rows: readonly ActivityRow[], colour: Colour): string[] {
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, index) => pad(text, columns[index]?.width ?? 0))
      .join(" ")
      .trimEnd();
  return [
    colour.bold(line(columns.map(({ title }) => title))),
    columns.map(({ width }) => "─".repeat(width)).join("─"),
    ...rows.map((row) => line(columns.map(({ key }) => clean(row[key])))),
  ];
}
