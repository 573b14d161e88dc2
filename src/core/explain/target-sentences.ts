import type { Path } from "../kernel/path.js";
import { quotedText } from "../kernel/quoted.js";
import { counted } from "./join-words.js";
import type { Sentences } from "./sentence.js";

type TargetCode =
  | "bundle_unknown"
  | "bundle_ambiguous"
  | "bundle_nested"
  | "access_scope_unknown"
  | "access_scope_ambiguous"
  | "query_invalid"
  | "integration_unknown"
  | "integration_ambiguous"
  | "resource_clash"
  | "permission_clash"
  | "resource_not_active"
  | "tags_unknown"
  | "permissions_unknown"
  | "permission_not_offered"
  | "resource_unknown"
  | "not_covered"
  | "aws_many_resources"
  | "aws_policy_size"
  | "nothing_asked"
  | "too_much_asked";

/** What can be asked for (T, Q, L1). */
export const targetSentences: Sentences<TargetCode> = {
  bundle_unknown: ({ name }) => `There is no bundle ${quotedText(name)}; it gives nothing.`,
  bundle_ambiguous: ({ name }) => `More than one bundle is called ${quotedText(name)}; it gives nothing.`,
  bundle_nested: ({ name }) => `The bundle ${quotedText(name)} stands inside another bundle; there it gives nothing.`,
  access_scope_unknown: ({ name }) => `There is no access scope ${quotedText(name)}; it gives nothing.`,
  access_scope_ambiguous: ({ name }) => `More than one access scope is called ${quotedText(name)}; it gives nothing.`,
  query_invalid: ({ name, line, column }) =>
    `The query of access scope ${quotedText(name)} cannot be read at line ${line}, column ${column}; it gives nothing.`,
  integration_unknown: ({ name }) => `There is no integration ${quotedText(name)}; it gives nothing.`,
  integration_ambiguous: ({ name }) => `More than one integration is called ${quotedText(name)}; it gives nothing.`,
  resource_clash: ({ resource }) => `The inventory has different records of resource ${quotedText(resource)}; it is left out.`,
  permission_clash: ({ resource, permission }) =>
    `Resource ${quotedText(resource)} offers permission ${quotedText(permission)} twice; the second is ignored.`,
  resource_not_active: ({ resource }) => `Resource ${quotedText(resource)} is deleted or in error.`,
  tags_unknown: ({ resource }) => `The tags of resource ${quotedText(resource)} are not known.`,
  permissions_unknown: ({ resource }) => `It is not known which permissions resource ${quotedText(resource)} offers.`,
  permission_not_offered: ({ resource, permission }) =>
    `Resource ${quotedText(resource)} does not offer permission ${quotedText(permission)}.`,
  resource_unknown: ({ resource }) => `There is no resource ${quotedText(resource)} in the inventory.`,
  not_covered: ({ resource, permission }) =>
    `The access flow does not give permission ${quotedText(permission)} on resource ${quotedText(resource)}.`,
  aws_many_resources: ({ path, count, limit }) =>
    `${whoNames(path)} names ${counted(count, "AWS resource")}, more than ${limit}: the policy made of them may become too long.`,
  aws_policy_size: ({ path, characters, limit }) =>
    `${whoNames(path)} names AWS resources whose policy is estimated at ${characters} characters, above the limit of ${limit}.`,
  nothing_asked: () => "The request asks for nothing.",
  too_much_asked: ({ limit }) => `That is too much at once: the limit is ${limit}.`,
};

/** A flow's own count has the path of its targets, a bundle's that of the target which refers to it (T9). */
function whoNames(path: Path): string {
  return path.length > 1 ? "A bundle of the access flow" : "The access flow";
}
