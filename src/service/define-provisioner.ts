import { accessFlowError } from "../core/kernel/access-flow-error.js";
import { deepFreeze } from "../core/kernel/deep-freeze.js";
import type { EntitlementReport } from "../core/request/request-state.js";
import type { Clock } from "../ports/clock.js";
import type { GrantOrder, ProvisionAnswer, Provisioner } from "../ports/provisioner.js";
import { acceptWait, longestWait } from "./accept-options.js";
import { failedAnswer, readAnswer, readInspection } from "./read-provision-answer.js";

/* The timers that every runtime has. */
declare const setTimeout: (run: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;

/** An answer now or later. */
export type Eventually<T> = T | Promise<T>;

/** A host's own functions: what `Provisioner` asks for, with as little ceremony as possible. */
export type ProvisionerFunctions = {
  /** Gives what the order names. */
  activate(order: GrantOrder): Eventually<ProvisionAnswer>;
  /** Takes it back, but for `keep`, and reads back that it is gone. */
  deactivate(order: GrantOrder): Eventually<ProvisionAnswer>;
  /** Absent: the target keeps no end of its own. */
  changeEnd?: ((order: GrantOrder) => Eventually<ProvisionAnswer>) | undefined;
  /** What the grantee holds now. Absent: it cannot be asked. */
  inspect?: ((order: GrantOrder) => Eventually<readonly EntitlementReport[]>) | undefined;
};

/** How long a host's functions may take, and by which clock. */
export type ProvisionerLimits = {
  /** How long one call may take, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** What deadlines are compared with. Default: the clock of this machine. */
  readonly clock?: Clock | undefined;
};

/**
 * A provisioner from a host's own functions, which may be careless: the service hears only what can be true (L6).
 *
 * - At or after the deadline nothing is called, except to ask about work under way (an order with a `handle`).
 * - What throws, is rejected, answers later than `timeoutMs` or, unless it has a handle, after the deadline, or
 *   answers nothing of the stated shape, has `failed`, worth repeating, and nothing is known of its entitlements.
 * - `done` is believed only with one report on every entitlement: `held` or `heldBefore` after an activation,
 *   `notHeld` or `heldBefore` after a deactivation, `keep` apart. Anything else has `failed`, with what was reported.
 * - Reports on entitlements that the order does not have, or two that differ on one, make an answer fail.
 * - Texts of thrown errors are never repeated: they may hold secrets. A reason that the function states itself is
 *   cut at 200 characters, its control characters written out.
 *
 * Orders are frozen copies. The promises of the provisioner are never rejected.
 *
 * Throws `AccessFlowError` (`facts_invalid`) where `activate` or `deactivate` is missing, one of the four is no function,
 * or `timeoutMs` is no whole number from 1 to 2,147,483,647.
 *
 * @example
 * const provisioner = defineProvisioner({
 *   activate: () => ({ outcome: "done", reports: [] }),
 *   deactivate: () => { throw new Error("password=hunter2"); },
 * });
 * const order = {
 *   key: "q1:3:0", request: "q1", generation: 1, deadline: Date.now() + 60_000, handle: null, grantee: { id: "ada" },
 *   entitlements: [{ resource: { id: "r1", name: "payroll", type: "database", integration: "pg" }, permission: "read" }],
 *   window: { start: Date.now(), end: null }, keep: [],
 * };
 * const given = await provisioner.activate(order);
 * given.outcome === "failed" && given.reason;
 * // => "done, without a report on entitlement 0"
 * const taken = await provisioner.deactivate(order);
 * taken.outcome === "failed" && taken.reason;
 * // => "the provisioner's function failed"
 */
export function defineProvisioner(functions: ProvisionerFunctions, limits: ProvisionerLimits = {}): Provisioner {
  const { activate, deactivate, changeEnd, inspect } = requireFunctions(functions);
  const { clock = { now: () => Date.now() } } = limits;
  const timeoutMs = limits.timeoutMs === undefined ? 30_000 : acceptWait("timeoutMs", limits.timeoutMs);

  const call = async (
    action: "activate" | "deactivate" | "changeEnd",
    given: GrantOrder,
    run: (order: GrantOrder) => Eventually<ProvisionAnswer>,
  ): Promise<ProvisionAnswer> => {
    const order = frozenOrder(given);
    const isBegun = order.handle !== null;
    const left = isBegun ? timeoutMs : order.deadline - (await clock.now());
    if (!(left > 0)) return failedAnswer(order, "the deadline has passed");
    const heard = await withinTime(Math.min(left, timeoutMs), () => run(order));
    if (heard === "late") return failedAnswer(order, "the provisioner's function did not answer in time");
    if (heard === "failed") return failedAnswer(order, "the provisioner's function failed");
    // A timer may be late, and a clock may stand still where timers do not: both have a say.
    if (!isBegun && (await clock.now()) >= order.deadline) return failedAnswer(order, "the answer came after the deadline");
    return readAnswer(action, order, heard.value);
  };

  return Object.freeze<Provisioner>({
    activate: (order) => call("activate", order, (frozen) => activate.call(functions, frozen)),
    deactivate: (order) => call("deactivate", order, (frozen) => deactivate.call(functions, frozen)),
    ...(changeEnd === undefined
      ? {}
      : { changeEnd: (order: GrantOrder) => call("changeEnd", order, (frozen) => changeEnd.call(functions, frozen)) }),
    ...(inspect === undefined
      ? {}
      : {
          async inspect(given: GrantOrder) {
            const order = frozenOrder(given);
            const heard = await withinTime(timeoutMs, () => inspect.call(functions, order));
            return readInspection(order, typeof heard === "string" ? null : heard.value);
          },
        }),
  });
}

/** Before it serves, not at the first order: a provisioner that cannot deactivate must not be given anything to activate. */
function requireFunctions(functions: ProvisionerFunctions): ProvisionerFunctions {
  const given: { readonly [name: string]: unknown } = functions ?? {};
  for (const name of ["activate", "deactivate", "changeEnd", "inspect"]) {
    const mayBeAbsent = (name === "changeEnd" || name === "inspect") && given[name] === undefined;
    if (!mayBeAbsent && typeof given[name] !== "function") throw accessFlowError("facts_invalid", `functions.${name} must be a function`);
  }
  return functions;
}

function frozenOrder(order: GrantOrder): GrantOrder {
  return deepFreeze(JSON.parse(JSON.stringify(order)) as GrantOrder);
}

/** What a function answers within so many milliseconds. What it answers afterwards is not heard. */
function withinTime<T>(ms: number, run: () => Eventually<T>): Promise<{ readonly value: T } | "late" | "failed"> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve("late"), Math.min(ms, longestWait));
    Promise.resolve()
      .then(run)
      .then(
        (value) => resolve({ value }),
        () => resolve("failed"),
      )
      .finally(() => clearTimeout(timer));
  });
}
