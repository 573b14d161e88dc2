/**
 * Who reads an explanation (E2). A requestor reads what requestor and grantee may know: no vote, no
 * approver, no value of anybody's attributes. An approver reads the votes and their reasons, too (L8). An
 * administrator reads everything, codes and rule ids included.
 */
export type Audience = "requestor" | "approver" | "administrator";

export const audiences: readonly Audience[] = ["requestor", "approver", "administrator"];
