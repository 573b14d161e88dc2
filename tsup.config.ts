import { defineConfig, type Options } from "tsup";
import { coreEntry, coreFile, importCore } from "./scripts/core-file.js";
import { entries } from "./scripts/entries.js";

/** The public entries. */
const entry = entriesWhere(() => true);

const common: Options = {
  target: "es2022",
  platform: "neutral",
  external: ["zod", "fast-check", /^node:/],
  removeNodeProtocol: false,
  splitting: false,
};

export default defineConfig([
  // White space and names of locals apart it is as it was written: a minifier would take the marks away that bundlers go by.
  {
    ...common,
    entry: { core: coreEntry },
    format: "esm",
    esbuildPlugins: [coreFile],
    esbuildOptions: (options) => {
      options.minifyIdentifiers = true;
    },
  },
  // As ES modules every entry is one file beside the core's, so that a flow which one entry has made is recognised by the others.
  ...[0, 1].map(
    (depth): Options => ({
      ...common,
      minify: true,
      entry: entriesWhere((file) => file.split("/").length === depth + 1),
      format: "esm",
      esbuildPlugins: [importCore(depth)],
    }),
  ),
  // CommonJS is one self-contained file an entry: it runs where nothing can be required.
  { ...common, minify: true, entry, format: "cjs" },
  {
    entry,
    format: ["esm", "cjs"],
    // tsup passes the deprecated `baseUrl` to TypeScript 6; without this the build of the declarations fails.
    // The embedded store locks its folder by means of Node.js, so these are declared here; the core is checked without.
    dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0", types: ["node"] } },
  },
]);

function entriesWhere(holds: (file: string) => boolean): Record<string, string> {
  return Object.fromEntries(entries.filter(({ file }) => holds(file)).map(({ file, source }) => [file, source]));
}
