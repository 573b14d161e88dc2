import { describe, expect, it } from "vitest";
import { agreed, learn, overlap, personRecordOf } from "../../../src/core/approval/state/person-record.js";

const bare = personRecordOf({ id: "ada" });
const full = personRecordOf({ id: "ada", emails: ["ada@corp.com"], accounts: [], manager: "grace@corp.com" });
const free = personRecordOf({ id: "ada", manager: null });

describe("what an approval keeps of a person (A6, A7)", () => {
  it("A6: keys and what is known of them are added, never removed", () => {
    const known = ({ keys, emailsKnown, accountsKnown }: typeof bare) => [keys, emailsKnown, accountsKnown];
    expect([learn(bare, bare), learn(bare, full), learn(full, bare)].map(known)).toEqual([
      [["ada"], false, false],
      [["ada", "ada@corp.com"], true, true],
      [["ada", "ada@corp.com"], true, true],
    ]);
  });

  it("A7: the manager is the one of the fresher facts, unknown where they do not say", () => {
    const manager = ({ manager: who, managerKnown }: typeof bare) => [who, managerKnown];
    expect([learn(bare, full), learn(full, bare), learn(full, free)].map(manager)).toEqual([
      ["grace@corp.com", true],
      [null, false],
      [null, true],
    ]);
  });

  it("A7: of two records given at once, the manager is the one that both name", () => {
    const manager = ({ manager: who, managerKnown }: typeof bare) => [who, managerKnown];
    const other = personRecordOf({ id: "ada", manager: "GRACE@corp.com" });
    const pairs = [
      [full, full],
      [full, other],
      [free, free],
      [bare, bare],
      [bare, free],
      [free, bare],
      [full, free],
      [free, full],
      [full, bare],
    ] as const;
    expect(pairs.map(([one, two]) => manager(agreed(one, two)))).toEqual([
      ...[
        ["grace@corp.com", true],
        ["grace@corp.com", true],
        [null, true],
        [null, false],
      ],
      ...[
        [null, false],
        [null, false],
        [null, false],
        [null, false],
        [null, false],
      ],
    ]);
  });

  it("A6: two people are one where they share a key", () => {
    const shared = (left: string[], right: string[]): boolean => overlap(left, right);
    expect([
      ...[shared(["a", "c"], ["b", "c"]), shared(["b", "c"], ["a", "c"]), shared(["a"], ["a", "b"]), shared(["a", "b"], ["b"])],
      ...[shared(["a", "c"], ["b", "d"]), shared([], ["a"]), shared(["a"], []), shared([""], ["a"]), shared(["a"], [""])],
    ]).toEqual([true, true, true, true, false, false, false, false, false]);
  });
});
