import type { Instant } from "accessflow";
import { dayMs, printDay, printTime } from "../calendar.js";
import type { Entry, EntryKind, Story } from "../story.js";
import { clean } from "./clean.js";
import type { Colour } from "./colour.js";
import { pad, wrap } from "./wrap.js";

const width = 100;
const indent = 14;

const marks: Readonly<Record<EntryKind, readonly [mark: string, colour: keyof Colour]>> = {
  note: ["·", "dim"],
  asks: ["→", "cyan"],
  refused: ["✗", "red"],
  asked: ["?", "blue"],
  approve: ["+", "green"],
  reject: ["−", "red"],
  voteRefused: ["!", "yellow"],
  approved: ["✓", "green"],
  rejected: ["✗", "red"],
  expired: ["✗", "yellow"],
  withdrawn: ["✗", "yellow"],
  begins: ["▶", "green"],
  ends: ["■", "magenta"],
};

/** The week, day by day and hour by hour. */
export function printTimeline(story: Story, colour: Colour): string[] {
  const lines: string[] = [];
  const told = new Set<string>();
  let day: Instant | null = null;
  for (const entry of story.timeline) {
    const today = Math.floor(entry.at / dayMs);
    if (today !== day) lines.push("", ...printHeading(printDay(entry.at), colour));
    day = today;
    if (!told.has(entry.scene)) lines.push("", ...printScene(story, entry.scene, colour));
    told.add(entry.scene);
    lines.push(...printEntry(entry, colour));
  }
  return lines;
}

function printHeading(day: string, colour: Colour): string[] {
  return [colour.bold(`━━ ${day} ${"━".repeat(width - day.length - 4)}`)];
}

function printScene(story: Story, title: string, colour: Colour): string[] {
  const about = story.scenes.find((scene) => scene.title === title)?.about ?? "";
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
