import type { Identity } from "accessflow";
import { memoryDirectory } from "accessflow/adapters/memory";
import type { Directory } from "accessflow/service";

/** The company's directory. Its people change, and at times it does not answer. */
export type MoodyDirectory = Directory & {
  set(identity: Identity): void;
  /** About whom it does not answer. */
  readonly silentAbout: Set<string>;
};

export function moodyDirectory(identities: readonly Identity[]): MoodyDirectory {
  const directory = memoryDirectory(identities);
  const silentAbout = new Set<string>();
  return {
    ...directory,
    silentAbout,
    async identity(ref, needs) {
      if (silentAbout.has(ref)) throw new Error("the directory did not answer");
      return directory.identity(ref, needs);
    },
  };
}
