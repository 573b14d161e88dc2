import { hasOtherSpellings, normalText } from "../kernel/text.js";

/** `tags` or `context`; a key whose value is undefined is absent. */
type Texts = { readonly [key: string]: string | undefined };

/**
 * Reads what a record of texts says under a key, on NFC text (T3, Q5): nothing where it lacks the key, several
 * texts where it bears the key in several Unicode forms. Only own keys count: `constructor` is a key like any other (D8).
 */
export function entriesUnder(key: string): (texts: Texts | undefined) => readonly string[] {
  const wanted = normalText(key);
  // Where a key has no other spelling, only the same key is equal to it.
  return hasOtherSpellings(wanted) ? (texts) => entriesLike(wanted, texts) : (texts) => entryAt(wanted, texts);
}

/** Whether the key is there is asked first: reading one that is inherited can run code, as `__proto__` does. */
function entryAt(key: string, texts: Texts | undefined): readonly string[] {
  const text = texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
  return text === undefined ? none : [normalText(text)];
}

function entriesLike(wanted: string, texts: Texts | undefined): readonly string[] {
  if (texts === undefined) return none;
  const found: string[] = [];
  for (const name of Object.keys(texts)) {
    const text = normalText(name) === wanted ? texts[name] : undefined;
    if (text !== undefined) found.push(normalText(text));
  }
  return found;
}

const none: readonly string[] = Object.freeze([]);
