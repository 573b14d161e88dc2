/** A value of an attribute: bare text is its own id and its own name (C5). */
export type AttributeValue = string | { readonly id: string; readonly name?: string | undefined; readonly source?: string | undefined };

/**
 * A person on record, as the host's directories describe them. Facts are plain JSON records: what `JSON.parse`
 * could have made, without getters, classes or keys that are hidden or inherited. Unknown keys are refused.
 */
export type Identity = {
  readonly id: string;
  /** Absent: unknown. `[]`: known to have none (C8). */
  readonly emails?: readonly string[] | undefined;
  /** Absent: the host links none (C8). */
  readonly accounts?: readonly AttributeValue[] | undefined;
  /** Absent counts as active (C9). */
  readonly active?: boolean | undefined;
  /** Display name: shown, never compared. */
  readonly name?: string | undefined;
  /** An id or an address (C10). null: known to have none. Absent, or an empty text: unknown. */
  readonly manager?: string | null | undefined;
  /** The directories that answered about this identity (C7). */
  readonly sources?: readonly string[] | undefined;
  /** `group`, `department`, `onCall`, …; absent and null are unknown, `[]` is known (C4). */
  readonly attributes?:
    | { readonly [attribute: string]: AttributeValue | readonly (AttributeValue | null)[] | null | undefined }
    | undefined;
};
