/** Where a request stands in its life (L). The last six are its ends. */
export type RequestStatus =
  | "awaitingMfa"
  | "awaitingApproval"
  | "scheduled"
  | "activating"
  | "active"
  | "deactivating"
  | "ended"
  | "revoked"
  | "rejected"
  | "withdrawn"
  | "expired"
  | "activationFailed";
