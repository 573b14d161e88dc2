import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startApproval } from "../../src/core/approval/start-approval.js";
import { transitionApproval } from "../../src/core/approval/transition-approval.js";
import { checkAccessFlow, defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import { reasonShape } from "../../src/core/define/reason-shape.js";
import type { UnionShape } from "../../src/core/define/shape.js";
import { audiences } from "../../src/core/explain/audience.js";
import { describeFlow } from "../../src/core/explain/describe-flow.js";
import { explain } from "../../src/core/explain/explain.js";
import { explainableShape } from "../../src/core/explain/explainable-shape.js";
import { reasonSentences } from "../../src/core/explain/reason-sentences.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Json } from "../../src/core/kernel/json.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { describedBy, hostileText } from "../core/explain/of-shape.js";

type Explained = Parameters<typeof explain>[0];

const explainable = describedBy(explainableShape).map((value) => deepFreeze(value as Explained));
const audience = fc.constantFrom(...audiences);
const codes = Object.keys(reasonSentences);

/** What must never be printed as it is: everything a terminal, a log or a chat could take for more than text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>]/u;

describe("explain", () => {
  it.each(codes)("E3: the reason code %s has a sentence for every audience", (code) => {
    const shape = (reasonShape as UnionShape).of[code];
    if (shape === undefined) throw new Error("no shape");
    fc.assert(
      fc.property(describedBy(shape), audience, (reason, reader) => {
        const [sentence = "", ...more] = explain(deepFreeze([reason]) as unknown as Explained, { audience: reader });
        expect(more).toEqual([]);
        expect(sentence).toMatch(reader === "administrator" ? /^[A-Z`].*\. \[[a-z_]+, .*\]$/u : /^[A-Z`].*\.$/u);
      }),
      { numRuns: 10 },
    );
  });

  it("E2: prints no character of a hostile text that could be more than text (TH19)", () => {
    fc.assert(
      fc.property(explainable, audience, (value, reader) => !explain(value, { audience: reader }).some((text) => unprintable.test(text))),
    );
  });

  it("E2: gives every reason of a value a sentence, for every audience", () => {
    fc.assert(
      fc.property(explainable, audience, (value, reader) => {
        const reasons = Array.isArray(value) ? value : (value as { readonly reasons: readonly unknown[] }).reasons;
        return explain(value, { audience: reader }).length >= reasons.length;
      }),
    );
  });

  it("E2: answers or throws AccessFlowError, whatever it is given", () => {
    const anything = fc.oneof(jsonArbitrary(), describedBy(explainableShape).chain(damaged));
    fc.assert(
      fc.property(anything, audience, (value, reader) => {
        try {
          return explain(value as Explained, { audience: reader }).every((sentence) => typeof sentence === "string");
        } catch (error) {
          return (error as Error).name === "AccessFlowError";
        }
      }),
    );
  });

  it("E2: never shows a requestor the reason of an approval, or who voted (L8, TH23)", () => {
    const votes = fc.array(fc.record({ voter: fc.nat(5), approves: fc.boolean(), group: fc.nat(1) }), { maxLength: 6 });
    fc.assert(
      fc.property(votes, (cast) => {
        const printed = explain(stateAfter(cast)).join("\n");
        expect(printed).not.toMatch(/CANARY-APPROVE|CANARY-VOTER/);
      }),
    );
  });
});

describe("describeFlow", () => {
  const flow = flowDefinitionArbitrary().map(defineAccessFlow);

  it("E2: two flows that differ in more than their id never read the same", () => {
    fc.assert(
      fc.property(
        flow.chain((one) => fc.tuple(fc.constant(one), changed(one))),
        ([one, other]) => {
          const checked = checkAccessFlow(other);
          fc.pre(checked.ok && meaning(checked.value) !== meaning(one));
          expect(checked.ok ? describeFlow(checked.value) : []).not.toEqual(describeFlow(one));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("E2: any two flows that read the same differ in their id at most", () => {
    fc.assert(
      fc.property(
        flow,
        flow,
        (one, other) => (meaning(one) === meaning(other)) === (describeFlow(one).join("\n") === describeFlow(other).join("\n")),
      ),
    );
  });

  it("E2: prints no character of a hostile text that could be more than text (TH19)", () => {
    const definition = hostileText.map((text) => ({
      name: "S3 read",
      description: text,
      requestors: { conditions: [{ attribute: `a${text}`, values: [`v${text}`] }] },
      targets: [{ kind: "bundle" as const, bundle: `b${text}` }],
      settings: { labels: [text] },
    }));
    fc.assert(
      fc.property(definition, (written) => {
        const checked = checkAccessFlow(written);
        fc.pre(checked.ok);
        return checked.ok && !describeFlow(checked.value).some((text) => unprintable.test(text));
      }),
    );
  });
});

/** All that a flow means: everything but its id. */
function meaning({ id: _, ...rest }: AccessFlow): string {
  return JSON.stringify(rest);
}

/** The same flow but for one leaf, one entry dropped from a list, or one part taken from another flow. */
function changed(flow: AccessFlow): fc.Arbitrary<unknown> {
  const json = JSON.parse(JSON.stringify(flow)) as { [key: string]: Json };
  const mixed = fc.tuple(flowDefinitionArbitrary(), fc.constantFrom(...Object.keys(json))).map(([other, key]) => {
    const part = (defineAccessFlow(other) as unknown as { readonly [key: string]: unknown })[key];
    return { ...json, [key]: part };
  });
  return fc.oneof(damaged(json, tweaked), mixed);
}

const words = [
  "is",
  "isNot",
  "contains",
  "doesNotContain",
  "startsWith",
  "and",
  "or",
  "anyOf",
  "allOf",
  "name",
  "id",
  "minute",
  "hour",
  "self",
  "owner",
];

function tweaked(leaf: unknown): fc.Arbitrary<unknown> {
  if (typeof leaf === "boolean") return fc.constant(!leaf);
  if (typeof leaf === "number") return fc.constantFrom(leaf + 1, leaf + 0.5);
  if (typeof leaf === "string") return fc.oneof(fc.constant(`${leaf}x`), fc.constantFrom(...words));
  return fc.constantFrom<Json[]>({ amount: 1, unit: "hour" }, "never", [], {});
}

/** One place of a JSON value replaced, or left out. */
function damaged(value: unknown, replace: (leaf: unknown) => fc.Arbitrary<unknown> = () => jsonArbitrary()): fc.Arbitrary<unknown> {
  if (typeof value !== "object" || value === null) return replace(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return replace(value);
  return fc
    .constantFrom(...entries)
    .chain(([key, member]) =>
      fc.oneof(
        { weight: 8, arbitrary: damaged(member, replace).map((other) => withMember(value, key, other)) },
        { weight: 1, arbitrary: fc.constant(withoutMember(value, key)) },
      ),
    );
}

function withMember(value: object, key: string, member: unknown): unknown {
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? member : each));
  return { ...value, [key]: member };
}

function withoutMember(value: object, key: string): unknown {
  if (Array.isArray(value)) return value.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
}

const voted = defineAccessFlow({
  name: "S3 read",
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "bundle", bundle: "buckets" }],
  approval: {
    kind: "approvalOf",
    groups: "allOf",
    approverGroups: [0, 1].map((group) => ({ conditions: [{ attribute: "group", values: [`group-${group}`] }], required: 2 })),
  },
});

function stateAfter(votes: readonly { voter: number; approves: boolean; group: number }[]): Explained {
  const at = Date.UTC(2026, 2, 2);
  const started = startApproval(voted, { requestor: { id: "ann" }, at });
  if (!started.ok) throw new Error("not started");
  return votes.reduce((state, { voter, approves, group }, index) => {
    const event = {
      type: "vote" as const,
      voter: { id: `CANARY-VOTER-${voter}`, attributes: { group: [`group-${group}`] } },
      decision: approves ? ("approve" as const) : ("reject" as const),
      reason: approves ? "CANARY-APPROVE" : "not now",
      at: at + index + 1,
    };
    const next = transitionApproval(state, event);
    return next.ok ? next.value.state : state;
  }, started.value.state);
}
