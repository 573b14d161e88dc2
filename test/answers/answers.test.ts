import { readFileSync } from "node:fs";
import type { Json } from "accessflow";
import { describe, expect, it } from "vitest";
import { ask, operations } from "./operations.js";
import { inputOf, type Spoilt } from "./questions.js";

type Line = { readonly operation: string; readonly answer: Json } & (
  | { readonly input: Json }
  | { readonly like: number; readonly spoilt: Spoilt }
);

const lines: readonly Line[] = readFileSync(new URL("answers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

function questionOf(line: Line): Json {
  if ("input" in line) return line.input;
  return inputOf({ input: questionOf(lines[line.like] as Line), spoilt: line.spoilt });
}

describe("the answers of answers.jsonl", () => {
  it.each(lines.map((line, index) => [index + 1, line.operation, line] as const))(
    "line %d: %s says the same, word for word",
    (_, __, line) => {
      expect(ask(line.operation, questionOf(line))).toEqual(line.answer);
    },
  );

  it("are of every operation", () => {
    expect([...new Set(lines.map(({ operation }) => operation))].sort()).toEqual(Object.keys(operations).sort());
  });
});
