import type { Catalog } from "../../core/facts/catalog.js";
import type { Identity } from "../../core/facts/identity.js";
import type { Entitlement, Resource } from "../../core/facts/resource.js";
import type { AccessFlow } from "../../core/flow/access-flow.js";
import type { AccessFlowDefinition } from "../../core/flow/definition.js";
import type { MfaEvidence } from "../../core/request/request-state.js";
import type { Duration } from "../../core/time/duration.js";
import type { Instant, InstantInput } from "../../core/time/instant.js";
import type { ZoneTables } from "../../core/time/zone-tables.js";

/** A request and what happens to it, in a world that answers at once: see `simulate`. */
export type Scenario = {
  /** A definition, or a flow. */
  readonly flow: AccessFlowDefinition | AccessFlow;
  /** When it is asked. */
  readonly at: InstantInput;
  /** Everybody who takes part. Steps and request name them by id; whom nobody described has an id and no more facts. */
  readonly people: readonly Identity[];
  readonly request: {
    readonly requestor: string;
    readonly grantee?: string | undefined;
    /** Absent: the first permission that the flow gives on the first of `resources`. */
    readonly entitlements?: readonly Entitlement[] | undefined;
    readonly requestedDuration?: Duration | undefined;
    readonly startAt?: InstantInput | undefined;
    readonly justification?: string | undefined;
    readonly mfa?: MfaEvidence | undefined;
  };
  /** Absent: one resource that the flow's first target gives. */
  readonly resources?: readonly Resource[] | undefined;
  readonly catalog?: Catalog | undefined;
  /** What happens, in order. Absent: nothing but time. */
  readonly steps?: readonly ScenarioStep[] | undefined;
  /** Zone tables in place of the runtime's (X11). */
  readonly zones?: ZoneTables | undefined;
  /** How far time goes on after the last step. Absent: not at all. */
  readonly until?: InstantInput | undefined;
};

/** When a step happens: at an instant, so long after the step before, or, with neither, at the same time as it. */
export type ScenarioTime = { readonly at?: InstantInput | undefined; readonly after?: Duration | undefined };

/** One thing that happens; people by id. Everything else – facts read again, timers, the provisioner – follows by itself. */
export type ScenarioStep = ScenarioTime &
  (
    | { readonly vote: string; readonly decision: "approve" | "reject"; readonly reason?: string | undefined }
    /** They complete MFA now. */
    | { readonly mfa: string }
    | { readonly withdraw: string; readonly administrator?: boolean | undefined }
    | { readonly revoke: string; readonly administrator?: boolean | undefined }
    | { readonly extend: string }
    /** From now on the directory says this about somebody. */
    | { readonly person: Identity }
    /** From now on the directory says that there is no such person, or does not answer about them. */
    | { readonly gone: string }
    | { readonly unanswered: string }
    /** The flow as it is from now on: a request keeps the one that it was asked by (L3). */
    | { readonly flowIs: "active" | "inactive" | "gone" | "unknown" }
    /** From now on the provisioner works, fails and may be asked again, fails for good, or never answers. */
    | { readonly provisioner: ProvisionerMood }
    /** The sweep looks at the grantee of an active grant (L10). */
    | { readonly sweep: true }
    /** Time passes. */
    | { readonly wait: true }
  );

/** How the provisioner of a scenario behaves: a `silent` one is asked, and never reports. */
export type ProvisionerMood = "works" | "failsRetryably" | "fails" | "silent";

/** One line of what happened. */
export type SimulatedLine = { readonly at: Instant; readonly what: string; readonly outcome: string };
