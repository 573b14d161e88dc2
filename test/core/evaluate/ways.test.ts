import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { evaluateRequestor } from "../../../src/core/evaluate/evaluate-requestor.js";
import { isEligible } from "../../../src/core/evaluate/is-eligible.js";
import { prepareIdentity } from "../../../src/core/evaluate/prepare-identity.js";
import type { Identity } from "../../../src/core/facts/identity.js";

/*
 * There are several ways to put a condition to somebody: few listed values and many, bare texts and records, a record
 * and a prepared one, a flow that was made here and one that comes as data, asked for a yes and asked for a trace. All
 * of them give what the rule says, which is written down here once more, plainly.
 */

type Held = string | { readonly id: string; readonly name?: string; readonly source?: string } | null;
type Truth = "holds" | "fails" | "unknown";

const idOf = (value: Held): string => (typeof value === "string" ? value : (value?.id ?? ""));
const nameOf = (value: Held): string | undefined => (typeof value === "string" ? value : value?.name) || undefined;

/** C2, C4, C5 for texts of ASCII without sources. */
function expected(operator: string, listed: readonly string[], held: readonly Held[] | undefined): Truth {
  if (held === undefined) return "unknown";
  const inside = (text: string): boolean =>
    listed.some((value) => (operator === "startsWith" ? text.startsWith(value) : text.includes(value)));
  const truths = held.map((value): Truth => {
    if (value === null) return "unknown";
    if (operator === "is" || operator === "isNot") return listed.includes(idOf(value)) ? "holds" : "fails";
    const name = nameOf(value);
    if (name !== undefined) return inside(name) ? "holds" : "fails";
    return inside(idOf(value)) ? "holds" : "unknown";
  });
  const positive: Truth = truths.includes("holds") ? "holds" : truths.includes("unknown") ? "unknown" : "fails";
  if (operator === "isNot" || operator === "doesNotContain")
    return ({ holds: "fails", fails: "holds", unknown: "unknown" } as const)[positive];
  return positive;
}

const numbered = (word: string, count: number): string[] => Array.from({ length: count }, (_, number) => `${word}-${number}`);

/** Fewer than are searched one by one, just as many, one more, and many. */
const lists: readonly (readonly string[])[] = [
  ["a"],
  ["b", "a"],
  numbered("a", 8),
  [...numbered("x", 8), "a"],
  [...numbered("x", 29), "a-3"],
];

const people: readonly (Held | readonly Held[] | undefined)[] = [
  undefined,
  "a-3",
  [],
  [""],
  ["c", ""],
  ["a"],
  ["b"],
  ["c"],
  ["c", "d", "e", "f", "g", "a"],
  ["a-3"],
  numbered("a", 40),
  numbered("c", 40),
  [null],
  ["c", null],
  [null, "a"],
  ["a", null, "a-3"],
  [{ id: "a" }],
  [{ id: "c" }, { id: "a-3", name: "c" }],
  [{ id: "c", name: "a" }],
  [{ id: "c", name: "" }],
  [{ id: "c", name: "c" }, "c"],
  ["c", { id: "c" }],
  [null, { id: "c", name: "c" }, "b"],
];

const flowOf = (operator: string, listed: readonly string[]) =>
  defineAccessFlow({
    name: "Ways",
    requestors: { conditions: [{ attribute: "group", operator, values: listed }] },
    targets: [{ kind: "bundle", bundle: "b" }],
  } as never);

const operators = ["is", "isNot", "contains", "doesNotContain", "startsWith"] as const;

describe("every way to put a condition to somebody", () => {
  it.each(operators.flatMap((operator) => lists.map((listed) => [operator, listed.length, listed] as const)))(
    "C1–C5: %s one of %i values",
    (operator, _, listed) => {
      const flow = flowOf(operator, listed);
      const data = JSON.parse(JSON.stringify(flow)) as typeof flow;
      for (const group of people) {
        const held = group === undefined ? undefined : [group].flat();
        const person = { id: "ann", attributes: { title: "x", ...(group === undefined ? {} : { group }) } } as Identity;
        const truth = expected(operator, listed, held);
        for (const requestor of [person, prepareIdentity(person)]) {
          for (const asked of [flow, data]) {
            const about = JSON.stringify([operator, listed, held, requestor === person, asked === flow]);
            expect(isEligible(asked, { requestor, at: 0 }), about).toBe(truth === "holds");
            const { outcome, trace, reasons } = evaluateRequestor(asked, { requestor, at: 0 });
            const step = trace.steps.find(({ kind }) => kind === "condition") as unknown as Step;
            expect([outcome, step.outcome], about).toEqual([truth === "holds" ? "eligible" : "ineligible", truth]);
            expect(step.seenCount, about).toBe((held ?? []).filter((value) => value !== null).length);
            expect(step.seen.length, about).toBe(Math.min(5, step.seenCount));
            expect(reasons.length, about).toBe(truth === "holds" ? 0 : 1);
            if (operator === "is") expect(step.matched, about).toEqual(truth === "holds" ? pairOf(listed, held ?? []) : null);
          }
        }
      }
    },
  );

  it("C4: what is unknown has its cause in the trace, whichever way it was found", () => {
    const causeOf = (operator: string, listed: readonly string[], held: readonly Held[] | undefined): readonly unknown[] => {
      const person = { id: "ann", attributes: held === undefined ? {} : { group: held } } as Identity;
      const causes = [person, prepareIdentity(person)].map((requestor) => {
        const { trace } = evaluateRequestor(flowOf(operator, listed), { requestor, at: 0 });
        return (trace.steps.find(({ kind }) => kind === "condition") as unknown as Step).cause;
      });
      expect(causes[0]).toBe(causes[1]);
      return causes.slice(1);
    };
    const few = ["a"];
    const many = numbered("a", 20);
    for (const listed of [few, many]) {
      expect(causeOf("is", listed, undefined)).toEqual(["attribute_missing"]);
      expect(causeOf("is", listed, ["c", null])).toEqual(["value_unknown"]);
      expect(causeOf("isNot", listed, [null])).toEqual(["value_unknown"]);
      expect(causeOf("contains", listed, undefined)).toEqual(["attribute_missing"]);
      expect(causeOf("contains", listed, ["c", null])).toEqual(["value_unknown"]);
      expect(causeOf("contains", listed, ["c", { id: "c" }])).toEqual(["name_unknown"]);
      expect(causeOf("startsWith", listed, [{ id: "c" }, "c"])).toEqual(["name_unknown"]);
      expect(causeOf("is", listed, ["c"])).toEqual(["condition_fails"]);
    }
  });
});

type Step = {
  readonly outcome: string;
  readonly seen: readonly string[];
  readonly seenCount: number;
  readonly matched: readonly string[] | null;
  readonly cause: string | null;
};

/** The first listed value that somebody holds, beside itself. */
function pairOf(listed: readonly string[], held: readonly Held[]): readonly string[] {
  const ids = held.filter((value) => value !== null).map(idOf);
  const found = listed.find((value) => ids.includes(value)) ?? "";
  return [found, found];
}
