import type { ResolvedTargets } from "../evaluate/resolve-targets.js";
import { quotedText } from "../kernel/quoted.js";
import type { Audience } from "./audience.js";
import { counted, firstOf } from "./join-words.js";
import { explainReasons } from "./reason-sentences.js";

/** What a flow gives (T): one sentence a row, with the first of its resources by id. */
export function explainResolvedTargets({ size, grants, reasons }: ResolvedTargets, audience: Audience): string[] {
  return [
    `The access flow gives ${counted(size, "entitlement")}.`,
    ...grants.map((row) => {
      const resources = `${counted(row.resources.length, "resource")} of type ${quotedText(row.resourceType)} in ${quotedText(row.integration)}`;
      return `${quotedText(row.permission)} on ${resources}: ${firstOf(row.resources.map(quotedText))}.`;
    }),
    ...explainReasons(reasons, audience),
  ];
}
