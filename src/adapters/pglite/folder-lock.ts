import { mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import process from "node:process";

/**
 * Locks a folder for this process, and gives the function that unlocks it. The lock is a file that only one can
 * make. It names its process by number and, where the system tells, by the time of its start: numbers are given
 * out again, after a restart of a container even to the same program.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const lock = `${folder}/lock`;
  if (!(await isMade(lock))) await takeOver(folder, lock);
  return () => unlink(lock);
}

/** Only one at a time looks whether a lock is stale, and replaces it: of two, the second would remove the first one's. */
async function takeOver(folder: string, lock: string): Promise<void> {
  const turn = `${folder}/lock.takeover`;
  if (!(await isMade(turn))) {
    throw new Error(`the folder ${folder} is being locked by another process; if none is running, delete ${turn}`);
  }
  try {
    const holder = await readFile(lock, "utf8");
    if (await isAlive(holder)) {
      throw new Error(`the folder ${folder} is in use by process ${holder.split(" ")[0]}; if none is running, delete ${lock}`);
    }
    await unlink(lock);
    if (!(await isMade(lock))) throw new Error(`the folder ${folder} was locked by another process just now`);
  } finally {
    await unlink(turn);
  }
}

/** Makes a file that must not exist yet; false: it does. */
async function isMade(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid} ${await startOf(process.pid)}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** What cannot be told counts as alive: a lock too many can be deleted, two processes cannot be mended. */
async function isAlive(holder: string): Promise<boolean> {
  const [number = "", start = ""] = holder.split(" ");
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
  const current = await startOf(pid);
  return start === "" || current === "" || start === current;
}

/** When a process began, as Linux tells it: in clock ticks since the system's start. Elsewhere empty. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in brackets, may hold anything; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
