/** Whose facts a condition is put to. */
export type Subject = "requestor" | "grantee" | "voter" | "resource";
