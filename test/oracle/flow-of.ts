import { checkAccessFlow } from "../../src/core/define/check-access-flow.js";
import type { AccessFlow } from "../../src/core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";

/** The flow that a generated definition means: all of them are valid. */
export function flowOf(definition: AccessFlowDefinition): AccessFlow {
  const checked = checkAccessFlow(definition);
  if (!checked.ok) throw new Error(`not valid: ${JSON.stringify({ definition, issues: checked.error })}`);
  return checked.value;
}
