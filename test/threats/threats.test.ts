import ts from "typescript";
import { describe, expect, it } from "vitest";
import { sourceFiles, walk } from "../package/source-tree.js";

/*
 * Every attack that this library was built against, and the tests that catch it: the file, and how their titles begin.
 * A test that is renamed, skipped or taken out leaves its threat without one here.
 *
 * Parts that wait for what is not built: the warning about rules that match by display name (TH4), stages of approval
 * (TH22), the hash of evidence (TH21), a run under workerd (TH24; the edge runtime stands in for it).
 */
type Caught = { readonly attack: string; readonly by: readonly (readonly [file: string, title: string])[] };

const threats: Record<string, Caught> = {
  TH1: {
    attack: "self-approval through another door",
    by: [
      ["test/threats/self-approval.test.ts", "TH1: as $door, the $side has no vote under $place"],
      ["test/threats/self-approval.test.ts", "TH1: people called otherwise"],
      ["test/laws/approval.test.ts", "A6: no variant of the requestor's or the grantee's identity may vote (TH1)"],
      ["test/laws/approval.test.ts", "TH1: giving everybody another name"],
    ],
  },
  TH2: {
    attack: "an empty list read as everyone, or as nobody needed",
    by: [
      ["test/core/define/completeness.test.ts", "D3, TH2: $place $form: an empty list is an issue"],
      ["test/core/define/completeness.test.ts", "D3: every kind of list of the format was emptied"],
      ["test/threats/omissions.test.ts", "TH2: a flow with any list emptied is no flow to any decision"],
      ["test/threats/omissions.test.ts", "TH2: nor is a request restored"],
    ],
  },
  TH3: {
    attack: "a negative condition that a missing fact satisfies",
    by: [
      ["test/core/evaluate/evaluate-requestor.test.ts", "TH3: an outage of the directory"],
      ["test/laws/requestor.test.ts", "R4: knowing less makes nobody eligible"],
      ["test/laws/approval.test.ts", "A10: taking a fact away from a voter"],
      ["test/threats/omissions.test.ts", "TH3: dropping any fact of requestor, grantee or resource"],
    ],
  },
  TH4: {
    attack: "a group of the same name from another directory",
    by: [
      ["test/core/evaluate/evaluate-requestor.test.ts", "TH4: a group of the same name from another directory"],
      ["test/core/evaluate/condition-truth.test.ts", "TH4: the same-named group of another directory"],
    ],
  },
  TH5: {
    attack: "facts of yesterday decide today",
    by: [["test/service/facts.test.ts", "TH5, L3: facts of the moment decide about activation"]],
  },
  TH6: {
    attack: "the duration of one flow with the approvers of another",
    by: [
      ["test/threats/flows.test.ts", "TH6: a request runs the same to the byte alone and among easier flows"],
      ["test/threats/flows.test.ts", "TH6: and the same when the others are edited or deleted"],
    ],
  },
  TH7: {
    attack: "an approval path chosen by what is left out",
    by: [
      ["test/threats/omissions.test.ts", "TH7: no subset of the optional inputs lowers the approval needed"],
      ["test/threats/omissions.test.ts", "TH7: an approval that is opened without resources, catalogue or a grantee"],
      ["test/core/request/submit.test.ts", "TH7: what a host leaves out"],
    ],
  },
  TH8: {
    attack: "an answer that depends on an order",
    by: [
      ["test/laws/requestor.test.ts", "TH8: the order of conditions"],
      ["test/laws/conditions.test.ts", "TH8: the order of listed values"],
      ["test/laws/fleet.test.ts", "TH8: does not depend on the order in which flows were given or added"],
      ["test/laws/approval.test.ts", "TH8: the order of the candidates"],
      ["test/laws/approval.test.ts", "TH8: the order of the resources"],
      [
        "test/laws/approval.test.ts",
        "A5: where overlap is transitive and a person's identities are in the same groups, the order of approvals",
      ],
      ["test/laws/request.test.ts", "TH8, M1: the order of people, grants and resources"],
      ["test/core/request/activity.test.ts", "TH8: the order of facts changes nothing"],
    ],
  },
  TH9: {
    attack: "names that every object inherits",
    by: [
      [
        "test/threats/names.test.ts",
        "TH9: names that every object inherits, in every place, change no outcome, where prototypes are frozen",
      ],
      ["test/threats/names.test.ts", "TH9: nor where nothing is frozen"],
      ["test/core/evaluate/condition-truth.test.ts", "TH9: an attribute that every object inherits"],
      ["test/core/kernel/frozen-intrinsics.test.ts", "TH9: a decision is made"],
    ],
  },
  TH10: {
    attack: "letters folded by a store or a locale",
    by: [
      ["test/threats/names.test.ts", "TH10: on a Turkish host"],
      ["test/adapters/memory-flows.test.ts", "TH10: compares ids exactly"],
      // The conformance of stores, which the memory, PGlite and PostgreSQL stores all run.
      ["src/testing/store/text-cases.ts", "text: request ids compare byte by byte"],
      ["src/testing/store/text-cases.ts", "text: ids of people and flows compare byte by byte"],
    ],
  },
  TH11: {
    attack: "a cache that forgets a part of the question",
    by: [
      ["test/laws/fleet.test.ts", "R2, TH11: says of whom it is asked what every flow says one by one"],
      ["test/laws/fleet.test.ts", "R2, TH11: says the same after flows were added"],
      ["test/laws/fleet.test.ts", "T8, TH11: says what covers an entitlement"],
      ["test/package/frozen-realm.test.ts", "runs the whole core, with %s, and twice to the byte"],
    ],
  },
  TH12: {
    attack: "one person counted twice, or two needed and impossible",
    by: [["test/core/approval/decidable.test.ts", "A3: there are enough different voters exactly when some division"]],
  },
  TH13: {
    attack: "a lost vote, a double grant",
    by: [
      ["test/service/races.test.ts", "TH13: commands and workers at the same time"],
      ["test/service/crashes.test.ts", "TH13, TH14: at any call of a port"],
      ["test/adapters/postgres-race.test.ts", "TH13: one commit for each revision"],
      ["test/adapters/pglite-store.test.ts", "TH13: keeps every commit that was acknowledged, through SIGKILL"],
      ["test/adapters/faulty-stores.test.ts", "TH13: fails the cases about revisions, and no others"],
      ["test/torture/vote-races.test.ts", "TH13: "],
    ],
  },
  TH14: {
    attack: "provisioned and not recorded, or the reverse",
    by: [
      ["test/service/crashes.test.ts", "TH13, TH14: at any call of a port"],
      ["test/service/races.test.ts", "TH14: two workers give access once"],
      ["test/torture/killed-workers.test.ts", "TH14, TH15: workers killed again and again on PostgreSQL"],
      ["test/torture/killed-workers.test.ts", "TH14, TH15: workers killed again and again on the embedded store"],
    ],
  },
  TH15: {
    attack: "access that outlives its window",
    by: [
      ["test/core/request/access.test.ts", "TH15: an engine that was down across the end"],
      ["test/core/request/refusals.test.ts", "TH15: an event earlier than the last is refused"],
      ["test/service/facts.test.ts", "TH15: a day without any worker"],
      ["test/service/provisioning.test.ts", "TH15: access is taken back while the directory is down"],
    ],
  },
  TH16: {
    attack: "revoked while a session still works",
    by: [
      ["test/core/request/access.test.ts", "TH16: reports say when sessions may live on"],
      ["test/service/provisioning.test.ts", "TH15, TH16: access is not over before the provisioner says so"],
      ["test/adapters/postgres-roles-server.test.ts", "TH16: a session that was opened before the deactivation"],
      ["test/adapters/postgres-roles-server.test.ts", "TH16: a session that did SET ROLE"],
    ],
  },
  TH17: {
    attack: "a flow edited between request and approval",
    by: [
      ["test/core/request/scheduled.test.ts", "TH17: an edited flow does not change the request"],
      ["test/service/facts.test.ts", "TH17: an edited flow changes nothing of a request under way"],
      ["test/service/facts.test.ts", "TH17: the flow is switched off"],
      ["test/service/facts.test.ts", "TH17: the flow is deleted"],
    ],
  },
  TH18: {
    attack: "the wrong side of midnight, the wrong zone, the server's own",
    by: [
      ["test/laws/schedule.test.ts", "S6: the status is what minute-stepping along the wall clock finds"],
      ["test/laws/schedule.test.ts", "S1: shows what luxon says it shows"],
      ["test/laws/schedule.test.ts", "X11: pinned zones answer as the runtime's"],
      ["test/core/evaluate/schedule-status.test.ts", "S5: a machine in %s at %s answers for %s by that zone alone"],
      ["test/core/evaluate/schedule-status.test.ts", "S5: is right where date-fns-tz is wrong"],
      ["test/core/time/opening.test.ts", "S4: is open both times when clocks go back over a window"],
      ["test/core/time/opening.test.ts", "S4: skips a day on which the window lies wholly in the gap"],
    ],
  },
  TH19: {
    attack: "injection through names",
    by: [
      ["test/threats/names.test.ts", "TH19: explanations, descriptions, issues and errors print none of them as more than text"],
      ["test/threats/names.test.ts", "TH19: a spreadsheet reads as many cells and lines"],
      ["test/laws/explanation.test.ts", "E2: prints no character of a hostile text"],
      ["test/core/define/check-access-flow.test.ts", "TH19: escape what could act on the screen"],
      ["test/core/request/activity.test.ts", "TH19: hostile names reach the report through every adapter's facts"],
      ["test/adapters/postgres-roles.test.ts", "TH19: of a role: $name"],
      ["test/adapters/postgres-roles-server.test.ts", "TH19: a name that PostgreSQL would cut, fold or read as everybody"],
      ["test/service/define-provisioner.test.ts", "TH19: states a reason in one line"],
    ],
  },
  TH20: {
    attack: "exhaustion",
    by: [
      ["test/threats/exhaustion.test.ts", "TH20: %s"],
      ["test/laws/definition.test.ts", "TH20: the work grows linearly with the definition"],
      ["test/laws/conditions.test.ts", "TH20: many listed values"],
      ["test/core/define/limits.test.ts", "TH20: %s nested a hundred thousand deep"],
      ["test/core/approval/plan.test.ts", "TH20: what takes too long to find out closes"],
    ],
  },
  TH21: {
    attack: "a state that is foreign, newer or tampered with",
    by: [
      ["test/core/request/restore.test.ts", "TH21: refused: %s with %s as %j"],
      ["test/core/request/restore.test.ts", "TH21: every field of a state is among those that were tampered with"],
      ["test/laws/request.test.ts", "TH21: a state or a log in which any one place was changed"],
      ["test/laws/approval.test.ts", "TH21: a stored state with any place replaced"],
    ],
  },
  TH22: {
    attack: "a key or an approval used again",
    by: [
      ["test/service/commands.test.ts", "TH22: with another content is refused, and does nothing"],
      ["test/core/request/refusals.test.ts", "TH22: an approval belongs to one request"],
    ],
  },
  TH23: {
    attack: "what is not everybody's to read",
    by: [
      ["test/laws/request.test.ts", "TH23: invariant 14: nothing that a requestor or grantee can read holds an approval's reason"],
      ["test/service/commands.test.ts", "TH23: lists to everybody what is theirs"],
      ["test/service/commands.test.ts", "L8, TH23: an administrator who is the requestor under another id"],
      ["test/service/commands.test.ts", "L11: a request that is not the actor's to read"],
      ["test/threats/names.test.ts", "TH23: no line for requestors has an approval's reason"],
      ["test/threats/names.test.ts", "TH23: no message of an issue or error has a justification"],
    ],
  },
  TH24: {
    attack: "faults of the package",
    by: [
      ["test/package/tarball.test.ts", "$name loads as an ES module under plain node"],
      ["test/package/tarball.test.ts", "$name loads as CommonJS under plain node"],
      ["test/package/tarball.test.ts", "$name has types for both module systems"],
      ["test/package/tarball.test.ts", "resolves for ES modules, CommonJS and bundlers, as @arethetypeswrong sees it"],
      ["test/package/tarball.test.ts", "passes publint without a message"],
      ["test/package/tarball.test.ts", "decides in a runtime that has nothing of node"],
      ["test/service/edge.test.ts", "TH24: runs where there is no node"],
    ],
  },
};

/** All but this file, which would find itself. */
const files = [...sourceFiles("test"), ...sourceFiles("src/testing")].filter(({ path }) => path !== "test/threats/threats.test.ts");
const titles = new Map(files.map(({ path, tree }) => [path, titlesIn(tree)] as const));

describe("threats", () => {
  it("are numbered without a gap, and each has a test", () => {
    expect(Object.keys(threats)).toEqual(Array.from({ length: 24 }, (_, index) => `TH${index + 1}`));
    expect(Object.entries(threats).filter(([, { by }]) => by.length === 0)).toEqual([]);
  });

  it.each(Object.entries(threats))("%s: every test that is said to catch it is there", (_, { by }) => {
    const missing = by.filter(([file, title]) => !(titles.get(file) ?? []).some((each) => each.startsWith(title)));
    expect(missing).toEqual([]);
  });

  it("every title that names a threat names one of these", () => {
    const named = [...titles.values()].flat().flatMap((title) => title.match(/\bTH\d+/g) ?? []);
    expect([...new Set(named)].filter((id) => !(id in threats))).toEqual([]);
  });

  it("finds no test in a comment, none that is skipped, and none that is yet to be written", () => {
    const source = `
      // it("in a comment", () => {});
      it.skip("skipped", () => {});
      it.todo("to be written");
      describe.skip("all skipped", () => { it("within", () => {}); });
      it("plain", () => {});
      it.each([["TH99: a row", "x"]])("of a table", () => {});
      it(\`made of \${parts}\`, () => {});
      describe("a family", () => {});`;
    expect(titlesIn(ts.createSourceFile("x.ts", source, ts.ScriptTarget.Latest, true))).toEqual([
      "plain",
      "of a table",
      "TH99: a row",
      "made of ",
      "a family",
    ]);
  });
});

/** The titles of tests and of families of tests in a file, and the parts of titles that name a threat in its tables. */
function titlesIn(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    if (ts.isStringLiteralLike(node) && ts.isArrayLiteralExpression(node.parent) && /^TH\d+: /.test(node.text)) found.push(node.text);
    if (!ts.isCallExpression(node) || isWithinSkipped(node)) return;
    const position = titlePosition(node.expression);
    const title = position === null ? undefined : node.arguments[position];
    if (title !== undefined && ts.isStringLiteralLike(title)) found.push(title.text);
    if (title !== undefined && ts.isTemplateExpression(title)) found.push(title.head.text);
  });
  return found;
}

/** Where the title stands among the arguments of a call; null for a call that makes no test. */
function titlePosition(callee: ts.Expression): number | null {
  if (ts.isIdentifier(callee)) return callee.text === "it" || callee.text === "describe" ? 0 : callee.text === "storeCase" ? 1 : null;
  return ts.isCallExpression(callee) && /^(it|describe)\.each$/.test(callee.expression.getText()) ? 0 : null;
}

function isWithinSkipped(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isCallExpression(at) && /^(it|describe|test)\.(skip|todo|only)/.test(at.expression.getText())) return true;
  }
  return false;
}
