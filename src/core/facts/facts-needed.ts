/** What to ask a directory about one person. */
export type FactsNeeded = {
  readonly attributes: readonly { readonly name: string; readonly sources: readonly string[] | "any" }[];
  readonly manager: boolean;
};
