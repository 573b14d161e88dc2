import { defineConfig } from "vitest/config";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^accessflow$/, replacement: source("./src/index.ts") },
      { find: /^accessflow\/schema$/, replacement: source("./src/schema/index.ts") },
      { find: /^accessflow\/apono$/, replacement: source("./src/apono/index.ts") },
      { find: /^accessflow\/service$/, replacement: source("./src/service/index.ts") },
      { find: /^accessflow\/zones$/, replacement: source("./src/zones/index.ts") },
      { find: /^accessflow\/testing$/, replacement: source("./src/testing/index.ts") },
      { find: /^accessflow\/adapters\/(.*)$/, replacement: source("./src/adapters/$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 300_000,
    // Properties report their own seed; a fixed order keeps a failing run repeatable.
    sequence: { shuffle: false },
  },
});
