import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { flowV1Shape } from "../../src/apono/shape-v1.js";
import { accessScopeShape, bundleShape, flowV2Shape } from "../../src/apono/shape-v2.js";
import { toApono } from "../../src/apono/to-apono.js";
import { checkAccessFlow, defineAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import { deepFreeze } from "../../src/core/kernel/deep-freeze.js";
import type { Path } from "../../src/core/kernel/path.js";
import { flowDefinitionArbitrary } from "../../src/testing/arbitraries/flow-arbitrary.js";
import { jsonArbitrary } from "../arbitrary/json.js";
import { describedBy, hostileText } from "../core/explain/of-shape.js";

const flow = flowDefinitionArbitrary().map(defineAccessFlow);

/** Flows without most of what the format cannot say, so that nearly all of them are written. */
const plainFlow = flowDefinitionArbitrary().map((definition) => {
  const { description: _, grantFor, settings, schedule, ...rest } = withoutRefinements(definition) as AccessFlowDefinition;
  const { requireDuration: _d, mfaWithin: _m, activateWithin: _a, startWithin: _s, ...kept } = settings ?? {};
  const length =
    grantFor?.kind === "indefinite" ? { kind: "indefinite" as const } : { kind: "fixed" as const, amount: 90, unit: "minute" as const };
  const when = schedule?.kind === "onlyOn" && !("windows" in schedule) ? { schedule } : {};
  return defineAccessFlow({ ...rest, ...(rest.trigger === "automatic" ? {} : when), grantFor: length, settings: kept });
});

const refinements: ReadonlySet<string> = new Set(["match", "required", "distinctApprovers", "expiresAfter", "except", "of", "every"]);

function withoutRefinements(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRefinements);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !refinements.has(key))
      .map(([key, member]) => [key, withoutRefinements(member)]),
  );
}

function readBack(given: AccessFlow): AccessFlow | null {
  const written = toApono(given);
  if (!written.ok) return null;
  // What is sent is text: the document must survive it.
  const read = fromApono(JSON.parse(JSON.stringify(written.value)));
  if (!read.ok || read.value.kind !== "flow") throw new Error(JSON.stringify(read));
  return read.value.flow;
}

describe("fromApono and toApono", () => {
  it("fromApono(toApono(x)) is x for every x that can be written", () => {
    let count = 0;
    fc.assert(
      fc.property(fc.oneof(flow, plainFlow), (given) => {
        const back = readBack(given);
        if (back === null) return;
        count += 1;
        expect(back).toEqual(given);
      }),
      { numRuns: 1_000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it("what was read can be written and read again, and is the same flow", () => {
    fc.assert(
      fc.property(plainFlow, fc.record({ extension_duration_in_min: fc.constant(0) }, { requiredKeys: [] }), (given, settings) => {
        const written = toApono(given);
        fc.pre(written.ok);
        const read = fromApono({ ...(written.ok ? (written.value as object) : {}), settings });
        fc.pre(read.ok && read.value.kind === "flow");
        if (read.ok && read.value.kind === "flow") expect(readBack(read.value.flow)).toEqual(read.value.flow);
      }),
    );
  });

  it("what cannot be written is refused with places in the flow", () => {
    fc.assert(
      fc.property(flow, (given) => {
        const written = toApono(given);
        return written.ok || written.error.every((issue) => isThere(given, issue.path));
      }),
    );
  });

  it("D6: any document of their shape gets a definition or issues, never an exception", () => {
    const documents = [flowV2Shape, flowV1Shape, bundleShape, accessScopeShape].map(describedBy);
    fc.assert(
      fc.property(fc.oneof(...documents, jsonArbitrary()), (document) => isAnswer(fromApono(document))),
      { numRuns: 500 },
    );
  });

  it("D6: issues of damaged documents point at what is there, or at what is missing from it", () => {
    const damaged = plainFlow
      .map((given) => toApono(given))
      .filter((written) => written.ok)
      .chain((written) => (written.ok ? damage(written.value) : fc.constant(null)));
    fc.assert(
      fc.property(damaged, (document) => {
        const read = fromApono(document);
        return read.ok || read.error.every(({ path }) => path.length === 0 || isThere(document, path.slice(0, -1)));
      }),
      { numRuns: 500 },
    );
  });

  it("notes and issues print no character of a document that could be more than text (TH19)", () => {
    fc.assert(
      fc.property(fc.oneof(...[flowV2Shape, flowV1Shape, bundleShape].map(describedBy), jsonArbitrary(), onCall), (document) => {
        const read = fromApono(document);
        return !(read.ok ? read.value.notes : read.error).some(({ message }) => /[\p{Cc}\p{Cf}\p{Cs}<>]/u.test(message));
      }),
    );
  });

  it("D7: reading changes nothing, answers the same twice, and freezes the answer", () => {
    fc.assert(
      fc.property(jsonArbitrary(), plainFlow, (json, given) => {
        const written = toApono(given);
        const document = deepFreeze(written.ok ? { ...(written.value as object) } : json);
        const [first, second] = [fromApono(document), fromApono(document)];
        expect(first).toEqual(second);
        return Object.isFrozen(first) && Object.isFrozen(first.ok ? first.value.notes : first.error);
      }),
    );
  });

  it("what is read is a definition that this library accepts as it is", () => {
    fc.assert(
      fc.property(plainFlow, (given) => {
        const back = readBack(given);
        fc.pre(back !== null);
        expect(checkAccessFlow(JSON.parse(JSON.stringify(back)))).toEqual({ ok: true, value: back });
      }),
    );
  });
});

/** A flow that is read with a note on a type of anybody's choosing. */
const onCall = hostileText.map((text) => ({
  name: "S3 read",
  trigger: "SELF_SERVE",
  requestors: { logical_operator: "OR", conditions: [{ type: `${text}_schedule`, values: ["a"] }] },
  access_targets: [{ bundle: { bundle_name: "b" } }],
}));

function isAnswer(answer: ReturnType<typeof fromApono>): boolean {
  return answer.ok ? ["flow", "bundle", "accessScope"].includes(answer.value.kind) : answer.error.length > 0;
}

function isThere(value: unknown, path: Path): boolean {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return false;
    current = (current as { readonly [key: string | number]: unknown })[step];
  }
  return true;
}

/** One place of a document replaced by any JSON value. */
function damage(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== "object" || value === null) return jsonArbitrary();
  const keys = Object.keys(value);
  if (keys.length === 0) return jsonArbitrary();
  return fc.oneof(
    { weight: 1, arbitrary: jsonArbitrary() },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...keys)
        .chain((key) =>
          damage((value as { readonly [key: string]: unknown })[key]).map((member) =>
            Array.isArray(value) ? value.map((each, index) => (String(index) === key ? member : each)) : { ...value, [key]: member },
          ),
        ),
    },
  );
}
