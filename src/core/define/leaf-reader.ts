import { isAscii } from "../kernel/text.js";
import { isPossible, storedNumber } from "./number-rules.js";
import { counted, keepsText, keepsTotal, type Reader, unsure } from "./reading.js";
import type { FlagShape, NullShape, NumberShape, TextShape, WordShape } from "./shape.js";
import { faultOfText, faultOfWholeText } from "./text-rules.js";

/** Reads a value that holds no other. */
export function simpleReader(shape: TextShape | WordShape | NumberShape | FlagShape | NullShape): Reader {
  switch (shape.is) {
    case "text":
      return textReader(shape);
    case "word":
      return wordReader(shape);
    case "number":
      return (value, reading) => (typeof value === "number" && isPossible(value, shape) && counted(reading) ? storedNumber(value) : unsure);
    case "flag":
      return (value, reading) => (typeof value === "boolean" && counted(reading) ? value : unsure);
    case "null":
      return (value, reading) => (value === null && counted(reading) ? null : unsure);
  }
}

function textReader({ rule, max: most, total }: TextShape): Reader {
  const max = most ?? null;
  return (value, reading) => {
    if (typeof value !== "string") return unsure;
    // A text that is too long by its units alone is not looked through.
    if (!counted(reading) || value.length > reading.bytesLeft) return unsure;
    const wide = !isAscii(value);
    if (!keepsText(reading, value, wide)) return unsure;
    if (total !== undefined && !keepsTotal(reading, total, 1)) return unsure;
    if (wide) reading.wideTexts += 1;
    const faultOf = wide ? faultOfText : faultOfWholeText;
    if (faultOf(value, rule, max, reading.zones) !== null) return unsure;
    return rule === "name" ? value.trim() : value;
  };
}

/** Gives the shape's own text, not the document's. Words are ASCII. */
function wordReader({ words }: WordShape): Reader {
  return (value, reading) => {
    if (typeof value !== "string") return unsure;
    const word = words[words.indexOf(value)];
    return word !== undefined && counted(reading) && keepsText(reading, value, false) ? word : unsure;
  };
}
