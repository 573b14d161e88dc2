/** The id of a rule in `docs/semantics.md`, for example `C4`. */
export type RuleId = `${"A" | "C" | "D" | "E" | "L" | "M" | "Q" | "R" | "S" | "T" | "W" | "X"}${number}`;
