import type { AttributeValue, Identity } from "../../src/core/facts/identity.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";

/**
 * The identity without one fact that can be unknown: an attribute, one of its values, the manager, the addresses,
 * the directories that answered, or one of them. `choice` picks which; where nothing can be dropped, the
 * identity as it is. (Id, accounts and `active` are never unknown: C8, C9. In place of a name that is not
 * known the id is read, so a name is no such fact: C5.)
 */
export function lessKnown(full: Identity, choice: number): Identity {
  const drops = [...attributeDrops(full), ...otherDrops(full)];
  return deepFreeze(drops[choice % drops.length] ?? full);
}

function otherDrops(full: Identity): readonly Identity[] {
  const drops: Identity[] = [];
  for (const key of ["manager", "emails", "sources", "attributes"] as const) {
    if (full[key] === undefined) continue;
    const { [key]: _, ...rest } = full;
    drops.push(rest);
  }
  for (const source of full.sources ?? []) drops.push({ ...full, sources: (full.sources ?? []).filter((each) => each !== source) });
  return drops;
}

function attributeDrops(full: Identity): readonly Identity[] {
  const attributes = full.attributes ?? {};
  const drops: NonNullable<Identity["attributes"]>[] = [];
  for (const [name, held] of Object.entries(attributes)) {
    drops.push(Object.fromEntries(Object.entries(attributes).filter(([each]) => each !== name)));
    drops.push(withValue(attributes, name, null));
    if (Array.isArray(held)) {
      const list = held as readonly (AttributeValue | null)[];
      list.forEach((_, index) => {
        drops.push(withValue(attributes, name, replaced(list, index, null)));
      });
    }
  }
  return drops.map((each) => ({ ...full, attributes: each }));
}

/** Built from entries: an own `__proto__` stays one. */
function withValue(
  attributes: NonNullable<Identity["attributes"]>,
  name: string,
  held: AttributeValue | readonly (AttributeValue | null)[] | null,
) {
  return Object.fromEntries(Object.entries(attributes).map(([each, old]) => [each, each === name ? held : old]));
}

function replaced<T>(list: readonly T[], index: number, value: T): readonly T[] {
  return list.map((old, at) => (at === index ? value : old));
}
