/* The same conditions in the languages of other libraries. Types of peers are not checked: they are installed by the bench alone. */

import type { Contender } from "./measure.js";
import type { PlainCondition, Question } from "./one-decision.js";

export async function peerContenders(
  _combinator: "and" | "or",
  _conditions: readonly PlainCondition[],
  _questions: readonly Question[],
): Promise<{ readonly peers: readonly Contender[]; readonly notes: readonly string[] }> {
  return { peers: [], notes: [] };
}
