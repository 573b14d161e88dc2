import { dayMs, printDate, printTime } from "../calendar.js";
import type { Outcome, RequestRow, Story } from "../story.js";
import { clean } from "./clean.js";
import type { Colour } from "./colour.js";
import { pad, wrap } from "./wrap.js";

const columns = [
  { title: "#", width: 3 },
  { title: "who (for whom)", width: 20 },
  { title: "flow", width: 24 },
  { title: "outcome", width: 9 },
  { title: "approved by, or why not", width: 22 },
  { title: "access", width: 17 },
] as const;

/** A space at which no line is broken. */
const unbroken = "\u00a0";

const colours: Readonly<Record<Outcome, keyof Colour>> = {
  refused: "red",
  pending: "blue",
  approved: "green",
  revoked: "magenta",
  failed: "red",
  rejected: "red",
  expired: "yellow",
  withdrawn: "yellow",
};

/** Every request of the week: its outcome, who approved it, and from when to when there was access. */
export function printTable({ requests }: Story, colour: Colour): string[] {
  const rule = columns.map(({ width }) => "─".repeat(width)).join("─");
  return [colour.bold(printLine(columns.map(({ title }) => title))), rule, ...requests.flatMap((request) => printRow(request, colour))].map(
    (line) => line.trimEnd(),
  );
}

function printRow(request: RequestRow, colour: Colour): string[] {
  const cells = cellsOf(request).map((text, index) =>
    wrap(clean(text), columns[index]?.width ?? 0).map((line) => line.replaceAll(unbroken, " ")),
  );
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    printLine(
      cells.map((cell) => cell[line] ?? ""),
      (text, column) => (column === 3 ? colour[colours[request.outcome]](text) : text),
    ),
  );
}

function cellsOf(request: RequestRow): string[] {
  const { number, requestor, grantee, flow, outcome, grant } = request;
  return [
    String(number),
    grantee === null ? requestor : `${requestor} (for ${grantee})`,
    flow,
    outcome,
    whyOf(request),
    grant === null ? "" : printGrant(grant),
  ];
}

function whyOf({ outcome, reasons, approvers, rejectedBy, grant }: RequestRow): string {
  switch (outcome) {
    case "refused":
      return reasons.map((code) => code.replaceAll("_", " ")).join(", ");
    case "rejected":
      return `no: ${rejectedBy.join(", ")}`;
    default:
      return grant !== null && approvers.length === 0 ? "(by rule)" : approvers.join(", ");
  }
}

/** `Mon 09:15 – 17:15`, or with the day of the end where it is another. */
function printGrant({ start, end }: NonNullable<RequestRow["grant"]>): string {
  if (end === null) return together(`${printDate(start)} –`, "open end");
  const sameDay = Math.floor(start / dayMs) === Math.floor(end / dayMs);
  return sameDay ? `${printDate(start)} – ${printTime(end)}` : together(`${printDate(start)} –`, printDate(end));
}

/** Joined so that a line breaks between the parts only. */
function together(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(" ", unbroken)).join(" ");
}

function printLine(cells: readonly string[], paint: (text: string, column: number) => string = (text) => text): string {
  return cells.map((text, index) => paint(pad(text, columns[index]?.width ?? 0), index)).join(" ");
}
