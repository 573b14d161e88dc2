import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import { planApproval } from "../../src/core/approval/plan-approval.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { computeGrantWindow } from "../../src/core/evaluate/compute-grant-window.js";
import { conditionTruth } from "../../src/core/evaluate/condition-truth.js";
import { entitlementsOf } from "../../src/core/evaluate/entitlements-of.js";
import { evaluateRequestor } from "../../src/core/evaluate/evaluate-requestor.js";
import { resolveTargets } from "../../src/core/evaluate/resolve-targets.js";
import { scheduleStatus } from "../../src/core/evaluate/schedule-status.js";
import type { Catalog } from "../../src/core/facts/catalog.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { Resource } from "../../src/core/facts/resource.js";
import type { AttributeCondition } from "../../src/core/flow/condition.js";
import type { AccessFlowDefinition, TargetDefinition } from "../../src/core/flow/definition.js";
import type { Duration } from "../../src/core/time/duration.js";
import type { Schedule } from "../../src/core/time/schedule.js";
import { flowOf } from "./flow-of.js";
import * as approval from "./reference/approval.js";
import * as conditions from "./reference/conditions.js";
import { against } from "./reference/requestor.js";
import * as schedules from "./reference/schedule.js";
import { resolve } from "./reference/targets.js";
import { grantWindow } from "./reference/window.js";
import { started } from "./started.js";
import { codesOf } from "./support.js";

type Opening = { requestor: Identity; grantee?: Identity; at: number };
type CorpusCase = { rule: string; title: string; expected: unknown } & (
  | { kind: "condition"; condition: AttributeCondition; identity: Identity }
  | { kind: "schedule"; schedule: Schedule; at: number }
  | { kind: "requestor"; definition: AccessFlowDefinition; input: Opening }
  | { kind: "targets"; targets: TargetDefinition[]; resources: Resource[]; catalog: Catalog }
  | { kind: "window"; definition: AccessFlowDefinition; at: number; requestedDuration: Duration }
  | { kind: "approval"; definition: AccessFlowDefinition; input: Opening; events: approval.Event[] }
  | { kind: "plan"; definition: AccessFlowDefinition; input: Opening; candidates: Identity[] }
);

/** Where library and reference once differed, or where a rule is easily read otherwise: what both must answer. */
const corpus: readonly CorpusCase[] = JSON.parse(readFileSync(new URL("./corpus.json", import.meta.url), "utf8"));

const minimal = { name: "corpus", requestors: { conditions: [{ attribute: "group", values: ["staff"] }] } };

function answerOfLibrary(value: CorpusCase): unknown {
  switch (value.kind) {
    case "condition":
      return conditionTruth(value.condition, value.identity);
    case "schedule": {
      const status = scheduleStatus(value.schedule, value.at);
      return { open: status.open, next: status.open ? status.closesAt : status.opensAt };
    }
    case "requestor": {
      const { outcome, reasons } = evaluateRequestor(flowOf(value.definition), value.input);
      return { outcome, codes: codesOf(reasons) };
    }
    case "targets": {
      const { resources, catalog } = value;
      const resolved = resolveTargets(flowOf({ ...minimal, targets: value.targets }), { resources, catalog });
      const entitlements = [...entitlementsOf(resolved)].map(({ resource, permission }) => [resource, permission]);
      return { entitlements, codes: codesOf(resolved.reasons) };
    }
    case "window": {
      const { at, requestedDuration } = value;
      const window = computeGrantWindow(flowOf(value.definition), { at, requestedDuration });
      return window.ok ? window.value : { codes: codesOf(window.error) };
    }
    case "approval": {
      let state = started(flowOf(value.definition), value.input);
      return value.events.map((event) => {
        const answer = transitionApproval(state, event as ApprovalEvent);
        if (!answer.ok) return codesOf(answer.error.reasons);
        state = answer.value.state;
        return state.status;
      });
    }
    case "plan": {
      const plan = planApproval(flowOf(value.definition), { ...value.input, candidates: value.candidates });
      const { decidable, decidableFrom, tiers } = plan;
      return { decidable, decidableFrom, tierVoters: tiers.map(({ voters }) => voters) };
    }
  }
}

function answerOfReference(value: CorpusCase): unknown {
  switch (value.kind) {
    case "condition":
      return conditions.conditionTruth(value.condition, value.identity);
    case "schedule": {
      const open = schedules.isOpen(value.schedule, value.at);
      return { open, next: schedules.nextChange(value.schedule, value.at) };
    }
    case "requestor": {
      const { requestor, grantee, at } = value.input;
      const eligible = against(flowOf(value.definition), requestor, grantee, at).size === 0;
      // The reference does not tell one missing fact from another: the codes are the corpus's own.
      return { ...(value.expected as object), outcome: eligible ? "eligible" : "ineligible" };
    }
    case "targets": {
      const { given, codes } = resolve(value.targets, value);
      return { entitlements: [...given.keys()].map((key) => JSON.parse(key)), codes: [...codes].sort() };
    }
    case "window": {
      const window = grantWindow(flowOf(value.definition), value.at, value.requestedDuration, undefined);
      return "refused" in window ? { codes: [...window.refused].sort() } : window;
    }
    case "approval": {
      let state = approval.start(flowOf(value.definition), value.input);
      return value.events.map((event) => {
        const answer = approval.transition(state, event);
        if ("refused" in answer) return [...answer.refused].sort();
        state = answer;
        return state.status;
      });
    }
    case "plan": {
      const { decidable, decidableFrom, tierVoters } = approval.plan(
        approval.start(flowOf(value.definition), value.input),
        value.candidates,
      );
      return { decidable, decidableFrom, tierVoters };
    }
  }
}

describe("the corpus", () => {
  it.each(corpus.map((value) => [`${value.rule}: ${value.title}`, value] as const))("%s", (_, value) => {
    expect([answerOfLibrary(value), answerOfReference(value)]).toEqual([value.expected, value.expected]);
  });
});
