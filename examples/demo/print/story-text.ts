import { printDay } from "../calendar.js";
import type { Story } from "../story.js";
import { printChart } from "./chart.js";
import type { Colour } from "./colour.js";
import { printTable } from "./table.js";
import { printTimeline } from "./timeline.js";

/** The whole demo as text of at most 100 columns. */
export function printStory(story: Story, colour: Colour): string {
  const { company, week } = story;
  const granted = story.requests.filter((request) => request.grant !== null).length;
  return [
    colour.bold("A week of just-in-time access at Harbourline, decided by accessflow"),
    `${company.identities} people in two directories, ${company.resources} resources in ${company.integrations} integrations, ${company.flows} access flows`,
    `${printDay(week.start)} to ${printDay(week.end - 1)} 2026; hours are UTC, the clock of Lisbon in early March`,
    ...printTimeline(story, colour),
    "",
    colour.bold(`When there was access (${granted} grants; one character is two hours)`),
    ...printChart(story, colour),
    "",
    colour.bold(`All ${story.requests.length} requests`),
    ...printTable(story, colour),
    "",
  ].join("\n");
}
