import type { Json } from "../../src/core/kernel/json.js";
import { type Target, targets } from "./targets.js";

/*
 * Negative controls: doors with a fault each, which inputs show that are rare. A fuzzer that does not find them proves
 * nothing about doors in which it finds nothing.
 */

type Definition = { readonly [key: string]: Json | undefined };

const real = targets.find(({ name }) => name === "parseAccessFlow");
if (real === undefined) throw new Error("no such target");
const { run: accepts } = real;

const leak: Json[] = [];

/** A door that does something wrong before it answers rightly. */
function planted(name: string, fault: (input: Definition) => void): Target {
  const run: Target["run"] = (input, thorough) => {
    if (typeof input === "object" && input !== null && !Array.isArray(input)) fault(input as Definition);
    return accepts(input, thorough);
  };
  return { name: `planted ${name}`, share: 1, seeds: (seed) => real?.seeds(seed) ?? [], run };
}

const isRecord = (value: Json | undefined): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

export const plantedTargets: readonly Target[] = [
  planted("throws", ({ requestors }) => {
    // A nested part that is read before it is checked.
    if (requestors === null || typeof requestors === "string") void (requestors as unknown as { conditions: string }).conditions.length;
  }),
  planted("pollutes", (input) => {
    // The naive merge: a key of the document leads to what all objects share.
    if (JSON.stringify(input).includes('"constructor":')) Reflect.set(Object.prototype, "polluted", true);
  }),
  planted("mutates", ({ targets: list }) => {
    if (Array.isArray(list) && list.length > 1 && !Object.isFrozen(list)) list.push(list.shift());
  }),
  planted("slow", ({ name }) => {
    for (const before = process.cpuUsage(); (name === null || typeof name === "number") && process.cpuUsage(before).user < 70_000; );
  }),
  planted("hangs", ({ targets: list }) => {
    while (!Array.isArray(list));
  }),
  planted("grows", (input) => {
    for (let copies = 0; copies < 40; copies += 1) leak.push(JSON.parse(JSON.stringify(input)) as Json);
  }),
  {
    ...planted("answers otherwise", () => {}),
    run: (input, thorough) => (isRecord(input) ? accepts(input, thorough) : { fault: "the answer is not frozen" }),
  },
];
