import type { Instant } from "accessflow";
import type { Entry, EntryKind, Scene } from "./story.js";

/** Writes down what happens. */
export type Storyteller = {
  readonly scenes: readonly Scene[];
  readonly entries: readonly Entry[];
  readonly begin: (title: string, about: string) => void;
  readonly tell: (at: Instant, request: number | null, kind: EntryKind, text: string, because?: readonly string[]) => void;
};

export function createStoryteller(): Storyteller {
  const scenes: Scene[] = [];
  const entries: Entry[] = [];
  return {
    scenes,
    entries,
    begin: (title, about) => {
      scenes.push({ title, about });
    },
    tell: (at, request, kind, text, because = []) => {
      entries.push({ at, scene: scenes.at(-1)?.title ?? "", request, kind, text, because });
    },
  };
}
