import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AccessFlow,
  type AccessFlowDefinition,
  checkAccessFlow,
  coversEntitlement,
  defineAccessFlow,
  evaluateRequest,
  evaluateRequestor,
  type Identity,
  isEligible,
  planApproval,
  type RequestInput,
  type Resource,
  resolveTargets,
  restoreRequestState,
  startApproval,
  submitRequest,
} from "../../src/index.js";
import { fullest, placesIn, smallest, withValue } from "../core/define/definitions.js";
import { lessKnown } from "../laws/less-known.js";

/* What is not there: empty lists, facts that nobody knows, and what a caller leaves out. None of it is ever a yes. */

const at = Date.UTC(2026, 2, 2, 9);
const everything: Identity = {
  ...{ id: "ada", emails: ["ada@corp.com"], accounts: [], manager: "grace", sources: ["okta"] },
  attributes: { group: [{ id: "platform", name: "platform", source: "okta" }], team: ["Platform"], department: ["eng"] },
};
const bucket: Resource = {
  ...{ id: "b1", name: "b1", type: "aws-account-s3-bucket", integration: "aws-prod", tags: { env: "prod" } },
  permissions: ["read", "write"],
};
const asked: Omit<RequestInput, "id"> = {
  ...{ requestor: everything, entitlements: [{ resource: "b1", permission: "read" }], resources: [bucket], justification: "x", at },
};

describe("empty lists", () => {
  const emptied = [smallest, fullest].flatMap((definition) =>
    placesIn(definition, Array.isArray)
      .map((path) => withValue(definition, path, []))
      .filter((each) => !checkAccessFlow(each).ok),
  );

  // Shown to fail: with `every` over the conditions of an emptied list, which holds, in place of the check.
  it("TH2: a flow with any list emptied is no flow to any decision, though it is passed by without being checked", () => {
    expect(emptied.length).toBeGreaterThan(20);
    for (const each of emptied) {
      const flow = each as AccessFlow;
      const input = { requestor: everything, at };
      expect(() => isEligible(flow, input)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
      expect(evaluateRequestor(flow, input).outcome).toBe("ineligible");
      expect(resolveTargets(flow, { resources: [bucket] }).size).toBe(0);
      expect(() => coversEntitlement(flow, bucket, "read")).toThrow(expect.objectContaining({ code: "facts_invalid" }));
      expect(startApproval(flow, input).ok).toBe(false);
      expect(planApproval(flow, { ...input, candidates: [everything] }).decidable).toBe(false);
      expect(submitRequest(flow, { ...asked, id: "r1" }).ok).toBe(false);
    }
  });

  it("TH2: nor is a request restored whose flow or approval has a list emptied in storage", () => {
    const flow = defineAccessFlow({
      ...smallest,
      approval: { kind: "approvalOf", groups: "allOf", approverGroups: [{ conditions: [{ relation: "manager" }] }] },
    });
    const submitted = submitRequest(flow, { ...asked, id: "r1" });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
    const stored = JSON.parse(JSON.stringify(submitted.value.state)) as object;
    expect(restoreRequestState(stored).ok).toBe(true);
    const filled = placesIn(stored, (value) => Array.isArray(value) && value.length > 0);
    const accepted = filled.filter((path) => restoreRequestState(withValue(stored, path, [])).ok).map((path) => path.join("."));
    expect(filled.length).toBeGreaterThan(10);
    // Fewer aliases are a person known by fewer: `keys` holds the id at least, and that is checked.
    expect(accepted).toEqual([]);
  });

  it("TH2: no facts are nobody's: lists of facts that are empty make nobody eligible and give nothing", () => {
    const flow = defineAccessFlow(smallest);
    expect(isEligible(flow, { requestor: { ...everything, attributes: { group: [] } }, at })).toBe(false);
    expect(isEligible(flow, { requestor: { ...everything, attributes: {} }, at })).toBe(false);
    expect(resolveTargets(flow, { resources: [] }).size).toBe(0);
    expect(coversEntitlement(flow, { ...bucket, permissions: [] }, "read")).toBe(false);
  });
});

describe("unknown facts", () => {
  const teams = ["platform", "ops", "guests"];
  const attributes = ["group", "department"];
  const condition = fc.record(
    {
      attribute: fc.constantFrom(...attributes),
      operator: fc.constantFrom("is" as const, "isNot" as const, "contains" as const, "doesNotContain" as const, "startsWith" as const),
      values: fc.subarray(teams, { minLength: 1, maxLength: 2 }),
    },
    { noNullPrototype: true },
  );
  const conditions = fc.record(
    { combinator: fc.constantFrom("and" as const, "or" as const), conditions: fc.array(condition, { minLength: 1, maxLength: 2 }) },
    { noNullPrototype: true },
  );
  const filters = [{ by: "tag" as const, key: "env", values: ["prod"] }];
  const definition = fc
    .tuple(conditions, conditions, fc.constantFrom(undefined, { include: filters }, { exclude: filters }))
    .map(([requestors, grantees, resources]): AccessFlowDefinition => {
      const [target] = smallest.targets;
      return {
        ...smallest,
        requestors,
        requestFor: { scopes: ["self", "others", "directReports"], grantees },
        targets: [{ ...target, ...(resources === undefined ? {} : { resources }) } as NonNullable<typeof target>],
      };
    });
  const person = (id: string) =>
    fc
      .record(
        {
          manager: fc.constantFrom("ada", "grace", null),
          group: fc.subarray(teams),
          department: fc.subarray(teams),
        },
        { noNullPrototype: true },
      )
      .map(({ manager, ...held }): Identity => ({ id, emails: [], manager, sources: ["okta"], attributes: held }));
  const tags = fc.constantFrom<Record<string, string>[]>({}, { env: "prod" }, { env: "test" });

  // Shown to fail: with an absent attribute taken for `[]`, which every negative condition is true of.
  it("TH3: dropping any fact of requestor, grantee or resource that can be unknown makes no request acceptable", () => {
    const seen = { acceptable: 0, refused: 0, lost: 0 };
    const what = fc.constantFrom("requestor", "grantee", "tags");
    fc.assert(
      fc.property(
        definition,
        person("ada"),
        fc.option(person("bob")),
        tags,
        fc.nat(),
        what,
        (rules, requestor, grantee, known, choice, dropped) => {
          const flow = defineAccessFlow(rules);
          const input = { ...asked, requestor, ...(grantee === null ? {} : { grantee }), resources: [{ ...bucket, tags: known }] };
          const { tags: _, ...untagged } = bucket;
          const less = {
            ...input,
            ...(dropped === "requestor" ? { requestor: lessKnown(requestor, choice) } : {}),
            ...(dropped === "grantee" && grantee !== null ? { grantee: lessKnown(grantee, choice) } : {}),
            ...(dropped === "tags" ? { resources: [untagged] } : {}),
          };
          const [before, after] = [evaluateRequest(flow, input).outcome, evaluateRequest(flow, less).outcome];
          seen[before] += 1;
          if (before !== after) seen.lost += 1;
          if (after === "acceptable") expect(before).toBe("acceptable");
        },
      ),
      { numRuns: 2000 },
    );
    // All three happen in a few of a hundred runs each: two thousand without one of them are not to be expected.
    expect(Object.values(seen).every((count) => count > 0)).toBe(true);
  });
});

describe("what a caller leaves out", () => {
  const leads = { id: "lena", emails: ["lena@corp.com"], accounts: [], attributes: { group: ["leads"] } };
  const owners = { integrations: [{ id: "aws-prod", name: "AWS", owner: { attribute: "group", values: ["leads"] } }] };
  const full: RequestInput = {
    ...{ id: "r1", ...asked, catalog: owners, requestedDuration: { amount: 30, unit: "minute" }, startAt: at, justification: "x" },
    ...{ mfa: { id: "e", at }, candidates: [leads], complete: true, held: [] },
  };
  const optional = ["catalog", "requestedDuration", "startAt", "justification", "mfa", "candidates", "complete", "held"] as const;
  const subsets = Array.from({ length: 2 ** optional.length }, (_, bits) =>
    optional.filter((_each, position) => (bits & (1 << position)) !== 0),
  );
  const flows: Record<string, AccessFlowDefinition> = Object.fromEntries(
    [{ attribute: "group", values: ["leads"] }, { relation: "owner" as const }, { relation: "manager" as const }].flatMap((condition) =>
      [true, false].map((strict) => [
        `${"relation" in condition ? condition.relation : condition.attribute}${strict ? ", with every requirement" : ""}`,
        {
          ...smallest,
          approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [{ conditions: [condition] }] },
          settings: { requireMfa: strict, requireJustification: strict, requireDuration: strict, requestorCannotApproveSelf: strict },
        } satisfies AccessFlowDefinition,
      ]),
    ),
  );

  // Shown to fail: with a submission without candidates, or without a catalogue, taken for one that needs nobody.
  it.each(Object.entries(flows))("TH7: no subset of the optional inputs lowers the approval needed: %s", (_, definition) => {
    const flow = defineAccessFlow(definition);
    const { id: _id, ...question } = full;
    const whole = evaluateRequest(flow, question);
    const needsOfAll: readonly string[] = whole.outcome === "acceptable" ? whole.needs : ["approval"];
    let accepted = 0;
    for (const left of subsets) {
      const less = Object.fromEntries(Object.entries(full).filter(([key]) => !(left as readonly string[]).includes(key))) as RequestInput;
      const submitted = submitRequest(flow, less);
      if (!submitted.ok) continue;
      accepted += 1;
      const { status } = submitted.value.state;
      expect(status).toBe(less.mfa === undefined && definition.settings?.requireMfa === true ? "awaitingMfa" : "awaitingApproval");
      const { id: _unused, ...lessQuestion } = less;
      const decision = evaluateRequest(flow, lessQuestion);
      expect(decision.outcome === "acceptable" ? decision.needs : []).toEqual(expect.arrayContaining([...needsOfAll]));
    }
    expect(accepted).toBeGreaterThan(subsets.length / 32);
  });

  it("TH7: an approval that is opened without resources, catalogue or a grantee is not decided, and easier for nobody", () => {
    const flow = defineAccessFlow(flows["owner"] as AccessFlowDefinition);
    const opening = { requestor: everything, resources: [bucket], catalog: owners, at };
    expect(planApproval(flow, { ...opening, candidates: [leads] }).decidable).toBe(true);
    for (const left of ["resources", "catalog"] as const) {
      const { [left]: _, ...less } = opening;
      const started = startApproval(flow, less);
      expect(started.ok ? started.value.state.status : "refused").toBe("pending");
      expect(planApproval(flow, { ...less, candidates: [leads] }).decidable).toBe(false);
    }
  });
});
