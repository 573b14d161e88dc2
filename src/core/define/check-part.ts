import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Issue } from "../kernel/issue.js";
import { isNonEmpty, type NonEmptyArray } from "../kernel/non-empty-array.js";
import { failure, type Result, success } from "../kernel/result.js";
import { checkDocument } from "./check-document.js";
import type { WalkOptions } from "./document-walk.js";
import { normalFormOf } from "./normal-form.js";
import { unsure } from "./reading.js";
import type { Shape } from "./shape.js";

/**
 * A frozen copy of a value that a shape describes, or everything that is wrong with it. The caller says which
 * type the shape describes; the laws of definitions and facts hold the two together.
 */
export function checkPart<T>(shape: Shape, value: unknown, options: WalkOptions): Result<T, NonEmptyArray<Issue>> {
  const normalForm = normalFormOf(shape, value, options);
  if (normalForm !== unsure) return success(normalForm as T);
  const { draft, walk } = checkDocument(shape, value, options);
  const { issues } = walk;
  return isNonEmpty(issues) ? failure(deepFreeze(issues)) : success(deepFreeze(draft as T));
}
