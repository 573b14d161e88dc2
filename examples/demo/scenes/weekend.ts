import { isOpen, nextClosing, nextOpening } from "accessflow";
import { hourMs, printDate } from "../calendar.js";
import type { Portal } from "../portal.js";

export function weekend(portal: Portal): void {
  outOfHours(portal);
  shortNight(portal);
  whatIsLeft(portal);
}

function outOfHours(portal: Portal): void {
  portal.scene("Evenings and weekends", "On call out of hours, replicas open at once; during the day one asks like everybody else.");
  const replicas = {
    flow: "out-of-hours-replicas",
    requestor: "stefan.ionescu",
    permission: "read",
    resources: ["pg-ledger-production-replica"],
  };
  portal.ask("2026-03-06T17:30Z", replicas);
  portal.ask("2026-03-07T11:00Z", replicas);
}

function shortNight(portal: Portal): void {
  const { schedule } = portal.company.flow("sunday-maintenance");
  portal.scene("A night with one hour less", "On Sunday clocks in New York go forward: from 01:00 to 05:00 is three hours, not four.");
  const saturday = Date.parse("2026-03-07T12:00Z");
  const opens = nextOpening(schedule, saturday) ?? saturday;
  const closes = isOpen(schedule, opens) ? nextClosing(schedule, opens) : null;
  const length = closes === null ? "without end" : `${(closes - opens) / hourMs} hours`;
  portal.note("2026-03-07T12:00Z", `the next window opens ${printDate(opens)}, for ${length}`);
  const bastion = { flow: "sunday-maintenance", requestor: "sam.okoro", permission: "root", resources: ["ssh-bastion-us-east-1"] };
  portal.ask("2026-03-08T05:59Z", bastion);
  portal.ask("2026-03-08T06:30Z", bastion);
}

function whatIsLeft(portal: Portal): void {
  portal.scene("What is left", "Whatever was given for a time is gone again; the automatic flow's roles stay with their group.");
  portal.roles("2026-03-08T23:00Z", "roles in PostgreSQL, at the end of the week");
}
