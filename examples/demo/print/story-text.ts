import { printDay, week } from "../calendar.js";
import type { Company } from "../company.js";
import type { Story } from "../story.js";
import { printActivityTable } from "./activity-table.js";
import { printChart } from "./chart.js";
import type { Colour } from "./colour.js";
import { printTable } from "./table.js";

/** What comes before the first day. All of the text is at most 100 columns wide. */
export function printOpening({ flows, identities, resources, catalog }: Company, colour: Colour): string[] {
  const integrations = catalog.integrations?.length ?? 0;
  return [
    colour.bold("A week of just-in-time access at Harbourline, decided by accessflow"),
    `${identities.length} people in two directories, ${resources.length} resources in ${integrations} integrations, ${flows.size} access flows`,
    `${printDay(week.start)} to ${printDay(week.end - 1)} 2026; hours are UTC, the clock of Lisbon in early March`,
  ];
}

/** What comes after the last day. */
export function printClosing(story: Story, colour: Colour): string[] {
  const granted = story.requests.filter((request) => request.grant !== null).length;
  return [
    "",
    colour.bold(`When there was access (${granted} grants; one character is two hours)`),
    ...printChart(story, colour),
    "",
    colour.bold(`All ${story.requests.length} requests`),
    ...printTable(story, colour),
    "",
    colour.bold(`The activity report (six of its columns; --json has all)`),
    ...printActivityTable(story.activity, colour),
  ];
}
