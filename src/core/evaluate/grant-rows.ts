import { sortTexts } from "../kernel/sort-texts.js";
import { compareRows, type TargetGrant } from "./target-rows.js";

/** Rows in the making: entitlements with the same integration, type, permission and origins (T6). */
export type GrantRows = {
  /** Adds ids, sorted; the list is taken as it is. `targets` are ascending. */
  readonly add: (of: RowPlace, permission: string, targets: readonly number[], ids: readonly string[]) => void;
  /** All that was added, in order. */
  readonly finish: () => readonly TargetGrant[];
};

export type RowPlace = Pick<TargetGrant, "integration" | "resourceType">;

export function startRows(): GrantRows {
  const rows = new Map<string, { readonly row: Omit<TargetGrant, "resources">; readonly lists: (readonly string[])[] }>();
  return {
    add: ({ integration, resourceType }, permission, targets, ids) => {
      if (ids.length === 0) return;
      const key = JSON.stringify([integration, resourceType, permission, targets]);
      const known = rows.get(key);
      if (known === undefined) rows.set(key, { row: { integration, resourceType, permission, targets }, lists: [ids] });
      else known.lists.push(ids);
    },
    finish: () =>
      [...rows.values()]
        .map(({ row: { integration, resourceType, permission, targets }, lists }) => {
          return { integration, resourceType, permission, resources: sorted(lists), targets };
        })
        .sort(compareRows),
  };
}

/** Lists that are sorted, as one. */
function sorted(lists: readonly (readonly string[])[]): readonly string[] {
  const [only = [], ...more] = lists;
  return more.length === 0 ? only : Object.freeze(sortTexts(lists.flat()));
}
