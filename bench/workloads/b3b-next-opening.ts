import { defineAccessFlow, nextOpening } from "../accessflow.js";
import { type Moment, moments, nextWorkTime, type Table, tableOf, zoneNames } from "../clocks.js";
import type { Workload } from "../measure.js";
import { workSchedules } from "../schedules.js";

export const workload: Workload = {
  id: "b3b",
  title: "When does work time begin next, twenty zones, 1990 to 2035",
  cases: async () => {
    const questions = moments(4000);
    const question = (index: number): Moment => questions[index] as Moment;
    const tables = zoneNames.map(tableOf);
    const schedules = workSchedules(defineAccessFlow);
    const { zoneTables } = await import("../zones.js");
    return [
      {
        name: "any instant",
        questions: questions.length,
        contenders: [
          {
            name: "by hand, a table of changes",
            role: "floor",
            run: (index) => nextWorkTime(tables[question(index).zone] as Table, question(index).at),
          },
          {
            name: "nextOpening",
            role: "accessflow",
            run: (index) => nextOpening(schedules[question(index).zone] as never, question(index).at),
          },
          {
            name: "nextOpening, pinned zones",
            role: "accessflow",
            run: (index) => nextOpening(schedules[question(index).zone] as never, question(index).at, zoneTables),
          },
        ],
        goals: [{ of: "nextOpening", against: "by hand, a table of changes", atMost: 3 }],
      },
    ];
  },
};
