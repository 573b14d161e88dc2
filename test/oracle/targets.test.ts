import { describe, it } from "vitest";
import { coversEntitlement } from "../../src/core/evaluate/covers-entitlement.js";
import { entitlementsOf } from "../../src/core/evaluate/entitlements-of.js";
import { resolveTargets } from "../../src/core/evaluate/resolve-targets.js";
import { coverageInput, targetsInput } from "../arbitrary/operation-inputs.js";
import { flowOf } from "./flow-of.js";
import { entitlementKey, resolve } from "./reference/targets.js";
import { agree, codesOf, compare, timeout } from "./support.js";

const flowOfTargets = (targets: readonly object[]) =>
  flowOf({ name: "targets", requestors: { conditions: [{ attribute: "group", values: ["a"] }] }, targets: targets as never });

/** Codes that the reference tells too; the rest are notices. */
const told = /^(bundle_|access_scope_|query_invalid|integration_|resource_clash)/;

describe("targets, against the reference evaluator", () => {
  it(
    "T1–T7: the same entitlements, each from the same targets, and the same references reported",
    () => {
      const codes = [
        "bundle_unknown",
        "bundle_ambiguous",
        "bundle_nested",
        "access_scope_unknown",
        "access_scope_ambiguous",
        "query_invalid",
      ];
      const shares = Object.fromEntries(
        [...codes, "integration_unknown", "integration_ambiguous", "resource_clash"].map((code) => [code, 0.004]),
      );
      compare(
        "T1–T7",
        targetsInput,
        { some: 0.15, none: 0.2, severalOrigins: 0.01, ...shares },
        ({ targets, resources, catalog }) => {
          const flow = flowOfTargets(targets);
          const expected = resolve(flow.targets, { resources, catalog });
          const actual = resolveTargets(flow, { resources, catalog });
          const about = { targets, resources, catalog, actual };
          const rows = actual.grants.flatMap((row) =>
            row.resources.map((resource) => [entitlementKey(resource, row.permission), [...row.targets].sort()] as const),
          );
          agree(new Map(rows), new Map([...expected.given].map(([key, origins]) => [key, [...origins].sort()])), about);
          agree([rows.length, actual.size, [...entitlementsOf(actual)].length], Array(3).fill(expected.given.size), about);
          const reported = codesOf(actual.reasons).filter((code) => told.test(code));
          agree(reported, [...expected.codes].sort(), about);
          const several = [...expected.given.values()].some((origins) => origins.size > 1);
          return [expected.given.size > 0 ? "some" : "none", ...(several ? ["severalOrigins"] : []), ...expected.codes];
        },
        (input) => ({ rule: "T1", operation: "resolveTargets", input }),
      );
    },
    timeout,
  );

  it(
    "T8: an entitlement is covered exactly when it is in the resolved set of its own resource",
    () => {
      compare(
        "T8",
        coverageInput,
        { covered: 0.05, uncovered: 0.3 },
        ({ targets, resource, catalog, permission }) => {
          const flow = flowOfTargets(targets);
          const expected = resolve(flow.targets, { resources: [resource], catalog }).given.has(entitlementKey(resource.id, permission));
          agree(coversEntitlement(flow, resource, permission, catalog), expected, { targets, resource, catalog, permission });
          return [expected ? "covered" : "uncovered"];
        },
        (input) => ({ rule: "T8", operation: "coversEntitlement", input }),
      );
    },
    timeout,
  );
});
