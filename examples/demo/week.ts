import type { Company } from "./company.js";
import { Portal } from "./portal.js";
import { friday } from "./scenes/friday.js";
import { monday } from "./scenes/monday.js";
import { thursday } from "./scenes/thursday.js";
import { tuesday } from "./scenes/tuesday.js";
import { wednesday } from "./scenes/wednesday.js";
import { weekend } from "./scenes/weekend.js";
import type { Script } from "./script.js";

/** The week as it is written: the same on every run. */
export function writeWeek(company: Company): Script {
  const portal = new Portal(company);
  for (const day of [monday, tuesday, wednesday, thursday, friday, weekend]) day(portal);
  return portal.script();
}
