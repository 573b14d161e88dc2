import type { Instant } from "../../core/time/instant.js";
import type { WakeScheduler } from "../../ports/wake-scheduler.js";

/** What a job carries: the request whose time has come. */
export type Wake = { readonly request: string };

/** What is needed of pg-boss 10: a started instance. */
export type WakeBoss = {
  /** Called before anything is sent or worked; does nothing where the queue is there. */
  createQueue(name: string, options: { readonly name: string; readonly policy: "short" }): Promise<unknown>;
  /** Adds a job that waits until `startAfter`, unless one of this key waits already. */
  send(name: string, data: Wake, options: { readonly singletonKey: string; readonly startAfter: Date }): Promise<unknown>;
  /** Hands jobs over when they are due; those of a handler that rejects come again. */
  work(name: string, handler: (jobs: readonly { readonly data: Wake }[]) => Promise<void>): Promise<unknown>;
};

/** The queue, where no other is named. */
const wakes = "accessflow-wakes";

/**
 * A wake scheduler on pg-boss 10, started and stopped by the host: a job for each key, which waits until its time.
 * The same key again, while its job waits, adds nothing; later on it adds one, which is harmless. The queue
 * (`accessflow-wakes` unless another is named) is made at the first wake; it must not exist with another policy.
 *
 * @example
 * const jobs: unknown[] = [];
 * const boss = { createQueue: async () => {}, work: async () => {}, send: async (...job: unknown[]) => { jobs.push(job); } };
 * await pgBossWake(boss).wake({ key: "req-1:1:1", request: "req-1", at: 1772442000000 });
 * jobs;
 * // => [["accessflow-wakes", { request: "req-1" }, { singletonKey: "req-1:1:1", startAfter: new Date(1772442000000) }]]
 */
export function pgBossWake(boss: WakeBoss, options: { readonly queue?: string | undefined } = {}): WakeScheduler {
  const { queue = wakes } = options;
  let made: Promise<unknown> | null = null;
  return {
    wake: async ({ key, request, at }: { readonly key: string; readonly request: string; readonly at: Instant }) => {
      // Without its queue pg-boss drops a job, and says the same as of one that is there already. A failure is tried
      // again with the next wake.
      made ??= makeQueue(boss, queue).catch((error: unknown) => {
        made = null;
        throw error;
      });
      await made;
      await boss.send(queue, { request }, { singletonKey: key, startAfter: new Date(at) });
    },
  };
}

/**
 * Works the queue in this process: `onWake` is called with the request whose time has come, and again later where it
 * rejects, as often as the queue allows. What it does with the hint is to let the service look at the clock, as in
 * `workPgBossWakes(boss, () => service.tick({ limit: 100, budgetMs: 10_000 }))`. Stopping `boss` stops it.
 *
 * @example
 * const woken: string[] = [];
 * const boss = {
 *   createQueue: async () => {},
 *   send: async () => {},
 *   work: async (_: string, handler: (jobs: readonly { data: { request: string } }[]) => Promise<void>) => handler([{ data: { request: "req-1" } }]),
 * };
 * await workPgBossWakes(boss, async (request) => woken.push(request));
 * woken;
 * // => ["req-1"]
 */
export async function workPgBossWakes(
  boss: WakeBoss,
  onWake: (request: string) => Promise<unknown>,
  options: { readonly queue?: string | undefined } = {},
): Promise<void> {
  const { queue = wakes } = options;
  await makeQueue(boss, queue);
  await boss.work(queue, async (jobs) => {
    for (const { data } of jobs) await onWake(data.request);
  });
}

/** Does nothing where the queue exists. With the policy `short`, of one key only one job waits. */
function makeQueue(boss: WakeBoss, queue: string): Promise<unknown> {
  return boss.createQueue(queue, { name: queue, policy: "short" });
}
