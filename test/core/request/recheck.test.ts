import { describe, expect, it } from "vitest";
import type { Reason } from "../../../src/core/kernel/reason.js";
import { factsRefusals, recheck } from "../../../src/core/request/event/recheck.js";
import type { FactsRead } from "../../../src/core/request/request-event.js";
import { ada, facts, flowWith, forOthers, gil, monday, person, read, second, submitted, write } from "./support.js";

/*
 * What freshly read facts say about a request: every reason in full, and in its order.
 */

const own = () => submitted(flowWith({ requestFor: forOthers }), { entitlements: [read, write] });
const forGil = () => submitted(flowWith({ requestFor: forOthers }), { entitlements: [read, write], grantee: gil });
const onlyOthers = () => submitted(flowWith({ requestFor: { ...forOthers, scopes: ["others"] } }), { grantee: gil });
const at = monday + 120 * second;

const wrong = (...place: string[]) => ({ code: "facts_invalid", rule: "C4", path: [], argument: "facts", at: place });
const unknown = { code: "facts_unknown", rule: "W6", path: [] };
const eligible = { code: "no_longer_eligible", rule: "W6", path: [] };
const gone = (who: "requestor" | "grantee") => ({ code: `${who}_inactive`, rule: "C9", path: [] });
const noGroup = (subject: "requestor" | "grantee", ...path: string[]) => ({
  ...{ code: "condition_fails", rule: "C2", path: [...path, "conditions", 0], subject, attribute: "group" },
});

describe("facts that decide nothing (L3)", () => {
  const refusals: [string, typeof own, Partial<FactsRead>, object[]][] = [
    ["that hold", own, {}, []],
    ["read later than now", own, { readAt: at + 1 }, [wrong("readAt")]],
    ["of 60 seconds ago", own, { readAt: at - 60_000 }, []],
    ["of a millisecond earlier", own, { readAt: at - 60_001 }, [{ code: "facts_too_old", rule: "L3", path: [], readAt: at - 60_001 }]],
    ["about another requestor", own, { requestor: person("eve") }, [wrong("requestor", "id")]],
    ["about another grantee, where nobody else was named", own, { grantee: person("eve") }, [wrong("grantee", "id")]],
    ["about the requestor twice", own, { grantee: person("ada") }, []],
    ["about another grantee", forGil, { grantee: person("ada") }, [wrong("grantee", "id")]],
    ["without the grantee", forGil, { grantee: null }, [wrong("grantee")]],
    ["about people who are gone or unknown", forGil, { requestor: "gone", grantee: "unknown" }, []],
    ["about the last entitlement", own, { notCovered: [0, 1] }, []],
    ["about one that was not asked for", own, { notCovered: [0, 2] }, [wrong("notCovered")]],
    ["that do not know what is covered", own, { notCovered: "unknown" }, []],
    [
      "with everything wrong",
      forGil,
      { readAt: at + 1, requestor: person("eve"), grantee: person("eve"), notCovered: [2] },
      [wrong("readAt"), wrong("requestor", "id"), wrong("grantee", "id"), wrong("notCovered")],
    ],
  ];
  it.each(refusals)("L3: %s", (_, state, more, reasons) => {
    expect(factsRefusals(state().request, facts(state(), at, more), at)).toEqual(reasons);
  });
});

describe("what facts say (L3, W6)", () => {
  const all: [string, typeof own, Partial<FactsRead>, object[], object[]][] = [
    ["everything holds", own, {}, [], []],
    ["everything holds for two", forGil, {}, [], []],
    ["a flow that is switched off", own, { flow: "inactive" }, [{ code: "flow_inactive", rule: "L3", path: ["active"] }], []],
    ["a flow that is gone", own, { flow: "gone" }, [{ code: "flow_inactive", rule: "L3", path: ["active"] }], []],
    ["a flow of which nothing is known", own, { flow: "unknown" }, [], [unknown]],
    ["a requestor who is gone", own, { requestor: "gone" }, [eligible, gone("requestor")], []],
    ["a requestor who is inactive", own, { requestor: { ...ada, active: false } }, [eligible, gone("requestor")], []],
    ["a requestor out of the group", own, { requestor: person("ada") }, [eligible, noGroup("requestor", "requestors")], []],
    ["a requestor who is unknown", own, { requestor: "unknown" }, [], [unknown]],
    ["a grantee who is gone", forGil, { grantee: "gone" }, [eligible, gone("grantee")], []],
    ["both gone", forGil, { requestor: "gone", grantee: "gone" }, [eligible, gone("requestor"), gone("grantee")], []],
    ["a grantee who is inactive", forGil, { grantee: { ...gil, active: false } }, [eligible, gone("grantee")], []],
    ["a grantee out of the group", forGil, { grantee: person("gil") }, [eligible, noGroup("grantee", "requestFor", "grantees")], []],
    ["a grantee who is unknown", forGil, { grantee: "unknown" }, [], [unknown]],
    [
      "of an unknown requestor's grantee the standing",
      forGil,
      { requestor: "unknown", grantee: { ...gil, active: false } },
      [...[eligible, gone("grantee")]],
      [unknown],
    ],
    ["of an unknown requestor's grantee no scope", onlyOthers, { requestor: "unknown" }, [], [unknown]],
    [
      "of an unknown requestor's grantee no more than the standing",
      forGil,
      { requestor: "unknown", grantee: person("gil") },
      [],
      [unknown],
    ],
    ["of a requestor who is gone, and an active grantee", forGil, { requestor: "gone" }, [eligible, gone("requestor")], []],
    [
      "of an unknown grantee's requestor what fails",
      forGil,
      { requestor: person("ada"), grantee: "unknown" },
      [...[eligible, noGroup("requestor", "requestors")]],
      [unknown],
    ],
    [
      "an attribute that is missing",
      own,
      { requestor: { id: "ada" } },
      [],
      [
        unknown,
        {
          code: "attribute_missing",
          rule: "C4",
          path: ["requestors", "conditions", 0],
          subject: "requestor",
          attribute: "group",
          nearest: null,
        },
      ],
    ],
    [
      "entitlements that are no longer given",
      own,
      { notCovered: [1, 0] },
      [
        { code: "no_longer_covered", rule: "L3", path: [] },
        { code: "not_covered", rule: "T8", path: ["targets"], ...write },
        { code: "not_covered", rule: "T8", path: ["targets"], ...read },
      ],
      [],
    ],
    [
      "access for oneself, where only others may be asked for",
      () => ({ ...own(), request: { ...own().request, flow: onlyOthers().request.flow } }),
      {},
      [eligible, { code: "scope_not_allowed", rule: "R3", path: ["requestFor", "scopes"], scope: "self" }],
      [],
    ],
    ["entitlements of which it is not known", own, { notCovered: "unknown" }, [], [unknown]],
    [
      "nothing known at all: it is said once",
      forGil,
      { flow: "unknown", requestor: "unknown", grantee: "unknown", notCovered: "unknown" },
      [],
      [unknown],
    ],
  ];
  it.each(all)("W6: %s", (_, state, more, fails, missing) => {
    const said: { fails: readonly Reason[]; unknown: readonly Reason[] } = recheck(state().request, facts(state(), at, more), "W6");
    expect(said).toEqual({ fails, unknown: missing });
  });
});
