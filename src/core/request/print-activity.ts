import { type ActivityRow, activityColumns } from "./to-activity-row.js";

/**
 * Rows of the activity report as CSV (RFC 4180): a line of column names, then a line a row, ended by CR LF.
 *
 * Cells that a spreadsheet would run as a formula – they begin with `=`, `+`, `-`, `@`, a tab or a line break,
 * full-width forms and what is not seen before them included – get a `'` before them, and so does what follows a `;`
 * or a line break within a cell: a name cannot trick whoever opens the file (TH19).
 *
 * @example
 * const row = Object.fromEntries(activityColumns.map((column) => [column, ""])) as ActivityRow;
 * printActivity([{ ...row, request_id: "r1", justification: "=1+1" }]).split("\r\n")[1];
 * // => "r1,,,,,,,,,,,,,,,,'=1+1,,,,,,,"
 */
export function printActivity(rows: readonly ActivityRow[]): string {
  const lines = [activityColumns.join(","), ...rows.map((row) => activityColumns.map((column) => cell(row[column])).join(","))];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** What spreadsheets take for the beginning of a formula, signs that are not seen before it passed over. */
const dangerous = /^[\s\p{Cc}\p{Cf}]*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** The same behind what some spreadsheets take for the end of a cell, wherever the file says it is. */
const dangerousWithin = /(?=[=+\-@\uff1d\uff0b\uff0d\uff20])(?<=[;\t\r\n][\s\p{Cc}\p{Cf}]*)/gu;

function cell(text: string): string {
  const within = text.replace(dangerousWithin, "'");
  const safe = dangerous.test(text) ? `'${within}` : within;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
