import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import type { Duration } from "../time/duration.js";
import type { Schedule } from "../time/schedule.js";
import type { Approval } from "./approval.js";
import type { Conditions } from "./condition.js";
import type { Settings } from "./settings.js";
import type { Target } from "./target.js";

/** For oneself, for others who meet `grantees`, or for people whose manager one is (R3). */
export type Scope = "self" | "others" | "directReports";

/** For whom one may ask (R3). */
export type RequestFor = {
  readonly scopes: NonEmptyArray<Scope>;
  /** Whom one may ask for under scope `others`. */
  readonly grantees?: Conditions | undefined;
};

/** How long access is granted at most ("Grant for"); `endWith` ends it with the schedule's opening (W1–W4). */
export type GrantFor =
  | ({ readonly kind: "fixed"; readonly endWith?: "schedule" | undefined } & Duration)
  | { readonly kind: "indefinite"; readonly endWith?: "schedule" | undefined };

/** Exists in types only: a flow comes from `defineAccessFlow`, `checkAccessFlow` or `parseAccessFlow`. */
declare const checked: unique symbol;

/** An access flow in normal form: every default spelt out, deep-frozen, plain JSON, itself a valid definition (D7). */
export type AccessFlow = {
  readonly [checked]: true;
  readonly format: "accessflow/v1";
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  readonly trigger: "selfServe" | "automatic";
  readonly schedule: Schedule;
  readonly requestors: Conditions;
  readonly requestFor: RequestFor;
  readonly targets: NonEmptyArray<Target>;
  readonly grantFor: GrantFor;
  readonly approval: Approval;
  readonly settings: Settings;
};
