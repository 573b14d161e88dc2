import type { SubmitCommand } from "accessflow/service";
import { printDate } from "./calendar.js";
import { type Company, named } from "./company.js";
import type { Ask } from "./script.js";
import { list } from "./words.js";

/** What somebody asks for, as the service is told. */
export function commandOf({ requestor, flow, permission, resources, startAt, ...rest }: Ask, company: Company): Omit<SubmitCommand, "key"> {
  const [first, ...others] = resources.map((resource) => ({ resource, permission }));
  return {
    ...rest,
    actor: { id: requestor },
    flow: company.flow(flow).id,
    entitlements: [named("resource", "asked for", first), ...others],
    startAt: startAt === undefined ? undefined : Date.parse(startAt),
  };
}

/** The same in a sentence. */
export function askText(ask: Ask, company: Company): string {
  const { grantee, requestedDuration: length, startAt, justification } = ask;
  const why = justification === undefined ? "" : `: “${justification}”`;
  const forWhom = grantee === undefined ? "" : ` for ${company.nameOf(grantee)}`;
  const long = length === undefined ? "" : `, for ${length.amount} ${length.unit}${length.amount === 1 ? "" : "s"}`;
  const from = startAt === undefined ? "" : `, from ${printDate(Date.parse(startAt))}`;
  const what = list(ask.resources.map((id) => company.resource(id).name));
  return `${company.nameOf(ask.requestor)} asks${forWhom}: ${company.flow(ask.flow).name} · ${ask.permission} on ${what}${long}${from}${why}`;
}
