import { fromApono } from "../../src/apono/from-apono.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import { printPath } from "../../src/core/kernel/path.js";

/** The flow that a document means; fails the test where it means none. */
export function flowOf(document: unknown): AccessFlow {
  const read = fromApono(document);
  if (read.ok && read.value.kind === "flow") return read.value.flow;
  throw new Error(JSON.stringify(read));
}

/** Where notes stand, as people write places. */
export function notesOf(document: unknown): string[] {
  const read = fromApono(document);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.notes.map((note) => printPath(note.path));
}

/** Code and place of every issue. */
export function issuesOf(document: unknown): string[] {
  const read = fromApono(document);
  return read.ok ? [] : read.error.map((issue) => `${issue.code} ${printPath(issue.path)}`);
}
