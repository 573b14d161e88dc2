import type { Identity } from "../core/facts/identity.js";
import type { Resource } from "../core/facts/resource.js";
import type { EntitlementReport } from "../core/request/request-state.js";
import type { GrantWindow } from "../core/time/grant-window.js";
import type { Instant } from "../core/time/instant.js";

/**
 * Gives access and takes it back. Every call is idempotent by `key` and safe in any repetition; nothing is begun
 * after `deadline`. A slow one answers `pending` and is called again at `checkAt` with its `handle` and the same
 * key. `keep` is left alone; `heldBefore` says that access stood already. `window.end` may be set in the target
 * as a safety net, never as the revocation. Names are data: quoted, never spliced. Reasons hold no secrets.
 */
export interface Provisioner {
  /** Gives what the order names, and reports on each entitlement: `held`, or `heldBefore` where it stood already. */
  activate(order: GrantOrder): Promise<ProvisionAnswer>;
  /** `done` means that it was read back, not only sent; `sessionsMayPersist` where open sessions live on. */
  deactivate(order: GrantOrder): Promise<ProvisionAnswer>;
  /** The window's end was moved: only for targets that keep one as a safety net. */
  changeEnd?(order: GrantOrder): Promise<ProvisionAnswer>;
  /** What the grantee holds now, by entitlement. */
  inspect?(order: GrantOrder): Promise<readonly EntitlementReport[]>;
}

/** What is to be given or taken, for whom, and until when it may be begun. Plain JSON. */
export type GrantOrder = {
  readonly key: string;
  readonly request: string;
  readonly generation: number;
  readonly deadline: Instant;
  readonly handle: string | null;
  readonly grantee: Identity;
  readonly entitlements: readonly { readonly resource: Resource; readonly permission: string }[];
  readonly window: GrantWindow;
  /** Positions of entitlements that another request or standing access holds (L6). */
  readonly keep: readonly number[];
};

/** What came of an order, as far as the target says. */
export type ProvisionAnswer =
  | { readonly outcome: "done"; readonly reports: readonly EntitlementReport[] }
  | { readonly outcome: "pending"; readonly checkAt: Instant; readonly handle: string }
  /** Never claims that nothing happened unless `reports` say `notHeld`. */
  | {
      readonly outcome: "failed";
      readonly retryable: boolean;
      readonly reason: string;
      readonly reports: readonly EntitlementReport[];
    };
