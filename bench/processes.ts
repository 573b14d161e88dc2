/* What a fresh process costs: each sample starts one, and it says itself how long its question took. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const folder = mkdtempSync(join(tmpdir(), "accessflow-bench-"));
export const distFile: string = fileURLToPath(new URL("../dist/index.js", import.meta.url));

/** Runs a script in a fresh process; its last line is a number of nanoseconds. */
export function nanosecondsOf(script: string): number {
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    cwd: fileURLToPath(new URL(".", import.meta.url)),
  });
  const taken = Number(child.stdout.trim().split("\n").at(-1));
  if (child.status !== 0 || !(taken > 0)) throw new Error(`the process failed: ${child.stderr.slice(0, 500)}`);
  return taken;
}

/** How long an import takes, by address or name of a package, first things of Node apart. */
export function importTime(specifier: string): number {
  return nanosecondsOf(
    `await import("node:path"); const start = process.hrtime.bigint(); await import(${JSON.stringify(specifier)}); console.log(Number(process.hrtime.bigint() - start));`,
  );
}

/** One minified file of everything an import brings, and its size after gzip. */
export async function bundle(name: string, specifier: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const { build } = await import("esbuild");
  const file = join(folder, `${name.replace(/\W/g, "-")}.mjs`);
  const entry = join(folder, `${name.replace(/\W/g, "-")}-entry.mjs`);
  writeFileSync(entry, `export * from ${JSON.stringify(specifier)};\n`);
  const nodePaths = [fileURLToPath(new URL("node_modules", import.meta.url))];
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    nodePaths,
    logLevel: "silent",
  });
  return { file: pathToFileURL(file).href, bytes: gzipSync(readFileSync(file)).length };
}
