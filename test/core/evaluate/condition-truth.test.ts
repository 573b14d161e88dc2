import { describe, expect, it } from "vitest";
import { conditionTruth, meetsConditions } from "../../../src/core/evaluate/condition-truth.js";
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AttributeCondition } from "../../../src/core/flow/condition.js";
import { deepFreeze } from "../../../src/core/kernel/deep-freeze.js";
import type { Truth } from "../../../src/core/kernel/truth.js";

type Attributes = NonNullable<Identity["attributes"]>;

function truth(condition: Partial<AttributeCondition>, identity: Partial<Identity>): Truth {
  return conditionTruth(
    deepFreeze({ attribute: "group", operator: "is", values: ["admins"], ...condition }),
    deepFreeze({ id: "ann", ...identity }),
  );
}

/** The truth of a condition on `group`. */
function onGroup(condition: Partial<AttributeCondition>, group: Attributes[string], rest: Partial<Identity> = {}): Truth {
  return truth(condition, { ...rest, attributes: { group } });
}

const negativeOf = { is: "isNot", contains: "doesNotContain" } as const;
const operators = ["is", "isNot", "contains", "doesNotContain", "startsWith"] as const;

describe("operators", () => {
  it("C2: `is` holds when some value matches some listed value", () => {
    expect(onGroup({ values: ["x", "admins"] }, ["ops", "admins"])).toBe("holds");
  });

  it("C2: `is` fails when no value matches a listed value", () => {
    expect(onGroup({ values: ["x", "y"] }, ["ops", "admins"])).toBe("fails");
  });

  it("C2: `is` compares whole texts", () => {
    expect(onGroup({ values: ["adm"] }, ["admins"])).toBe("fails");
  });

  it("C2: `contains` holds when some value contains some listed value", () => {
    expect(onGroup({ operator: "contains", values: ["x", "min"] }, ["ops", "admins"])).toBe("holds");
  });

  it("C2: `contains` fails when no value contains a listed value", () => {
    expect(onGroup({ operator: "contains", values: ["admins-eu"] }, ["ops", "admins"])).toBe("fails");
  });

  it("C2: `startsWith` holds when some value starts with some listed value", () => {
    expect(onGroup({ operator: "startsWith", values: ["x", "adm"] }, ["ops", "admins"])).toBe("holds");
  });

  it("C2: `startsWith` fails where a value only contains the text", () => {
    expect(onGroup({ operator: "startsWith", values: ["min"] }, ["admins"])).toBe("fails");
  });

  it("C3: `isNot` holds when no value matches any listed value", () => {
    expect(onGroup({ operator: "isNot", values: ["x", "y"] }, ["ops", "admins"])).toBe("holds");
  });

  it("C3: `isNot` fails when one of several values matches one of several listed", () => {
    expect(onGroup({ operator: "isNot", values: ["x", "admins"] }, ["ops", "admins"])).toBe("fails");
  });

  it("C3: `doesNotContain` fails when one value contains a listed text", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["min"] }, ["ops", "admins"])).toBe("fails");
  });

  it("C3: `doesNotContain` holds when no value contains a listed text", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["z"] }, ["ops", "admins"])).toBe("holds");
  });

  it("C5: a value that stands alone counts as a list of one", () => {
    expect(onGroup({}, "admins")).toBe("holds");
  });
});

describe("unknown facts", () => {
  it.each(operators)("C4: an absent attribute leaves `%s` unknown", (operator) => {
    expect(truth({ operator }, { attributes: { department: "it" } })).toBe("unknown");
  });

  it.each(operators)("C4: an identity without attributes leaves `%s` unknown", (operator) => {
    expect(truth({ operator }, {})).toBe("unknown");
  });

  it.each(operators)("C4: an attribute that is null is absent under `%s`", (operator) => {
    expect(onGroup({ operator }, null)).toBe("unknown");
  });

  it.each(operators)("C4: an attribute that is undefined is absent under `%s`", (operator) => {
    expect(onGroup({ operator }, undefined)).toBe("unknown");
  });

  it.each(["is", "contains", "startsWith"] as const)("C4: an empty list is known, and `%s` fails", (operator) => {
    expect(onGroup({ operator }, [])).toBe("fails");
  });

  it.each(["isNot", "doesNotContain"] as const)("C4: an empty list is known, and `%s` holds", (operator) => {
    expect(onGroup({ operator }, [])).toBe("holds");
  });

  it("C4: beside a null in the list, another value may satisfy `is`", () => {
    expect(onGroup({}, [null, "admins"])).toBe("holds");
  });

  it("C4: a null in the list leaves `is` unknown where nothing known matches", () => {
    expect(onGroup({}, ["ops", null])).toBe("unknown");
  });

  it.each(["isNot", "doesNotContain"] as const)("C4: no null in a list lets `%s` hold", (operator) => {
    expect(onGroup({ operator }, ["ops", null])).toBe("unknown");
  });

  it("C4: beside a null in the list, a known match makes `isNot` fail", () => {
    expect(onGroup({ operator: "isNot" }, [null, "admins"])).toBe("fails");
  });

  it("TH9: an attribute that every object inherits is absent unless the identity has it itself", () => {
    for (const attribute of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(truth({ attribute, operator: "isNot" }, { attributes: {} })).toBe("unknown");
    }
  });

  it("D8: an own `__proto__` among the attributes is data like any other", () => {
    const attributes = JSON.parse('{ "__proto__": ["admins"] }') as Attributes;
    expect(truth({ attribute: "__proto__" }, { attributes })).toBe("holds");
  });
});

describe("ids and names", () => {
  const named = { id: "g-1", name: "admins" };
  const nameless = { id: "g-1" };

  it("C5: `is` compares with the id", () => {
    expect(onGroup({ values: ["g-1"] }, [named])).toBe("holds");
  });

  it("C5: `is` does not compare with the name", () => {
    expect(onGroup({ values: ["admins"] }, [named])).toBe("fails");
  });

  it("C5: `isNot` does not compare with the name", () => {
    expect(onGroup({ operator: "isNot", values: ["admins"] }, [named])).toBe("holds");
  });

  it("C5: `is` compares with the name, too, under `match: name`", () => {
    expect(onGroup({ values: ["admins"], match: "name" }, [named])).toBe("holds");
  });

  it("C5: under `match: name`, `is` still compares with the id", () => {
    expect(onGroup({ values: ["g-1"], match: "name" }, [named])).toBe("holds");
  });

  it("C5: under `match: name`, `is` fails where a known name and the id are others", () => {
    expect(onGroup({ values: ["x"], match: "name" }, [named])).toBe("fails");
  });

  it("C5: under `match: name`, an unknown name leaves `is` unknown", () => {
    expect(onGroup({ values: ["admins"], match: "name" }, [nameless])).toBe("unknown");
  });

  it("C5: under `match: name`, a matching id needs no name", () => {
    expect(onGroup({ values: ["g-1"], match: "name" }, [nameless])).toBe("holds");
  });

  it("C5: under `match: name`, an unknown name leaves `isNot` unknown", () => {
    expect(onGroup({ operator: "isNot", values: ["admins"], match: "name" }, [nameless])).toBe("unknown");
  });

  it("C5: an unknown name does not touch `is` without `match: name`", () => {
    expect(onGroup({ values: ["admins"] }, [nameless])).toBe("fails");
  });

  it("C5: an empty name is no name", () => {
    expect(onGroup({ operator: "contains", values: ["adm"] }, [{ id: "g-1", name: "" }])).toBe("unknown");
  });

  it("C5: a bare text that is empty has no name either", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["adm"] }, [""])).toBe("unknown");
  });

  it.each(["contains", "startsWith"] as const)("C5: `%s` reads the name", (operator) => {
    expect(onGroup({ operator, values: ["adm"] }, [named])).toBe("holds");
  });

  it.each(["contains", "startsWith"] as const)("C5: `%s` does not read the id beside a name", (operator) => {
    expect(onGroup({ operator, values: ["g-"] }, [named])).toBe("fails");
  });

  it("C5: `doesNotContain` does not read the id beside a name", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["g-"] }, [named])).toBe("holds");
  });

  it.each(["contains", "startsWith"] as const)("C5: `%s` holds by the id where there is no name", (operator) => {
    expect(onGroup({ operator, values: ["g-"] }, [nameless])).toBe("holds");
  });

  it.each(["contains", "startsWith"] as const)("C5: `%s` is unknown where the id does not match and there is no name", (operator) => {
    expect(onGroup({ operator, values: ["adm"] }, [nameless])).toBe("unknown");
  });

  it("C5: `doesNotContain` is unknown where the id does not match and there is no name", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["adm"] }, [nameless])).toBe("unknown");
  });

  it("C5: `doesNotContain` fails by the id where there is no name", () => {
    expect(onGroup({ operator: "doesNotContain", values: ["g-"] }, [nameless])).toBe("fails");
  });

  it("C5: a bare text is its own name", () => {
    expect(onGroup({ values: ["admins"], match: "name" }, ["admins"])).toBe("holds");
    expect(onGroup({ operator: "contains", values: ["x"] }, ["admins"])).toBe("fails");
  });

  it("C5: another value may match where one has no name", () => {
    expect(onGroup({ operator: "contains", values: ["adm"] }, [nameless, "admins"])).toBe("holds");
  });
});

describe("comparison", () => {
  const composed = "caf\u00e9";
  const decomposed = "cafe\u0301";

  it.each([
    [composed, decomposed],
    [decomposed, composed],
  ])("C6: composed and decomposed letters are the same text (%#)", (held, listed) => {
    expect(onGroup({ values: [listed] }, [held])).toBe("holds");
    expect(onGroup({ operator: "startsWith", values: [listed] }, [`${held} staff`])).toBe("holds");
  });

  it("C6: a letter and its accent are not torn apart by `contains`", () => {
    expect(onGroup({ operator: "contains", values: ["cafe"] }, [decomposed])).toBe("fails");
  });

  it("C6: the name of an attribute is compared as NFC, too", () => {
    for (const [written, held] of [
      [composed, decomposed],
      [decomposed, composed],
    ] as const) {
      expect(truth({ attribute: written }, { attributes: { cafe: "ops", [held]: "admins", other: "ops" } })).toBe("holds");
      expect(truth({ attribute: written }, { attributes: { cafe: "admins", other: "admins" } })).toBe("unknown");
    }
  });

  it.each([composed, decomposed])(
    "C6: two keys that are one name leave the attribute unknown, however the flow writes it (%#)",
    (attribute) => {
      for (const other of ["ops", [], null]) {
        const twice = { [composed]: "ops", [decomposed]: other };
        expect(truth({ attribute, operator: "isNot" }, { attributes: twice })).toBe("unknown");
      }
    },
  );

  it("C6: a name in ASCII can have a second spelling, too", () => {
    const twice = { K: "ops", "\u212a": "admins" };
    expect(truth({ attribute: "K", operator: "isNot" }, { attributes: twice })).toBe("unknown");
    expect(truth({ attribute: "K" }, { attributes: { "\u212a": "admins" } })).toBe("holds");
  });

  it("C4: a key that is undefined is no second spelling", () => {
    expect(truth({ attribute: composed }, { attributes: { [composed]: "admins", [decomposed]: undefined } })).toBe("holds");
  });

  it("C6: the name of an attribute is compared with its case", () => {
    expect(truth({ attribute: "Group" }, { attributes: { group: "admins" } })).toBe("unknown");
  });

  it("C6: there is no case folding", () => {
    expect(onGroup({ values: ["admins"] }, ["Admins"])).toBe("fails");
  });

  it("C6: values with an @ are compared with their case unless the attribute is `user` or `manager`", () => {
    expect(onGroup({ values: ["Ann@corp.com"] }, ["ann@corp.com"])).toBe("fails");
  });

  it("C6: facts are not trimmed", () => {
    expect(onGroup({ values: ["admins"] }, ["admins "])).toBe("fails");
  });

  it("C6: compatibility forms are different texts", () => {
    expect(onGroup({ values: ["admins"] }, ["\uff41dmins"])).toBe("fails");
  });

  it("C6: an address of `user` ignores the case of ASCII letters", () => {
    expect(truth({ attribute: "user", values: ["ANN@Corp.com"] }, { emails: ["ann@corp.COM"] })).toBe("holds");
  });

  it("C6: an address of `user` does not ignore the case of other letters", () => {
    expect(truth({ attribute: "user", values: ["\u00c4nn@corp.com"] }, { emails: ["\u00e4nn@corp.com"] })).toBe("fails");
  });

  it("C6: an id without @ is compared with its case", () => {
    expect(truth({ attribute: "user", values: ["Ann"] }, { emails: [] })).toBe("fails");
  });

  it("C6: `contains` ignores case where only the identity's text is an address", () => {
    expect(truth({ attribute: "user", operator: "contains", values: ["ANN"] }, { id: "u-1", emails: ["ann@corp.com"] })).toBe("holds");
  });

  it("C6: `startsWith` ignores case where only the identity's text is an address", () => {
    expect(truth({ attribute: "user", operator: "startsWith", values: ["ANN"] }, { id: "u-1", emails: ["ann@corp.com"] })).toBe("holds");
  });

  it("C6: `contains` on an id without @ keeps the case, though another text has an @", () => {
    expect(truth({ attribute: "user", operator: "contains", values: ["ANN"] }, { id: "ann", emails: ["x@corp.com"] })).toBe("fails");
  });

  it("C6: `contains` with an @ in the listed value ignores case", () => {
    expect(truth({ attribute: "user", operator: "contains", values: ["@CORP.com"] }, { emails: ["ann@corp.com"] })).toBe("holds");
  });
});

describe("sources", () => {
  const okta = { id: "admins", source: "okta" };
  const github = { id: "admins", source: "github" };

  it("C7: a value that carries the source matches", () => {
    expect(onGroup({ source: "okta" }, [okta])).toBe("holds");
  });

  it("C7: sources are compared as NFC", () => {
    expect(onGroup({ source: "caf\u00e9" }, [{ id: "admins", source: "cafe\u0301" }])).toBe("holds");
    expect(onGroup({ source: "caf\u00e9", operator: "isNot" }, [], { sources: ["cafe\u0301"] })).toBe("holds");
  });

  it("TH4: the same-named group of another directory does not match", () => {
    expect(onGroup({ source: "okta" }, [github], { sources: ["okta", "github"] })).toBe("fails");
  });

  it("C7: a value without a source never matches a condition with one", () => {
    expect(onGroup({ source: "okta" }, ["admins"], { sources: ["okta"] })).toBe("fails");
    expect(onGroup({ source: "okta" }, [{ id: "admins" }], { sources: ["okta"] })).toBe("fails");
  });

  it("C7: a condition without a source reads values of every source", () => {
    expect(onGroup({}, [github])).toBe("holds");
  });

  it("C7: where no value carries the source and the directory was asked, `is` fails and `isNot` holds", () => {
    expect(onGroup({ source: "okta" }, [github], { sources: ["okta"] })).toBe("fails");
    expect(onGroup({ source: "okta", operator: "isNot" }, [github], { sources: ["okta"] })).toBe("holds");
  });

  it.each(operators)("C7: where no value carries the source and the directory was not asked, `%s` is unknown", (operator) => {
    expect(onGroup({ source: "okta", operator }, [github], { sources: ["github"] })).toBe("unknown");
    expect(onGroup({ source: "okta", operator }, [], {})).toBe("unknown");
  });

  it("C7: a value that carries the source shows that the directory answered", () => {
    expect(onGroup({ source: "okta", values: ["x"] }, [okta])).toBe("fails");
    expect(onGroup({ source: "okta", values: ["x"], operator: "isNot" }, [okta])).toBe("holds");
  });

  it("C7: an unknown value may carry the source", () => {
    expect(onGroup({ source: "okta" }, [github, null], { sources: ["okta"] })).toBe("unknown");
    expect(onGroup({ source: "okta", operator: "isNot", values: ["x"] }, [okta, null], { sources: ["okta"] })).toBe("unknown");
  });

  it("C7: an absent attribute stays unknown, though the directory was asked", () => {
    expect(truth({ source: "okta", operator: "isNot" }, { sources: ["okta"] })).toBe("unknown");
  });

  it("C7: names are read only from values that carry the source", () => {
    const held = [
      { id: "g-1", source: "github" },
      { id: "g-2", name: "ops", source: "okta" },
    ];
    expect(onGroup({ source: "okta", operator: "contains", values: ["x"] }, held)).toBe("fails");
  });

  it.each(["id", "emails", "bare account text", "bare account record"])(
    "C7: of `user`, the %s counts as carrying every listed source",
    (which) => {
      const identities: Record<string, Partial<Identity>> = {
        id: { id: "ann" },
        emails: { id: "u", emails: ["ann"] },
        "bare account text": { id: "u", emails: [], accounts: ["ann"] },
        "bare account record": { id: "u", emails: [], accounts: [{ id: "ann", name: "Ann" }] },
      };
      expect(truth({ attribute: "user", values: ["ann"], source: "okta" }, { ...identities[which], sources: ["okta"] })).toBe("holds");
    },
  );

  it.each(operators)("C7: a condition on `user` whose source is not listed is unknown under `%s`", (operator) => {
    const identity = { emails: [], accounts: [{ id: "ann", source: "okta" }], sources: ["github"] };
    expect(truth({ attribute: "user", operator, values: ["ann"], source: "okta" }, identity)).toBe("unknown");
    expect(truth({ attribute: "user", operator, values: ["ann"], source: "okta" }, { emails: [] })).toBe("unknown");
  });

  it.each(operators)("C7: a condition on `manager` whose source is not listed is unknown under `%s`", (operator) => {
    expect(truth({ attribute: "manager", operator, values: ["bob"], source: "okta" }, { manager: "bob", sources: [] })).toBe("unknown");
    expect(truth({ attribute: "manager", operator, values: ["bob"], source: "okta" }, { manager: null })).toBe("unknown");
  });

  it("C7: a manager counts as carrying every listed source", () => {
    expect(truth({ attribute: "manager", values: ["bob"], source: "okta" }, { manager: "bob", sources: ["okta"] })).toBe("holds");
  });

  it("C8: an account is read by a condition that names its source", () => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", source: "github" }], sources: ["github"] };
    expect(truth({ attribute: "user", values: ["gh-ann"], source: "github" }, identity)).toBe("holds");
  });

  it("C8: an account of another source is not read by a condition that names one", () => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", source: "github" }], sources: ["okta", "github"] };
    expect(truth({ attribute: "user", values: ["gh-ann"], source: "okta" }, identity)).toBe("fails");
  });

  it.each(operators)("C8: under a condition without a source, a match on an account with one leaves `%s` unknown", (operator) => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", name: "gh-ann", source: "github" }] };
    expect(truth({ attribute: "user", operator, values: ["gh-ann"] }, identity)).toBe("unknown");
  });

  it("C8: under a condition without a source, an account with one that does not match decides nothing", () => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", name: "gh-ann", source: "github" }] };
    expect(truth({ attribute: "user", operator: "isNot", values: ["x"] }, identity)).toBe("holds");
  });

  it("C8: under a condition without a source, an account with one whose name is unknown may match", () => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", source: "github" }] };
    expect(truth({ attribute: "user", operator: "doesNotContain", values: ["x"] }, identity)).toBe("unknown");
  });

  it("C8: a match on a bare account outweighs one on an account with a source", () => {
    const identity = { emails: [], accounts: [{ id: "gh-ann", source: "github" }, "gh-ann"] };
    expect(truth({ attribute: "user", values: ["gh-ann"] }, identity)).toBe("holds");
  });

  it("C5: an account that matches outweighs one whose name is unknown", () => {
    const identity = { emails: [], accounts: [{ id: "x" }, "gh-ann"] };
    expect(truth({ attribute: "user", operator: "contains", values: ["gh"] }, identity)).toBe("holds");
    expect(truth({ attribute: "user", operator: "doesNotContain", values: ["gh"] }, identity)).toBe("fails");
  });
});

describe("user", () => {
  it.each([
    ["id", { id: "ann", emails: [] }],
    ["address", { id: "u", emails: ["ann"] }],
    ["account", { id: "u", emails: [], accounts: ["ann"] }],
  ] as const)("C8: `user` is the %s", (_, identity) => {
    expect(truth({ attribute: "user", values: ["ann"] }, identity)).toBe("holds");
    expect(truth({ attribute: "user", operator: "isNot", values: ["ann"] }, identity)).toBe("fails");
  });

  it("C8: the display name is not compared", () => {
    expect(truth({ attribute: "user", values: ["Ann"] }, { id: "u", emails: [], name: "Ann" })).toBe("fails");
  });

  it("C8: `attributes.user` is ignored", () => {
    expect(truth({ attribute: "user", values: ["root"] }, { emails: [], attributes: { user: "root" } })).toBe("fails");
  });

  it("C8: `attributes.manager` is ignored", () => {
    expect(truth({ attribute: "manager", values: ["bob"] }, { attributes: { manager: "bob" } })).toBe("unknown");
    expect(truth({ attribute: "manager", values: ["bob"] }, { manager: null, attributes: { manager: "bob" } })).toBe("fails");
  });

  it("C8: `attributes.owner` is ignored, so an attribute `owner` is never known", () => {
    expect(truth({ attribute: "owner", operator: "isNot" }, { attributes: { owner: "bob" } })).toBe("unknown");
  });

  it("C8: absent accounts mean that the host links none", () => {
    expect(truth({ attribute: "user", operator: "doesNotContain", values: ["x"] }, { emails: [] })).toBe("holds");
  });

  it.each(["is", "isNot"] as const)("C8: with absent emails, `%s` on a value with @ is unknown", (operator) => {
    expect(truth({ attribute: "user", operator, values: ["x", "ann@corp.com"] }, {})).toBe("unknown");
  });

  it("C8: with absent emails, values without @ are not affected under `is` and `isNot`", () => {
    expect(truth({ attribute: "user", values: ["bob"] }, {})).toBe("fails");
    expect(truth({ attribute: "user", operator: "isNot", values: ["bob"] }, {})).toBe("holds");
  });

  it.each(["contains", "startsWith", "doesNotContain"] as const)("C8: with absent emails, `%s` on any value is unknown", (operator) => {
    expect(truth({ attribute: "user", operator, values: ["bob"] }, {})).toBe("unknown");
  });

  it("C8: with absent emails, something known that matches decides", () => {
    expect(truth({ attribute: "user", values: ["ann@corp.com", "ann"] }, {})).toBe("holds");
    expect(truth({ attribute: "user", operator: "contains", values: ["an"] }, {})).toBe("holds");
    expect(truth({ attribute: "user", operator: "isNot", values: ["ann@corp.com", "ann"] }, {})).toBe("fails");
  });

  it("C8: with absent emails, a known account decides", () => {
    expect(truth({ attribute: "user", values: ["ann@corp.com"] }, { accounts: ["ANN@corp.com"] })).toBe("holds");
  });

  it("C8: an empty list of emails is known", () => {
    expect(truth({ attribute: "user", operator: "isNot", values: ["bob@corp.com"] }, { emails: [] })).toBe("holds");
  });

  it("C5: an account's name counts only under `match: name`", () => {
    const identity = { emails: [], accounts: [{ id: "a-1", name: "ann-on-github" }] };
    expect(truth({ attribute: "user", values: ["ann-on-github"] }, identity)).toBe("fails");
    expect(truth({ attribute: "user", values: ["ann-on-github"], match: "name" }, identity)).toBe("holds");
  });
});

describe("manager", () => {
  it("C10: a manager is a text that compares with its case", () => {
    expect(truth({ attribute: "manager", values: ["bob"] }, { manager: "bob" })).toBe("holds");
    expect(truth({ attribute: "manager", values: ["Bob"] }, { manager: "bob" })).toBe("fails");
  });

  it("C10: a manager that is an address compares as the addresses of `user` do", () => {
    expect(truth({ attribute: "manager", values: ["BOB@corp.com"] }, { manager: "bob@Corp.com" })).toBe("holds");
    expect(truth({ attribute: "manager", operator: "startsWith", values: ["BOB"] }, { manager: "bob@corp.com" })).toBe("holds");
  });

  it("C4: a manager that is null is known: nobody", () => {
    expect(truth({ attribute: "manager", values: ["bob"] }, { manager: null })).toBe("fails");
    expect(truth({ attribute: "manager", operator: "isNot", values: ["bob"] }, { manager: null })).toBe("holds");
    expect(truth({ attribute: "manager", operator: "doesNotContain", values: ["b"] }, { manager: null })).toBe("holds");
  });

  it.each(operators)("C10: an empty text as manager names nobody and leaves `%s` unknown", (operator) => {
    expect(truth({ attribute: "manager", operator, values: ["bob"] }, { manager: "" })).toBe("unknown");
    expect(truth({ attribute: "manager", operator, values: ["bob"], source: "okta" }, { manager: "", sources: ["okta"] })).toBe("unknown");
  });

  it.each(operators)("C4: an absent manager leaves `%s` unknown", (operator) => {
    expect(truth({ attribute: "manager", operator, values: ["bob"] }, {})).toBe("unknown");
  });
});

describe("combinators", () => {
  const [holds, fails, unknown] = (["h", "f", "u"] as const).map((attribute) => ({ attribute, operator: "is", values: ["yes"] }) as const);
  const identity: Identity = { id: "ann", attributes: { h: "yes", f: "no" } };
  const rows = [
    ["and", [holds, holds], true],
    ["and", [holds, fails], false],
    ["and", [holds, unknown], false],
    ["and", [fails, unknown], false],
    ["or", [fails, holds], true],
    ["or", [unknown, holds], true],
    ["or", [fails, unknown], false],
    ["or", [fails, fails], false],
  ] as const;

  it.each(rows)("C1: a rule permits only when the whole holds (%s, %#)", (combinator, conditions, permitted) => {
    const [first, ...rest] = conditions.filter((condition) => condition !== undefined);
    if (first === undefined) throw new Error("a row without conditions");
    expect(meetsConditions(deepFreeze({ combinator, conditions: [first, ...rest] }), identity)).toBe(permitted);
  });
});

describe("negation", () => {
  it.each(Object.entries(negativeOf))("C3: `%s` and `%s` are each other's negation", (positive, negative) => {
    for (const group of ["admins", "ops", [], ["ops", null], null]) {
      const pair = [onGroup({ operator: positive as "is" }, group), onGroup({ operator: negative }, group)];
      expect(["holds/fails", "fails/holds", "unknown/unknown"]).toContain(pair.join("/"));
    }
  });
});
