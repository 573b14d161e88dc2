import type { Entitlement, Resource } from "../../core/facts/resource.js";
import type { EntitlementReport } from "../../core/request/request-state.js";
import type { Provisioner } from "../../ports/provisioner.js";
import type { ResourcesRead } from "../facts/read-resources.js";
import type { AccessServicePorts } from "../service-ports.js";

/** The share of an order that one provisioner carries out: positions in the request's entitlements. */
export type Part = {
  /** Integration; `""` where one provisioner carries everything out. */
  readonly name: string;
  /** Finds it: an integration that nobody carries orders out for fails like one that does not answer. */
  readonly provisioner: () => Provisioner;
  readonly positions: readonly number[];
  readonly entitlements: readonly { readonly resource: Resource; readonly permission: string }[];
};

/** Splits what a request is about by who carries it out; `missing` are the positions of which there is no record. */
export function partsOf(
  entitlements: readonly Entitlement[],
  resources: ResourcesRead,
  provisioner: AccessServicePorts["provisioner"],
): { readonly parts: readonly Part[]; readonly missing: readonly number[] } {
  const shares = new Map<string, { positions: number[]; entitlements: { resource: Resource; permission: string }[] }>();
  const missing: number[] = [];
  for (const [position, { permission }] of entitlements.entries()) {
    const record = resources[position];
    if (record === undefined || record === "gone") {
      missing.push(position);
      continue;
    }
    const name = typeof provisioner === "function" ? record.integration : "";
    const share = shares.get(name) ?? { positions: [], entitlements: [] };
    share.positions.push(position);
    share.entitlements.push({ resource: record, permission });
    shares.set(name, share);
  }
  const parts = [...shares].map(([name, share]) => ({
    name,
    provisioner: () => (typeof provisioner === "function" ? provisioner(name) : provisioner),
    ...share,
  }));
  return { parts, missing };
}

/** What a part has come to: under way with the handle of its provisioner, or over with its reports. */
export type PartProgress =
  | { readonly handle: string }
  | { readonly reports: readonly EntitlementReport[]; readonly failed: { readonly retryable: boolean } | null };

/** Progress by the name of the part, as it is kept between two claims of the effect. */
export type Progress = { readonly [part: string]: PartProgress };

/** What the handle of an effect says; nothing where it is none of ours. */
export function readProgress(handle: string | null): Progress {
  if (handle === null) return {};
  try {
    const progress: unknown = JSON.parse(handle);
    return typeof progress === "object" && progress !== null && !Array.isArray(progress) ? (progress as Progress) : {};
  } catch {
    return {};
  }
}
