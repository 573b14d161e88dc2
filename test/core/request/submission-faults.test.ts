import { describe, expect, it } from "vitest";
import type { AccessFlow } from "../../../src/core/flow/access-flow.js";
import { evaluateRequest } from "../../../src/core/request/evaluate-request.js";
import type { RequestInput } from "../../../src/core/request/request-input.js";
import { submitRequest } from "../../../src/core/request/submit-request.js";
import { asking, database, flowWith, monday, read, told } from "./support.js";

const flow = flowWith();

function reasonsOf(of: unknown, input: unknown): readonly string[] {
  const submitted = submitRequest(of as AccessFlow, input as RequestInput);
  return submitted.ok ? [] : told(submitted.error.reasons);
}

describe("a submission that cannot be read (L1)", () => {
  it("L1: everything that is wrong is said at once", () => {
    const input = {
      ...{ id: "r1", requestor: {}, grantee: { id: 5 }, entitlements: [read, { resource: "db-1" }], resources: [database, {}] },
      ...{ catalog: 5, requestedDuration: "long", startAt: "soon", justification: 5, mfa: { id: 5, at: monday } },
      ...{ candidates: [{}], complete: "yes", held: 5, at: "now", nonsense: 1 },
    };
    expect(reasonsOf(flow, input)).toStrictEqual([
      'facts_invalid C4 [] input ["nonsense"]',
      'facts_invalid C4 [] requestor ["id"]',
      'facts_invalid C4 [] grantee ["id"]',
      'facts_invalid C4 [] entitlements [1,"permission"]',
      'facts_invalid C4 [] resources [1,"id"]',
      'facts_invalid C4 [] resources [1,"name"]',
      'facts_invalid C4 [] resources [1,"type"]',
      'facts_invalid C4 [] resources [1,"integration"]',
      "facts_invalid C4 [] catalog []",
      "instant_invalid S8 [] at",
      "instant_invalid S8 [] startAt",
      "facts_invalid C4 [] requestedDuration []",
      "facts_invalid C4 [] justification []",
      'facts_invalid C4 [] mfa ["id"]',
      'facts_invalid C4 [] candidates [0,"id"]',
      "facts_invalid C4 [] complete []",
      "facts_invalid C4 [] held []",
    ]);
  });

  it.each<readonly [held: unknown, faults: readonly unknown[]]>([
    [{}, ["facts_invalid C4 [] held []"]],
    [[5], ["facts_invalid C4 [] held [0]"]],
    [[{ request: "r0", entitlements: [read], status: "active", more: 1 }], ["facts_invalid C4 [] held [0]"]],
    [
      [{ request: "r0", entitlements: [read], status: "active" }, {}],
      ['facts_invalid C4 [] held [1,"request"]', 'facts_invalid C4 [] held [1,"entitlements"]', 'facts_invalid C4 [] held [1,"status"]'],
    ],
    [[{ request: "", entitlements: [read], status: "active" }], ['facts_invalid C4 [] held [0,"request"]']],
    [[{ request: 5, entitlements: [read], status: "active" }], ['facts_invalid C4 [] held [0,"request"]']],
    [[{ request: "\ud800", entitlements: [read], status: "active" }], ['facts_invalid C4 [] held [0,"request"]']],
    [[{ request: "r0", entitlements: 5, status: "active" }], ['facts_invalid C4 [] held [0,"entitlements"]']],
    [[{ request: "r0", entitlements: [read], status: "granted" }], ['facts_invalid C4 [] held [0,"status"]']],
    [[{ request: "r0", entitlements: [read], status: "active" }], ["already_held L12 [] r0"]],
  ])("L12: what is held is of the stated shape: %j", (held, faults) => {
    expect(reasonsOf(flow, asking({ held } as never))).toStrictEqual(faults);
  });

  it.each([{ justification: "\ud800" }, { complete: 1 }, { candidates: 5 }, { resources: 5 }, { entitlements: 5 }])("L1: %j", (more) => {
    expect(reasonsOf(flow, asking(more as never))).toStrictEqual([`facts_invalid C4 [] ${Object.keys(more)[0]} []`]);
  });

  it("L1: no record at all, and no flow", () => {
    expect([5, null, [], "r1"].map((input) => reasonsOf(flow, input))).toStrictEqual(
      [5, null, [], "r1"].map(() => ["facts_invalid C4 [] id []", "facts_invalid C4 [] input []"]),
    );
    expect(reasonsOf(5, null)).toStrictEqual(["facts_invalid C4 [] id []", "facts_invalid C4 [] flow []", "facts_invalid C4 [] input []"]);
    const dry = evaluateRequest(5 as never, null as never);
    expect(dry.outcome === "acceptable" ? [] : told(dry.reasons)).toStrictEqual([
      "facts_invalid C4 [] flow []",
      "facts_invalid C4 [] input []",
    ]);
  });
});
