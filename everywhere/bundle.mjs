import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The answers and all their cases in one file: an ES module, or a script that leaves `answers` behind as a global. */
export async function bundle(format, outfile, entry = here("answers.mjs")) {
  const cases = here("../conformance/cases");
  const names = readdirSync(cases).filter((name) => name.endsWith(".json"));
  const files = names.map((name, place) => `import f${place} from ${JSON.stringify(join(cases, name))};`);
  await build({
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    platform: "neutral",
    ...(format === "iife" ? { globalName: "conformance" } : {}),
    alias: { "accessflow/conformance": here("../dist/conformance.js") },
    plugins: [
      {
        name: "files",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^accessflow-conformance-files$/ }, ({ path }) => ({ path, namespace: "files" }));
          onLoad({ filter: /.*/, namespace: "files" }, () => ({
            contents: `${files.join("\n")}\nexport const files = [${names.map((_, place) => `f${place}`).join(", ")}];`,
            resolveDir: here(".."),
          }));
        },
      },
    ],
  });
}
