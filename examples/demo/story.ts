import type { ActivityRow, Instant, ReasonCode } from "accessflow";

/** What happens at one moment of the week, in words, with the library's own explanation beneath. */
export type Entry = {
  readonly at: Instant;
  readonly scene: string;
  /** Number of the request it belongs to. */
  readonly request: number | null;
  readonly kind: EntryKind;
  readonly text: string;
  readonly because: readonly string[];
};

export type EntryKind =
  | "note"
  | "roles"
  | "asks"
  | "refused"
  | "mfa"
  | "asked"
  | "approve"
  | "reject"
  | "commandRefused"
  | "approved"
  | "rejected"
  | "expired"
  | "withdrawn"
  | "begins"
  | "extended"
  | "revoked"
  | "ends";

export type Scene = { readonly title: string; readonly about: string };

export type Outcome = "refused" | "pending" | "approved" | "revoked" | "failed" | "rejected" | "expired" | "withdrawn";

/** One line of the closing table. */
export type RequestRow = {
  readonly number: number;
  readonly flow: string;
  readonly requestor: string;
  readonly grantee: string | null;
  readonly asked: { readonly permission: string; readonly resources: readonly string[] };
  readonly askedAt: Instant;
  readonly outcome: Outcome;
  /** Codes of the reasons of a refusal. */
  readonly reasons: readonly ReasonCode[];
  readonly approvers: readonly string[];
  readonly rejectedBy: readonly string[];
  /** `end` null: until it is revoked. */
  readonly grant: { readonly start: Instant; readonly end: Instant | null } | null;
};

export type Story = {
  readonly format: "accessflow-demo/v1";
  readonly company: { readonly flows: number; readonly identities: number; readonly resources: number; readonly integrations: number };
  readonly week: { readonly start: Instant; readonly end: Instant };
  readonly scenes: readonly Scene[];
  readonly timeline: readonly Entry[];
  readonly requests: readonly RequestRow[];
  /** Every request that was made, as the activity report has it. */
  readonly activity: readonly ActivityRow[];
};
