import { describe, it } from "vitest";
import { reconcileGrants } from "../../src/core/request/reconcile-grants.js";
import type { RequestState } from "../../src/core/request/request-state.js";
import { submitRequest } from "../../src/core/request/submit-request.js";
import { transitionRequest } from "../../src/core/request/transition-request.js";
import { automaticInput, requestCourseOf } from "../arbitrary/operation-inputs.js";
import { eventOf, requestCaseArbitrary } from "../arbitrary/request-case.js";
import { flowOf } from "./flow-of.js";
import { reconcile } from "./reference/automatic.js";
import { nfc } from "./reference/conditions.js";
import * as reference from "./reference/request.js";
import { entitlementKey } from "./reference/targets.js";
import { agree, codesOf, compare, detailCodes, timeout } from "./support.js";

/** What both sides must say alike of a request. */
function summary({ status, revision, lastAt, wakeAt, awaitingFacts, pauses, grant, cause, approval }: RequestState): unknown {
  return {
    ...{ status, revision, lastAt, due: wakeAt, reading: awaitingFacts, cause, pauses: status === "scheduled" ? pauses : 0 },
    ...{
      window: grant?.window ?? null,
      generation: grant?.generation ?? 0,
      failures: grant?.attempts ?? 0,
      extensions: grant?.extensions ?? 0,
    },
    votes: approval?.votes.length ?? 0,
  };
}

function summaryOfReference(state: reference.State): unknown {
  const { status, revision, lastAt, due, reading, pauses, window, generation, failures, extensions, cause, approval } = state;
  return {
    ...{ status, revision, lastAt, due, reading, cause, pauses: status === "scheduled" ? pauses : 0 },
    ...{ window, generation, failures, extensions, votes: approval?.votes.length ?? 0 },
  };
}

/** Codes by which an extension says what has failed since; the reference only says that something has. */
const failings = [
  "no_longer_eligible",
  "no_longer_covered",
  "flow_inactive",
  "not_covered",
  "requestor_inactive",
  "grantee_inactive",
  "scope_not_allowed",
];

describe("the life of a request, against the reference evaluator", () => {
  it(
    "L1–L7, W6: the same events are accepted, and lead to the same states",
    () => {
      const ends = { ended: 0.02, revoked: 0.02, rejected: 0.05, withdrawn: 0.05, expired: 0.05, activationFailed: 0.01 };
      const ways = { active: 0.02, deactivating: 0.02, scheduled: 0.03, awaitingApproval: 0.03, extended: 0.005 };
      const refusals = Object.fromEntries(
        [
          ...["request_over", "effect_stale", "status_forbids", "clock_went_back", "not_the_grantee", "facts_too_old", "request_decided"],
          ...["mfa_too_old", "mfa_in_future", "not_allowed_to_withdraw", "not_allowed_to_revoke", "already_ending", "facts_unknown"],
          ...["grant_indefinite", "extensions_used_up", "fails"],
        ].map((code) => [code, 0.002]),
      );
      compare(
        "L1–L7, W6",
        requestCaseArbitrary(),
        { ...ends, ...ways, ...refusals },
        ({ definition, input, happenings }) => {
          const flow = flowOf(definition);
          const begun = submitRequest(flow, input);
          agree(begun.ok, true, { definition, input, begun });
          if (!begun.ok) return [];
          let actual = begun.value.state;
          let expected = reference.submit(flow, input);
          agree(summary(actual), summaryOfReference(expected), { definition, input });
          const classes: string[] = [];
          const log: unknown[] = [];
          for (const happening of happenings) {
            const event = eventOf(happening, actual);
            const after = reference.transition(expected, event as reference.Event);
            const answer = transitionRequest(actual, event);
            log.push(event, answer.ok ? answer.value.state.status : codesOf(answer.error.reasons));
            const about = { definition, input, log };
            if ("refused" in after) {
              agree(answer.ok, false, about);
              if (answer.ok) return [];
              const allowed = new Set([...after.refused, ...(after.refused.has("fails") ? [...failings, "facts_unknown"] : [])]);
              const codes = codesOf(answer.error.reasons).filter((code) => !detailCodes.has(code));
              agree([codes.length > 0, codes.filter((code) => !allowed.has(code))], [true, []], { about, refused: [...after.refused] });
              classes.push(...after.refused);
              continue;
            }
            agree(answer.ok, true, about);
            if (!answer.ok) return [];
            agree(answer.value.recorded === null, after === expected, about);
            if (after === expected) agree(answer.value.state === actual, true, about);
            agree(summary(answer.value.state), summaryOfReference(after), about);
            if (after.extensions > expected.extensions) classes.push("extended");
            expected = after;
            actual = answer.value.state;
          }
          return [...classes, expected.status];
        },
        (value) => ({ rule: "L7", operation: "requestCourse", input: requestCourseOf(value) }),
      );
    },
    timeout,
  );

  it(
    "M1–M3: the same grants begin, end, stay and are left open",
    () => {
      compare(
        "M1–M3",
        automaticInput,
        { begins: 0.05, ends: 0.1, undetermined: 0.1, halted: 0.02 },
        ({ definition, ...input }) => {
          const flow = flowOf(definition);
          const about = { definition, input };
          const expected = reconcile(flow, input);
          const actual = reconcileGrants(flow, input);
          const begins = actual.grants.flatMap(({ grantee, entitlements }) =>
            entitlements.map(({ resource, permission }) => `${nfc(grantee)} ${entitlementKey(resource, permission)}`),
          );
          agree(begins.sort(), [...expected.begins].sort(), about);
          agree(actual.ends.map(({ request }) => request).sort(), [...expected.ends].sort(), about);
          agree(actual.keeps.map(({ request }) => request).sort(), [...expected.keeps].sort(), about);
          agree(actual.undetermined.map(({ grantee }) => nfc(grantee)).sort(), [...expected.undetermined].sort(), about);
          agree(actual.halted, expected.halted, about);
          const classes = [
            begins.length > 0 && "begins",
            actual.ends.length > 0 && "ends",
            expected.undetermined.size > 0 && "undetermined",
          ];
          return [...classes, actual.halted && "halted"].filter((name) => name !== false);
        },
        (input) => ({ rule: "M1", operation: "reconcileGrants", input }),
      );
    },
    timeout,
  );
});
