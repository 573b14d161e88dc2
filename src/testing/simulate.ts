import type { Identity } from "../core/facts/identity.js";
import { accessFlowError } from "../core/kernel/access-flow-error.js";
import type { Reason } from "../core/kernel/reason.js";
import type { RecordedRequestEvent } from "../core/request/recorded-request-event.js";
import type { Effect } from "../core/request/request-effect.js";
import type { RequestState } from "../core/request/request-state.js";
import type { RequestStatus } from "../core/request/request-status.js";
import { submitRequest } from "../core/request/submit-request.js";
import { measureDuration } from "../core/time/duration.js";
import { type Instant, requireInstant } from "../core/time/instant.js";
import { requireFlow, resourcesOf, submissionOf } from "./simulate/ask.js";
import { passTime, type Run, send, take } from "./simulate/run.js";
import type { Scenario, ScenarioStep, ScenarioTime, SimulatedLine } from "./simulate/scenario.js";
import { factsAt, identityOf, personOf, type World } from "./simulate/world.js";

/** What a scenario came to. Plain data; `print()` says it in lines, for the message of a failing test. */
export type Simulation = {
  readonly kind: "simulation";
  /** Where the request stands at the end; `refused`: it was never accepted. */
  readonly status: RequestStatus | "refused";
  /** null: refused. */
  readonly state: RequestState | null;
  readonly recorded: readonly RecordedRequestEvent[];
  readonly effects: readonly { readonly at: Instant; readonly effect: Effect }[];
  /** What the machine did not accept, the submission included. */
  readonly refusals: readonly { readonly at: Instant; readonly what: string; readonly reasons: readonly Reason[] }[];
  readonly lines: readonly SimulatedLine[];
  /** A line for everything that happened: when, what, and the status it led to or why it was refused. */
  print(): string;
};

/**
 * A whole request in a few lines of a unit test: submitted, voted on, activated, ended, by the same pure machine
 * that decides in production, on a clock of the scenario's own (L, A, W).
 *
 * The world answers at once: when facts are to be read, they are those of `people` and `resources`; when access is
 * to be given or taken back, the provisioner does so – unless a step says otherwise. Timers fire when they are due,
 * up to the last step, or `until`. A vote brings the facts of voter, requestor and grantee as they are then.
 *
 * Throws AccessFlowError: the issues of a faulty flow, `instant_invalid`, `duration_invalid`, and
 * `clock_went_back` for a step before the one before it, `facts_invalid` for a step that says nothing known. What the machine refuses is no error: see `refusals`.
 *
 * @example
 * const staff = { emails: [], accounts: [], active: true, attributes: { group: ["staff"] } };
 * const simulation = simulate({
 *   flow: {
 *     name: "Reports",
 *     requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
 *     targets: [{ kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] }],
 *     approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
 *   },
 *   at: "2026-03-02T09:00:00Z",
 *   people: [{ id: "ada", manager: "grace", ...staff }, { id: "grace", ...staff }],
 *   request: { requestor: "ada" },
 *   steps: [{ after: { amount: 5, unit: "minute" }, vote: "grace", decision: "approve" }],
 * });
 * [simulation.status, simulation.state?.grant?.window.end === Date.parse("2026-03-02T10:05:00Z")];
 * // => ["active", true]
 */
export function simulate(scenario: Scenario): Simulation {
  const flow = requireFlow(scenario.flow);
  const begun = requireInstant(scenario.at, "at");
  const world: World = {
    people: new Map(scenario.people.map((person) => [person.id, person])),
    resources: resourcesOf(flow, scenario),
    catalog: scenario.catalog,
    flowIs: flow.active ? "active" : "inactive",
    provisioner: "works",
    zones: scenario.zones,
  };
  const submitted = submitRequest(flow, submissionOf(flow, scenario, world));
  if (!submitted.ok) {
    const { reasons } = submitted.error;
    const outcome = `refused: ${reasons.map(({ code }) => code).join(", ")}`;
    return simulationOf(null, [{ at: begun, what: "submission", reasons }], [{ at: begun, what: "submission", outcome }]);
  }
  const run: Run = { state: submitted.value.state, world, recorded: [], effects: [], refusals: [], lines: [], orders: [] };
  take(run, begun, "submission", submitted.value);
  passTime(run, begun);
  let now = begun;
  for (const step of scenario.steps ?? []) {
    if (typeof step !== "object" || step === null) throw accessFlowError("facts_invalid", "a step is no record");
    now = timeOf(step, now);
    passTime(run, now);
    happen(run, step, now);
    passTime(run, now);
  }
  if (scenario.until !== undefined) passTime(run, timeOf({ at: scenario.until }, now));
  return simulationOf(run, run.refusals, run.lines);
}

/** When a step happens; never before the one before it. */
function timeOf({ at, after }: ScenarioTime, before: Instant): Instant {
  const instant = at === undefined ? before + lengthOf(after) : requireInstant(at, "at");
  if (instant < before) throw accessFlowError("clock_went_back", `a step at ${printTime(instant)} comes after one at ${printTime(before)}`);
  return instant;
}

function lengthOf(after: ScenarioTime["after"]): number {
  if (after === undefined) return 0;
  const measured = measureDuration(after.amount, after.unit);
  if (measured.ok) return measured.ms;
  throw accessFlowError("duration_invalid", `${after.amount} ${after.unit} is no duration of whole milliseconds`);
}

/** One step: an event for the machine, or a change of the world. */
function happen(run: Run, step: ScenarioStep, at: Instant): void {
  const { world } = run;
  const { requestor, grantee } = run.state.request;
  if ("vote" in step) {
    const { vote: id, decision, reason } = step;
    const facts = { requestor: freshFacts(world, requestor.id), grantee: grantee === null ? undefined : freshFacts(world, grantee.id) };
    send(run, `vote of ${id}: ${decision}`, { type: "vote", voter: identityOf(world, id), decision, reason, ...facts, at });
  } else if ("mfa" in step) {
    send(run, `MFA of ${step.mfa}`, { type: "completeMfa", by: { id: step.mfa }, evidence: { id: "simulated", at }, at });
  } else if ("withdraw" in step) {
    send(run, `withdrawal by ${step.withdraw}`, { type: "withdraw", by: actorOf(step.withdraw, step.administrator), at });
  } else if ("revoke" in step) {
    send(run, `revocation by ${step.revoke}`, { type: "revoke", by: actorOf(step.revoke, step.administrator), at });
  } else if ("extend" in step) {
    send(run, `extension by ${step.extend}`, {
      type: "extend",
      by: { id: step.extend },
      facts: factsAt(world, run.state, at),
      at,
      zones: world.zones,
    });
  } else if ("sweep" in step) {
    send(run, "sweep", { type: "factsRead", facts: factsAt(world, run.state, at), at, zones: world.zones });
  } else if ("person" in step) world.people.set(step.person.id, step.person);
  else if ("gone" in step) world.people.set(step.gone, "gone");
  else if ("unanswered" in step) world.people.set(step.unanswered, "unknown");
  else if ("flowIs" in step) world.flowIs = step.flowIs;
  else if ("provisioner" in step) world.provisioner = step.provisioner;
  else if (!("wait" in step)) throw accessFlowError("facts_invalid", `a step that says nothing known: ${JSON.stringify(step)}`);
}

/** Whoever the directory does not answer about brings nothing fresher to a vote. */
function freshFacts(world: World, id: string): Identity | undefined {
  const person = personOf(world, id);
  return typeof person === "string" ? undefined : person;
}

function actorOf(id: string, administrator: boolean | undefined): { readonly id: string; readonly administrator: boolean } {
  return { id, administrator: administrator === true };
}

function simulationOf(run: Run | null, refusals: Simulation["refusals"], lines: readonly SimulatedLine[]): Simulation {
  return {
    kind: "simulation",
    status: run?.state.status ?? "refused",
    state: run?.state ?? null,
    recorded: run?.recorded ?? [],
    effects: run?.effects ?? [],
    refusals,
    lines,
    print: () => lines.map(({ at, what, outcome }) => `${printTime(at)}  ${what} → ${outcome}`).join("\n"),
  };
}

function printTime(at: Instant): string {
  return new Date(at).toISOString();
}
