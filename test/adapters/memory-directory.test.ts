import { memoryDirectory } from "accessflow/adapters/memory";
import { type DirectorySubject, directoryConformance } from "accessflow/testing";
import { describe, expect, it } from "vitest";
import type { Identity } from "../../src/core/facts/identity.js";
import type { Directory, DirectoryAnswer } from "../../src/ports/directory.js";

const people: readonly Identity[] = [
  {
    id: "ada",
    emails: ["Ada@example.com", "ada.l@example.org"],
    accounts: [{ id: "U1", source: "chat" }],
    manager: "grace",
    sources: ["ldap", "okta"],
    attributes: {
      group: [
        { id: "g1", name: "Platform", source: "ldap" },
        { id: "g1", name: "Other platform", source: "okta" },
      ],
      department: "Research",
    },
  },
  { id: "bob", active: false, emails: ["bob@example.com"], manager: "grace@example.com", sources: ["ldap"], attributes: { group: [] } },
  { id: "Eve", manager: null, attributes: { onCall: [{ id: "s1", name: "Night", source: "pager" }, null] } },
  { id: "eve", emails: [], attributes: { department: null } },
  { id: "grace", emails: ["grace@example.com"], manager: null, attributes: { group: ["leads", "Zoë"] } },
];

const needs = { attributes: [], manager: false };

async function subjectWith(over: (directory: Directory) => Directory = (directory) => directory): Promise<DirectorySubject> {
  const directory = memoryDirectory(people, { pageSize: 2 });
  return { directory: over(directory), people, remove: async (id) => directory.remove(id) };
}

describe("memoryDirectory", () => {
  it.each(directoryConformance(() => subjectWith()))("$name", ({ run }) => run());

  it("answers what a record leaves out, attributes apart", async () => {
    const answer = await memoryDirectory([{ id: "ada" }]).identity("ada", {
      attributes: [{ name: "group", sources: "any" }],
      manager: true,
    });
    expect(answer).toEqual({ outcome: "found", identity: { id: "ada", active: true, emails: [], accounts: [] } });
  });

  it("takes an id for nobody's address, and refuses an address of two people", async () => {
    const directory = memoryDirectory([
      { id: "a@example.com" },
      { id: "b", emails: ["a@example.com", "both@example.com"] },
      { id: "c", emails: ["Both@example.com"] },
    ]);
    expect(await directory.identity("a@example.com", needs)).toMatchObject({ identity: { id: "a@example.com" } });
    await expect(directory.identity("both@example.com", needs)).rejects.toMatchObject({
      name: "AccessFlowError",
      code: "directory_unavailable",
    });
  });

  it("can be changed while it serves", async () => {
    const directory = memoryDirectory([{ id: "ada" }]);
    directory.set({ id: "ada", active: false });
    expect(await directory.identity("ada", needs)).toMatchObject({ identity: { active: false } });
    directory.remove("ada");
    expect(await directory.identity("ada", needs)).toEqual({ outcome: "gone" });
  });

  it("refuses what is no identity, and two of one id", () => {
    expect(() => memoryDirectory([{ id: "" }])).toThrowError(expect.objectContaining({ code: "facts_invalid" }));
    expect(() => memoryDirectory([{ id: "ada" }, { id: "ada" }])).toThrowError(expect.objectContaining({ code: "facts_invalid" }));
  });

  it("gives out nothing that a caller could change", async () => {
    const ada: { id: string; emails: string[] } = { id: "ada", emails: ["ada@example.com"] };
    const directory = memoryDirectory([ada]);
    ada.emails.push("eve@example.com");
    const answer = await directory.identity("ada", needs);
    expect(answer).toMatchObject({ identity: { emails: ["ada@example.com"] } });
    expect(answer.outcome === "found" && Object.isFrozen(answer.identity.emails)).toBe(true);
  });
});

const changing =
  (change: (answer: Extract<DirectoryAnswer, { outcome: "found" }>) => DirectoryAnswer) =>
  (directory: Directory): Directory => ({
    ...directory,
    async identity(ref, facts) {
      const answer = await directory.identity(ref, facts);
      return answer.outcome === "found" ? change(answer) : answer;
    },
  });

/** What careless directories do, and the case that must find each out. */
const sloppy: readonly { readonly fault: string; readonly caught: string; over(directory: Directory): Directory }[] = [
  {
    fault: "leaves out who has left",
    caught: "somebody who has left, but is on record, is found inactive, not gone",
    over: changing((answer) => (answer.identity.active ? answer : { outcome: "gone" })),
  },
  {
    fault: "calls everybody active",
    caught: "a person is answered whole: id, activity, addresses, accounts, manager",
    over: changing((answer) => ({ ...answer, identity: { ...answer.identity, active: true } })),
  },
  {
    fault: "knows one address of each person",
    caught: "a person is answered whole: id, activity, addresses, accounts, manager",
    over: changing((answer) => ({ ...answer, identity: { ...answer.identity, emails: answer.identity.emails.slice(0, 1) } })),
  },
  {
    fault: "gives groups as bare names",
    caught: "every attribute asked for is answered, with the ids, names and sources of its values",
    over: changing((answer) => ({
      ...answer,
      identity: { ...answer.identity, attributes: { group: ["Platform"], department: "Research" } },
    })),
  },
  {
    fault: "answers an empty list where it does not know",
    caught: "every attribute asked for is answered, with the ids, names and sources of its values",
    over: changing((answer) => ({
      ...answer,
      identity: {
        ...answer.identity,
        attributes: { department: [], ...answer.identity.attributes, ...(answer.identity.id === "eve" ? { department: [] } : {}) },
      },
    })),
  },
  {
    fault: "does not say who answered",
    caught: "the directories that answered are listed, so that a value's absence is known",
    over: changing(({ outcome, identity: { sources: _, ...identity } }) => ({ outcome, identity })),
  },
  {
    fault: "folds the case of ids",
    caught: "who is not there is gone, however the name looks",
    over: (directory) => ({ ...directory, identity: (ref, facts) => directory.identity(ref.toLowerCase(), facts) }),
  },
  {
    fault: "finds addresses in one letter case only",
    caught: "an address finds its person, in letters of any case",
    over: (directory) => ({
      ...directory,
      identity: async (ref, facts) =>
        ref.includes("@") && ref === ref.toUpperCase() ? { outcome: "gone" } : directory.identity(ref, facts),
    }),
  },
  {
    fault: "remembers who was taken out",
    caught: "who is taken out is gone",
    over: (directory) => {
      const before = memoryDirectory(people);
      return { ...directory, identity: (ref, facts) => before.identity(ref, facts) };
    },
  },
  {
    fault: "cuts its list off",
    caught: "the list of everybody ends, and has each person once",
    over: (directory) => ({ ...directory, candidates: async (...query) => ({ ...(await directory.candidates(...query)), next: null }) }),
  },
  {
    fault: "never comes to an end",
    caught: "the list of everybody ends, and has each person once",
    over: (directory) => ({
      ...directory,
      candidates: async (selector) => ({ ...(await directory.candidates(selector, null)), next: "more" }),
    }),
  },
  {
    fault: "finds exact texts only",
    caught: "candidates miss nobody who meets a selector",
    over: (directory) => ({
      ...directory,
      candidates: (selector, after) =>
        directory.candidates(
          selector === "everyone" ? selector : { anyOf: selector.anyOf.map((term) => ({ ...term, operator: "is" as const })) },
          after,
        ),
    }),
  },
  {
    fault: "gives candidates without their activity",
    caught: "candidates are people of the directory, as `identity` answers them",
    over: (directory) => ({
      ...directory,
      async candidates(...query) {
        const page = await directory.candidates(...query);
        return { ...page, items: page.items.map(({ active: _, ...identity }) => identity) };
      },
    }),
  },
  {
    fault: "answers with what is no JSON",
    caught: "answers are plain JSON",
    over: changing((answer) => Object.assign(Object.create({ kind: "row" }), answer) as DirectoryAnswer),
  },
];

describe("directoryConformance", () => {
  it.each(sloppy)("finds out a directory that $fault", async ({ caught, over }) => {
    const found = directoryConformance(() => subjectWith(over)).find(({ name }) => name === caught);
    if (found === undefined) throw new Error(`there is no case "${caught}"`);
    await expect(found.run()).rejects.toThrow();
  });
});
