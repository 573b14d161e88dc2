import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runDemo } from "./run-demo.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "accessflow-resume-"));
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(place, { recursive: true, force: true });
});

const text = readFileSync(new URL("expected.txt", import.meta.url), "utf8");
const folder = join(place, "week");

describe("a demo that is killed", () => {
  it("TH13: goes on where it was, and tells the same week in the end", async () => {
    // While its database is made, on Tuesday, on Thursday and on Saturday: of each day that is past the text is there.
    const making = begin([]);
    await until(making, () => existsSync(join(folder, "data")));
    await kill(making);

    for (const past of ["Monday 2 March", "Wednesday 4 March", "Friday 6 March"]) {
      const killed = begin(["--resume"]);
      await until(killed, () => killed.told().includes(past));
      await kill(killed);
      expect(text.startsWith(killed.told())).toBe(true);
      expect(killed.told().length).toBeLessThan(text.length);
    }

    const last = runDemo(["--resume", "--folder", folder], { TZ: "Asia/Kathmandu" });
    expect([last.err, last.exit]).toEqual(["", 0]);
    expect(last.out).toBe(text);
  });

  it("is waited for while it is alive: a second process on its folder is refused", async () => {
    const first = begin(["--resume"]);
    await until(first, () => first.told().includes("Monday 2 March"));
    first.child.kill("SIGSTOP");
    for (const args of [["--resume"], []]) {
      const second = runDemo([...args, "--folder", folder]);
      expect([second.exit, second.out]).toEqual([1, ""]);
      expect(second.err).toContain(`the folder ${folder} is in use by process ${first.child.pid}`);
    }
    first.child.kill("SIGCONT");
    expect(await first.ended).toBe(0);
    expect(first.told()).toBe(text);
  });
});

type Running = { readonly child: ChildProcess; readonly told: () => string; readonly ended: Promise<number | null> };

/** One process, without one of tsx around it that a signal would end in its place. */
function begin(args: readonly string[]): Running {
  const loader = new URL("../../node_modules/tsx/dist/esm/index.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", loader, "examples/demo/main.ts", "--folder", folder, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.test.json" },
  });
  started.push(child);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  return { child, told: () => Buffer.concat(chunks).toString("utf8"), ended };
}

async function until({ child }: Running, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error("the demo has ended before");
    await pause(5);
  }
}

async function kill({ child, ended }: Running): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}
