import { spawn } from "node:child_process";

/** A process of the tests' own, whose output comes in lines. */
export type Child = {
  /** The next line; null: it has ended. */
  line(): Promise<string | null>;
  write(line: string): void;
  kill(): Promise<void>;
  readonly ended: Promise<number | null>;
};

/** Starts a script beside this file, with the package's own sources under the package's names. */
export function startChild(script: string, env: Readonly<Record<string, string>>): Child {
  const path = new URL(script, import.meta.url).pathname;
  const tsconfig = new URL("../../../tsconfig.test.json", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", path], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig, ...env },
  });
  // A killed child reads no more.
  child.stdin.on("error", () => {});
  const lines: string[] = [];
  const waiting: ((line: string | null) => void)[] = [];
  let rest = "";
  let isOver = false;
  child.stdout.on("data", (text) => {
    const parts = `${rest}${text}`.split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) {
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    }
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      isOver = true;
      for (const next of waiting) next(null);
      resolve(code);
    });
  });
  return {
    line: () => {
      const line = lines.shift();
      return line !== undefined || isOver ? Promise.resolve(line ?? null) : new Promise((resolve) => waiting.push(resolve));
    },
    write: (line) => child.stdin.write(`${line}\n`),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    ended,
  };
}

/** How many rounds; more with `ACCESSFLOW_TORTURE_ROUNDS`, as `npm run torture` does. */
export function roundsOf(usual: number): number {
  return Number(process.env["ACCESSFLOW_TORTURE_ROUNDS"] ?? usual);
}
