import type { OwnerClass } from "../../core/approval/approval-state.js";
import type { FactsNeeded } from "../../core/facts/facts-needed.js";
import { compareText } from "../../core/kernel/text.js";

/** Nothing beside what a directory always answers. */
export const noNeeds: FactsNeeded = Object.freeze({ attributes: Object.freeze([]), manager: false });

type Need = FactsNeeded["attributes"][number];

/** What is needed where one answer serves several purposes. */
export function unitedNeeds(all: readonly FactsNeeded[]): FactsNeeded {
  const byName = new Map<string, Need["sources"]>();
  for (const { name, sources } of all.flatMap(({ attributes }) => attributes)) {
    const known = byName.get(name);
    byName.set(name, known === undefined ? sources : bothSources(known, sources));
  }
  const attributes = [...byName].map(([name, sources]) => ({ name, sources })).sort((left, right) => compareText(left.name, right.name));
  return { attributes, manager: all.some(({ manager }) => manager) };
}

/** What has to be known of somebody before it is known which resources they own (A8). */
export function ownerNeeds(owners: readonly OwnerClass[]): FactsNeeded {
  const attributes = owners.flatMap(({ owner }) =>
    owner === null ? [] : [{ name: owner.attribute, sources: owner.source === undefined ? ("any" as const) : [owner.source] }],
  );
  return unitedNeeds([{ attributes, manager: attributes.some(({ name }) => name === "manager") }]);
}

function bothSources(left: Need["sources"], right: Need["sources"]): Need["sources"] {
  return left === "any" || right === "any" ? "any" : [...new Set([...left, ...right])].sort(compareText);
}
