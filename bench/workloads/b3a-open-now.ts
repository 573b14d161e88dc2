import { defineAccessFlow, isOpen } from "../accessflow.js";
import { clockPeers, workTime } from "../clock-peers.js";
import { isWorkTime, type Moment, moments, placeIn, type Table, tableOf, zoneNames } from "../clocks.js";
import type { Contender, Growth, Workload } from "../measure.js";
import { manyWindows, schedulesOf } from "../schedules.js";
import { wrongAnswers } from "../wrong-answers.js";

const questions = moments(4000);
const question = (index: number): Moment => questions[index] as Moment;

export const workload: Workload = {
  id: "b3a",
  title: "Is it work time: Monday to Friday 09:00 to 17:30, twenty zones, 1990 to 2035",
  cases: async () => {
    const tables = zoneNames.map(tableOf);
    const schedules = schedulesOf(defineAccessFlow);
    const { zoneTables } = await import("../zones.js");
    const { peers, notes } = await clockPeers();
    const byHand = ({ zone, at }: Moment): boolean => {
      const table = tables[zone] as Table;
      return isWorkTime(at + (table.offsets[placeIn(table, at)] ?? 0));
    };
    const others = peers.map(
      ({ name, isInside }): Contender => ({
        name,
        role: "peer",
        run: (index) => isInside(workTime, zoneNames[question(index).zone] ?? "", question(index).at),
      }),
    );
    return [
      {
        name: "any instant",
        questions: questions.length,
        contenders: [
          { name: "by hand, a table of changes", role: "floor", run: (index) => byHand(question(index)) },
          { name: "isOpen", role: "accessflow", run: (index) => isOpen(schedules[question(index).zone] as never, question(index).at) },
          {
            name: "isOpen, pinned zones",
            role: "accessflow",
            run: (index) => isOpen(schedules[question(index).zone] as never, question(index).at, zoneTables),
          },
          ...others,
        ],
        goals: [
          { of: "isOpen", against: "by hand, a table of changes", atMost: 2 },
          { of: "isOpen", against: "Intl, one formatter a zone", atMost: 1 / 8 },
          { of: "isOpen", against: "luxon", atMost: 1 / 50 },
        ],
        figures: wrongAnswers("inside"),
        notes: [...notes, "answers are right and wrong by a walk in steps of a minute over the offsets that the runtime knows"],
      },
    ];
  },
  growth: [
    windows("isOpen, by the number of windows a day", [1, 4, 16, 64]),
    {
      name: "isOpen, by the number of zones asked in turns",
      unit: "zones",
      sizes: [1, 4, 16, 64],
      at: (size) => {
        const schedules = Intl.supportedValuesOf("timeZone")
          .slice(0, size)
          .map((zone) => manyWindows(defineAccessFlow, zone, 2));
        return (index) => isOpen(schedules[(index * 7) % size] as never, question(index).at);
      },
    },
  ],
};

function windows(name: string, sizes: readonly number[]): Growth {
  return {
    name,
    unit: "windows",
    sizes,
    at: (size) => {
      const schedule = manyWindows(defineAccessFlow, "Europe/Paris", size);
      return (index) => isOpen(schedule, question(index).at);
    },
  };
}
