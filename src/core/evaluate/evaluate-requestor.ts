import type { Identity } from "../facts/identity.js";
import type { Beforehand } from "../facts/identity-table.js";
import { reservedAttributes } from "../facts/identity-values.js";
import { tableOf } from "../facts/prepared-identity.js";
import type { AccessFlow } from "../flow/access-flow.js";
import { Defect } from "../kernel/defect.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import type { Subject } from "../kernel/subject.js";
import type { Trace, TraceStep } from "../kernel/trace.js";
import type { Instant } from "../time/instant.js";
import type { ZoneSource } from "../time/zone-source.js";
import { type Account, explainConditions } from "./judge-conditions.js";
import type { Judgement } from "./judgement.js";
import { placeConditions } from "./placed-condition.js";
import { makeReadyFlow, type ReadyFlow, readyFlow } from "./ready-flow.js";
import { judgeFlowActive, judgeGrantee, judgeRequestorActive, judgeSchedule, judgeTrigger } from "./requestor-checks.js";
import { type RequestorInput, readRequestorInput } from "./requestor-input.js";
import { decideOnUsual } from "./usual-input.js";

/**
 * Whether a person may ask, with every reason why not, things worth knowing that decide nothing (`notices`),
 * and how it came about. Plain, deep-frozen JSON.
 */
export type RequestorDecision =
  | {
      readonly kind: "requestorDecision";
      readonly outcome: "eligible";
      readonly reasons: readonly [];
      readonly notices: readonly Reason[];
      /** Its checks: `RequestorCheck`. */
      readonly trace: Trace;
    }
  | {
      readonly kind: "requestorDecision";
      readonly outcome: "ineligible";
      /** Every one, in the order of the flow's normal form. */
      readonly reasons: NonEmptyArray<Reason>;
      readonly notices: readonly Reason[];
      /** Its checks: `RequestorCheck`. */
      readonly trace: Trace;
    };

/**
 * Whether the requestor may ask for this flow at that instant: for themselves, or for the grantee (R1–R4).
 *
 * Every check is made, whatever the others say, and each that does not hold gives its reasons, in the order of
 * the flow's normal form. What is unknown never permits, and the reason names the missing fact. Attributes
 * that are derived (`user`, `manager`, `owner`) are ignored, and noticed (C8).
 *
 * The trace alone reproduces the outcome: a `combine` joins the steps before it whose path lies below its own
 * and which no earlier `combine` has joined; eligible means that every step no `combine` joined holds.
 *
 * Never throws for bad input: a flow, an identity, an instant or zone tables of the wrong shape, tables that
 * lack the flow's zone (X11; `at` then names it), or an unknown key, makes the decision `ineligible` with one `facts_invalid` or `instant_invalid` for each fault, no notices, and a
 * trace without steps, in which `flow` is empty and `at` is 0 where they could not be read.
 *
 * @example
 * const flow = defineAccessFlow({
 *   name: "Read the ledger",
 *   requestors: { conditions: [{ attribute: "group", values: ["finance"] }] },
 *   targets: [{ kind: "integration", integration: "ledger", resourceType: "database", permissions: ["read"] }],
 * });
 * const at = "2026-03-02T09:00:00Z";
 * evaluateRequestor(flow, { requestor: { id: "ann", attributes: { group: ["finance"] } }, at }).outcome;
 * // => "eligible"
 * evaluateRequestor(flow, { requestor: { id: "bob" }, at }).reasons;
 * // => [{ code: "attribute_missing", rule: "C4", path: ["requestors", "conditions", 0],
 * //      subject: "requestor", attribute: "group", nearest: null }]
 */
export function evaluateRequestor(flow: AccessFlow, input: RequestorInput): RequestorDecision {
  const ready = readyFlow(flow);
  const quick = ready === null ? null : decideOnUsual(ready, input, explain);
  return quick ?? explainSlowly(ready?.flow ?? flow, input);
}

function explainSlowly(flow: AccessFlow, input: RequestorInput): RequestorDecision {
  const read = readRequestorInput(flow, input);
  if (!read.ok) {
    return ineligible(read.faults, none, { format: "trace/v1", flow: read.flow?.id ?? "", at: read.at ?? 0, steps: [] });
  }
  return explain(makeReadyFlow(read.flow), read.requestor, tableOf(read.requestor), read.grantee, read.at, read.zones);
}

/** R2. Every check adds its steps and, where it does not hold, its reasons. */
function explain(
  { flow, requestors }: ReadyFlow,
  requestor: Identity,
  beforehand: Beforehand,
  grantee: Identity | undefined,
  at: Instant,
  zones: ZoneSource,
): RequestorDecision {
  const steps: TraceStep[] = [];
  const reasons: Reason[] = [];
  const account: Account = { steps, reasons };
  const placed = placeConditions(requestors, "requestor", requestorsPath);
  let eligible = note(account, judgeFlowActive(flow));
  eligible = note(account, judgeTrigger(flow)) && eligible;
  eligible = note(account, judgeSchedule(flow, zones, at)) && eligible;
  eligible = note(account, judgeRequestorActive(requestor)) && eligible;
  eligible = explainConditions(placed, requestor, beforehand, account) === "holds" && eligible;
  for (const judgement of judgeGrantee(flow, requestor, grantee)) eligible = note(account, judgement) && eligible;
  const trace: Trace = { format: "trace/v1", flow: flow.id, at, steps };
  const notices = noticesAbout(requestor, beforehand, grantee);
  if (eligible) return decided({ kind: "requestorDecision", outcome: "eligible", reasons: none, notices, trace });
  if (!isNonEmpty(reasons)) throw new Defect("a check that does not hold has no reason");
  return ineligible(reasons, notices, trace);
}

const requestorsPath: Path = Object.freeze(["requestors"]);
const none: readonly [] = Object.freeze([]);

/** Whether it holds. */
function note({ steps, reasons }: Account, judgement: Judgement): boolean {
  for (const step of judgement.steps) steps.push(step);
  for (const reason of judgement.reasons) reasons.push(reason);
  return judgement.truth === "holds";
}

function ineligible(reasons: NonEmptyArray<Reason>, notices: readonly Reason[], trace: Trace): RequestorDecision {
  return decided({ kind: "requestorDecision", outcome: "ineligible", reasons: Object.freeze(reasons), notices, trace });
}

/** Frozen all the way down: steps, reasons and what they hold were frozen as they were made. */
function decided(decision: RequestorDecision): RequestorDecision {
  Object.freeze(decision.trace.steps);
  Object.freeze(decision.trace);
  return Object.freeze(decision);
}

/** Attributes that are derived, and that `attributes` cannot set (C8); `null` is absent (C4). */
function noticesAbout(requestor: Identity, beforehand: Beforehand, grantee: Identity | undefined): readonly Reason[] {
  const ofRequestor = isKnownNotToSetReserved(beforehand) ? none : reservedNotices("requestor", requestor);
  const ofGrantee = grantee === undefined ? none : reservedNotices("grantee", grantee);
  return ofRequestor.length + ofGrantee.length === 0 ? none : Object.freeze([...ofRequestor, ...ofGrantee]);
}

function isKnownNotToSetReserved(beforehand: Beforehand): boolean {
  return beforehand !== null && beforehand !== "texts" && !beforehand.setsReserved;
}

function reservedNotices(subject: Subject, { attributes }: Identity): readonly Reason[] {
  if (attributes === undefined) return none;
  let notices: readonly Reason[] = none;
  for (const attribute of reservedAttributes) {
    if (!Object.hasOwn(attributes, attribute) || (attributes[attribute] ?? null) === null) continue;
    notices = [...notices, reason("attribute_reserved", "C8", noPath, { subject, attribute })];
  }
  return notices;
}

const noPath: Path = Object.freeze([]);
