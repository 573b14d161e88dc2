import { loadCompany } from "./company.js";
import { claimFolder } from "./host/folder.js";
import { openHost } from "./host/host.js";
import type { Options } from "./options.js";
import type { Colour } from "./print/colour.js";
import { printClosing, printOpening } from "./print/story-text.js";
import { timelinePrinter } from "./print/timeline.js";
import type { Script } from "./script.js";
import { tellWeek } from "./tell-week.js";
import { writeWeek } from "./week.js";

/** Lives through the week and writes it down, day by day as it goes; gives what is wrong where it cannot. */
export async function runWeek(
  { folder, resume, json }: Options,
  colour: Colour,
  write: (text: string) => void,
): Promise<{ readonly wrong: string } | null> {
  const company = loadCompany();
  const script = writeWeek(company);
  const refused = claimFolder(folder);
  if (refused !== null) return refused;
  const host = await openHost(folder, company, { resume });
  if ("wrong" in host) return host;
  const print = (lines: readonly string[]): void => {
    if (!json) write(lines.map((line) => `${line}\n`).join(""));
  };
  try {
    const edition = await host.notebook.once("edition", async () => editionOf(script));
    if (edition !== editionOf(script))
      return { wrong: `the week in ${folder} was begun by another edition of the demo; begin anew, without --resume` };
    const printDay = timelinePrinter(script.scenes, colour);
    print(printOpening(company, colour));
    const story = await tellWeek(script, company, host, (entries) => print(printDay(entries)));
    print(printClosing(story, colour));
    if (json) write(`${JSON.stringify(story, null, 2)}\n`);
    return null;
  } finally {
    await host.close();
  }
}

/** What has to be the same for a week to be gone on with. */
function editionOf({ steps, requests }: Script): string {
  return JSON.stringify([requests, steps.map(({ key, at, scene }) => [key, at, scene])]);
}
