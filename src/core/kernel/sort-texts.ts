import { compareText } from "./text.js";

/** Puts texts in order by code unit (`compareText`), in place. Most lists come in order, and a look at neighbours is all they need. */
export function sortTexts(texts: string[]): string[] {
  for (let i = 1; i < texts.length; i += 1) {
    // Without a function of its own, `sort` compares texts by code unit, too.
    if (compareText(texts[i - 1] ?? "", texts[i] ?? "") > 0) return texts.sort();
  }
  return texts;
}
