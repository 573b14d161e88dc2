import { normalText } from "../kernel/text.js";

/** `tags` or `context`; a key whose value is undefined is absent. */
type Texts = { readonly [key: string]: string | undefined };

/**
 * What a record of texts says under a key, on NFC text (T3, Q5): nothing where it lacks the key, several
 * texts where it bears the key in several Unicode forms. Only own keys count: `constructor` is a key like any other (D8).
 */
export function entriesUnder(texts: Texts | undefined, key: string): readonly string[] {
  if (texts === undefined) return [];
  const wanted = normalText(key);
  const found: string[] = [];
  for (const name of Object.keys(texts)) {
    const text = normalText(name) === wanted ? texts[name] : undefined;
    if (text !== undefined) found.push(normalText(text));
  }
  return found;
}
