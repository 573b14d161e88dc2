import type { AttributeValue, Identity } from "accessflow";
import { printDate } from "../calendar.js";
import type { FileReport, FlowsReport } from "../flows/report.js";
import type { Sample } from "../flows/samples.js";
import { counted, list } from "../words.js";
import { clean } from "./clean.js";
import type { Colour } from "./colour.js";
import { wrap } from "./wrap.js";

const width = 100;

/** The report on a folder as text. Names in it are strangers' texts: every line is cleaned. */
export function printReport(report: FlowsReport, colour: Colour): string {
  const { files, others, faults, folder } = report;
  return [
    colour.bold(clean(`${counted(files.length, "file")} in ${folder}`)),
    ...(others.length === 0 ? [] : [colour.dim(clean(`left alone, as no .json: ${list(others)}`))]),
    ...files.flatMap((file) => ["", ...printFile(file, colour)]),
    "",
    printTotal(files, faults, colour),
    "",
  ].join("\n");
}

function printTotal(files: readonly FileReport[], faults: number, colour: Colour): string {
  const kinds = (["access flow", "bundle", "access scope", "catalogue"] as const).flatMap((kind) => {
    const count = files.filter((file) => file.what === kind).length;
    return count === 0 ? [] : [counted(count, kind)];
  });
  const found = kinds.length === 0 ? "nothing readable" : list(kinds);
  return faults === 0 ? colour.green(`${found}: no fault`) : colour.red(`${found}: ${counted(faults, "file")} with faults`);
}

function printFile(file: FileReport, colour: Colour): string[] {
  const head = clean(file.file);
  const written = file.written === "published" ? ", in the published format" : "";
  const name = file.name === null ? "" : ` “${file.name}”`;
  const what = file.what === "unreadable" ? "not readable" : `${file.what}${name}${written}`;
  return [
    colour.bold(`━━ ${head} ${"━".repeat(Math.max(0, width - [...head].length - 4))}`),
    ...wrap(clean(what), width - 2).map((line) => `  ${line}`),
    ...file.faults.flatMap((fault) => item("✗", clean(fault.message), colour.red)),
    ...file.notes.flatMap((note) => item("i", clean(note), colour.yellow)),
    ...(file.meaning.length === 0 ? [] : ["", `  ${colour.bold("What it means")}`]),
    ...file.meaning.flatMap((sentence) => shortened(item("·", clean(sentence), colour.dim))),
    ...(file.samples.length === 0 ? [] : ["", `  ${colour.bold("Sample requests")}`]),
    ...file.samples.flatMap((sample) => printSample(sample, colour)),
  ];
}

function printSample(sample: Sample, colour: Colour): string[] {
  const eligible = sample.outcome === "eligible";
  const who = `${sample.who} (${factsOf(sample.requestor)})`;
  const forWhom = sample.grantee === null ? "" : `, for somebody (${factsOf(sample.grantee)})`;
  const next = sample.next === "votes" ? "may ask; people decide" : "may ask and is approved at once";
  const until =
    sample.window === null
      ? ""
      : sample.window.end === null
        ? "; access until it is revoked"
        : `; access until ${printDate(sample.window.end)} at most`;
  const answer = eligible ? `${next}${until}` : "may not ask";
  return [
    ...item(eligible ? "✓" : "✗", clean(`${printDate(sample.at)} ${who}${forWhom}: ${answer}`), eligible ? colour.green : colour.red),
    ...[...sample.because, ...sample.votes].flatMap((line) =>
      wrap(clean(line), width - 8).map((part, index) => `    ${colour.dim(index === 0 ? "│ " : "│   ")}${part}`),
    ),
  ];
}

function item(mark: string, text: string, paint: (text: string) => string): string[] {
  return wrap(text, width - 4).map((line, index) => (index === 0 ? `  ${paint(mark)} ${line}` : `    ${line}`));
}

/** What is known about a sample person. */
function factsOf({ id, emails, manager, attributes }: Identity): string {
  const shown = (value: AttributeValue | null): string => (value === null ? "unknown" : typeof value === "string" ? value : value.id);
  const facts = [
    ...(emails ?? []).map((email) => `user ${email}`),
    ...(manager === undefined || manager === null ? [] : [`manager ${manager}`]),
    ...Object.entries(attributes ?? {}).map(([name, value]) => {
      const values = [value ?? null].flat();
      return `${name} ${values.length === 0 ? "none" : values.map(shown).join(", ")}`;
    }),
  ];
  return facts.length === 0 ? id : `${id}: ${facts.join("; ")}`;
}

const most = 8;

/** A sentence over hundreds of names is cut here; `--json` has the whole. */
function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `    … and ${lines.length - most + 1} lines more, shown by --json`];
}
