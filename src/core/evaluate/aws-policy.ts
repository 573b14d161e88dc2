import type { CheckedCatalog } from "../facts/catalog.js";
import type { Target } from "../flow/target.js";
import type { Path } from "../kernel/path.js";
import { type Reason, reason } from "../kernel/reason.js";
import { codePoints, normalText } from "../kernel/text.js";
import { findEntry } from "./catalog-lookup.js";

/** More resources than that, each named on its own, are better selected by a tag (T9). */
const maximumNamed = 100;

/** Characters of an inline policy, white space not counted: of a user, a group, a role (T9). */
const policyLimits = [2_048, 5_120, 10_240];

/** What a name adds to a policy beside its own characters. */
const charactersAround = 3;

/**
 * Warnings about AWS resources that are named one by one, in the flow and in each bundle it refers to (T9).
 * They take nothing away. A resource that two targets name in the same way counts once.
 */
export function awsWarnings(targets: readonly Target[], catalog: CheckedCatalog): readonly Reason[] {
  const reasons = [...warningsFor(targets, Object.freeze(["targets"]))];
  targets.forEach((target, position) => {
    if (target.kind !== "bundle") return;
    const found = findEntry(catalog.bundles, target.bundle);
    if (found.outcome === "found") reasons.push(...warningsFor(found.entry.targets, Object.freeze(["targets", position])));
  });
  return reasons;
}

function warningsFor(targets: readonly Target[], path: Path): readonly Reason[] {
  const named = namedResources(targets);
  const characters = named.reduce((sum, text) => sum + codePoints(text.replace(/\s/gu, "")) + charactersAround, 0);
  const limit = policyLimits.find((each) => characters > each);
  const reasons: Reason[] = [];
  if (named.length > maximumNamed) reasons.push(reason("aws_many_resources", "T9", path, { count: named.length, limit: maximumNamed }));
  if (limit !== undefined) reasons.push(reason("aws_policy_size", "T9", path, { characters, limit }));
  return reasons;
}

/** The texts by which targets name AWS resources, as written. */
function namedResources(targets: readonly Target[]): readonly string[] {
  const named = new Map<string, string>();
  for (const target of targets) {
    if (target.kind !== "integration" || !target.resourceType.startsWith("aws-") || target.resources === "any") continue;
    for (const filter of target.resources.include ?? []) {
      if (filter.by === "tag") continue;
      for (const value of filter.values) {
        named.set(JSON.stringify([target.integration, target.resourceType, filter.by, value].map(normalText)), value);
      }
    }
  }
  return [...named.values()];
}
