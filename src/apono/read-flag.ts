import type { Path } from "../core/kernel/path.js";
import { addIssue, addNote, type Reading } from "./reading.js";

/** A setting that several versions spell differently: the first spelling given, which no other may contradict. */
export function readFlag<Key extends string>(
  reading: Reading,
  at: Path,
  settings: { readonly [Spelling in Key]?: boolean | null | undefined },
  keys: readonly [Key, ...Key[]],
): { readonly key: Key; readonly value: boolean } {
  const [first, ...others] = keys.filter((key) => typeof settings[key] === "boolean");
  if (first === undefined) return { key: keys[0], value: false };
  for (const key of others) {
    if (settings[key] === settings[first]) addNote(reading, [...at, key], `is left out: \`${first}\` says the same`);
    else addIssue(reading, "combination_means_nothing", [...at, key], `contradicts \`${first}\`: write one of them`);
  }
  return { key: first, value: settings[first] === true };
}
