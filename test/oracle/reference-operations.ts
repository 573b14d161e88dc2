import { isDeepStrictEqual } from "node:util";
import type * as Lib from "../../src/index.js";
import * as approval from "./reference/approval.js";
import { reconcile } from "./reference/automatic.js";
import { conditionTruth, same } from "./reference/conditions.js";
import { normalForm } from "./reference/definition.js";
import { readQuery } from "./reference/query.js";
import * as requests from "./reference/request.js";
import { against } from "./reference/requestor.js";
import * as schedules from "./reference/schedule.js";
import { entitlementKey, nameOf, offered, resolve } from "./reference/targets.js";
import { grantWindow } from "./reference/window.js";

type Definition = { readonly definition: Lib.AccessFlowDefinition };
type Moment = { readonly schedule: Lib.Schedule; readonly at: number };
type Targets = { readonly targets: readonly Lib.TargetDefinition[]; readonly resources: Lib.Resource[]; readonly catalog?: Lib.Catalog };
type Pair = { readonly resource: Lib.Resource; readonly permission: string; readonly catalog?: Lib.Catalog };
type Approval = Definition & Omit<Lib.ApprovalInput, "at"> & { readonly at: number };
type Course = Definition & { readonly input: Lib.RequestInput; readonly events: readonly requests.Event[] };

/** The operations of the conformance cases as the reference answers them; the others it knows nothing of. */
export const referenceOperations: { readonly [operation: string]: (input: never) => unknown } = {
  // That a definition is none the reference does not see.
  checkAccessFlow: ({ definition }: Definition) => ({ ok: true, flow: normalForm(definition) }),
  conditionTruth: ({ condition, identity }: { condition: Lib.AttributeConditionDefinition; identity: Lib.Identity }) =>
    conditionTruth(condition, identity),
  scheduleStatus: ({ schedule, at }: Moment) => ({ open: schedules.isOpen(schedule, at), changesAt: schedules.nextChange(schedule, at) }),
  nextClosing: ({ schedule, at }: Moment) =>
    schedules.isOpen(schedule, at) ? schedules.nextChange(schedule, at) : { error: "schedule_closed" },
  evaluateRequestor({ definition, requestor, grantee, at }: Definition & Lib.RequestorInput) {
    const codes = sorted(against(normalForm(definition), requestor, grantee, Number(at)));
    return { outcome: codes.length === 0 ? "eligible" : "ineligible", codes };
  },
  resolveTargets({ targets, resources, catalog }: Targets) {
    const { given, codes } = resolve(targets, { resources, catalog });
    const rows = [...given].map(([key, from]) => [...JSON.parse(key), [...from].sort()]);
    return { entitlements: sortedRows(rows), codes: sorted(codes) };
  },
  coversEntitlement: ({ targets, resource, permission, catalog }: Pair & Targets) =>
    resolve(targets, { resources: [resource], catalog }).given.has(entitlementKey(resource.id, permission)),
  parseQuery: ({ query }: { query: string }) => ({ valid: readQuery(query) !== null }),
  // A name means what the resource offers under it.
  matchQuery({ query, resource, permission: name, catalog }: Pair & { query: string }) {
    const permission = offered(resource).find((one) => same(nameOf(one), name)) ?? name;
    return readQuery(query)?.({ resource, permission, catalog }) ?? null;
  },
  computeGrantWindow({ definition, at, requestedDuration, startAt }: Definition & Lib.GrantWindowInput) {
    const window = grantWindow(normalForm(definition), Number(at), requestedDuration, startAt === undefined ? undefined : Number(startAt));
    return "refused" in window ? { refused: sorted(window.refused) } : window;
  },
  approvalCourse({ definition, events, ...input }: Approval & { events: readonly approval.Event[] }) {
    let state = approval.start(normalForm(definition), input);
    return events.map((event) => {
      const answer = approval.transition(state, event);
      if ("refused" in answer) return { refused: sorted(answer.refused) };
      state = answer;
      return { status: state.status, revision: state.revision };
    });
  },
  planApproval({ definition, candidates, ...input }: Approval & { candidates: readonly Lib.Identity[] }) {
    const { decidable, decidableFrom, selfOnly, voters, tierVoters, excluded } = approval.plan(
      approval.start(normalForm(definition), input),
      candidates,
    );
    return { decidable, decidableFrom, selfOnly, voters, tierVoters, excluded: sorted(excluded.keys()) };
  },
  requestCourse({ definition, input, events }: Course) {
    let state = requests.submit(normalForm(definition), input);
    const placeOf = ({ status, revision, due, window, extensions }: requests.State) => ({
      status,
      revision,
      wakeAt: due,
      window,
      extensions,
    });
    const begun = placeOf(state);
    const after = events.map((event) => {
      const answer = requests.transition(state, event);
      if ("refused" in answer) return { refused: sorted(answer.refused) };
      state = answer;
      return placeOf(state);
    });
    return [begun, ...after];
  },
  reconcileGrants({ definition, ...input }: Definition & Lib.ReconcileInput) {
    const { begins, ends, keeps, undetermined, halted } = reconcile(normalForm(definition), input);
    const rows = [...begins].map((text) => [text.slice(0, text.indexOf(" ")), ...JSON.parse(text.slice(text.indexOf(" ") + 1))]);
    return { begins: sortedRows(rows), ends: sorted(ends), keeps: sorted(keeps), undetermined: sorted(undetermined), halted };
  },
};

const missingFacts = ["attribute_missing", "value_unknown", "name_unknown", "aliases_unknown", "source_not_asked"];
/** Codes that the reference tells, too; the rest are notices. */
const told = /^(bundle_|access_scope_|query_invalid|integration_|resource_clash)/;

/** What the reference says loosely made equally loose in the library's answer. */
export function asLoose(operation: string, answer: unknown): unknown {
  const { codes = [], valid } = (answer ?? {}) as { readonly codes?: readonly string[]; readonly valid?: boolean };
  if (operation === "parseQuery") return { valid };
  if (operation === "resolveTargets") return { ...(answer as object), codes: codes.filter((code) => told.test(code)) };
  if (operation !== "evaluateRequestor") return answer;
  return { ...(answer as object), codes: sorted(codes.map((code) => (missingFacts.includes(code) ? "unknown" : code))) };
}

/**
 * Whether the answers are the same in full ("agrees"), may both stand because the rules leave open which of several reasons
 * is told ("open"), or cannot both be right ("disagrees").
 */
export function compareAnswers(operation: string, library: unknown, reference: unknown): "agrees" | "open" | "disagrees" {
  const answer = asLoose(operation, library);
  if (isDeepStrictEqual(answer, reference)) return "agrees";
  if (!Array.isArray(answer) || !Array.isArray(reference) || answer.length !== reference.length) return "disagrees";
  const isOpen = answer.every((one, index) => {
    const [said, may] = [one.refused as string[] | undefined, reference[index].refused as string[] | undefined];
    if (said === undefined || may === undefined) return isDeepStrictEqual(one, reference[index]);
    // Of an extension the reference only says that something has failed since.
    return said.length > 0 && (may.includes("fails") || said.every((code) => may.includes(code)));
  });
  return isOpen ? "open" : "disagrees";
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();
const sortedRows = (rows: unknown[]): unknown[] => {
  const text = (row: unknown) => JSON.stringify(row);
  return rows.sort((left, right) => (text(left) < text(right) ? -1 : 1));
};
