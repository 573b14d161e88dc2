import { checkAccessFlow, definitionWalk } from "../core/define/check-access-flow.js";
import { checkDocument } from "../core/define/check-document.js";
import type { RecordShape } from "../core/define/shape.js";
import { deepFreeze } from "../core/kernel/deep-freeze.js";
import type { Issue } from "../core/kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../core/kernel/non-empty-array.js";
import { keysOf, kindOf, valueAt } from "../core/kernel/read-json.js";
import { failure, type Result, success } from "../core/kernel/result.js";
import type { AccessScopeV2, BundleV2, FlowV2 } from "./document-v2.js";
import type { Imported } from "./imported.js";
import { readAccessScope, readBundle } from "./read-catalog.js";
import { readFlowV1 } from "./read-flow-v1.js";
import { readFlowV2 } from "./read-flow-v2.js";
import { addIssue, addIssues, addTranslated, type Draft, type Reading, startReading, wholeDocument } from "./reading.js";
import { type FlowV1, flowV1Shape } from "./shape-v1.js";
import { accessScopeShape, bundleShape, flowV2Shape } from "./shape-v2.js";

/**
 * Reads one JSON document of the product's API v2 (an access flow, a bundle, an access scope) or of its older
 * v1 access flow, and says what it means in this library's definitions.
 *
 * What a document is, its keys tell. Answers of the API and bodies sent to it are both understood; of things
 * that are named twice, by name and by id, the name stays. `notes` lists everything that was carried over
 * with a change, each with a path into the document: an absent duration that becomes indefinite, `Owner`, a
 * `manager` without values, an absent `justification_required` (there: required), the deadline of 24 hours
 * that an approval gets, … Lengths are kept in the largest unit that fits: 60 minutes are 1 hour.
 *
 * Strict: whatever is unknown, contradictory or not to be said here is an issue, all of them at once, with
 * paths into the document. Takes any value at all; nothing is thrown. The limits are those of a definition (D4).
 *
 * @example
 * const imported = fromApono({
 *   name: "S3 read",
 *   active: true,
 *   trigger: "SELF_SERVE",
 *   requestors: { logical_operator: "AND", conditions: [{ type: "group", values: ["platform"] }] },
 *   access_targets: [{ bundle: { bundle_name: "buckets" } }],
 *   grant_duration_in_min: 60,
 *   settings: { justification_required: false },
 * });
 * imported.ok && imported.value.kind === "flow" ? [imported.value.flow.id, imported.value.flow.grantFor, imported.value.notes] : [];
 * // => ["s3-read", { kind: "fixed", amount: 1, unit: "hour" }, []]
 *
 * @example
 * const refused = fromApono({ name: "critical", qery: "resource_type = \"db\"", query: "resource_type = db" });
 * refused.ok ? [] : refused.error.map((issue) => issue.code);
 * // => ["unknown_key", "query_value_quotes"]
 */
export function fromApono(document: unknown): Result<Imported, NonEmptyArray<Issue>> {
  const reading = startReading();
  const imported = read(reading, document);
  const { issues } = reading;
  if (isNonEmpty(issues)) return failure(deepFreeze(issues as NonEmptyArray<Issue>));
  // Without issues, everything was read.
  return success(deepFreeze(imported as Imported));
}

/** What was made of the document; null only where there are issues. */
function read(reading: Reading, document: unknown): Imported | null {
  const keys = new Set(kindOf(document) === "record" ? (keysOf(document as object) ?? []) : []);
  if (isFlowV1(document, keys)) return readFlow(reading, document, flowV1Shape, (draft: FlowV1) => readFlowV1(reading, draft));
  if (["requestors", "trigger", "settings", "approver_policy", "request_for"].some((key) => keys.has(key))) {
    return readFlow(reading, document, flowV2Shape, (draft: FlowV2) => readFlowV2(reading, draft));
  }
  if (keys.has("access_targets")) return readWith(reading, document, bundleShape, (draft: BundleV2) => readBundle(reading, draft));
  if (keys.has("query")) return readWith(reading, document, accessScopeShape, (draft: AccessScopeV2) => readAccessScope(reading, draft));
  return refuseUnrecognised(reading, document, keys);
}

function isFlowV1(document: unknown, keys: ReadonlySet<string>): boolean {
  if (["revoke_after_in_sec", "grantees_conditions_group", "integration_targets", "bundle_targets"].some((key) => keys.has(key)))
    return true;
  return keys.has("trigger") && kindOf(valueAt(document as object, "trigger")) === "record";
}

function refuseUnrecognised(reading: Reading, document: unknown, keys: ReadonlySet<string>): null {
  if (kindOf(document) !== "record")
    addIssue(reading, "not_an_object", [], "must be an object: an access flow, a bundle or an access scope");
  else if (keys.has("items") || keys.has("data")) addIssue(reading, "unknown_kind", [], "is a page of a list: read its entries one by one");
  else addIssue(reading, "unknown_kind", [], "is neither an access flow nor a bundle nor an access scope of the published formats");
  return null;
}

function readFlow<Published>(
  reading: Reading,
  document: unknown,
  shape: RecordShape,
  define: (draft: Published) => Draft,
): Imported | null {
  return readWith(reading, document, shape, (draft: Published) => {
    const definition = define(draft);
    const checked = checkAccessFlow(definition);
    if (checked.ok) return { kind: "flow", flow: checked.value, notes: reading.notes };
    addTranslated(reading, definition, definitionWalk.whole, checked.error);
    return null;
  });
}

/**
 * Checks keys, words and sorts of value first; then what they mean. Where an entry of a list was no entry at
 * all, the positions after it are no longer those of the document, and the first check's issues stand alone.
 */
function readWith<Published>(
  reading: Reading,
  document: unknown,
  shape: RecordShape,
  make: (draft: Published) => Imported | null,
): Imported | null {
  const { draft, walk } = checkDocument(shape, document, { ...definitionWalk, whole: wholeDocument });
  addIssues(reading, walk.issues);
  const lostEntry = walk.issues.some(({ path }) => typeof path[path.length - 1] === "number");
  if (draft === undefined || walk.stopped || lostEntry) return null;
  // What the shape lets through is of its type, as far as it is there.
  return make(draft as Published);
}
