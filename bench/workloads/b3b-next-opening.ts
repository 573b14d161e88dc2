import { defineAccessFlow, nextOpening } from "../accessflow.js";
import { clockPeers, workTime } from "../clock-peers.js";
import { type Moment, moments, nextWorkTime, type Table, tableOf, zoneNames } from "../clocks.js";
import type { Contender, Workload } from "../measure.js";
import { manyWindows, schedulesOf, withDaysOff } from "../schedules.js";
import { wrongAnswers } from "../wrong-answers.js";

const questions = moments(4000);
const question = (index: number): Moment => questions[index] as Moment;
const floor = "by hand, a table of changes";

export const workload: Workload = {
  id: "b3b",
  title: "When does work time begin next, twenty zones, 1990 to 2035",
  cases: async () => {
    const tables = zoneNames.map(tableOf);
    const schedules = schedulesOf(defineAccessFlow);
    const { zoneTables } = await import("../zones.js");
    const { peers, notes } = await clockPeers();
    const others = peers.map(
      ({ name, nextStart }): Contender => ({
        name,
        role: "peer",
        run: (index) => nextStart(workTime, zoneNames[question(index).zone] ?? "", question(index).at),
      }),
    );
    return [
      {
        name: "any instant",
        questions: questions.length,
        contenders: [
          { name: floor, role: "floor", run: (index) => nextWorkTime(tables[question(index).zone] as Table, question(index).at) },
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
          ...others,
        ],
        goals: [
          { of: "nextOpening", against: floor, atMost: 3 },
          { of: "nextOpening", against: "best peer", atMost: 1 / 30 },
        ],
        figures: wrongAnswers("next"),
        notes: [
          ...notes,
          "TZDate (@date-fns/tz) is not among the installed peers",
          "half of what is counted is about a window from 02:15 to 02:45 beside changes of the clocks: one that is skipped is no opening, one that comes twice is two",
        ],
      },
    ];
  },
  growth: [
    {
      name: "nextOpening, by the number of windows a day",
      unit: "windows",
      sizes: [1, 4, 16, 64],
      at: (size) => {
        const schedule = manyWindows(defineAccessFlow, "Europe/Paris", size);
        return (index) => nextOpening(schedule, question(index).at);
      },
    },
    {
      name: "nextOpening, by the number of days off that lie before it",
      unit: "days",
      sizes: [4, 16, 64, 256],
      at: (size) => {
        const from = Date.UTC(2026, 2, 2);
        const schedule = withDaysOff(defineAccessFlow, "Europe/Paris", from, size);
        return (index) => nextOpening(schedule, from + index * 60_000);
      },
    },
  ],
};
