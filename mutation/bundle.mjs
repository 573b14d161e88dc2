/*
 * node mutation/bundle.mjs, in the copy of the project that Stryker has changed: puts the tests of a part and the library
 * into one file. Many changes need a process of their own, which then has one file to load instead of some hundreds. The
 * library is that copy; vitest and fast-check are what stands in for them here.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { testFilesOf } from "./parts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const standIns = { vitest: here("vitest-on-mocha.ts"), "fast-check": here("fast-check-in-few.ts") };
const [, , part] = process.argv;

/** What the tests find under a name that is no path. */
const names = {
  name: "names",
  setup({ onResolve }) {
    onResolve({ filter: /^(vitest|fast-check)$/ }, ({ path, importer }) =>
      importer === standIns[path] ? undefined : { path: standIns[path] },
    );
    onResolve({ filter: /^accessflow(\/.+)?$/ }, ({ path }) => ({ path: here(`../src/${path.slice("accessflow/".length)}/index.ts`) }));
  },
};

/** Tests that read a file beside them find it where they stand, not beside the bundle. */
const places = {
  name: "places",
  setup({ onLoad }) {
    onLoad({ filter: /\/test\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader: "ts" };
    });
  },
};

/** The library's memos forget what a change did. */
const memos = {
  name: "memos",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/core\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const importing = `import { ForgetfulMap, ForgetfulSet } from ${JSON.stringify(here("forgetful-memos.ts"))};`;
      const contents = text.replaceAll("new WeakMap", "new ForgetfulMap").replaceAll("new WeakSet", "new ForgetfulSet");
      return { contents: contents === text ? text : `${importing}\n${contents}`, loader: "ts" };
    });
  },
};

await build({
  stdin: {
    contents: testFilesOf(part)
      .map((file) => `import "./${file}";`)
      .join("\n"),
    resolveDir: here(".."),
  },
  outfile: here("tests.bundle.mjs"),
  // The package says that its modules have no side effects; tests have.
  ignoreAnnotations: true,
  ...{ bundle: true, format: "esm", platform: "node", target: "node20", logLevel: "error" },
  // Packages in CommonJS may ask for `require`.
  banner: { js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);` },
  plugins: [names, places, memos],
});
