import { describe, expect, it } from "vitest";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import { readSubmission, submissionKeys } from "../../../src/core/request/submission/read-submission.js";
import { isRequestId } from "../../../src/core/request/submission/request-id.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { invalid, noInstant } from "../reasons.js";
import { ada, asking, database, flowWith, gil, monday, read, write } from "./support.js";

const flow = flowWith();
const half = "\ud800";

/** The faults of a submission with one part in place of a good one. */
function faultsOf(more: object): unknown {
  const answer = readSubmission(flow, { ...asking(), ...more }, ["id", ...submissionKeys]);
  return answer.ok ? [] : answer.error;
}

describe("what a submission is read from (L1)", () => {
  it("L1: everything that was given, and what stands for the rest", () => {
    const { id: _, ...input } = asking();
    const bare = { ...input, flow, catalog: { integrations: [], bundles: [], accessScopes: [] } };
    const absent = { grantee: null, requestedDuration: null, startAt: null, justification: null, mfa: null, candidates: null };
    expect(readSubmission(flow, input, submissionKeys)).toEqual({
      ok: true,
      value: { ...bare, ...absent, complete: false, held: [], zones: undefined },
    });
    const more = {
      ...{ grantee: gil, requestedDuration: { amount: 5, unit: "minute" }, justification: "x", mfa: { id: "e", at: monday } },
      ...{ candidates: [gil], complete: true, held: [{ request: "r0", entitlements: [write], status: "active" }] },
    };
    expect(readSubmission(flow, { ...input, ...more, startAt: "2026-03-02T10:00:00Z" }, submissionKeys)).toEqual({
      ok: true,
      value: { ...bare, ...more, startAt: monday + 3_600_000, zones: undefined },
    });
  });

  const held = { request: "r0", entitlements: [write], status: "active" };
  const cases: [string, object, unknown[]][] = [
    ["a requestor that is none", { requestor: { id: "" } }, [invalid("requestor", "id")]],
    ["a grantee that is none", { grantee: null }, [invalid("grantee")]],
    ["no list of entitlements", { entitlements: { length: 1_001 } }, [invalid("entitlements")]],
    [
      "entitlements that are none",
      {
        entitlements: [
          ...[read, null, { ...read, more: 1 }, { resource: "", permission: "read" }],
          ...[{ resource: "a", permission: half }, { resource: 1 }],
        ],
      },
      [
        ...[invalid("entitlements", 1), invalid("entitlements", 2), invalid("entitlements", 3, "resource")],
        ...[invalid("entitlements", 4, "permission"), invalid("entitlements", 5, "resource"), invalid("entitlements", 5, "permission")],
      ],
    ],
    ["no list of resources", { resources: null }, [invalid("resources")]],
    ["resources that are none", { resources: [database, { ...database, id: 1 }] }, [invalid("resources", 1, "id")]],
    ["a catalogue that is none", { catalog: [] }, [invalid("catalog")]],
    ["a duration that is none", { requestedDuration: { amount: 1 } }, [invalid("requestedDuration", "unit")]],
    ["a start that is none", { startAt: null }, [noInstant("startAt")]],
    ["no instant", { at: null }, [noInstant("at")]],
    ["zones that are none", { zones: null }, [{ ...invalid("zones"), rule: "X11" }]],
    ["a justification that is no text", { justification: null }, [invalid("justification")]],
    ["a justification that ends in half a character", { justification: half }, [invalid("justification")]],
    ["candidates that are no list", { candidates: null }, [invalid("candidates")]],
    ["a word that is neither yes nor no", { complete: 1 }, [invalid("complete")]],
    ["what is held as no list", { held: {} }, [invalid("held")]],
    [
      "what is held, of another shape",
      {
        held: [
          ...[held, null, { ...held, more: 1 }, { ...held, request: "" }, { ...held, request: half }, { ...held, request: 1 }],
          ...[{ ...held, entitlements: [{}] }, { ...held, status: "requested" }, {}],
        ],
      },
      [
        ...[invalid("held", 1), invalid("held", 2), invalid("held", 3, "request"), invalid("held", 4, "request")],
        ...[invalid("held", 5, "request"), invalid("held", 6, "entitlements"), invalid("held", 7, "status")],
        ...[invalid("held", 8, "request"), invalid("held", 8, "entitlements"), invalid("held", 8, "status")],
      ],
    ],
    ["evidence that is none", { mfa: null }, [invalid("mfa")]],
    ["evidence with more", { mfa: { id: "e", at: monday, by: "x" } }, [invalid("mfa", "by")]],
    ["evidence without anything", { mfa: {} }, [invalid("mfa", "id"), noInstant("mfa.at")]],
    ["evidence with an empty id", { mfa: { id: "", at: monday } }, [invalid("mfa", "id")]],
    ["evidence with a list for an id", { mfa: { id: ["e"], at: monday } }, [invalid("mfa", "id")]],
    ["evidence whose id ends in half a character", { mfa: { id: half, at: monday } }, [invalid("mfa", "id")]],
    ["evidence with an id of 1,001 characters", { mfa: { id: "x".repeat(1_001), at: monday } }, [invalid("mfa", "id")]],
    ["evidence with an id of 1,000 characters", { mfa: { id: "x".repeat(1_000), at: monday } }, []],
    ["evidence of a time that is a text", { mfa: { id: "e", at: "2026-03-02T09:00:00Z" } }, [noInstant("mfa.at")]],
    ["evidence of a time before 1970", { mfa: { id: "e", at: -1 } }, [noInstant("mfa.at")]],
    ["a key that nobody knows", { grante: gil }, [invalid("input", "grante")]],
  ];
  it.each(cases)("C4: %s", (_, more, faults) => {
    expect(faultsOf(more)).toEqual(faults);
  });

  it("D4: more than a thousand entitlements are not read", () => {
    const tooMuch = [{ code: "too_much_asked", rule: "D4", path: [], limit: 1_000 }];
    expect(faultsOf({ entitlements: Array.from({ length: 1_001 }, () => null) })).toEqual(tooMuch);
    expect(faultsOf({ entitlements: Array.from({ length: 1_000 }, () => read) })).toEqual([]);
  });

  it("C4: a flow and an input that are none are named, both", () => {
    for (const input of [null, Object.assign([], { id: "r1" }), "input", 7, undefined]) {
      expect(readSubmission(flow, input, submissionKeys)).toEqual({ ok: false, error: [invalid("input")] });
      expect(submitRequest(flow, input as never)).toEqual({
        ok: false,
        error: { reasons: [invalid("id"), invalid("input")] },
      });
      expect(evaluateRequest(null as never, input as never)).toEqual({
        kind: "requestDecision",
        outcome: "refused",
        reasons: [invalid("flow"), invalid("input")],
        notices: [],
        trace: { format: "trace/v1", flow: "", at: 0, steps: [] },
      });
    }
    expect(readSubmission({ ...flow, name: 7 }, asking(), ["id", ...submissionKeys])).toEqual({
      ok: false,
      error: [invalid("flow", "name")],
    });
  });

  it("E1: the trace of what could not be read is of the instant, where that could be", () => {
    const { id: _, ...input } = asking({ requestor: { ...ada, id: "" } });
    expect(evaluateRequest(flow, input)).toEqual({
      kind: "requestDecision",
      outcome: "refused",
      reasons: [invalid("requestor", "id")],
      notices: [],
      trace: { format: "trace/v1", flow: "", at: monday, steps: [] },
    });
  });

  it("D: an id has 1 to 128 characters, none of them a control or half of one", () => {
    const wide = "\u{1f600}";
    expect(["a", "x".repeat(128), wide.repeat(128), "a b", "\u00e9"].map(isRequestId)).toEqual(Array(5).fill(true));
    expect(
      ["", " ", "x".repeat(129), wide.repeat(129), `${"x".repeat(127)}${wide}y`, half, "a\u007f", null, ["a"]].map(isRequestId),
    ).toEqual(Array(9).fill(false));
    expect(submitRequest(flow, asking({ id: "" }))).toEqual({ ok: false, error: { reasons: [invalid("id")] } });
  });
});
