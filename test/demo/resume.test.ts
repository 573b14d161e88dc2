import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { claimFolder } from "../../examples/demo/host/folder.js";
import { lockFolder } from "../../src/adapters/pglite/folder-lock.js";
import { runDemo } from "./run-demo.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "accessflow-resume-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const text = readFileSync(new URL("expected.txt", import.meta.url), "utf8");

describe("a demo that is killed", () => {
  it("TH13: goes on where it was, and tells the same week in the end", async () => {
    const folder = join(place, "week");
    await killInTheMaking(folder);
    // While tables and roles are made, early in the week, and in the middle of it. A resumed run sends what it sent before again.
    for (const statement of [9, 180, 700]) {
      const { signal, told } = await runUntil(folder, statement);
      expect([signal, text.startsWith(told)]).toEqual(["SIGKILL", true]);
    }
    const last = runDemo(["--resume", "--folder", folder], { TZ: "Asia/Kathmandu" });
    expect([last.err, last.exit]).toEqual(["", 0]);
    expect(last.out).toBe(text);
  });
});

describe("a demo that is alive", () => {
  it.each([[[]], [["--resume"]]])("has its folder for itself: another one is refused (%j), and changes nothing", async (args) => {
    const folder = join(place, `locked${args.join("")}`);
    // This process holds the folder, as a demo would.
    expect(claimFolder(folder)).toBe(null);
    const unlock = await lockFolder(folder);
    const second = runDemo([...args, "--folder", folder]);
    expect([second.exit, second.out]).toEqual([1, ""]);
    expect(second.err).toContain(`the folder ${folder} is in use by process ${process.pid}`);
    expect(readdirSync(folder).sort()).toEqual(["accessflow-demo.txt", "lock"]);
    await unlock();
  });
});

type Killed = { readonly signal: NodeJS.Signals | null; readonly told: string };

/** Runs the demo until it is killed before its n-th statement, in a process without another around it. */
function runUntil(folder: string, statement: number): Promise<Killed> {
  return begin(folder, ["--import", new URL(`kill-at.mjs?statement=${statement}`, import.meta.url).href]).killed;
}

/** Kills a demo while the files of its database are being written. */
async function killInTheMaking(folder: string): Promise<void> {
  const { kill, killed } = begin(folder, []);
  while (!existsSync(join(folder, "data"))) await pause(5);
  kill();
  await killed;
}

function begin(folder: string, options: readonly string[]): { readonly kill: () => void; readonly killed: Promise<Killed> } {
  const tsx = new URL("../../node_modules/tsx/dist/esm/index.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", tsx, ...options, "examples/demo/main.ts", "--folder", folder, "--resume"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.test.json" },
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const killed = new Promise<Killed>((resolve) => {
    child.on("close", (_code, signal) => resolve({ signal, told: Buffer.concat(chunks).toString("utf8") }));
  });
  return { kill: () => child.kill("SIGKILL"), killed };
}
