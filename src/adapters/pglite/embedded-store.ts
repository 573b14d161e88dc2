import type { Clock } from "../../ports/clock.js";
import type { RequestStore } from "../../ports/request-store.js";
import { postgresClock, postgresStore, type SqlClient } from "../postgres/index.js";
import { lockFolder } from "./folder-lock.js";

/** What is needed of PGlite: to send a statement, and to be closed. */
export type EmbeddedDatabase = Extract<SqlClient, { query: unknown }> & {
  /** Writes what is to be kept, and ends it. */
  close(): Promise<void>;
};

/** A request store that lives in this process. */
export type EmbeddedStore = RequestStore & {
  /** The clock of the database: the one of this machine. */
  readonly clock: Clock;
  /** Closes the database and unlocks the folder. Without it the process does not end by itself. */
  close(): Promise<void>;
};

/**
 * A request store in a folder, for one process: the same tables and statements as `postgresStore`, in PGlite, which
 * is PostgreSQL within the process. `open` is the host's own call of it, given where the data are to be kept; it is
 * called when the folder is locked, since PGlite itself does not notice a second process, and loses data then.
 *
 * The folder is made if need be, and must be on a disk of this machine: whether the process that locked it is
 * alive cannot be told from another machine, nor from another container. The lock of a process that has died is
 * taken over.
 *
 * Rejects where the folder is locked by a process that is alive, this one included.
 *
 * @example
 * // embeddedStore({ folder: "./data", open: (path) => PGlite.create(path) })
 * const refused = await embeddedStore({ folder: "/dev/null/data", open: async () => { throw new Error("not reached"); } }).catch(() => "refused");
 * refused;
 * // => "refused"
 */
export async function embeddedStore(options: {
  readonly folder: string;
  readonly open: (path: string) => Promise<EmbeddedDatabase>;
}): Promise<EmbeddedStore> {
  const unlock = await lockFolder(options.folder);
  try {
    const database = await options.open(`${options.folder}/data`);
    const { migrate, ...store } = postgresStore(database);
    await migrate();
    const close = async (): Promise<void> => {
      await database.close();
      await unlock();
    };
    return { ...store, clock: postgresClock(database), close };
  } catch (error) {
    await unlock();
    throw error;
  }
}
