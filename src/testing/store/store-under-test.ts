import type { RequestStore } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";

/** An empty store, made for one case. */
export type StoreUnderTest = {
  readonly store: RequestStore;
  /** Opens the same data again, as after the end of the process. Not needed where `keepsData` is false. */
  readonly restart?: (() => Promise<RequestStore>) | undefined;
  /** Called once after the case, whether it held or not. */
  close(): Promise<void>;
};

export type MakeStore = () => Promise<StoreUnderTest>;

/** Makes a case of a store out of what is to be tried: on an empty store of its own, closed afterwards. */
export function storeCase(
  make: MakeStore,
  name: string,
  tried: (store: RequestStore, made: StoreUnderTest) => Promise<void>,
): ConformanceCase {
  return {
    name,
    run: async () => {
      const made = await make();
      try {
        await tried(made.store, made);
      } finally {
        await made.close();
      }
    },
  };
}
