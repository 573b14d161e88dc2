import type { NonEmptyArray } from "../kernel/non-empty-array.js";

/** How a condition compares; the negative operators negate the whole attribute (C2, C3). */
export type Operator = "is" | "isNot" | "contains" | "doesNotContain" | "startsWith";

export const operators: NonEmptyArray<Operator> = ["is", "isNot", "contains", "doesNotContain", "startsWith"];

/** Tests one attribute of one identity against listed values (C). */
export type AttributeCondition = {
  readonly attribute: string;
  readonly operator: Operator;
  /** Alternatives (C2); for the negative operators, none of them may match (C3). */
  readonly values: NonEmptyArray<string>;
  /** Only values that this directory gave (C7). */
  readonly source?: string | undefined;
  /** `is` and `isNot` compare with names, too (C5). */
  readonly match?: "name" | undefined;
};

/** Who the voter is to the request: approver groups only (A7). */
export type RelationCondition = { readonly relation: "manager"; readonly of: "requestor" | "grantee" } | { readonly relation: "owner" };

/** What a condition of an approver group may be (A7). */
export type Condition = AttributeCondition | RelationCondition;

/** Conditions that a combinator joins: `and`, all must hold; `or`, one must (C1). */
export type Conditions<Member = AttributeCondition> = { readonly combinator: "and" | "or"; readonly conditions: NonEmptyArray<Member> };
