/*
 * Everything but letters, marks, digits, punctuation, symbols and the plain space: control characters
 * (terminal escapes, line breaks), format characters (bidi overrides, invisible joiners), lone surrogates,
 * private use, line separators, look-alike spaces. And the characters that would end a quotation, or open a
 * tag or a mention where the sentence is shown as HTML or sent as a chat message.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}`<>]|(?! )\p{Zs}|^\p{M}/gu;

/** A caller's text with its unsafe characters as `\u{…}` (TH19). */
export function escapedText(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A caller's text as it stands in a sentence: in backticks, and nothing between them can end them (TH19). */
export function quotedText(text: string): string {
  return `\`${escapedText(text.replaceAll("\\", "\\\\"))}\``;
}

/** At most `limit` characters of a text, the rest as `…`; a character is never cut in two. */
export function shortened(text: string, limit: number): string {
  // Twice as many code units hold that many characters; the rest of a huge text is never looked at.
  const characters = Array.from(text.slice(0, 2 * limit + 2));
  return characters.length > limit ? `${characters.slice(0, limit).join("")}…` : text;
}
