import type { AccessFlow } from "../flow/access-flow.js";
import type { AccessFlowDefinition } from "../flow/definition.js";
import { errorOfIssues } from "../kernel/access-flow-error.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Issue } from "../kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { failure, type Result, success } from "../kernel/result.js";
import { type CheckedDocument, checkDocument, type Places } from "./check-document.js";
import { type Combination, combinationsOf, type FlowDraft } from "./combinations.js";
import { definitionLimits, type WalkOptions } from "./document-walk.js";
import { accessFlowShape } from "./flow-shape.js";
import { isMadeFlow, makeFlow } from "./made-flows.js";
import { normalFormOf } from "./normal-form.js";
import { quoted } from "./print-value.js";
import { unsure } from "./reading.js";
import { defaultId } from "./text-rules.js";

/** How definitions are walked, whole or in part (D1, D4, D8). */
export const definitionWalk: WalkOptions = {
  whole: "the definition",
  limits: definitionLimits,
  mostIssues: null,
  forbidsKeys: true,
  complete: false,
  code: null,
};

/**
 * Whether a value is an access flow definition: its normal form, or everything that is wrong with it.
 *
 * Takes any value at all, so parsed JSON can be given as it is. The normal form spells every default out, is
 * deep-frozen, shares nothing with what was given and is itself a valid definition (D7). Issues come all at
 * once, in the order of the document (D6), each with a code, a path into the document and a message. Unknown
 * keys are issues (D1), and so is a document beyond the limits of D4; nothing is thrown.
 *
 * @example
 * const checked = checkAccessFlow({ name: "S3 read", targets: [], setings: {} });
 * checked.ok ? [] : checked.error.map((issue) => `${issue.code}: ${issue.message}`);
 * // => ["empty: targets is empty: at least one entry is needed",
 * //     "unknown_key: setings is not a known key; did you mean `settings`?",
 * //     "missing_key: requestors is missing"]
 */
export function checkAccessFlow(definition: unknown): Result<AccessFlow, NonEmptyArray<Issue>> {
  if (isMadeFlow(definition)) return success(definition);
  const quick = quickFlow(definition);
  if (quick !== null) return success(quick);
  const checked = checkDocument(accessFlowShape, definition, definitionWalk);
  // A record of the shape's own keys, some of them faulty; undefined where the document is no record.
  const draft = checked.draft as FlowDraft | undefined;
  const issues = draft === undefined ? checked.walk.issues : issuesOfWhole(checked, draft);
  if (draft === undefined || isNonEmpty(issues)) return failure(deepFreeze(issues as NonEmptyArray<Issue>));
  // Without issues the draft is complete.
  return success(makeFlow(withId(draft as UnnamedFlow)));
}

/** A normal form that has an `id` only if one was written. */
type UnnamedFlow = Omit<AccessFlow, "id"> & Partial<Pick<AccessFlow, "id">>;

/** The flow in one pass, where nothing is wrong; null says nothing. */
function quickFlow(definition: unknown): AccessFlow | null {
  const normalForm = normalFormOf(accessFlowShape, definition, definitionWalk);
  if (normalForm === unsure) return null;
  const draft = normalForm as UnnamedFlow;
  const isWhole = combinationsOf(draft).length === 0 && (Object.hasOwn(draft, "id") || defaultId(draft.name) !== null);
  return isWhole ? makeFlow(withId(draft)) : null;
}

/** With the id that its name gives (D2), unless it has its own. */
function withId(flow: UnnamedFlow): AccessFlow {
  if (Object.hasOwn(flow, "id")) return flow as AccessFlow;
  const { format, ...rest } = flow;
  return { format, id: defaultId(flow.name) ?? "", ...rest };
}

/**
 * The normal form of an access flow definition, for definitions that stand in code: what `checkAccessFlow`
 * answers, with an exception in place of issues. Throws an `AccessFlowError` whose `issues` are all there are
 * and whose `code` is the first one's.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "S3 read",
 *   requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
 *   targets: [{ kind: "bundle", bundle: "on-call essentials" }],
 * });
 * [flow.id, flow.trigger, flow.grantFor];
 * // => ["s3-read", "selfServe", { kind: "fixed", amount: 1, unit: "hour" }]
 *
 * @example
 * defineAccessFlow({ name: "Everybody", requestors: { conditions: [] }, targets: [{ kind: "bundle", bundle: "all" }] });
 * // throws empty
 */
export function defineAccessFlow(definition: AccessFlowDefinition): AccessFlow {
  const checked = checkAccessFlow(definition);
  if (checked.ok) return checked.value;
  throw errorOfIssues("not an access flow definition:", checked.error);
}

/** With what only the whole definition shows: combinations (D5), and a name that gives no id (D2). */
function issuesOfWhole({ walk, places }: CheckedDocument, draft: FlowDraft): readonly Issue[] {
  for (const { path, says } of combinationsOf(draft)) {
    walk.reportMember(path, orderOf(path, draft, places) ?? walk.order, "combination_means_nothing", says);
  }
  if (!Object.hasOwn(draft, "id") && draft.name !== undefined && defaultId(draft.name) === null) {
    walk.reportMember(["id"], walk.order, "id_needed", `is needed: the name ${quoted(draft.name)} gives none of 1 to 128 characters`);
  }
  return walk.issues;
}

/** Where the last key of a path stood in the document; undefined where it was not written. */
function orderOf(path: Combination["path"], draft: FlowDraft, places: Places): number | undefined {
  let record: unknown = draft;
  for (const key of path.slice(0, -1)) record = (record as { readonly [key: string]: unknown })[key];
  return places.get(record as object)?.get(path.at(-1) ?? "");
}
