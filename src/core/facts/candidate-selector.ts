/** Whom to ask a directory for: a superset of a group's approvers, in positive terms. */
export type CandidateSelector =
  | {
      readonly anyOf: readonly {
        readonly attribute: string;
        readonly operator: "is" | "startsWith" | "contains";
        readonly values: readonly string[];
        readonly source: string | null;
      }[];
    }
  | "everyone";
