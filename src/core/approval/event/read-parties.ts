import { identityFaults, inputFaults } from "../../define/check-facts.js";
import { checkPart } from "../../define/check-part.js";
import type { WalkOptions } from "../../define/document-walk.js";
import { reasonsOfIssues } from "../../define/reasons-of-issues.js";
import { anyList, type Shape } from "../../define/shape.js";
import type { Identity } from "../../facts/identity.js";
import { isNonEmpty, type NonEmptyArray } from "../../kernel/non-empty-array.js";
import { kindOf, valueAt } from "../../kernel/read-json.js";
import type { Reason } from "../../kernel/reason.js";
import { failure, type Result, success } from "../../kernel/result.js";
import type { OwnerClass, PersonRecord } from "../approval-state.js";
import { personRecordOf } from "../state/person-record.js";
import { ownerClassShape, personShape } from "../state/state-shape.js";
import type { Parties } from "../vote/group-standing.js";

const walk: WalkOptions = { whole: "the facts", limits: null, mostIssues: 1_000, forbidsKeys: false, complete: true, code: null };

type Read<T> = Result<T, NonEmptyArray<Reason>>;

/** Whom approver conditions are about, read from what may be anything, or everything that is wrong with it. */
export function readParties(input: unknown): Read<Parties> {
  const faults = inputFaults(input, ["requestor", "grantee", "owners"]);
  // What is no record is one fault; of a record only its own keys are read.
  if (kindOf(input) !== "record" && isNonEmpty(faults)) return failure(faults);
  const [requestor, grantee, owners] = ["requestor", "grantee", "owners"].map((key) => valueAt(input as object, key));
  const asking = readPerson("requestor", requestor);
  const holding = grantee === undefined || grantee === null ? success(null) : readPerson("grantee", grantee);
  const owning = owners === undefined ? success([]) : readShape<readonly OwnerClass[]>(anyList(ownerClassShape), "owners", owners);
  const all = [...faults, ...[asking, holding, owning].flatMap((read) => (read.ok ? [] : read.error))];
  if (isNonEmpty(all) || !asking.ok || !holding.ok || !owning.ok) return failure(all as readonly Reason[] as NonEmptyArray<Reason>);
  return success({ requestor: asking.value, grantee: holding.value, owners: owning.value });
}

function readPerson(argument: string, person: unknown): Read<PersonRecord> {
  // Only records of a state say whether the manager is known. What is no record is refused in the same words by either.
  if (valueAt(person as object, "managerKnown") !== undefined) {
    return readShape<PersonRecord>(personShape, argument, person);
  }
  const faults = identityFaults(argument, person);
  // Without faults it is an identity.
  return isNonEmpty(faults) ? failure(faults) : success(personRecordOf(person as Identity));
}

function readShape<T>(shape: Shape, argument: string, value: unknown): Read<T> {
  const checked = checkPart<T>(shape, value, walk);
  return checked.ok ? checked : failure(reasonsOfIssues(argument, checked.error));
}
