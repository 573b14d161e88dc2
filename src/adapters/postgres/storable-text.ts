/**
 * A text that PostgreSQL can hold and compare, one for each text: NUL and lone surrogates, which it cannot hold,
 * become U+001A and their number. Without this, a client would send two ids that differ in a lone surrogate as
 * one and the same, both with U+FFFD. Nearly every text stays as it is.
 */
export function storableText(text: string): string {
  return text.replace(unstorable, (unit) => `\u001a${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The text that was stored. */
export function storedText(stored: string): string {
  return stored.replace(written, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

// U+001A itself is written out, too, or it could be taken for what follows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const unstorable = /[\u0000\u001a]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const written = /\u001a([0-9a-f]{4})/g;
