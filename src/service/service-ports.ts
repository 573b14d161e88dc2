import type { AuditSink } from "../ports/audit-sink.js";
import type { Clock } from "../ports/clock.js";
import type { Directory } from "../ports/directory.js";
import type { FlowSource } from "../ports/flow-source.js";
import type { IdSource } from "../ports/id-source.js";
import type { Notifier } from "../ports/notifier.js";
import type { Provisioner } from "../ports/provisioner.js";
import type { RequestStore } from "../ports/request-store.js";
import type { ResourceInventory } from "../ports/resource-inventory.js";
import type { WakeScheduler } from "../ports/wake-scheduler.js";

/** What the service is given of the host's world. The contract of each port stands beside it. */
export type AccessServicePorts = {
  readonly store: RequestStore;
  readonly directory: Directory;
  readonly flows: FlowSource;
  readonly inventory: ResourceInventory;
  /** One for everything, or one for each integration (by the `integration` of resources). */
  readonly provisioner: Provisioner | ((integration: string) => Provisioner);
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Absent: `tick` finds what is due. */
  readonly wake?: WakeScheduler | undefined;
  /** Absent: nobody is told. */
  readonly notifier?: Notifier | undefined;
  /** Absent: the store's events are the only record. */
  readonly audit?: AuditSink | undefined;
};
