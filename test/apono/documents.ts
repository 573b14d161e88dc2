import type { Json } from "../../src/core/kernel/json.js";

type JsonRecord = { readonly [key: string]: Json };

/** The smallest flow of API v2 that reads without a note, with whatever is given in place. */
export function flowV2(keys: JsonRecord = {}): JsonRecord {
  return {
    name: "S3 read",
    active: true,
    trigger: "SELF_SERVE",
    requestors: { logical_operator: "AND", conditions: [{ type: "group", match_operator: "is", values: ["platform"] }] },
    access_targets: [{ bundle: { bundle_name: "buckets" } }],
    grant_duration_in_min: 60,
    settings: { justification_required: false },
    ...keys,
  };
}

/** The smallest v1 flow, with whatever is given in place. */
export function flowV1(keys: JsonRecord = {}): JsonRecord {
  return {
    name: "S3 read",
    active: true,
    trigger: { type: "user_request" },
    grantees_conditions_group: {
      conditions_logical_operator: "AND",
      attribute_conditions: [{ attribute_type: "user", attribute_names: ["ann@corp.com"] }],
    },
    bundle_targets: [{ name: "buckets" }],
    revoke_after_in_sec: 3600,
    ...keys,
  };
}
