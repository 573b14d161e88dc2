import { factWalk } from "../core/define/check-facts.js";
import { checkPart } from "../core/define/check-part.js";
import { type Field, optional, type RecordShape, record, whole } from "../core/define/shape.js";
import { accessFlowError } from "../core/kernel/access-flow-error.js";

/** The longest that timers wait, in milliseconds: a longer time overflows, and is over at once. */
export const longestWait = 2_147_483_647;

/** A time to wait, in milliseconds, that may be left out. */
export const wait: Field = optional(whole(1));

/**
 * Options of the stated shape, copied and frozen; those among `waits` are times a timer can wait. Throws
 * `AccessFlowError` (`facts_invalid`) with all issues: a misspelt option must not mean its default.
 */
export function acceptOptions<T extends object>(shape: RecordShape, options: T, waits: readonly (keyof T & string)[]): T {
  const checked = checkPart<T>(shape, options, factWalk);
  if (!checked.ok) {
    const lines = checked.error.map(({ message }) => `- ${message}`).join("\n");
    throw accessFlowError("facts_invalid", `not what ${shape.name} may be:\n${lines}`, checked.error);
  }
  const accepted = checked.value;
  const long = waits.find((name) => Number(accepted[name] ?? 0) > longestWait);
  if (long !== undefined) throw accessFlowError("facts_invalid", `${shape.name}.${long} must be at most ${longestWait} milliseconds`);
  return accepted;
}

/** The same for one number of milliseconds. */
export function acceptWait(name: string, value: number): number {
  return acceptOptions(record("options", { [name]: wait }), { [name]: value }, [name])[name] ?? value;
}
