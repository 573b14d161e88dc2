import type { Identity } from "../core/facts/identity.js";
import type { Resource } from "../core/facts/resource.js";
import type { Instant } from "../core/time/instant.js";
import type { Provisioner } from "../ports/provisioner.js";
import { check, shown } from "./check.js";
import type { ConformanceCase } from "./conformance-case.js";
import { hostileNames } from "./hostile-names.js";
import { accessOf, answerOf, type OrderParts, orderOf, taken } from "./provisioner-orders.js";

/** One permission on one resource, as an order names it. */
export type OrderedEntitlement = { readonly resource: Resource; readonly permission: string };

/** A provisioner and its target, made anew for each case: nobody holds any of the entitlements yet. */
export type ProvisionerSubject = {
  readonly provisioner: Provisioner;
  /** Two people whom the target knows. */
  readonly grantees: readonly [Identity, Identity];
  /** Two entitlements that the target knows. */
  readonly entitlements: readonly [OrderedEntitlement, OrderedEntitlement];
  /** What the target itself says, not the provisioner. */
  holds(grantee: Identity, entitlement: OrderedEntitlement): Promise<boolean>;
  /** Gives access by hand, behind the provisioner's back. */
  give(grantee: Identity, entitlement: OrderedEntitlement): Promise<void>;
  /** Takes access by hand. */
  take(grantee: Identity, entitlement: OrderedEntitlement): Promise<void>;
  /** The provisioner of a new process: the same target, nothing remembered that was not written down. */
  restart(): Promise<Provisioner>;
  /** The clock that deadlines are compared with. */
  now(): Instant | Promise<Instant>;
  /** Makes a person and an entitlement of that name in the target. Not needed without `hostileNames`. */
  named?(name: string): Promise<{ readonly grantee: Identity; readonly entitlement: OrderedEntitlement }>;
  /** Somebody whom the target does not know. Not needed without `unknownGrantee`. */
  readonly unknownGrantee?: Identity | undefined;
  /** Something that the target cannot give. Not needed without `partialFailure`. */
  readonly impossible?: OrderedEntitlement | undefined;
  /** Ends what was made for the case. */
  close?(): Promise<void>;
};

/** Parts of the kit that a target may be unable to show. */
export type ProvisionerConformanceOptions = {
  readonly without?: readonly ("hostileNames" | "unknownGrantee" | "partialFailure" | "inspect" | "changeEnd")[] | undefined;
};

type Case = (subject: ProvisionerSubject) => Promise<void>;

/**
 * What every provisioner must do (L6), as cases for any test runner. `make` is called once a case. A target that
 * cannot show a part says so in `without`; nothing is passed over silently.
 *
 * A slow provisioner is asked again at once, with its handle, up to a hundred times an order.
 *
 * @example
 * const entitlement = (permission: string) => ({ resource: { id: "r1", name: "payroll", type: "database", integration: "pg" }, permission });
 * const make = async () => {
 *   const provisioner = memoryProvisioner();
 *   const row = (grantee: Identity, { resource, permission }: OrderedEntitlement) => [grantee.id, { resource: resource.id, permission }] as const;
 *   return {
 *     provisioner,
 *     grantees: [{ id: "ada" }, { id: "bob" }] as const,
 *     entitlements: [entitlement("read"), entitlement("write")] as const,
 *     holds: async (grantee: Identity, { permission }: OrderedEntitlement) =>
 *       provisioner.held().some((held) => held.grantee === grantee.id && held.entitlements.some((each) => each.permission === permission)),
 *     give: async (grantee: Identity, what: OrderedEntitlement) => provisioner.give(...row(grantee, what)),
 *     take: async (grantee: Identity, what: OrderedEntitlement) => provisioner.take(...row(grantee, what)),
 *     restart: async () => provisioner,
 *     now: () => Date.UTC(2026, 2, 2, 9),
 *   };
 * };
 * const kit = provisionerConformance(make, { without: ["hostileNames", "unknownGrantee", "partialFailure", "changeEnd"] });
 * await kit[0]?.run();
 * kit[0]?.name;
 * // => "an activation gives what it names, to whom it names, and nothing else"
 */
export function provisionerConformance(
  make: () => Promise<ProvisionerSubject>,
  options: ProvisionerConformanceOptions = {},
): readonly ConformanceCase[] {
  const without = options.without ?? [];
  const cases: [string, Case][] = [...Object.entries(always)];
  if (!without.includes("inspect")) cases.push(...Object.entries(inspecting));
  if (!without.includes("changeEnd")) cases.push(...Object.entries(changingEnds));
  if (!without.includes("unknownGrantee")) cases.push(...Object.entries(unknownPeople));
  if (!without.includes("partialFailure")) cases.push(...Object.entries(partialFailures));
  if (!without.includes("hostileNames")) {
    cases.push(
      ...Object.entries(namesAsData),
      ...hostileNames.map((name): [string, Case] => [`the name ${shown(name)} is data`, givesAndTakes(name)]),
    );
  }
  return cases.map(([name, run]) => ({ name, run: () => onFreshSubject(make, run) }));
}

async function onFreshSubject(make: () => Promise<ProvisionerSubject>, run: Case): Promise<void> {
  const subject = await make();
  try {
    await run(subject);
  } finally {
    await subject.close?.();
  }
}

const always: { readonly [name: string]: Case } = {
  "an activation gives what it names, to whom it names, and nothing else": async (subject) => {
    const [ada, bob] = subject.grantees;
    const [first, second] = subject.entitlements;
    const reports = await activated(subject, { grantee: ada, entitlements: [first] });
    check(reports[0] === "held", `access that was not there before is reported as ${shown(reports[0])}`);
    await expectHeld(subject, ada, [true, false]);
    await expectHeld(subject, bob, [false, false]);
    await deactivated(subject, { grantee: ada, entitlements: [first] });
    await activated(subject, { request: "q2", grantee: ada, entitlements: [first, second] });
    await expectHeld(subject, ada, [true, true]);
  },
  "an activation repeated under its key changes nothing, and one deactivation is enough": async (subject) => {
    const first = await activated(subject);
    const second = await activated(subject);
    check(shown(first) === shown(second), `the repetition reports ${shown(second)} in place of ${shown(first)}`);
    await expectHeld(subject, subject.grantees[0], [true, true]);
    await deactivated(subject);
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "an activation repeated after a crash does not take its own grant for standing access": async (subject) => {
    await activated(subject);
    const restarted = { ...subject, provisioner: await subject.restart() };
    const reports = await activated(restarted);
    check(shown(reports) === shown(["held", "held"]), `its own grant is reported as ${shown(reports)}`);
    const again = await activated(restarted, { generation: 2 });
    check(shown(again) === shown(["held", "held"]), `under another generation its own grant is reported as ${shown(again)}`);
    await deactivated(restarted, { generation: 2 });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "an activation repeated late, after its deactivation, gives nothing back": async (subject) => {
    const order = await orderOf(subject, {});
    await activated(subject);
    await deactivated(subject);
    await answerOf(subject.provisioner, "activate", { ...order, deadline: await subject.now() });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "access that stood before is reported as such, and stays": async (subject) => {
    await subject.give(subject.grantees[0], subject.entitlements[0]);
    const reports = await activated(subject);
    check(shown(reports) === shown(["heldBefore", "held"]), `standing access and a new grant are reported as ${shown(reports)}`);
    const after = await deactivated(subject);
    check(shown(after) === shown(["heldBefore", "notHeld"]), `after the deactivation they are reported as ${shown(after)}`);
    await expectHeld(subject, subject.grantees[0], [true, false]);
  },
  "standing access is still known as such by a new process": async (subject) => {
    await subject.give(subject.grantees[0], subject.entitlements[0]);
    await activated(subject);
    const restarted = { ...subject, provisioner: await subject.restart() };
    const reports = await activated(restarted);
    check(shown(reports) === shown(["heldBefore", "held"]), `a new process reports ${shown(reports)}`);
    await deactivated(restarted, { keep: [0] });
    await deactivated({ ...subject, provisioner: await subject.restart() }, { generation: 2 });
    await expectHeld(subject, subject.grantees[0], [true, false]);
  },
  "what another request holds is kept, and taken when that one ends": async (subject) => {
    await activated(subject, { request: "q1" });
    const reports = await activated(subject, { request: "q2" });
    check(
      shown(reports) === shown(["held", "held"]),
      `what another request was given is reported as ${shown(reports)}: it would never be taken`,
    );
    const kept = await deactivated(subject, { request: "q1", keep: [0] });
    check(shown(kept) === shown(["held", "notHeld"]), `what is kept, and what is not, is reported as ${shown(kept)}`);
    await expectHeld(subject, subject.grantees[0], [true, false]);
    await deactivated({ ...subject, provisioner: await subject.restart() }, { request: "q2" });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "what was kept for a request that was never activated is taken when that one ends": async (subject) => {
    await activated(subject, { request: "q1" });
    await deactivated(subject, { request: "q1", keep: [0, 1] });
    await deactivated(subject, { request: "q2" });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "a deactivation repeated, also by a new process, is done again": async (subject) => {
    await activated(subject);
    await deactivated(subject);
    await deactivated(subject);
    const reports = await deactivated({ ...subject, provisioner: await subject.restart() }, { generation: 2 });
    check(shown(reports) === shown(["notHeld", "notHeld"]), `it reports ${shown(reports)}`);
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "a deactivation of what was never activated is done, and takes nothing that stood": async (subject) => {
    await subject.give(subject.grantees[0], subject.entitlements[1]);
    const reports = await deactivated(subject);
    check(shown(reports) === shown(["notHeld", "heldBefore"]), `it reports ${shown(reports)}`);
    await expectHeld(subject, subject.grantees[0], [false, true]);
  },
  "a deactivation touches neither other people nor other access": async (subject) => {
    const [ada, bob] = subject.grantees;
    await activated(subject, { request: "q1", grantee: ada });
    await activated(subject, { request: "q2", grantee: bob });
    await deactivated(subject, { request: "q1", grantee: ada, entitlements: [subject.entitlements[0]] });
    await expectHeld(subject, ada, [false, true]);
    await expectHeld(subject, bob, [true, true]);
  },
  "access that was taken by hand is given again by a repetition, and its deactivation is done": async (subject) => {
    const [ada] = subject.grantees;
    await activated(subject);
    await subject.take(ada, subject.entitlements[0]);
    await activated(subject, { generation: 2 });
    await expectHeld(subject, ada, [true, true]);
    await subject.take(ada, subject.entitlements[1]);
    await deactivated(subject, { generation: 2 });
    await expectHeld(subject, ada, [false, false]);
  },
  "nothing is begun at or after the deadline": async (subject) => {
    const deadline = await subject.now();
    const order = await orderOf(subject, { deadline });
    const given = await answerOf(subject.provisioner, "activate", order);
    check(given.outcome === "failed", `an activation at its deadline answers ${shown(given)}`);
    await expectHeld(subject, subject.grantees[0], [false, false]);
    await activated(subject);
    const late = await orderOf(subject, { generation: 2, deadline });
    const answer = await answerOf(subject.provisioner, "deactivate", late);
    check(answer.outcome === "failed", `a deactivation after its deadline answers ${shown(answer)}`);
    await expectHeld(subject, subject.grantees[0], [true, true]);
  },
  "an order that is begun again without its handle comes to the same end": async (subject) => {
    const order = await orderOf(subject, {});
    await subject.provisioner.activate(order);
    await activated({ ...subject, provisioner: await subject.restart() });
    await expectHeld(subject, subject.grantees[0], [true, true]);
    await subject.provisioner.deactivate(order);
    await deactivated({ ...subject, provisioner: await subject.restart() });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
  "orders for several people at once all come to their end": async (subject) => {
    const [ada, bob] = subject.grantees;
    await Promise.all([activated(subject, { request: "q1", grantee: ada }), activated(subject, { request: "q2", grantee: bob })]);
    await expectHeld(subject, ada, [true, true]);
    await expectHeld(subject, bob, [true, true]);
    await Promise.all([deactivated(subject, { request: "q1", grantee: ada }), deactivated(subject, { request: "q2", grantee: bob })]);
    await expectHeld(subject, ada, [false, false]);
    await expectHeld(subject, bob, [false, false]);
  },
};

const inspecting: { readonly [name: string]: Case } = {
  "an inspection says what the target says, changes by hand included": async (subject) => {
    const [ada] = subject.grantees;
    const [first] = subject.entitlements;
    const inspected = async (): Promise<string> => {
      const order = await orderOf(subject, {});
      check(subject.provisioner.inspect !== undefined, "there is no `inspect`: say so in `without`");
      return shown(accessOf(await subject.provisioner.inspect(order), order));
    };
    check((await inspected()) === shown(["notHeld", "notHeld"]), `before anything was given: ${await inspected()}`);
    await activated(subject);
    check((await inspected()) === shown(["held", "held"]), `after the activation: ${await inspected()}`);
    await subject.take(ada, first);
    check((await inspected()) === shown(["notHeld", "held"]), `after one was taken by hand: ${await inspected()}`);
    await deactivated(subject);
    check((await inspected()) === shown(["notHeld", "notHeld"]), `after the deactivation: ${await inspected()}`);
    await subject.give(ada, first);
    check((await inspected()) === shown(["heldBefore", "notHeld"]), `after one was given by hand: ${await inspected()}`);
  },
};

const changingEnds: { readonly [name: string]: Case } = {
  "another end takes nothing and gives nothing": async (subject) => {
    await activated(subject);
    const order = await orderOf(subject, { generation: 2 });
    check(subject.provisioner.changeEnd !== undefined, "there is no `changeEnd`: say so in `without`");
    const end = (order.window.end ?? order.window.start) + 3_600_000;
    for (let times = 0; times < 2; times += 1) {
      const answer = await answerOf(subject.provisioner, "changeEnd", { ...order, window: { ...order.window, end } });
      check(answer.outcome === "done", `it answers ${shown(answer)}`);
    }
    await expectHeld(subject, subject.grantees[0], [true, true]);
    await deactivated(subject);
    await answerOf(subject.provisioner, "changeEnd", { ...order, window: { ...order.window, end } });
    await expectHeld(subject, subject.grantees[0], [false, false]);
  },
};

const unknownPeople: { readonly [name: string]: Case } = {
  "an activation for somebody whom the target does not know fails, and its deactivation is done": async (subject) => {
    const grantee = subject.unknownGrantee;
    check(grantee !== undefined, "the subject names no `unknownGrantee`: say so in `without`");
    const order = await orderOf(subject, { grantee });
    const answer = await answerOf(subject.provisioner, "activate", order);
    check(answer.outcome === "failed", `it answers ${shown(answer)}`);
    const reports = await deactivated(subject, { grantee });
    check(shown(reports) === shown(["notHeld", "notHeld"]), `the deactivation reports ${shown(reports)}`);
  },
};

const partialFailures: { readonly [name: string]: Case } = {
  "an activation that fails in part never claims that nothing happened, and is cleaned up": async (subject) => {
    const [ada] = subject.grantees;
    const [first, second] = subject.entitlements;
    check(subject.impossible !== undefined, "the subject names nothing `impossible`: say so in `without`");
    const entitlements = [first, subject.impossible, second];
    const order = await orderOf(subject, { entitlements });
    const answer = await answerOf(subject.provisioner, "activate", order);
    check(answer.outcome === "failed", `it answers ${shown(answer)}`);
    for (const { entitlement, access } of answer.reports) {
      const what = entitlements[entitlement];
      const holds = what !== undefined && entitlement !== 1 && (await subject.holds(ada, what));
      check(!(holds && access === "notHeld"), `entitlement ${entitlement} is held, and reported as notHeld`);
    }
    await deactivated(subject, { entitlements });
    await expectHeld(subject, ada, [false, false]);
  },
};

const namesAsData: { readonly [name: string]: Case } = {
  "names that differ in letter case only are two names": async (subject) => {
    const capital = await namedIn(subject, "Case Matters");
    const small = await namedIn(subject, "case matters");
    await activated(subject, { grantee: capital.grantee, entitlements: [capital.entitlement] });
    check(await subject.holds(capital.grantee, capital.entitlement), "the access is not there");
    check(!(await subject.holds(small.grantee, capital.entitlement)), "it was given to the person of the other name");
    check(!(await subject.holds(capital.grantee, small.entitlement)), "the entitlement of the other name was given");
  },
};

function givesAndTakes(name: string): Case {
  return async (subject) => {
    const { grantee, entitlement } = await namedIn(subject, name);
    const bystander = subject.grantees[1];
    await activated(subject, { grantee, entitlements: [entitlement] });
    check(await subject.holds(grantee, entitlement), "the access is not there");
    check(!(await subject.holds(bystander, entitlement)), "somebody else has the access");
    await expectHeld(subject, grantee, [false, false]);
    await deactivated(subject, { grantee, entitlements: [entitlement] });
    check(!(await subject.holds(grantee, entitlement)), "the access is still there");
    // Whatever the name said, the target still works.
    await activated(subject, { request: "q2", grantee: bystander });
    await expectHeld(subject, bystander, [true, true]);
  };
}

async function namedIn(subject: ProvisionerSubject, name: string): Promise<{ grantee: Identity; entitlement: OrderedEntitlement }> {
  check(subject.named !== undefined, "the subject cannot make names (`named`): say so in `without`");
  return subject.named(name);
}

async function activated(subject: ProvisionerSubject, parts: OrderParts = {}): Promise<readonly string[]> {
  return completed(subject, "activate", parts, ["held", "heldBefore"]);
}

async function deactivated(subject: ProvisionerSubject, parts: OrderParts = {}): Promise<readonly string[]> {
  return completed(subject, "deactivate", parts, taken);
}

/** Carries an order out to its end; the access of each entitlement, which must be one of those that the end allows. */
async function completed(
  subject: ProvisionerSubject,
  action: "activate" | "deactivate",
  parts: OrderParts,
  allowed: readonly string[],
): Promise<readonly string[]> {
  const order = await orderOf(subject, parts);
  const answer = await answerOf(subject.provisioner, action, order);
  check(answer.outcome === "done", `${action} of ${order.key} answers ${shown(answer)}`);
  const access = accessOf(answer.reports, order);
  const wrong = access.findIndex((each, position) => !order.keep.includes(position) && !allowed.includes(each));
  check(wrong === -1, `${action} is done, and reports entitlement ${wrong} as ${access[wrong]}`);
  return access;
}

/** What the target says about a person's two entitlements. */
async function expectHeld(subject: ProvisionerSubject, grantee: Identity, expected: readonly [boolean, boolean]): Promise<void> {
  const [first, second] = subject.entitlements;
  const seen = [await subject.holds(grantee, first), await subject.holds(grantee, second)];
  check(shown(seen) === shown(expected), `the target says that ${shown(grantee.id)} holds ${shown(seen)}, not ${shown(expected)}`);
}
