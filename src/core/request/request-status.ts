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

const isOver: { readonly [status in RequestStatus]: boolean } = {
  awaitingMfa: false,
  awaitingApproval: false,
  scheduled: false,
  activating: false,
  active: false,
  deactivating: false,
  ended: true,
  revoked: true,
  rejected: true,
  withdrawn: true,
  expired: true,
  activationFailed: true,
};

/** Every status, in the order of a request's life. */
export const requestStatuses: readonly RequestStatus[] = Object.freeze(Object.keys(isOver) as RequestStatus[]);

/** Whether a request of this status has come to its end: nothing changes it any more. */
export function isEnd(status: RequestStatus): boolean {
  return isOver[status];
}
