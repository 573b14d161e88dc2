import { type Company, loadCompany } from "./company.js";
import { Portal } from "./portal.js";
import { friday } from "./scenes/friday.js";
import { monday } from "./scenes/monday.js";
import { thursday } from "./scenes/thursday.js";
import { tuesday } from "./scenes/tuesday.js";
import { wednesday } from "./scenes/wednesday.js";
import { weekend } from "./scenes/weekend.js";
import type { Story } from "./story.js";

/** The week as the library decides it: the same on every run. */
export function tellWeek(company: Company = loadCompany()): Story {
  const portal = new Portal(company);
  for (const day of [monday, tuesday, wednesday, thursday, friday, weekend]) day(portal);
  return portal.story();
}
