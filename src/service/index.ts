/**
 * The access service: requests from submission to the end of the access, over the host's ports. The only asynchronous
 * part of this package.
 *
 * @packageDocumentation
 */

export type { AuditSink } from "../ports/audit-sink.js";
export type { Clock } from "../ports/clock.js";
export type { Directory, DirectoryAnswer } from "../ports/directory.js";
export type { FlowSource } from "../ports/flow-source.js";
export type { IdSource } from "../ports/id-source.js";
export type { Notice, Notifier } from "../ports/notifier.js";
export type { Page } from "../ports/page.js";
export type { GrantOrder, ProvisionAnswer, Provisioner } from "../ports/provisioner.js";
export type {
  ClaimedEffect,
  CommitOutcome,
  OutgoingEffect,
  RequestQuery,
  RequestStore,
  RequestWrite,
  StoredEvent,
} from "../ports/request-store.js";
export type { ResourceInventory, ResourceSelector } from "../ports/resource-inventory.js";
export type { WakeScheduler } from "../ports/wake-scheduler.js";
export type {
  AccessService,
  Answer,
  Command,
  CompleteMfaCommand,
  Reconciled,
  RequestCommand,
  RequestsCommand,
  SubmitCommand,
  Ticked,
  VoteCommand,
} from "./access-service.js";
export { createAccessService } from "./create-access-service.js";
export { defineProvisioner, type Eventually, type ProvisionerFunctions, type ProvisionerLimits } from "./define-provisioner.js";
export { secretIds } from "./secret-ids.js";
export type { AccessServiceOptions } from "./service-options.js";
export type { AccessServicePorts } from "./service-ports.js";
export { startTimers, type TimerOptions, type Timers } from "./start-timers.js";
export { systemClock } from "./system-clock.js";
