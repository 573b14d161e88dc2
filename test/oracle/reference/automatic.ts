/* Chapter M: what a run of an automatic flow comes to. People by id, grants by request. */
import type * as Lib from "../../../src/index.js";
import { all, conditionsTruth, nfc, same, type Truth } from "./conditions.js";
import { clashes, entitlementKey, resolve } from "./targets.js";

export function reconcile(flow: Lib.AccessFlow, input: Lib.ReconcileInput) {
  const { identities, current, resources, catalog, maxEnds = Math.max(10, current.length / 5) } = input;
  const { given, codes } = resolve(flow.targets, { resources, catalog });
  const personTruth = (id: string): Truth => {
    const records = identities.filter((identity) => same(identity.id, id));
    if (records.some(({ active }) => active === false)) return "fails";
    const [truth = "unknown", ...others] = records.map((record) => conditionsTruth(flow.requestors, record));
    return others.every((other) => other === truth) ? truth : "unknown";
  };
  const isMissing = (id: string) => !identities.some((identity) => same(identity.id, id));
  const isBroken = [...codes].some((code) => /^(bundle|access_scope|integration)_|^query_invalid$/.test(code));
  const covered = ({ resource, permission }: Lib.Entitlement): Truth => {
    const record = resources.find(({ id }) => same(id, resource));
    if (given.has(entitlementKey(resource, permission))) return "holds";
    if (record === undefined || isBroken || clashes(record, resources)) return "unknown";
    return record.tags === undefined || record.permissions === undefined ? "unknown" : "fails";
  };
  const truthOfGrant = ({ grantee, entitlement }: Lib.CurrentGrant) =>
    isMissing(grantee) ? "unknown" : all([personTruth(grantee), covered(entitlement)]);
  const failing = current.filter((grant) => truthOfGrant(grant) === "fails").map(({ request }) => request);
  const ends = failing.length > maxEnds ? [] : failing;
  const held = current.map(
    ({ grantee, entitlement: { resource, permission } }) => `${nfc(grantee)} ${entitlementKey(resource, permission)}`,
  );
  const meeting = flow.active ? identities.filter(({ id }) => personTruth(id) === "holds") : [];
  const due = meeting.flatMap(({ id }) => [...given.keys()].map((key) => `${nfc(id)} ${key}`));
  const open = current.filter((grant) => truthOfGrant(grant) === "unknown").map(({ grantee }) => grantee);
  const unknown = identities.map(({ id }) => id).filter((id) => personTruth(id) === "unknown");
  return {
    begins: new Set(due.filter((one) => !held.includes(one))),
    ends: new Set(ends),
    keeps: new Set(current.map(({ request }) => request).filter((request) => !ends.includes(request))),
    undetermined: new Set([...unknown, ...open].map(nfc)),
    halted: failing.length > maxEnds,
  };
}
