import type { Reason } from "../../core/kernel/reason.js";
import type { RecordedRequestEvent } from "../../core/request/recorded-request-event.js";
import type { Effect } from "../../core/request/request-effect.js";
import type { RequestEvent } from "../../core/request/request-event.js";
import type { EntitlementReport, RequestState } from "../../core/request/request-state.js";
import type { AcceptedRequest } from "../../core/request/request-step.js";
import { transitionRequest } from "../../core/request/transition-request.js";
import type { Instant } from "../../core/time/instant.js";
import type { SimulatedLine } from "./scenario.js";
import { factsAt, type World } from "./world.js";

/** A request under way in a simulated world: what it has come to, and what is still to be carried out. */
export type Run = {
  state: RequestState;
  readonly world: World;
  readonly recorded: RecordedRequestEvent[];
  readonly effects: { readonly at: Instant; readonly effect: Effect }[];
  readonly refusals: { readonly at: Instant; readonly what: string; readonly reasons: readonly Reason[] }[];
  readonly lines: SimulatedLine[];
  /** Orders that wait for their time. */
  orders: { readonly at: Instant; readonly effect: Effect }[];
};

/** A scenario in which something happens again and again is a mistake of the scenario. */
const mostEvents = 10_000;

/** Takes what was accepted: state, log, and the effects, of which facts and orders are carried out at once. */
export function take(run: Run, at: Instant, what: string, accepted: AcceptedRequest): void {
  const { state, effects, recorded } = accepted;
  run.state = state;
  if (recorded === null) return;
  run.recorded.push(recorded);
  if (run.recorded.length > mostEvents) throw new Error(`more than ${mostEvents} events: does the scenario ever end?`);
  run.lines.push({ at, what, outcome: state.status });
  for (const effect of effects) {
    run.effects.push({ at, effect });
    if (effect.type === "readFacts")
      send(run, "facts read", { type: "factsRead", facts: factsAt(run.world, run.state, at), at, zones: run.world.zones });
    if (effect.type === "activate" || effect.type === "deactivate") run.orders.push({ at: effect.notBefore ?? at, effect });
  }
}

/** Sends an event; a refusal is kept, and changes nothing. */
export function send(run: Run, what: string, event: RequestEvent & { readonly at: Instant }): void {
  const answer = transitionRequest(run.state, event);
  if (answer.ok) {
    take(run, event.at, what, answer.value);
    return;
  }
  const { reasons } = answer.error;
  run.refusals.push({ at: event.at, what, reasons });
  run.lines.push({ at: event.at, what, outcome: `refused: ${reasons.map(({ code }) => code).join(", ")}` });
}

/** Lets everything happen that is due up to an instant: orders first, then the clock. */
export function passTime(run: Run, until: Instant): void {
  for (;;) {
    const order = run.orders.filter(({ at }) => at <= until).sort((left, right) => left.at - right.at)[0];
    const wakeAt = run.state.wakeAt;
    const isClock = wakeAt !== null && wakeAt <= until && (order === undefined || wakeAt < order.at);
    if (isClock) send(run, "time", { type: "timeReached", at: wakeAt });
    else if (order === undefined) return;
    else carryOut(run, order);
  }
}

function carryOut(run: Run, order: Run["orders"][number]): void {
  run.orders = run.orders.filter((each) => each !== order);
  const { effect } = order;
  if (effect.type !== "activate" && effect.type !== "deactivate") return;
  const { generation } = effect;
  const at = Math.max(order.at, run.state.lastAt);
  // An order that was overtaken is not carried out any more.
  if (run.state.grant?.generation !== generation) return;
  const reports = (access: EntitlementReport["access"]): readonly EntitlementReport[] =>
    run.state.request.entitlements.map((_, entitlement) => ({ entitlement, access, sessionsMayPersist: false }));
  const { provisioner } = run.world;
  if (provisioner === "silent") return;
  const retryable = provisioner === "failsRetryably";
  if (effect.type === "activate" && provisioner === "works") {
    send(run, "access given", { type: "activated", generation, reports: reports("held"), at });
  } else if (effect.type === "activate") {
    send(run, "access not given", { type: "activationFailed", generation, retryable, reports: reports("unknown"), at });
  } else if (provisioner === "works") {
    send(run, "access taken back", { type: "deactivated", generation, reports: reports("notHeld"), at });
  } else {
    send(run, "access not taken back", { type: "deactivationFailed", generation, reports: reports("unknown"), at });
  }
}
