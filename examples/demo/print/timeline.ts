import type { Instant } from "accessflow";
import { dayMs, printDay, printTime } from "../calendar.js";
import type { Entry, EntryKind, Scene } from "../story.js";
import { clean } from "./clean.js";
import type { Colour } from "./colour.js";
import { pad, wrap } from "./wrap.js";

const width = 100;
const indent = 14;

const marks: Readonly<Record<EntryKind, readonly [mark: string, colour: keyof Colour]>> = {
  note: ["·", "dim"],
  roles: ["§", "magenta"],
  asks: ["→", "cyan"],
  refused: ["✗", "red"],
  mfa: ["*", "blue"],
  asked: ["?", "blue"],
  approve: ["+", "green"],
  reject: ["−", "red"],
  commandRefused: ["!", "yellow"],
  approved: ["✓", "green"],
  rejected: ["✗", "red"],
  expired: ["✗", "yellow"],
  withdrawn: ["✗", "yellow"],
  begins: ["▶", "green"],
  extended: ["▶", "green"],
  revoked: ["−", "red"],
  ends: ["■", "magenta"],
};

/** Prints the week, day by day and hour by hour: each scene with its title where it first comes up. */
export function timelinePrinter(scenes: readonly Scene[], colour: Colour): (entries: readonly Entry[]) => string[] {
  const told = new Set<string>();
  let day: Instant | null = null;
  return (entries) =>
    entries.flatMap((entry) => {
      const lines: string[] = [];
      const today = Math.floor(entry.at / dayMs);
      if (today !== day) lines.push("", ...printHeading(printDay(entry.at), colour));
      day = today;
      if (!told.has(entry.scene)) lines.push("", ...printScene(scenes, entry.scene, colour));
      told.add(entry.scene);
      return [...lines, ...printEntry(entry, colour)];
    });
}

function printHeading(day: string, colour: Colour): string[] {
  return [colour.bold(`━━ ${day} ${"━".repeat(width - day.length - 4)}`)];
}

function printScene(scenes: readonly Scene[], title: string, colour: Colour): string[] {
  const about = scenes.find((scene) => scene.title === title)?.about ?? "";
  return [`  ${colour.bold(clean(title))}`, ...wrap(clean(about), width - 2).map((line) => `  ${colour.dim(line)}`)];
}

function printEntry(entry: Entry, colour: Colour): string[] {
  const [mark, name] = marks[entry.kind];
  const number = entry.request === null ? "" : `#${entry.request}`;
  const [first = "", ...rest] = wrap(clean(entry.text), width - indent);
  const paint = entry.kind === "note" ? (text: string) => text : colour[name];
  return [
    `  ${colour.dim(printTime(entry.at))} ${pad(number, 3)} ${colour[name](mark)} ${paint(first)}`,
    ...rest.map((line) => " ".repeat(indent) + paint(line)),
    ...entry.because.flatMap((line) =>
      wrap(clean(line), width - indent - 4).map((part, index) => " ".repeat(indent) + colour.dim(index === 0 ? "│ " : "│   ") + part),
    ),
  ];
}
