import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { access, codesOf, hour, makeWorld, minute, monday, read, type World } from "./support/world.js";

/*
 * A service against a model of a page. After every command all that is due is done, so that the model needs no steps
 * in between: a request waits for its approver, is held until its end, or is over.
 */

type Request = {
  readonly id: string;
  readonly by: string;
  readonly resource: string;
  state: "waiting" | "held" | "over";
  readonly askedAt: number;
  end: number;
};
type Person = { staff: boolean; lead: boolean; active: boolean };
type Model = { now: number; readonly people: Map<string, Person>; readonly requests: Request[] };
type Real = { readonly world: World; sent: number };
type Step = fc.AsyncCommand<Model, Real>;

const names = ["ada", "eve", "grace", "linus"] as const;

function personOf(model: Model, id: string): Person {
  const person = model.people.get(id);
  if (person === undefined) throw new Error(`the model has no ${id}`);
  return person;
}

/** What time does to requests, and what the sweep does. */
function passTime(model: Model): void {
  for (const request of model.requests) {
    if (request.state === "waiting" && model.now >= request.askedAt + 24 * hour) request.state = "over";
    if (request.state === "held" && (model.now >= request.end || !personOf(model, request.by).active)) request.state = "over";
  }
}

async function compare(model: Model, real: Real): Promise<void> {
  await real.world.settle();
  passTime(model);
  const held = model.requests.filter(({ state }) => state === "held").map(({ by, resource }) => `${by} ${resource} read`);
  expect(access(real.world)).toEqual(held.sort());
  for (const { id, state } of model.requests) {
    const view = await real.world.service.get({ actor: { id: "root", administrator: true }, request: id });
    const seen = view?.status === "awaitingApproval" ? "waiting" : view?.status === "active" ? "held" : "over";
    expect(seen, `${id} is ${view?.status}`).toBe(state);
  }
}

function nextKey(real: Real): string {
  real.sent += 1;
  return `key ${real.sent}`;
}

/** A step: `run` compares what the service says with what the model expects, and sends the command once more. */
function step(name: string, check: (model: Model) => boolean, run: (model: Model, real: Real) => Promise<void>): Step {
  return {
    check,
    run: async (model, real) => {
      await run(model, real);
      await compare(model, real);
    },
    toString: () => name,
  };
}

async function sendTwice<T extends { readonly ok: boolean }>(send: () => Promise<T>, expected: boolean): Promise<T> {
  const answer = await send();
  expect(answer.ok, JSON.stringify(answer)).toBe(expected);
  if (answer.ok) expect(await send()).toEqual(answer);
  return answer;
}

function submit(by: string, resource: string): Step {
  return step(
    `submit ${by} ${resource}`,
    () => true,
    async (model, real) => {
      const { staff, active } = personOf(model, by);
      const isTaken = model.requests.some((other) => other.by === by && other.resource === resource && other.state !== "over");
      const approvers = names.filter((name) => name !== by && personOf(model, name).lead && personOf(model, name).active);
      const command = { actor: { id: by }, key: nextKey(real), flow: "databases", entitlements: [read(resource)] as const };
      const answer = await sendTwice(() => real.world.service.submit(command), staff && active && !isTaken && approvers.length > 0);
      if (answer.ok) model.requests.push({ id: answer.value.view.id, by, resource, state: "waiting", askedAt: model.now, end: 0 });
    },
  );
}

/** A command on one of the requests there are, by position. */
function on(name: string, position: number, run: (request: Request, model: Model, real: Real, key: string) => Promise<void>): Step {
  return step(
    `${name} #${position}`,
    ({ requests }) => requests.length > 0,
    async (model, real) => {
      const request = model.requests[position % model.requests.length];
      if (request !== undefined) await run(request, model, real, nextKey(real));
    },
  );
}

function vote(by: string, position: number, decision: "approve" | "reject"): Step {
  return on(`${decision} by ${by}`, position, async (request, model, real, key) => {
    const { lead, active } = personOf(model, by);
    const counts = lead && active && by !== request.by && request.state === "waiting";
    await sendTwice(() => real.world.service.vote({ actor: { id: by }, key, request: request.id, decision, reason: "a reason" }), counts);
    const asking = personOf(model, request.by);
    if (!counts) return;
    request.state = decision === "approve" && asking.staff && asking.active ? "held" : "over";
    request.end = model.now + hour;
  });
}

function withdraw(position: number): Step {
  return on("withdraw", position, async (request, _model, real, key) => {
    await sendTwice(
      () => real.world.service.withdraw({ actor: { id: request.by }, key, request: request.id }),
      request.state === "waiting",
    );
    if (request.state === "waiting") request.state = "over";
  });
}

function revoke(position: number): Step {
  return on("revoke", position, async (request, _model, real, key) => {
    await sendTwice(() => real.world.service.revoke({ actor: { id: request.by }, key, request: request.id }), request.state === "held");
    if (request.state === "held") request.state = "over";
  });
}

function stranger(position: number): Step {
  return on("stranger", position, async (request, _model, real, key) => {
    expect(codesOf(await real.world.service.revoke({ actor: { id: "root" }, key, request: request.id }))).toEqual(["request_not_found"]);
  });
}

function change(id: string, person: Person): Step {
  return step(
    `change ${id} ${JSON.stringify(person)}`,
    () => true,
    async (model, real) => {
      model.people.set(id, person);
      setPerson(real.world, id, person);
    },
  );
}

function advance(ms: number): Step {
  return step(
    `advance ${ms}`,
    () => true,
    async (model, real) => {
      model.now += ms;
      real.world.clock.set(model.now);
    },
  );
}

function setPerson(world: World, id: string, { staff, lead, active }: Person): void {
  world.directory.set({ id, active, attributes: { group: [...(staff ? ["staff"] : []), ...(lead ? ["leads"] : [])] } });
}

function start(): { model: Model; real: Real } {
  const world = makeWorld({ options: { sweepEveryMs: 0 } });
  const model: Model = { now: monday, people: new Map(), requests: [] };
  for (const id of names) {
    const person = { staff: true, lead: id === "grace" || id === "linus", active: true };
    model.people.set(id, person);
    setPerson(world, id, person);
  }
  return { model, real: { world, sent: 0 } };
}

const who = fc.constantFrom(...names);
const position = fc.nat({ max: 5 });

const steps = fc.commands(
  [
    fc.tuple(who, fc.constantFrom("db1", "db2")).map(([by, resource]) => submit(by, resource)),
    fc
      .tuple(who, position, fc.constantFrom("approve", "approve", "reject"))
      .map(([by, at, decision]) => vote(by, at, decision as "approve" | "reject")),
    position.map(withdraw),
    position.map(revoke),
    position.map(stranger),
    fc.tuple(who, fc.record({ staff: fc.boolean(), lead: fc.boolean(), active: fc.boolean() })).map(([id, person]) => change(id, person)),
    fc.constantFrom(1, minute, 30 * minute, hour, 24 * hour).map(advance),
  ],
  { maxCommands: 30 },
);

describe("the service and its model", () => {
  it("L: agree after every command, and so does a command that is sent again", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        await fc.asyncModelRun(start, commands);
      }),
      { numRuns: 100 },
    );
  });
});
