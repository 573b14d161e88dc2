import { describe, expect, it } from "vitest";
import { entitlementsOf } from "../../../src/core/evaluate/entitlements-of.js";
import type { ResolvedTargets } from "../../../src/core/evaluate/resolve-targets.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";

const row = { integration: "pg", resourceType: "db", permission: "read", resources: ["a", "b"], targets: [0] };
const resolved: ResolvedTargets = deepFreeze({
  kind: "resolvedTargets",
  size: 3,
  reasons: [],
  grants: [row, { ...row, permission: "write", resources: ["b"] }],
});

describe("entitlementsOf", () => {
  it("T6: gives every entitlement in the order of the rows", () => {
    expect([...entitlementsOf(resolved)]).toEqual([
      { resource: "a", permission: "read" },
      { resource: "b", permission: "read" },
      { resource: "b", permission: "write" },
    ]);
  });

  it("starts again every time it is asked", () => {
    const entitlements = entitlementsOf(resolved);
    expect([...entitlements]).toEqual([...entitlements]);
  });

  it("makes entitlements as they are asked for, each time anew", () => {
    const entitlements = entitlementsOf(resolved);
    const [[first], [again]] = [entitlements, entitlements];
    expect(first).toEqual(again);
    expect(first).not.toBe(again);
  });

  it("T6: gives what was checked, whatever becomes of it", () => {
    const resources = ["a", "b"];
    const entitlements = entitlementsOf({ ...resolved, grants: [{ ...row, resources }] });
    resources[0] = "c";
    expect([...entitlements][0]).toEqual({ resource: "a", permission: "read" });
  });

  it.each([
    [null],
    [[]],
    [{ ...resolved, kind: "approvalPlan" }],
    [{ ...resolved, grants: {} }],
    [{ ...resolved, grants: [{ ...row, resources: [5] }] }],
    [{ ...resolved, grants: [{ ...row, permission: null }] }],
    [{ ...resolved, grants: new Array(1) }],
    [{ ...resolved, grants: [{ ...row, resources: Object.assign(new Array(2), { 1: "a" }) }] }],
  ])("throws facts_invalid at once for anything else: %j", (value) => {
    expect(() => entitlementsOf(value as ResolvedTargets)).toThrow(
      expect.objectContaining({ name: "AccessFlowError", code: "facts_invalid" }),
    );
  });

  const throwing = (): never => {
    throw new Error("touched");
  };
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each<[string, unknown]>([
    [
      "what computes its rows",
      {
        ...resolved,
        get grants() {
          return throwing();
        },
      },
    ],
    [
      "what computes its resources",
      {
        ...resolved,
        grants: [
          {
            ...row,
            get resources() {
              return throwing();
            },
          },
        ],
      },
    ],
    ["what was revoked", revoked],
    ["rows that were revoked", { ...resolved, grants: revoked }],
  ])("T6: throws facts_invalid, and nothing else, for %s", (_, value) => {
    expect(() => entitlementsOf(value as ResolvedTargets)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });

  it.each([
    [null],
    ["x"],
    [{}],
    [{ kind: "resolvedTargets" }],
    [{ ...resolved, grants: [7] }],
    [{ ...resolved, grants: [Object.assign([], row)] }],
    [Object.assign([], resolved)],
  ])("T6: refuses %j, which is not what `resolveTargets` gives", (value) => {
    expect(() => [...entitlementsOf(value as never)]).toThrow(
      expect.objectContaining({ code: "facts_invalid", message: "resolved is not what `resolveTargets` gives" }),
    );
  });
});
