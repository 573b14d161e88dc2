import { defineConfig, type Options } from "tsup";
import { entries } from "./scripts/entries.js";

/** The public entries. */
const entry = Object.fromEntries(entries.map(({ file, source }) => [file, source]));

/** The parts of the root entry, each a file of its own as ES modules: a bundler leaves out whole files. */
const parts = {
  definitions: "src/definitions.ts",
  decisions: "src/decisions.ts",
  approvals: "src/approvals.ts",
  requests: "src/requests.ts",
  explanations: "src/explanations.ts",
};

const common: Options = {
  target: "es2022",
  platform: "neutral",
  minify: true,
  external: ["zod", "fast-check", /^node:/],
  removeNodeProtocol: false,
};

export default defineConfig([
  // ES modules share files, so that a flow which one entry has made is recognised by the others.
  { ...common, entry: { ...entry, ...parts }, format: "esm", splitting: true },
  // CommonJS is one self-contained file an entry: it runs where nothing can be required.
  { ...common, entry, format: "cjs", splitting: false },
  {
    entry,
    format: ["esm", "cjs"],
    // tsup passes the deprecated `baseUrl` to TypeScript 6; without this the build of the declarations fails.
    // The embedded store locks its folder by means of Node.js, so these are declared here; the core is checked without.
    dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0", types: ["node"] } },
  },
]);
