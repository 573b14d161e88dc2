import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMatch } from "../../src/core/evaluate/condition-finding.js";
import { conditionTruth, meetsConditions } from "../../src/core/evaluate/condition-truth.js";
import { judgeCondition, judgePlaced } from "../../src/core/evaluate/judge-condition.js";
import { judgeConditions } from "../../src/core/evaluate/judge-conditions.js";
import { placeCondition } from "../../src/core/evaluate/placed-condition.js";
import type { Identity } from "../../src/core/facts/identity.js";
import { identityTable } from "../../src/core/facts/identity-table.js";
import type { AttributeCondition, Conditions } from "../../src/core/flow/condition.js";
import type { AttributeConditionDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Truth } from "../../src/core/kernel/truth.js";
import { conditionArbitrary } from "../../src/testing/arbitraries/condition-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { lessKnown } from "./less-known.js";

const runs = { numRuns: 1000 };

const condition: fc.Arbitrary<AttributeCondition> = conditionArbitrary().map(checked);
const identity: fc.Arbitrary<Identity> = identityArbitrary().map(deepFreeze);
const conditions: fc.Arbitrary<Conditions> = fc
  .tuple(fc.constantFrom("and" as const, "or" as const), conditionArbitrary(), fc.array(conditionArbitrary(), { maxLength: 3 }))
  .map(([combinator, first, rest]) => deepFreeze({ combinator, conditions: [checked(first), ...rest.map(checked)] }));

function checked({ values, ...rest }: AttributeConditionDefinition): AttributeCondition {
  const [first, ...others] = values;
  if (first === undefined) throw new Error("a condition without values");
  return deepFreeze({ ...rest, operator: rest.operator ?? "is", values: [first, ...others] });
}

function judge(each: AttributeCondition, of: Identity) {
  return judgeCondition(each, of, "requestor", Object.freeze(["requestors", "conditions", 0]));
}

/** Every text and every key in a form that is equal under NFC. */
function normalized<T>(value: T, form: "NFC" | "NFD"): T {
  return JSON.parse(JSON.stringify(value).normalize(form)) as T;
}

const opposite: Readonly<Record<Truth, Truth>> = { holds: "fails", fails: "holds", unknown: "unknown" };
const negative = { is: "isNot", isNot: "is", contains: "doesNotContain", doesNotContain: "contains" } as const;

describe("one condition", () => {
  it("C3: the negative operator says the exact opposite of the positive one, and unknown of unknown", () => {
    fc.assert(
      fc.property(condition, identity, (each, of) => {
        if (each.operator === "startsWith") return;
        expect(conditionTruth({ ...each, operator: negative[each.operator] }, of)).toBe(opposite[conditionTruth(each, of)]);
      }),
      runs,
    );
  });

  it("C5: what is known of the identity beforehand changes neither the answer nor what is shown", () => {
    // Texts with and without another spelling, inside one another, and the empty one, which is no name.
    const text = fc.constantFrom("", "a", "ab", "K", "\u212a", "e\u0301", "\u00e9", "eu-\u0338x", "eu-x");
    const listed = fc.uniqueArray(fc.oneof(text, fc.nat({ max: 30 }).map(String)), { minLength: 1, maxLength: 12 });
    const held = fc.oneof(text, fc.array(text, { maxLength: 8 }));
    const operator = fc.constantFrom("is", "isNot", "contains", "doesNotContain", "startsWith" as const);
    fc.assert(
      fc.property(listed, operator, held, fc.constantFrom("group", "K"), (values, by, group, attribute) => {
        const each = checked({ attribute, operator: by, values: values as [string, ...string[]] });
        const of = deepFreeze({ id: "ann", attributes: { [attribute]: group } });
        const placed = placeCondition(each, "requestor", Object.freeze(["requestors", "conditions", 0]));
        const found = findMatch(placed.ready, of, null);
        const judged = judgePlaced(placed, of, null);
        // Where nothing can be matched in one pass, the values are looked at another way.
        const inFull = judgePlaced({ ...placed, ready: { ...placed.ready, plain: false, inOnePass: false } }, of, null);
        expect(inFull).toEqual(judged);
        for (const beforehand of ["texts", identityTable(of)] as const) {
          expect(findMatch(placed.ready, of, beforehand)).toBe(found);
          expect(judgePlaced(placed, of, beforehand)).toEqual(judged);
        }
      }),
      runs,
    );
  });

  it("C2: listing another value never takes a positive yes away, nor gives a negative one", () => {
    fc.assert(
      fc.property(condition, identity, fc.constantFrom("admins", "x", "ada@corp.com"), (each, of, more) => {
        const [before, after] = [conditionTruth(each, of), conditionTruth({ ...each, values: [...each.values, more] }, of)];
        const positive = each.operator in negative ? each.operator === "is" || each.operator === "contains" : true;
        if (positive && before === "holds") expect(after).toBe("holds");
        if (!positive && before === "fails") expect(after).toBe("fails");
      }),
      runs,
    );
  });

  it("C6: composed and decomposed texts give the same answer, on either side", () => {
    const form = fc.constantFrom("NFC" as const, "NFD" as const);
    fc.assert(
      fc.property(condition, identity, form, form, (each, of, ofCondition, ofIdentity) => {
        expect(conditionTruth(normalized(each, ofCondition), normalized(of, ofIdentity))).toBe(conditionTruth(each, of));
      }),
      runs,
    );
  });

  it("C6: two spellings of one attribute leave it unknown, whichever way the condition writes it", () => {
    const form = fc.constantFrom("NFC" as const, "NFD" as const);
    const named = fc.tuple(condition, form).map(([each, written]) => deepFreeze({ ...each, attribute: "\u00e9quipe".normalize(written) }));
    fc.assert(
      fc.property(named, identity, identity, (each, of, other) => {
        const [one, two] = [of, other].map(({ attributes }) => attributes?.["group"] ?? null);
        const attributes = { ...of.attributes, ["\u00e9quipe"]: one, ["e\u0301quipe"]: two };
        expect(conditionTruth(each, { ...of, attributes })).toBe("unknown");
      }),
      runs,
    );
  });

  it("TH20: many listed values, which are looked up, answer as a few at a time do, which are compared", () => {
    const fillers = Array.from({ length: 12 }, (_, index) => `nobody-${index}`);
    fc.assert(
      fc.property(condition, identity, (each, of) => {
        const positive = each.operator === "is" || each.operator === "isNot" ? "is" : "contains";
        const few = conditionTruth({ ...each, operator: positive }, of);
        const many = deepFreeze({ ...each, operator: positive, values: [...each.values, ...fillers] } as const);
        expect(conditionTruth(many, of)).toBe(few);
        expect(conditionTruth(many, of)).toBe(few);
      }),
      runs,
    );
  });

  it("C11: knowing less turns holds or fails into unknown at most, never one into the other", () => {
    fc.assert(
      fc.property(condition, identity, fc.nat(), (each, full, choice) => {
        const less = lessKnown(full, choice);
        expect(["unknown", conditionTruth(each, full)]).toContain(conditionTruth(each, less));
      }),
      { numRuns: 2000 },
    );
  });

  it("C5: without the names of its values, an identity is at most unknown under `is` and `isNot`", () => {
    fc.assert(
      fc.property(condition, identity, (each, full) => {
        const known = conditionTruth(each, full);
        const nameless = JSON.parse(JSON.stringify(full), (key, value) => (key === "name" ? undefined : value)) as Identity;
        if (each.operator === "is" || each.operator === "isNot") expect(["unknown", known]).toContain(conditionTruth(each, nameless));
      }),
      runs,
    );
  });

  it("C11: an attribute that becomes known never turns holds into fails or the reverse", () => {
    fc.assert(
      fc.property(condition, identity, identity, (each, of, other) => {
        const { [each.attribute]: _, ...absent } = of.attributes ?? {};
        const before = conditionTruth(each, { ...of, attributes: absent });
        const after = conditionTruth(each, { ...of, attributes: { ...absent, ...other.attributes } });
        if (before !== "unknown") expect(after).toBe(before);
      }),
      runs,
    );
  });

  it("TH8: the order of listed values, of the identity's values and of its attributes never changes truth or reason", () => {
    fc.assert(
      fc.property(condition, identity, (each, of) => {
        const [first, ...rest] = [...each.values].reverse();
        if (first === undefined) return;
        const turned = judge({ ...each, values: [first, ...rest] }, reversed(of));
        expect([turned.truth, turned.reason]).toEqual([judge(each, of).truth, judge(each, of).reason]);
      }),
      runs,
    );
  });

  it("E1: the explanation says the same as the bare truth", () => {
    fc.assert(
      fc.property(condition, identity, (each, of) => {
        const { truth, step, reason } = judge(each, of);
        expect(truth).toBe(conditionTruth(each, of));
        expect(step.outcome).toBe(truth);
        expect(reason === null).toBe(truth === "holds");
      }),
      runs,
    );
  });

  it("E1: a pair is named exactly where a match decided, and its value is one of the identity's", () => {
    fc.assert(
      fc.property(condition, identity, (each, of) => {
        const { step } = judge(each, of);
        if (step.kind !== "condition") throw new Error("not the step of a condition");
        const positive = each.operator !== "isNot" && each.operator !== "doesNotContain";
        expect(step.matched !== null).toBe(step.outcome === (positive ? "holds" : "fails"));
        if (step.matched !== null) {
          expect(JSON.stringify(of)).toContain(JSON.stringify(step.matched[0]));
          expect(each.values).toContain(step.matched[1]);
        }
        expect(step.seen.length).toBe(Math.min(5, step.seenCount));
      }),
      runs,
    );
  });
});

describe("conditions together", () => {
  const table: Readonly<Record<"and" | "or", (some: ReadonlySet<Truth>) => Truth>> = {
    and: (some) => (some.has("fails") ? "fails" : some.has("unknown") ? "unknown" : "holds"),
    or: (some) => (some.has("holds") ? "holds" : some.has("unknown") ? "unknown" : "fails"),
  };

  it("C1: `and` and `or` are those of strong Kleene logic, and permit exactly when the whole holds", () => {
    fc.assert(
      fc.property(conditions, identity, (all, of) => {
        const expected = table[all.combinator](new Set(all.conditions.map((each) => conditionTruth(each, of))));
        expect(judgeConditions(all, of, "requestor", ["requestors"]).truth).toBe(expected);
        expect(meetsConditions(all, of)).toBe(expected === "holds");
      }),
      runs,
    );
  });

  it("TH8: the order of conditions never changes the answer", () => {
    fc.assert(
      fc.property(conditions, identity, (all, of) => {
        const [first, ...rest] = [...all.conditions].reverse();
        if (first === undefined) return;
        const turned: Conditions = { combinator: all.combinator, conditions: [first, ...rest] };
        expect(judgeConditions(turned, of, "requestor", []).truth).toBe(judgeConditions(all, of, "requestor", []).truth);
        expect(meetsConditions(turned, of)).toBe(meetsConditions(all, of));
      }),
      runs,
    );
  });

  it("R4: there are reasons exactly where the whole does not hold", () => {
    fc.assert(
      fc.property(conditions, identity, (all, of) => {
        const { truth, reasons } = judgeConditions(all, of, "requestor", ["requestors"]);
        expect(reasons.length > 0).toBe(truth !== "holds");
      }),
      runs,
    );
  });
});

/** The same facts in the opposite order. */
function reversed(of: Identity): Identity {
  const attributes = Object.entries(of.attributes ?? {}).map(
    ([name, held]) => [name, Array.isArray(held) ? [...held].reverse() : held] as const,
  );
  const lists = {
    ...(of.emails === undefined ? {} : { emails: [...of.emails].reverse() }),
    ...(of.accounts === undefined ? {} : { accounts: [...of.accounts].reverse() }),
    ...(of.sources === undefined ? {} : { sources: [...of.sources].reverse() }),
    ...(of.attributes === undefined ? {} : { attributes: Object.fromEntries(attributes.reverse()) }),
  };
  return { ...of, ...lists };
}
