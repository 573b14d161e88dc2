import type { RequestStatus } from "./request-status.js";

/** The words of the product whose flows this library models. */
export type ProductStatus = "PENDING" | "APPROVED" | "GRANTED" | "REVOKING" | "EXPIRED" | "REJECTED" | "FAILED";

const words: { readonly [status in RequestStatus]: ProductStatus } = {
  awaitingMfa: "PENDING",
  awaitingApproval: "PENDING",
  scheduled: "APPROVED",
  activating: "APPROVED",
  active: "GRANTED",
  deactivating: "REVOKING",
  ended: "EXPIRED",
  revoked: "EXPIRED",
  expired: "EXPIRED",
  withdrawn: "EXPIRED",
  rejected: "REJECTED",
  activationFailed: "FAILED",
};

/** A status in the product's words (L9). */
export function productStatusOf(status: RequestStatus): ProductStatus {
  return words[status];
}
