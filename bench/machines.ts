/* The approval of B5 as machines of other libraries: the same reducer inside, the library around it. */
import { floorVote, type Outcome, type PlainState, plainOpened, type Vote } from "./one-approval.js";

/** Answers what becomes of the opened approval; `stored`: from JSON text, and back to it. */
export type Machine = { readonly vote: (vote: Vote) => Outcome; readonly storedVote: (vote: Vote) => string };

export async function loadMachines(): Promise<{ readonly machines: ReadonlyMap<string, Machine>; readonly notes: readonly string[] }> {
  const makers: { readonly [name: string]: () => Promise<Machine> } = {
    "@xstate/fsm": xstateFsm,
    robot3,
    "xstate actor": xstateActor,
    "xstate transition": xstateTransition,
  };
  const machines = new Map<string, Machine>();
  const notes: string[] = [];
  for (const [name, make] of Object.entries(makers)) {
    try {
      machines.set(name, await make());
    } catch (error) {
      notes.push(`${name} is missing: ${(error as Error).message}`);
    }
  }
  return { machines, notes };
}

type Context = { readonly kept: PlainState };
type Asked = { readonly context: Context; readonly event: Vote };

const next = ({ kept }: Context, event: Vote): PlainState | null => floorVote(kept, event);
const leadsTo = (status: PlainState["status"], context: Context, event: Vote): boolean => next(context, event)?.status === status;
const changed = (before: unknown, after: unknown, outcome: unknown): Outcome => (before === after ? "refused" : (outcome as Outcome));

async function xstateFsm(): Promise<Machine> {
  const { createMachine, assign } = await import("@xstate/fsm");
  const keep = assign({ kept: (context: Context, event: Vote) => next(context, event) ?? context.kept });
  const machine = createMachine({
    id: "approval",
    initial: "pending",
    context: { kept: plainOpened },
    states: {
      pending: {
        on: {
          vote: (["approved", "rejected", "pending"] as const).map((target) => ({
            target,
            cond: (context: Context, event: Vote) => leadsTo(target, context, event),
            actions: keep,
          })),
        },
      },
      approved: {},
      rejected: {},
    },
  });
  const opened = machine.initialState;
  const text = JSON.stringify(opened);
  return {
    vote: (vote) => {
      const after = machine.transition(opened, vote);
      return changed(opened.context.kept, after.context.kept, after.value);
    },
    storedVote: (vote) => JSON.stringify(machine.transition(JSON.parse(text), vote)),
  };
}

async function robot3(): Promise<Machine> {
  const { createMachine, state, transition, guard, reduce, interpret } = await import("robot3");
  const keep = reduce((context: Context, event: Vote) => ({ kept: next(context, event) ?? context.kept }));
  const to = (target: PlainState["status"]): unknown =>
    transition(
      "vote",
      target,
      guard((context: Context, event: Vote) => leadsTo(target, context, event)),
      keep,
    );
  const machineFrom = (context: Context): unknown =>
    createMachine(
      "pending",
      { pending: state(to("approved"), to("rejected"), to("pending")), approved: state(), rejected: state() },
      () => context,
    );
  const opened = machineFrom({ kept: plainOpened });
  const text = JSON.stringify({ kept: plainOpened });
  return {
    vote: (vote) => {
      const service = interpret(opened, () => {});
      service.send(vote);
      return changed(plainOpened, service.context.kept, service.machine.current);
    },
    storedVote: (vote) => {
      const service = interpret(opened, () => {}, JSON.parse(text));
      service.context = JSON.parse(text);
      service.send(vote);
      return JSON.stringify(service.context);
    },
  };
}

async function xstate(): Promise<{ readonly library: typeof import("xstate"); readonly machine: never }> {
  const library = await import("xstate");
  const keep = library.assign({ kept: ({ context, event }: Asked) => next(context, event) ?? context.kept } as never);
  const machine = library.createMachine({
    id: "approval",
    initial: "pending",
    context: { kept: plainOpened },
    states: {
      pending: {
        on: {
          vote: (["approved", "rejected", "pending"] as const).map((target) => ({
            target,
            guard: ({ context, event }: Asked) => leadsTo(target, context, event),
            actions: keep,
          })),
        },
      },
      approved: {},
      rejected: {},
    },
  } as never);
  return { library, machine: machine as never };
}

async function xstateActor(): Promise<Machine> {
  const { library, machine } = await xstate();
  const opened = library.createActor(machine).start().getPersistedSnapshot();
  const text = JSON.stringify(opened);
  const after = (snapshot: unknown, vote: Vote): ReturnType<typeof library.createActor> => {
    const actor = library.createActor(machine, { snapshot: snapshot as never }).start();
    actor.send(vote as never);
    return actor;
  };
  return {
    vote: (vote) => {
      const snapshot = after(opened, vote).getSnapshot() as { value: string; context: Context };
      return changed(plainOpened, snapshot.context.kept, snapshot.value);
    },
    storedVote: (vote) => JSON.stringify(after(JSON.parse(text), vote).getPersistedSnapshot()),
  };
}

async function xstateTransition(): Promise<Machine> {
  const { library, machine } = await xstate();
  const [opened] = library.initialTransition(machine);
  const text = JSON.stringify(library.createActor(machine).start().getPersistedSnapshot());
  const after = (snapshot: unknown, vote: Vote): { value: string; context: Context } =>
    library.transition(machine, snapshot as never, vote as never)[0] as never;
  return {
    vote: (vote) => {
      const snapshot = after(opened, vote);
      return changed(plainOpened, snapshot.context.kept, snapshot.value);
    },
    storedVote: (vote) => JSON.stringify(after((machine as { resolveState(from: unknown): unknown }).resolveState(JSON.parse(text)), vote)),
  };
}
