import type { CandidateSelector } from "../core/facts/candidate-selector.js";
import type { FactsNeeded } from "../core/facts/facts-needed.js";
import type { AttributeValue, Identity } from "../core/facts/identity.js";
import type { Page } from "./page.js";

/**
 * Says who people are. A rejected promise means *unknown*, never *none*.
 *
 * `identity` answers about one whole person: `active`, `emails` (verified ones only), `accounts`, and every
 * attribute asked for. Where a source failed, the attribute is absent, or its list ends in `null` (C4);
 * `sources` lists those that answered. Groups and shifts are `{ id, name, source }`, never bare names; a manager
 * is an id or an address. Nested groups are followed, cycles end. A page cut off by a limit is a failure.
 */
export interface Directory {
  /** The person of this id or address (addresses in letters of any case), with at least the facts that are needed. */
  identity(ref: string, needs: FactsNeeded): Promise<DirectoryAnswer>;
  /** Who may be meant by a selector: too many are harmless, too few are not. */
  candidates(selector: CandidateSelector, after: string | null): Promise<Page<Identity>>;
}

/** `gone` only when the directory says so. */
export type DirectoryAnswer =
  | {
      readonly outcome: "found";
      readonly identity: Identity & {
        readonly active: boolean;
        readonly emails: readonly string[];
        readonly accounts: readonly AttributeValue[];
      };
    }
  | { readonly outcome: "gone" };
