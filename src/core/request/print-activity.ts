import { type ActivityRow, activityColumns } from "./to-activity-row.js";

/**
 * Rows of the activity report as CSV (RFC 4180): a line of column names, then a line a row, ended by CR LF.
 *
 * Cells that a spreadsheet would run as a formula – they begin with `=`, `+`, `-`, `@`, a tab or a line break,
 * full-width forms and leading white space included – get a `'` before them: a name cannot trick whoever opens
 * the file (TH19).
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

/** What spreadsheets take for the beginning of a formula. */
const dangerous = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/u;

function cell(text: string): string {
  const safe = dangerous.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
