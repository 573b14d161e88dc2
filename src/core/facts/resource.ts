type Texts = { readonly [key: string]: string };

/** A permission a resource offers: bare text is a name. Without an `id`, the name is the id (Q5). */
export type Permission =
  | string
  | {
      readonly id?: string | undefined;
      readonly name: string;
      readonly riskLevel?: string | undefined;
      readonly tags?: Texts | undefined;
      readonly context?: Texts | undefined;
    };

/**
 * Something access can be given to, as the host's inventory describes it. Facts are plain JSON records: what
 * `JSON.parse` could have made, without getters, classes or keys that are hidden or inherited. Unknown keys are
 * refused.
 */
export type Resource = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Id of its integration, or the text that flows name it by. */
  readonly integration: string;
  readonly path?: string | undefined;
  readonly sourceId?: string | undefined;
  /** Absent counts as active (T7), and is unknown to queries (Q5). */
  readonly status?: "active" | "error" | "deleted" | undefined;
  readonly riskLevel?: string | undefined;
  /** Absent: unknown. `{}`: known to have none (T3). */
  readonly tags?: Texts | undefined;
  readonly context?: Texts | undefined;
  /** Absent: unknown. `[]`: offers nothing (T4). */
  readonly permissions?: readonly Permission[] | undefined;
};

/** One permission on one resource: the unit of access. */
export type Entitlement = {
  /** Id of the resource. */
  readonly resource: string;
  /** Name of the permission. */
  readonly permission: string;
};
