import { withMarksInOrder } from "./marks-in-order.js";

/** Below this length a normal form costs little, whatever the text holds. */
const shortText = 512;

/** Text as it is compared: NFC, and nothing else (C6). */
export function normalText(text: string): string {
  if (isAscii(text)) return text;
  return (text.length < shortText ? text : withMarksInOrder(text)).normalize("NFC");
}

/**
 * Whether another text can be equal to this one (C6): it holds more than ASCII, or `;`, `K`, `\``, which have a double
 * elsewhere. Almost none that is ASCII has one, so that a search for it can be spared.
 */
export function hasOtherSpellings(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 127 || unit === semicolon || unit === capitalK || unit === graveAccent) return true;
  }
  return false;
}

const semicolon = 0x3b;
const capitalK = 0x4b;
const graveAccent = 0x60;

/**
 * How the texts of `user` are keyed (C6, C8): NFC, and ASCII letters in lower case where the text is an
 * address. Two texts are the same person's key exactly when their keys are equal: an address has an `@` on
 * both sides or on neither, so ignoring case for either means ignoring it for both.
 */
export function personKey(text: string): string {
  if (isSmallAscii(text)) return text;
  const normal = normalText(text);
  return normal.includes("@") ? withoutCase(normal) : normal;
}

/**
 * Text in normal form, ASCII letters in lower case (C6). A small letter may combine where the capital did not
 * (`J` and a caron), so that what comes out is brought into normal form once more: it is its own result.
 */
export function withoutCase(normal: string): string {
  return normalText(lowerAscii(normal));
}

export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether a text is ASCII without capital letters, as nearly all ids and addresses are: it is its own key. */
function isSmallAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 127 || (unit > 64 && unit < 91)) return false;
  }
  return true;
}

/** Characters are code points, everywhere (D). */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export function hasLoneSurrogate(text: string): boolean {
  return !isAscii(text) && /\p{Surrogate}/u.test(text);
}

/** By code unit: the same on every machine, in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Such a text is in normal form, its characters are its code units, and no surrogate is in it. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
}
