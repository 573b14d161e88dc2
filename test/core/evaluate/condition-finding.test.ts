import { describe, expect, it } from "vitest";
import { findMatch } from "../../../src/core/evaluate/condition-finding.js";
import { readyCondition } from "../../../src/core/evaluate/ready-condition.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import { identityTable } from "../../../src/core/facts/identity-table.js";
import type { AttributeCondition, Operator } from "../../../src/core/flow/condition.js";

type Held = NonNullable<Identity["attributes"]>[string];

const few = ["alpha", "beta"];
const many = [...few, ...Array.from({ length: 20 }, (_, number) => `none-${number}`)];

/** What is found with nothing known beforehand, with the table of the identity, and, where it holds bare texts only, with that. */
function findings(operator: Operator, values: readonly string[], group: Held): readonly string[] {
  const ready = readyCondition({ attribute: "group", operator, values } as unknown as AttributeCondition);
  const identity: Identity = group === undefined ? { id: "ann" } : { id: "ann", attributes: { group } };
  const bare = group === undefined || [group].flat().every((value) => typeof value === "string");
  const beforehand = [null, identityTable(identity), ...(bare ? (["texts"] as const) : [])];
  return beforehand.map((known) => findMatch(ready, identity, known));
}

describe("findMatch", () => {
  it.each<[Operator, Held, string]>([
    ["is", undefined, "attribute_missing"],
    ["is", "beta", "matched"],
    ["is", ["x", "beta"], "matched"],
    ["is", many, "matched"],
    ["is", { id: "beta" }, "matched"],
    ["is", [null, "x", { id: "beta" }], "matched"],
    ["is", "x", "unmatched"],
    ["is", [], "unmatched"],
    ["is", ["", "x"], "unmatched"],
    ["is", ["x", { id: "y", name: "beta" }], "unmatched"],
    ["is", ["x", null], "value_unknown"],
    ["contains", undefined, "attribute_missing"],
    ["contains", "alphabet", "matched"],
    ["contains", ["x", "", "alphabet"], "matched"],
    ["contains", [null, { id: "alphabet" }], "matched"],
    ["contains", "alpine", "unmatched"],
    ["contains", ["x", { id: "alphabet", name: "y" }], "unmatched"],
    ["contains", ["x", null], "value_unknown"],
    ["contains", ["", "x"], "name_unknown"],
    ["contains", "", "name_unknown"],
    ["contains", [{ id: "x" }, "y"], "name_unknown"],
  ])("C2, C4, C5: `%s` put to %j finds the same, whatever is known beforehand: %s", (operator, held, finding) => {
    for (const values of [few, many]) {
      const found = findings(operator, values, held);
      expect(found).toEqual(found.map(() => finding));
    }
  });
});
