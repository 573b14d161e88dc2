import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptFlow } from "../../src/core/define/accept.js";
import { checkAccessFlow, definitionWalk } from "../../src/core/define/check-access-flow.js";
import { checkDocument } from "../../src/core/define/check-document.js";
import { acceptCatalog, factWalk, identityFaults, resourceFaults } from "../../src/core/define/check-facts.js";
import type { WalkOptions } from "../../src/core/define/document-walk.js";
import { catalogShape, identityShape, resourceShape } from "../../src/core/define/fact-shape.js";
import { accessFlowShape } from "../../src/core/define/flow-shape.js";
import { normalFormOf } from "../../src/core/define/normal-form.js";
import { unsure } from "../../src/core/define/reading.js";
import { anyList, map, record, refused, required, type Shape, text } from "../../src/core/define/shape.js";
import { deepFreeze, isDeepFrozen } from "../../src/core/kernel/deep-freeze.js";
import type { Json } from "../../src/core/kernel/json.js";
import { accessFlowJsonSchema, accessFlowSchema, parseAccessFlow } from "../../src/schema/index.js";
import { catalogArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { resourceArbitrary } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { fullest, issuesOf, normalForm, placesIn, smallest, without, withValue } from "../core/define/definitions.js";

/** Keys that a record knows in each of its kinds and need not have, by the key it stands under. */
const knownKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ["resources", ["include", "exclude"]],
  ["requestFor", ["grantees"]],
  ["tiers", ["required", "combinator"]],
  ["requestors", ["combinator"]],
  ["settings", ["labels", "extension"]],
]);

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** A value with something else in one of its places, or something more, or something less. */
function mutated(of: fc.Arbitrary<unknown>, by: fc.Arbitrary<unknown> = jsonArbitrary()): fc.Arbitrary<Json> {
  const change = fc.record({ place: fc.nat(), what: fc.constantFrom("replace", "add", "remove"), key: fc.string(), value: by });
  return fc.tuple(of, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    return changes.reduce<Json>((current, { place, what, key, value: other }) => {
      const places = placesIn(current, () => true);
      const path = places[place % places.length] ?? [];
      const there = path.reduce<unknown>((at, step) => Object(at)[step], current);
      if (what === "remove" && path.length > 0) return without(current, path);
      if (what === "add" && Array.isArray(there)) return withValue(current, [...path, there.length], other);
      if (what === "add" && typeof there === "object" && there !== null) return withValue(current, [...path, key], other);
      return withValue(current, path, other);
    }, json(value));
  });
}

const definition = fc.oneof(flowDefinitionArbitrary(), fc.constantFrom(smallest, fullest));
const nearlyDefinition = mutated(definition);
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  jsonArbitrary(),
  nearlyDefinition,
);

describe("definitions", () => {
  it("D6: any value gets a normal form or at least one issue, never an exception", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const checked = checkAccessFlow(value);
        expect(checked.ok || checked.error.length > 0).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("D7: the normal form of a normal form, stored and read back, is itself", () => {
    fc.assert(
      fc.property(definition, (value) => {
        const flow = normalForm(value);
        expect(JSON.stringify(normalForm(json(flow)))).toBe(JSON.stringify(flow));
      }),
    );
  });

  it("D7: a nearly right definition that is accepted has a stable normal form, too", () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        const checked = checkAccessFlow(value);
        if (checked.ok) expect(JSON.stringify(normalForm(json(checked.value)))).toBe(JSON.stringify(checked.value));
      }),
      { numRuns: 300 },
    );
  });

  it("D7: keys that are undefined are absent: such a definition is checked as what is stored of it", () => {
    const holes = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(definition, holes, (value, choices) => {
        const hollow = choices.reduce<unknown>(hollowed, value);
        expect(checkAccessFlow(hollow)).toEqual(checkAccessFlow(json(hollow)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("leave what they are checked from as it was, and answer the same again", () => {
    fc.assert(
      fc.property(mutated(definition, fc.jsonValue({ maxDepth: 4 })), (value) => {
        const before = JSON.stringify(value);
        const answer = checkAccessFlow(value);
        expect(JSON.stringify(value)).toBe(before);
        expect(checkAccessFlow(deepFreeze(json(value)))).toEqual(checkAccessFlow(json(value)));
        expect(isDeepFrozen(answer)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("D6: issues stand in the order of the document", () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        const paths = issuesOf(value).map((issue) => issue.path);
        const places = paths.map((path) => placeOf(value, path));
        expect(places).toEqual([...places].sort(comparePlaces));
      }),
      { numRuns: 400 },
    );
  });

  it("D6: every issue points at something in the document, or at a key that is missing there", () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        for (const { code, path, message } of issuesOf(value)) {
          const parent = path.slice(0, -1).reduce<unknown>((at, step) => Object(at)[step], value);
          const last = path.at(-1);
          const there = last === undefined || Object.hasOwn(Object(parent), last);
          expect([code, there]).toEqual([code, code !== "missing_key" && code !== "id_needed"]);
          expect(message).toMatch(/[^.]$/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("D8: no document reaches a prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    fc.assert(
      fc.property(
        mutated(definition, fc.constant({ ["__proto__"]: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } })),
        (value) => {
          checkAccessFlow(value);
          expect([Object.getOwnPropertyNames(Object.prototype).length, "polluted" in {}]).toEqual([before, false]);
        },
      ),
    );
  });

  it("acceptFlow accepts exactly what checkAccessFlow accepts, and gives the same flow", () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        const [accepted, checked] = [acceptFlow(value), checkAccessFlow(value)];
        expect(accepted.ok).toBe(checked.ok);
        if (accepted.ok && checked.ok) expect(accepted.value).toEqual(checked.value);
      }),
      { numRuns: 300 },
    );
  });

  it("TH20: the work grows linearly with the definition", () => {
    const reads = (size: number): number => {
      const conditions = Array.from({ length: size }, (_, index) => ({ attribute: "group", operatr: "is", values: [`g${index}`, "same"] }));
      return readsOf({ ...smallest, requestors: { conditions } });
    };
    expect(reads(400) - reads(200)).toBe(2 * (reads(200) - reads(100)));
  });
});

/** The same with the keys of every record turned: those of `by` places move to the end. */
function turned(value: unknown, by: number, levels = 12): unknown {
  if (typeof value !== "object" || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((entry) => turned(entry, by, levels - 1));
  const entries = Object.entries(value).map(([key, member]) => [key, turned(member, by, levels - 1)] as const);
  const at = entries.length === 0 ? 0 : by % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
}

const shapesWithDocuments: readonly (readonly [name: string, shape: Shape, options: WalkOptions, documents: fc.Arbitrary<unknown>])[] = [
  ["a definition", accessFlowShape, definitionWalk, definition],
  ["a definition that has to be complete", accessFlowShape, { ...definitionWalk, complete: true }, definition],
  ["a normal form", accessFlowShape, definitionWalk, definition.map((value) => json(normalForm(value)))],
  ["an identity", identityShape, factWalk, identityArbitrary()],
  ["a resource", resourceShape, factWalk, resourceArbitrary()],
  ["a catalogue", catalogShape, factWalk, catalogArbitrary()],
];

describe("the quick reading of documents", () => {
  it.each(shapesWithDocuments)(
    "D7: of %s gives the normal form of the walk, and exactly where the walk finds nothing",
    (_, shape, options, documents) => {
      const holes = fc.array(fc.nat(), { maxLength: 2 });
      const inAnyOrder = fc.tuple(fc.oneof(documents.map(json), mutated(documents)), fc.nat()).map(([value, by]) => turned(value, by));
      const hollow = fc.tuple(documents, holes).map(([value, choices]) => choices.reduce<unknown>(hollowed, value));
      fc.assert(
        fc.property(fc.oneof(documents, inAnyOrder, hollow, anything), (document) => {
          const { draft, walk } = checkDocument(shape, document, options);
          const read = normalFormOf(shape, document, options);
          if (walk.issues.length > 0) expect(read).toBe(unsure);
          else expect([JSON.stringify(read), isDeepFrozen(read)]).toEqual([JSON.stringify(draft), true]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it("D7: a refused key that is undefined is absent, an unknown or forbidden one is not", () => {
    const tier = { conditions: [{ attribute: "group", values: ["leads"] }], required: undefined };
    const approval = {
      kind: "approvalOf",
      groups: "anyOf",
      approverGroups: [{ conditions: tier.conditions }],
      escalation: { tiers: [tier] },
    };
    const read = (more: object): unknown => normalFormOf(accessFlowShape, { ...smallest, ...more }, definitionWalk);
    expect(read({ approval })).not.toBe(unsure);
    for (const key of ["nonsense", "constructor", "prototype"]) expect(read({ [key]: undefined }), key).toBe(unsure);
    const computed = Object.defineProperty({ ...smallest }, "description", { enumerable: true, get: () => undefined });
    expect(normalFormOf(accessFlowShape, computed, definitionWalk)).toBe(unsure);
  });

  it("D4: is never sure of what is over a limit, and leaves to the walk what may be", () => {
    const nested = (depth: number): unknown => (depth === 0 ? "x" : [nested(depth - 1)]);
    const shape = (depth: number): Shape => (depth === 0 ? text("any") : anyList(shape(depth - 1)));
    const most = { depth: 3, nodes: 8, bytes: 60 };
    const options = { ...definitionWalk, limits: most };
    const texts = (count: number, length: number): unknown => Array.from({ length: count }, () => "x".repeat(length));
    const cases: readonly (readonly [shape: Shape, document: unknown, sure: boolean])[] = [
      [shape(3), nested(3), true],
      [shape(4), nested(4), false],
      [anyList(text("any")), texts(7, 1), true],
      [anyList(text("any")), texts(8, 1), false],
      [text("any"), "x".repeat(60), true],
      [text("any"), "x".repeat(61), false],
      [text("any"), "\u9577".repeat(20), true],
      // Of two bytes each, within the limit: whatever is not ASCII is taken for three.
      [text("any"), "\u00e9".repeat(21), false],
      // A key that is data may be anything.
      [map(text("any")), { ["x".repeat(20)]: "" }, true],
      [map(text("any")), { ["x".repeat(20)]: "x" }, false],
      [anyList(text("any", { total: { of: "texts", limit: 2 } })), texts(2, 1), true],
      [anyList(text("any", { total: { of: "texts", limit: 2 } })), texts(3, 1), false],
    ];
    for (const [of, document, sure] of cases) {
      expect(normalFormOf(of, document, options) !== unsure).toBe(sure);
      if (sure) expect(checkDocument(of, document, options).walk.issues).toEqual([]);
    }
    const owned = record("owned", { name: required(text("any")), owner: refused("unknown_key", "is no key here") });
    for (const [bytes, sure] of [
      [51, true],
      [52, false],
    ] as const) {
      const document = { name: "x".repeat(bytes), owner: undefined };
      expect([normalFormOf(owned, document, options) !== unsure, checkDocument(owned, document, options).walk.issues.length === 0]).toEqual(
        [sure, sure],
      );
    }
  });
});

describe("the schema entry", () => {
  it("D6: parseAccessFlow gives the answers of checkAccessFlow for any value", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(parseAccessFlow(value)).toEqual(checkAccessFlow(value));
      }),
      { numRuns: 300 },
    );
  });

  it("D6: the zod schema finds the same issues, in the same order", () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        const issues = accessFlowSchema.safeParse(value).error?.issues.map(({ path, message }) => ({ path, message })) ?? [];
        expect(issues).toEqual(issuesOf(value).map(({ path, message }) => ({ path, message })));
      }),
      { numRuns: 300 },
    );
  });

  const validate = new Ajv2020({ strictRequired: false }).compile(accessFlowJsonSchema);

  it("whatever checkAccessFlow accepts passes the JSON Schema, and so does its normal form", () => {
    fc.assert(
      fc.property(fc.oneof(definition, nearlyDefinition), (value) => {
        const checked = checkAccessFlow(value);
        if (checked.ok) expect([validate(json(value)), validate(json(checked.value))]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same keys, some of them inherited only. */
function partlyInherited(of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const choice = fc.tuple(of, fc.array(fc.boolean(), { minLength: 1 }), fc.constantFrom<object | null>(null, Object.prototype));
  return choice.map(([value, inherits, root]) => {
    const entries = Object.entries(Object(value));
    const split = (inherited: boolean) => entries.filter((_, index) => inherits[index % inherits.length] === inherited);
    const parent: object = Object.create(root, Object.getOwnPropertyDescriptors(Object.fromEntries(split(true))));
    return Object.create(parent, Object.getOwnPropertyDescriptors(Object.fromEntries(split(false)))) as unknown;
  });
}

/** Parts that are inherited only, inside of facts that are not. */
const holding = (key: string, of: fc.Arbitrary<unknown>, rest: object): fc.Arbitrary<unknown> =>
  partlyInherited(of).map((value) => ({ ...rest, [key]: value }));

describe("facts", () => {
  it("C4: the quick look at an identity agrees with the walk over its shape", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          identityArbitrary(),
          mutated(identityArbitrary()),
          partlyInherited(identityArbitrary()),
          holding("attributes", fc.dictionary(fc.string(), fc.string()), { id: "ada" }),
          anything,
        ),
        (value) => {
          expect(identityFaults("requestor", value).length === 0).toBe(
            checkDocument(identityShape, value, factWalk).walk.issues.length === 0,
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  it("T1: the quick look at a resource agrees with the walk over its shape", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          resourceArbitrary(),
          mutated(resourceArbitrary()),
          partlyInherited(resourceArbitrary()),
          holding("tags", fc.dictionary(fc.string(), fc.string()), { id: "r", name: "r", type: "t", integration: "i" }),
          anything,
        ),
        (value) => {
          expect(resourceFaults("resource", value).length === 0).toBe(
            checkDocument(resourceShape, value, factWalk).walk.issues.length === 0,
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  it("of the stated shape are accepted", () => {
    fc.assert(
      fc.property(identityArbitrary(), resourceArbitrary(), catalogArbitrary(), (identity, resource, catalog) => {
        expect([identityFaults("a", identity), resourceFaults("b", resource), acceptCatalog("c", catalog).ok]).toEqual([[], [], true]);
      }),
    );
  });

  it("T5: a checked catalogue, stored and read back, is accepted as it is", () => {
    fc.assert(
      fc.property(catalogArbitrary(), (catalog) => {
        const accepted = acceptCatalog("catalog", catalog);
        if (accepted.ok) expect(acceptCatalog("catalog", json(accepted.value))).toEqual(accepted);
      }),
    );
  });

  it("any value gets faults or none, never an exception", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect([identityFaults("a", value), resourceFaults("b", value), acceptCatalog("c", value)].every(isDeepFrozen)).toBe(true);
      }),
    );
  });
});

/** The document with undefined under one key, which it had or which some record of the format has. */
function hollowed(document: unknown, choice: number): unknown {
  const records = placesIn(document, (value) => typeof value === "object" && value !== null && !Array.isArray(value));
  const holes = records.flatMap((path) => {
    const record = path.reduce<unknown>((at, step) => Object(at)[step], document);
    const keys = knownKeys.get(String(path.filter((step) => typeof step === "string").at(-1))) ?? [];
    return [...new Set([...Object.keys(Object(record)), ...keys])].map((key) => [...path, key]);
  });
  const hole = holes[choice % holes.length];
  return hole === undefined ? document : withValue(document, hole, undefined);
}

/** Where a path stands in a document, as positions: of a key that is not there, behind all that are. */
function placeOf(document: unknown, path: readonly (string | number)[]): number[] {
  let at: unknown = document;
  return path.map((step) => {
    const keys = typeof step === "number" ? [] : Object.keys(Object(at));
    const index = typeof step === "number" ? step : keys.indexOf(step);
    at = Object(at)[step];
    return index === -1 ? Number.MAX_SAFE_INTEGER : index;
  });
}

function comparePlaces(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  return left.length - right.length;
}

/** How often anything in a document is touched while it is checked. */
function readsOf(document: object): number {
  let reads = 0;
  const watched = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      getOwnPropertyDescriptor(target, key) {
        reads += 1;
        const property = Object.getOwnPropertyDescriptor(target, key);
        return property?.configurable === true ? { ...property, value: watched(property.value) } : property;
      },
    });
  };
  checkAccessFlow(watched(document));
  return reads;
}
