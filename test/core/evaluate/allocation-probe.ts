import { defineAccessFlow, evaluateRequestor, isEligible, prepareIdentity } from "accessflow";

// Prints by how many bytes at least the heap grows with one call, for each of the cases that is-eligible-memory.test.ts names. Its
// process is started with so much room for young objects that none is collected while it measures.

const flow = defineAccessFlow({
  name: "S3 read",
  requestors: {
    conditions: [
      { attribute: "group", values: ["platform", "operations"] },
      { attribute: "group", operator: "isNot", values: ["suspended"] },
      { attribute: "location", operator: "startsWith", values: ["eu-"] },
      { attribute: "costCenter", values: ["1", "2", "3", "4", "5"] },
    ],
  },
  requestFor: { scopes: ["self", "others"], grantees: { conditions: [{ attribute: "group", values: ["staff"] }] } },
  targets: [{ kind: "bundle", bundle: "all" }],
});
const groups = Array.from({ length: 50 }, (_, number) => `group-${number}`);
const ann = { id: "ann", attributes: { group: [...groups, "platform"], location: ["eu-paris"], costCenter: ["3"] } };
const bob = { id: "bob", attributes: { group: [...groups, "staff"] } };
/** A small whole number, which takes no place of its own. */
const at = 1_000_000;

const inputs = [
  { requestor: ann, at },
  { requestor: prepareIdentity(ann), at },
  { requestor: bob, at },
  { requestor: ann, grantee: bob, at },
];

/** Kept, so that no answer can be left out. */
let lastAnswer: unknown;

/** The least of several looks: what a call makes, every look sees; what the engine makes for itself comes once. */
function growthOf(call: () => unknown): number {
  for (let i = 0; i < 60_000; i += 1) lastAnswer = call();
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 5; look += 1) least = Math.min(least, growthIn(2_000, call));
  return least;
}

function growthIn(calls: number, call: () => unknown): number {
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i += 1) lastAnswer = call();
  return (process.memoryUsage().heapUsed - before) / calls;
}

const growths = inputs.map((input) => growthOf(() => isEligible(flow, input)));
const controls = [growthOf(() => evaluateRequestor(flow, { requestor: ann, at })), growthOf(() => ({ at }))];
console.log(JSON.stringify({ growths, controls, isAnswered: lastAnswer !== undefined }));
