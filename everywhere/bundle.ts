import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { conformanceFiles } from "../test/conformance/conformance-files.js";
import { wholeLife } from "../test/fixtures/whole-life.js";
import type { Given } from "./checks.js";

export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** The checks as files: `byName` imports the package by its name, the others hold it and need nothing at all. */
export type Bundles = { readonly byName: string; readonly worker: string; readonly script: string };

/** Writes the checks of the built package into a folder, with a copy of the package that is found by its name. */
export async function bundleChecks(folder: string): Promise<Bundles> {
  const copy = join(folder, "node_modules", "accessflow");
  mkdirSync(copy, { recursive: true });
  for (const part of ["package.json", "dist", "conformance"]) cpSync(join(root, part), join(copy, part), { recursive: true });
  // What the sources answer under the Node.js that runs this: every runtime has to answer the same.
  const given: Given = { files: conformanceFiles, outcomes: wholeLife().outcomes };

  // As text: in a program, `__proto__` of a record would be its prototype, and no key.
  const checks = `import { runChecks } from "./checks.js"; const given = JSON.parse(${JSON.stringify(JSON.stringify(given))});`;
  const result = `"RESULT " + JSON.stringify(await runChecks(given))`;
  const write = async (name: string, contents: string, isWhole: boolean, format: "esm" | "iife"): Promise<string> => {
    const outfile = join(folder, name);
    await build({
      stdin: { contents, resolveDir: join(root, "everywhere"), loader: "ts" },
      ...{ outfile, format, bundle: true, platform: "neutral", target: "es2022", logLevel: "error" },
      plugins: [isWhole ? packageFrom(copy) : packageByName],
    });
    return outfile;
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  return {
    byName: await write("by-name.mjs", `${checks} console.log(${result});`, false, "esm"),
    worker: await write("worker.mjs", `${checks} export default { async test() { console.log(${result}); } };`, true, "esm"),
    script: await write("script.js", `${checks} globalThis.checkAll = async () => ${result};`, true, "iife"),
  };
}

/** Fixtures of the tests import the sources; here they mean the package. */
const isSource = /^(\.\.\/)+src\/index\.js$/;

const packageByName: Plugin = {
  name: "package by name",
  setup(plugins) {
    plugins.onResolve({ filter: isSource }, () => ({ path: "accessflow", external: true }));
    plugins.onResolve({ filter: /^accessflow(\/|$)/ }, ({ path }) => ({ path, external: true }));
  },
};

function packageFrom(copy: string): Plugin {
  return {
    name: "package within",
    setup(plugins) {
      plugins.onResolve({ filter: isSource }, () => ({ path: join(copy, "dist", "index.js") }));
      plugins.onResolve({ filter: /^accessflow(\/|$)/ }, ({ path }) => ({
        path: join(copy, "dist", `${path.replace(/^accessflow\/?/, "") || "index"}.js`),
      }));
    },
  };
}
