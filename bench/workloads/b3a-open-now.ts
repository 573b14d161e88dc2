import { defineAccessFlow, isOpen } from "../accessflow.js";
import { clockPeers, isWorkTime, type Moment, moments, placeIn, type Table, tableOf, zoneNames } from "../clocks.js";
import type { Workload } from "../measure.js";
import { workSchedules } from "../schedules.js";

export const workload: Workload = {
  id: "b3a",
  title: "Is it work time: Monday to Friday 09:00 to 17:30, twenty zones, 1990 to 2035",
  cases: async () => {
    const questions = moments(4000);
    const question = (index: number): Moment => questions[index] as Moment;
    const tables = zoneNames.map(tableOf);
    const schedules = workSchedules(defineAccessFlow);
    const { zoneTables } = await import("../zones.js");
    const { peers, notes } = await clockPeers(questions);
    const byHand = ({ zone, at }: Moment): boolean => {
      const table = tables[zone] as Table;
      return isWorkTime(at + (table.offsets[placeIn(table, at)] ?? 0));
    };
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
          ...peers,
        ],
        goals: [
          { of: "isOpen", against: "by hand, a table of changes", atMost: 2 },
          { of: "isOpen", against: "Intl, one formatter a zone", atMost: 1 / 8 },
          ...(peers.some(({ name }) => name === "luxon") ? [{ of: "isOpen", against: "luxon", atMost: 1 / 50 }] : []),
        ],
        notes,
      },
    ];
  },
};
