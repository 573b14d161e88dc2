import * as z from "zod";
import type { Issue } from "../core/kernel/issue.js";
import type { Result } from "../core/kernel/result.js";
import type { JsonSchema } from "./json-schema-of.js";

/**
 * A zod schema around a check of the core: the one validator decides, zod carries its answer. Every issue
 * becomes one of zod's with the same path and message, and with its code, limit and nearest word in `params`.
 */
export function schemaOf<Output, Input>(
  check: (value: unknown) => Result<Output, readonly Issue[]>,
  json: () => JsonSchema,
): z.ZodType<Output, Input> {
  const schema = z.unknown().transform((value, context): Output => {
    const checked = check(value);
    if (checked.ok) return checked.value;
    for (const { path, message, ...params } of checked.error) {
      context.issues.push({ code: "custom", input: value, path: [...path], message, params });
    }
    return z.NEVER;
  });
  // What `z.toJSONSchema` would otherwise say of such a schema is that it can be anything.
  schema._zod.toJSONSchema = json;
  // The check takes anything; the input type is for those who write such values in TypeScript.
  return schema as unknown as z.ZodType<Output, Input>;
}
