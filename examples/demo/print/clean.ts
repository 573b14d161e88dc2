/**
 * Text of strangers, made safe for a terminal: control characters, escapes, line ends, direction marks and
 * invisible characters are written as `\u{…}`, so a name cannot move the cursor or hide what follows.
 */
export function clean(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Co}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
