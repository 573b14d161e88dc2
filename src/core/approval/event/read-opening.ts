import { acceptFlow } from "../../define/accept.js";
import { acceptCatalog, identityFaults, inputFaults, resourceFaults } from "../../define/check-facts.js";
import type { Catalog, CheckedCatalog } from "../../facts/catalog.js";
import type { Identity } from "../../facts/identity.js";
import type { Resource } from "../../facts/resource.js";
import type { AccessFlow } from "../../flow/access-flow.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, lengthOf, valueAt } from "../../kernel/read-json.js";
import { type Reason, reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import { type Instant, type InstantInput, toInstant } from "../../time/instant.js";
import { readList } from "./read-list.js";

/** What an approval is opened for. */
export type ApprovalInput = {
  readonly requestor: Identity;
  /** Who will hold the access. Absent: the requestor. */
  readonly grantee?: Identity | undefined;
  /** What is asked for, each resource once: needed where an approver group asks for the owner (A8). At most 1,000. */
  readonly resources?: readonly Resource[] | undefined;
  /** The host's integrations: whose resources have which owners (A8). */
  readonly catalog?: Catalog | undefined;
  /** When approval opens: the clock of expiry and tiers starts here (A11, A12). */
  readonly at: InstantInput;
};

/** The same, read and found to be of the stated shape. */
export type Opening = {
  readonly flow: AccessFlow;
  readonly requestor: Identity;
  readonly grantee: Identity | null;
  readonly resources: readonly Resource[];
  readonly catalog: CheckedCatalog;
  readonly at: Instant;
};

/** A request asks for no more than this (D4). */
const resourceLimit = 1_000;

export const openingKeys: readonly string[] = ["requestor", "grantee", "resources", "catalog", "at"];

/** Reads what an approval is opened for, and says everything that is wrong with it. `known` are the keys that `input` may have. */
export function readOpening(flow: unknown, input: unknown, known: readonly string[] = openingKeys): Result<Opening, NonEmptyArray<Reason>> {
  const accepted = acceptFlow(flow);
  const flowFaults = accepted.ok ? [] : accepted.error;
  if (kindOf(input) !== "record")
    return failure([...flowFaults, ...inputFaults(input, known)] as readonly Reason[] as NonEmptyArray<Reason>);
  // The input is a record: only its own keys are read.
  const [requestor, grantee, resources, catalog] = ["requestor", "grantee", "resources", "catalog"].map((key) =>
    valueAt(input as object, key),
  );
  const at = toInstant(valueAt(input as object, "at"));
  const checkedCatalog = acceptCatalog("catalog", catalog);
  const listed = readResources(resources);
  const faults = [
    ...flowFaults,
    ...inputFaults(input, known),
    ...identityFaults("requestor", requestor),
    ...(grantee === undefined ? [] : identityFaults("grantee", grantee)),
    ...(listed.ok ? [] : listed.error),
    ...(checkedCatalog.ok ? [] : checkedCatalog.error),
    ...(at === null ? [reason("instant_invalid", "S8", [], { argument: "at" })] : []),
  ];
  if (isNonEmpty(faults) || !accepted.ok || !listed.ok || !checkedCatalog.ok)
    return failure(faults as readonly Reason[] as NonEmptyArray<Reason>);
  // Without faults these are what was looked for.
  return success({
    flow: accepted.value,
    requestor: requestor as Identity,
    grantee: (grantee as Identity | undefined) ?? null,
    resources: listed.value,
    catalog: checkedCatalog.value,
    at: at ?? 0,
  });
}

function readResources(resources: unknown): Result<readonly Resource[], NonEmptyArray<Reason>> {
  if (resources === undefined) return success([]);
  const asked = kindOf(resources) === "list" ? lengthOf(resources as object) : null;
  if (asked !== null && asked > resourceLimit) return failure([reason("too_much_asked", "D4", [], { limit: resourceLimit })]);
  return readList<Resource>("resources", resources, (resource, position) => resourceFaults("resources", resource, [position]));
}
