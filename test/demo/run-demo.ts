import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export type Run = { readonly exit: number | null; readonly out: string; readonly err: string };

/**
 * Runs the demo as a process of its own, from the sources (`tsconfig.test.json` says where `accessflow` is):
 * a build that is not of today cannot pass or fail it.
 */
export function runDemo(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Run {
  return runExample("examples/demo/main.ts", args, environment);
}

export function runExample(file: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Run {
  const command = ["node_modules/tsx/dist/cli.mjs", "--tsconfig", "tsconfig.test.json", file, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { exit: status, out: stdout, err: stderr };
}
