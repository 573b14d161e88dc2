import type { PGlite } from "@electric-sql/pglite";
import type { ApprovalState, Instant, RecordedRequestEvent, RequestState } from "accessflow";
import { memoryFlows, memoryInventory, memoryProvisioner } from "accessflow/adapters/memory";
import { embeddedStore } from "accessflow/adapters/pglite";
import { postgresRoles } from "accessflow/adapters/postgres";
import { type AccessService, createAccessService, type Page, type RequestStore, secretIds } from "accessflow/service";
import { fixedClock } from "accessflow/testing";
import { week } from "../calendar.js";
import { type Company, named } from "../company.js";
import { accessOf, makeRoles, memberships, openDatabase } from "./database.js";
import { type MoodyDirectory, moodyDirectory } from "./moody-directory.js";
import { type Notebook, openNotebook } from "./notebook.js";
import { ownStore } from "./own-store.js";

/** The application around the service. A real one has a clock, a directory and a database that are not its own. */
export type Host = {
  readonly service: AccessService;
  readonly directory: MoodyDirectory;
  readonly notebook: Notebook;
  /** Lets time pass up to an instant: whatever falls due on the way is done at its time. */
  passTime(until: Instant): Promise<void>;
  /** The approval of a request as it stands. */
  approval(request: string): Promise<ApprovalState>;
  /** The requests to which something has happened since then, with all that was recorded of them. */
  log(since: Instant): Promise<readonly RequestLog[]>;
  /** Who is a member of which role in PostgreSQL. */
  roles(): Promise<readonly string[]>;
  close(): Promise<void>;
};

export type RequestLog = { readonly state: RequestState; readonly events: readonly RecordedRequestEvent[] };

/** Ids of requests follow from this: in the demo it may be known to everybody. */
export const demoIds = secretIds("harbourline, which is no secret");

/** More than anything takes, on a machine that is busy with something else: the story must not depend on it. */
const patienceMs = 300_000;

export async function openHost(
  folder: string,
  company: Company,
  options: { readonly resume: boolean },
): Promise<Host | { readonly wrong: string }> {
  const opened: PGlite[] = [];
  const open = async (path: string): Promise<PGlite> => {
    const database = await openDatabase(folder, path, options);
    opened.push(database);
    return database;
  };
  const locked = await embeddedStore({ folder, open }).catch((error: unknown) => ({
    wrong: error instanceof Error ? error.message : String(error),
  }));
  if ("wrong" in locked) return locked;
  const store = ownStore(locked);
  const database = named("database", folder, opened[0]);
  await makeRoles(database, company);
  const notebook = await openNotebook(database);
  const clock = fixedClock(week.start);
  const postgres = postgresRoles(database, { accessOf, clock });
  await postgres.migrate();
  const others = memoryProvisioner({ clock });
  const directory = moodyDirectory(company.identities);
  const service = createAccessService(
    {
      store,
      directory,
      flows: memoryFlows(company.flows.values()),
      inventory: memoryInventory(company.resources, company.catalog),
      provisioner: (integration) => (integration === "int-postgresql" ? postgres : others),
      clock,
      ids: demoIds,
    },
    // Nobody leaves the company this week; looking for them every quarter of an hour would take the demo longer.
    { portTimeoutMs: patienceMs, provisionTimeoutMs: patienceMs, sweepEveryMs: null },
  );

  const settle = async (): Promise<Instant | null> => {
    for (;;) {
      const { more, nextAt } = await service.tick({ limit: 1_000, budgetMs: 1 });
      if (!more) return nextAt;
    }
  };
  return {
    service,
    directory,
    notebook,
    async passTime(until) {
      for (let next = await settle(); next !== null && next > (await clock.now()) && next < until; next = await settle()) clock.set(next);
      clock.set(until);
    },
    async approval(request) {
      return named("open approval", request, (await store.load(request))?.approval ?? undefined);
    },
    async log(since) {
      const states = (await allStates(store)).filter(({ lastAt }) => lastAt >= since);
      return Promise.all(states.map(async (state) => ({ state, events: await eventsOf(store, state.request.id) })));
    },
    roles: () => memberships(database),
    close: () => store.close(),
  };
}

async function allStates(store: RequestStore): Promise<readonly RequestState[]> {
  const states: RequestState[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: Page<RequestState> = await store.list({ after, limit: 100 });
    states.push(...page.items);
    after = page.next;
  }
  return states;
}

async function eventsOf(store: RequestStore, id: string): Promise<readonly RecordedRequestEvent[]> {
  return (await store.events(id, 0)).map(({ request: _, ...recorded }) => recorded);
}
