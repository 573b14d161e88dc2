import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("./node_modules", import.meta.url));

/** A binary that one of the packages for this platform brought; null where there is none. */
function binary(...places) {
  return places.map((place) => join(modules, place)).find((path) => existsSync(path)) ?? null;
}

const platform = `${process.platform}-${process.arch}`;
const node = (major) => binary(`node-${major}-${platform}/bin/node`);
const bunPlatform = platform.replace("arm64", "aarch64");

/**
 * A runtime: where it is (null: not on this machine, `missing` says why), which version, and how it answers the cases of
 * a bundle under an environment.
 */
export const runtimes = {
  node20: nodeRuntime(node(20)),
  node22: nodeRuntime(node(22)),
  node24: nodeRuntime(node(24)),
  bun: scripted(binary(`@oven/bun-${bunPlatform}/bin/bun`), ["run"]),
  deno: scripted(binary(`@deno/${platform}-glibc/deno`, `@deno/${platform}/deno`), ["run", "--quiet", "--no-config"]),
  workerd: {
    at: binary(`@cloudflare/workerd-${platform.replace("x64", "64")}/bin/workerd`),
    version: firstLine,
    bundle: "worker",
    answers: askWorkerd,
  },
  edge: { at: "@edge-runtime/vm", version: edgeVersion, bundle: "script", answers: askEdge },
  chromium: { at: findChromium(), version: firstLine, bundle: "script", answers: askChromium },
};

function nodeRuntime(at) {
  return { ...scripted(at, []), suite: true };
}

function scripted(at, words) {
  return {
    at,
    version: firstLine,
    bundle: "print",
    answers: async (path, file, environment) => readAnswers(path, [...words, file], environment),
  };
}

function firstLine(path) {
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return stdout
    .trim()
    .split("\n")[0]
    .replace(/^(v|deno|workerd|Chromium) ?/, "")
    .split(" ")[0];
}

function readAnswers(path, words, environment) {
  const { stdout, stderr, status } = spawnSync(path, words, { encoding: "utf8", env: environment, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${stderr}`.trim().slice(-2_000) || `ended with ${status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

async function askWorkerd(path, file, environment) {
  const port = await freePort();
  const config = `${file}.capnp`;
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed ${JSON.stringify(file.split("/").at(-1))})], compatibilityDate = "2026-04-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
`,
  );
  const child = spawn(path, ["serve", config], { env: environment, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await (await fetch(`http://127.0.0.1:${port}/`)).json();
      } catch (error) {
        if (attempt >= 100 || child.exitCode !== null) throw new Error(said || String(error));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    child.kill("SIGKILL");
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function edgeVersion() {
  return JSON.parse(readFileSync(new URL("../node_modules/@edge-runtime/vm/package.json", import.meta.url), "utf8")).version;
}

/** In a process of its own, which has the environment. */
async function askEdge(_, file, environment) {
  const code = `
    const { EdgeVM } = await import("@edge-runtime/vm");
    const { readFileSync } = await import("node:fs");
    const vm = new EdgeVM();
    vm.evaluate(readFileSync(${JSON.stringify(file)}, "utf8").replace(/^(var|let|const) conformance/m, "globalThis.conformance"));
    console.log(vm.evaluate("JSON.stringify(conformance.answers())"));`;
  return readAnswers(process.execPath, ["--input-type=module", "--eval", code], environment);
}

function findChromium() {
  const named = process.env.ACCESSFLOW_CHROMIUM;
  const places = [named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return places.find((path) => path !== undefined && existsSync(path)) ?? null;
}

async function askChromium(path, file, environment) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu"], env: environment });
  try {
    // Chromium asks its context for the language, not the system.
    const page = await browser.newPage({ locale: environment.LANGUAGE.startsWith("tr") ? "tr-TR" : "en-US" });
    await page.addScriptTag({ content: readFileSync(file, "utf8").replace(/^"use strict";/, "") });
    return await page.evaluate("conformance.answers()");
  } finally {
    await browser.close();
  }
}
