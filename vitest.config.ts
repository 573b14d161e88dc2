import { defineConfig } from "vitest/config";
import { entries } from "./scripts/entries.js";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^accessflow$/, replacement: source("./src/index.ts") },
      { find: /^accessflow\/schema$/, replacement: source("./src/schema/index.ts") },
      { find: /^accessflow\/apono$/, replacement: source("./src/apono/index.ts") },
      { find: /^accessflow\/zones$/, replacement: source("./src/zones/index.ts") },
      { find: /^accessflow\/testing$/, replacement: source("./src/testing/index.ts") },
      { find: /^accessflow\/adapters\/(.*)$/, replacement: source("./src/adapters/$1/index.ts") },
    ],
    alias: entries.map(({ name, source: file }) => ({ find: new RegExp(`^${name}$`), replacement: source(`./${file}`) })),
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 300_000,
    // Servers are started in hooks.
    hookTimeout: 120_000,
    // Properties report their own seed; a fixed order keeps a failing run repeatable.
    sequence: { shuffle: false },
  },
});
