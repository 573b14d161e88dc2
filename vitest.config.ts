import { defineConfig } from "vitest/config";
import { entries } from "./scripts/entries.js";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: entries.map(({ name, source: file }) => ({ find: new RegExp(`^${name}$`), replacement: source(`./${file}`) })),
  },
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    testTimeout: 300_000,
    // Nobody works at a machine that tests.
    maxWorkers: "100%",
    // Servers are started in hooks.
    hookTimeout: 300_000,
    // Properties report their own seed; a fixed order keeps a failing run repeatable.
    sequence: { shuffle: false },
  },
});
