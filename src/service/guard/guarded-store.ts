import { accessFlowError } from "../../core/kernel/access-flow-error.js";
import type { RequestState } from "../../core/request/request-state.js";
import { restoreRequestState } from "../../core/request/restore-request-state.js";
import type { RequestStore } from "../../ports/request-store.js";
import { withinTime } from "./within-time.js";

/**
 * The store as this service calls it: whatever fails, or takes too long, is `store_unavailable`, and what it gives
 * is a state of this library or refused (L13).
 */
export function guardedStore(store: RequestStore, timeoutMs: number): RequestStore {
  const ask = async <T>(run: () => Promise<T>): Promise<T> => {
    const asked = await withinTime(timeoutMs, run);
    if (asked.answered) return asked.value;
    throw accessFlowError("store_unavailable", "the store did not answer");
  };
  return {
    load: async (id) => {
      const state = await ask(() => store.load(id));
      return state === null ? null : restored(state);
    },
    commit: (write) => ask(() => store.commit(write)),
    list: async (query) => {
      const page = await ask(() => store.list(query));
      return { items: page.items.map(restored), next: page.next };
    },
    events: (id, afterRevision) => ask(() => store.events(id, afterRevision)),
    due: (input) => ask(() => store.due(input)),
    claimEffects: (input) => ask(() => store.claimEffects(input)),
    settleEffect: (input) => ask(() => store.settleEffect(input)),
    held: (grantee) => ask(() => store.held(grantee)),
  };
}

function restored(json: RequestState): RequestState {
  const state = restoreRequestState(json);
  if (state.ok) return state.value;
  const [first] = state.error;
  throw accessFlowError(first.code, `a stored request cannot be read: ${first.message}`, state.error);
}
