/* Chapter M: what a run of an automatic flow comes to. People by id, grants by request. */
import type * as Lib from "../../../src/index.js";
import { all, conditionsTruth, nfc, same, type Truth } from "./conditions.js";
import { clashes, entitlementKey, resolve } from "./targets.js";

export function reconcile(flow: Lib.AccessFlow, input: Lib.ReconcileInput) {
  const { identities, current, resources, catalog, maxEnds = Math.max(10, current.length / 5) } = input;
  const { given, codes } = resolve(flow.targets, { resources, catalog });
  const isBroken = [...codes].some((code) => /^(bundle|access_scope|integration)_|^query_invalid$/.test(code));
  const personTruth = (id: string): Truth => {
    const records = identities.filter((identity) => same(identity.id, id));
    const truths = new Set(records.map((record) => conditionsTruth(flow.requestors, record)));
    if (records.some(({ active }) => active === false)) return "fails";
    return truths.size === 1 ? ([...truths][0] ?? "unknown") : "unknown";
  };
  const covered = ({ resource, permission }: Lib.Entitlement): Truth => {
    const record = resources.find(({ id }) => same(id, resource));
    if (given.has(entitlementKey(resource, permission))) return "holds";
    if (record === undefined || isBroken || clashes(record, resources)) return "unknown";
    return record.tags === undefined || record.permissions === undefined ? "unknown" : "fails";
  };
  const grants = current.map(({ grantee, entitlement, request }) => {
    const isMissing = !identities.some(({ id }) => same(id, grantee));
    const key = `${nfc(grantee)} ${entitlementKey(entitlement.resource, entitlement.permission)}`;
    return { grantee, request, key, truth: isMissing ? "unknown" : all([personTruth(grantee), covered(entitlement)]) };
  });
  const people = identities.map(({ id }) => ({ grantee: id, truth: personTruth(id) }));
  const meeting = flow.active ? people.filter(({ truth }) => truth === "holds") : [];
  const due = meeting.flatMap(({ grantee }) => [...given.keys()].map((key) => `${nfc(grantee)} ${key}`));
  const failing = grants.filter(({ truth }) => truth === "fails");
  const halted = failing.length > maxEnds;
  const unknown = [...people, ...grants].filter(({ truth }) => truth === "unknown");
  return {
    begins: new Set(due.filter((one) => grants.every(({ key }) => key !== one))),
    ends: new Set(halted ? [] : failing.map(({ request }) => request)),
    keeps: new Set(grants.filter(({ truth }) => halted || truth !== "fails").map(({ request }) => request)),
    ...{ undetermined: new Set(unknown.map(({ grantee }) => nfc(grantee))), halted },
  };
}
