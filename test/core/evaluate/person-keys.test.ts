import { describe, expect, it } from "vitest";
import { hasSameId, isManagerOf, isRelationTo, personKeys } from "../../../src/core/facts/person-keys.js";

describe("personKeys", () => {
  it("A6: gives id, addresses and accounts, sorted, each once", () => {
    expect(personKeys({ id: "u", emails: ["b@x", "a@x"], accounts: ["gh", { id: "u", source: "github" }] })).toEqual([
      "a@x",
      "b@x",
      "gh",
      "u",
    ]);
  });

  it("A6: an account's name is no key", () => {
    expect(personKeys({ id: "u", accounts: [{ id: "gh", name: "ann" }] })).toEqual(["gh", "u"]);
  });

  it("A6: an empty address or account is a key like any other, because overlap only ever forbids", () => {
    expect(personKeys({ id: "u", emails: ["", "a@x"], accounts: ["", { id: "", source: "github" }] })).toEqual(["", "a@x", "u"]);
  });

  it("C6: addresses are keyed without the case of ASCII letters, ids with it", () => {
    expect(personKeys({ id: "Ann", emails: ["Ann@Corp.com"] })).toEqual(["Ann", "ann@corp.com"]);
  });

  it("A6: many addresses and accounts are sorted, each once, like few", () => {
    const names = ["k", "c", "i", "a", "e", "g", "b", "j", "d", "h", "f"];
    const sorted = [...names].sort();
    expect(personKeys({ id: "c", accounts: names })).toEqual(sorted);
    expect(personKeys({ id: "c", emails: names })).toEqual(sorted);
    expect(personKeys({ id: "k", emails: names.slice(0, 6), accounts: [...names].reverse().map((id) => ({ id })) })).toEqual(sorted);
    expect(Object.isFrozen(personKeys({ id: "c", emails: names }))).toBe(true);
  });

  it("C6: composed and decomposed forms are one key", () => {
    expect(personKeys({ id: "zo\u00eb", accounts: ["zoe\u0308"] })).toEqual(["zo\u00eb"]);
  });
});

describe("isRelationTo", () => {
  it.each([
    ["bob", "holds"],
    ["bob@corp.com", "holds"],
    ["BOB@Corp.com", "holds"],
    ["Bob", "fails"],
    ["eve@corp.com", "fails"],
  ])("C10: `%s` named as manager %s for bob", (person, truth) => {
    expect(isRelationTo(person, { id: "bob", emails: ["bob@corp.com"] })).toBe(truth);
  });

  it("C10: accounts do not count", () => {
    expect(isRelationTo("gh-bob", { id: "bob", emails: [], accounts: ["gh-bob"] })).toBe("fails");
  });

  it("C8: where the addresses are unknown, an address may be one of them and an id may not", () => {
    expect(isRelationTo("bob@corp.com", { id: "bob" })).toBe("unknown");
    expect(isRelationTo("eve", { id: "bob" })).toBe("fails");
  });

  it("C10: an empty text names nobody, not even who has an empty address", () => {
    expect(isRelationTo("", { id: "bob", emails: [""] })).toBe("unknown");
  });
});

describe("isManagerOf", () => {
  it("C4: a manager that is null is known to be nobody, an absent one is unknown", () => {
    expect(isManagerOf({ id: "bob" }, { id: "ann", manager: null })).toBe("fails");
    expect(isManagerOf({ id: "bob" }, { id: "ann" })).toBe("unknown");
    expect(isManagerOf({ id: "bob" }, { id: "ann", manager: "bob" })).toBe("holds");
  });

  it("C10: a manager that is an empty text is unknown, even to who has an empty address", () => {
    expect(isManagerOf({ id: "bob", emails: [""] }, { id: "ann", manager: "" })).toBe("unknown");
  });
});

describe("hasSameId", () => {
  it("R3: ids are the same exactly, on NFC text", () => {
    expect(hasSameId({ id: "zo\u00eb" }, { id: "zoe\u0308" })).toBe(true);
    expect(hasSameId({ id: "ann@corp.com" }, { id: "Ann@corp.com" })).toBe(false);
    const [ann, bob] = [
      { id: "ann", accounts: ["x"] },
      { id: "bob", accounts: ["x"] },
    ];
    expect(hasSameId(ann, bob)).toBe(false);
  });
});
