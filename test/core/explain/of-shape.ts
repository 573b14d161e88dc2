import * as fc from "fast-check";
import type { RecordShape, Shape } from "../../../src/core/define/shape.js";

/** Text that tries to leave its quotation: terminal escapes, line breaks, bidi marks, markup, halves of characters. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("", "`", "\\", "\u001b[2J", "\n", "\r", "\u202e", "<!channel>", "\ud800", "\u0301", "\u00a0", "\u2028", "ann"),
  fc.string({ unit: "binary" }),
);

/** Any value that a shape describes. */
export function describedBy(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.is) {
    case "text":
      return shape.rule === "id" ? fc.constantFrom("C4", "R2") : hostileText;
    case "word":
      return fc.constantFrom(...shape.words);
    case "number":
      return fc.oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constantFrom(-1, 1e300, 0.5));
    case "flag":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "list":
      return fc.array(describedBy(shape.of), { minLength: shape.mayBeEmpty ? 0 : 1, maxLength: 3 });
    case "choice":
      return fc.oneof(...shape.of.map(describedBy));
    case "record":
      return recordOf(shape);
    case "union":
      return fc.constantFrom(...Object.values(shape.of), ...(shape.otherwise === undefined ? [] : [shape.otherwise])).chain(recordOf);
    case "map":
      return fc.dictionary(hostileText, describedBy(shape.of));
  }
}

function recordOf({ keys }: RecordShape): fc.Arbitrary<unknown> {
  const fields = Object.entries(keys).map(
    ([key, field]) => [key, field.need === "refused" ? fc.constant(null) : describedBy(field.shape)] as const,
  );
  return fc.record(Object.fromEntries(fields));
}
