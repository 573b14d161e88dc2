import type { RequestStore } from "../ports/request-store.js";
import { guardedStore } from "./guard/guarded-store.js";
import { type AccessServiceOptions, type ServiceSettings, settingsOf } from "./service-options.js";
import type { AccessServicePorts } from "./service-ports.js";
import { createUpcoming, type Upcoming } from "./upcoming.js";

/** What every part of the service works with. */
export type ServiceContext = {
  readonly ports: AccessServicePorts;
  /** The store of the ports, guarded. */
  readonly store: RequestStore;
  readonly settings: ServiceSettings;
  readonly upcoming: Upcoming;
};

export function createContext(ports: AccessServicePorts, options: AccessServiceOptions): ServiceContext {
  const settings = settingsOf(options);
  return Object.freeze({ ports, store: guardedStore(ports.store, settings.portTimeoutMs), settings, upcoming: createUpcoming() });
}
