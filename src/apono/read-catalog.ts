import { definitionWalk } from "../core/define/check-access-flow.js";
import { checkPart } from "../core/define/check-part.js";
import { targetShape } from "../core/define/flow-shape.js";
import { filledList, record, required } from "../core/define/shape.js";
import type { Target } from "../core/flow/target.js";
import type { NonEmptyArray } from "../core/kernel/non-empty-array.js";
import type { Path } from "../core/kernel/path.js";
import { parseQuery } from "../core/query/parse-query.js";
import type { AccessScopeV2, BundleV2, Maybe } from "./document-v2.js";
import type { Imported } from "./imported.js";
import { noteDates } from "./note-dates.js";
import { readTargetsV2 } from "./read-targets-v2.js";
import { addIssue, addIssues, addTranslated, madeFrom, type Reading } from "./reading.js";

const bundleTargetsShape = record("bundle", { targets: required(filledList(targetShape, { max: 1_000 })) });

/** A bundle holds integrations and access scopes, no other bundle (T5). */
export function readBundle(reading: Reading, draft: BundleV2): Imported | null {
  noteDates(reading, draft);
  draft.access_targets?.forEach((target, index) => {
    if ((target.bundle ?? null) !== null) {
      const path: Path = ["access_targets", index, "bundle"];
      addIssue(reading, "combination_means_nothing", path, "stands in a bundle: a bundle gives nothing from another bundle");
    }
  });
  const definition = { targets: readTargetsV2(reading, ["access_targets"], draft.access_targets) };
  madeFrom(reading, [], definition, { targets: ["access_targets"] });
  const checked = checkPart<{ readonly targets: NonEmptyArray<Target> }>(bundleTargetsShape, definition, definitionWalk);
  if (!checked.ok) addTranslated(reading, definition, definitionWalk.whole, checked.error);
  if (!checked.ok || typeof draft.name !== "string") return null;
  return { kind: "bundle", bundle: { ...idOf(draft.id), name: draft.name, targets: checked.value.targets }, notes: reading.notes };
}

/** The query is read here, so that its faults are found now and not when access is asked for. */
export function readAccessScope(reading: Reading, draft: AccessScopeV2): Imported | null {
  noteDates(reading, draft);
  if (typeof draft.query !== "string") return null;
  const parsed = parseQuery(draft.query);
  if (!parsed.ok)
    addIssues(
      reading,
      parsed.error.map((issue) => ({ ...issue, path: ["query", ...issue.path], message: `query: ${issue.message}` })),
    );
  if (typeof draft.name !== "string") return null;
  return { kind: "accessScope", accessScope: { ...idOf(draft.id), name: draft.name, query: draft.query }, notes: reading.notes };
}

function idOf(id: Maybe<string>): { readonly id?: string } {
  return typeof id === "string" ? { id } : {};
}
