import { attributeConditionShape, targetShape } from "./flow-shape.js";
import type { RecordShape, TextShape, Total } from "./shape.js";
import { anyList, choice, fallback, filledList, flag, map, nothing, optional, record, required, text, word } from "./shape.js";

/*
 * The grammar of facts: what hosts know about people and things. Texts are data and may say anything; only
 * the id of a person or a resource is never empty.
 */

export const mostValues = 5_000;

/** Over all lists and single values of an identity (D4). */
const values: Total = { of: "values", limit: mostValues };

const free: TextShape = text("any");
const id: TextShape = text("notEmpty");

const entityValueKeys = { id: required(free), name: optional(free), source: optional(free) };
const entityValueShape: RecordShape = record("attributeValue", entityValueKeys);

export const identityShape: RecordShape = record("identity", {
  id: required(id),
  emails: optional(anyList(free, { total: values })),
  accounts: optional(anyList(choice(free, entityValueShape), { total: values })),
  active: optional(flag),
  name: optional(free),
  manager: optional(choice(free, nothing)),
  sources: optional(anyList(free, { total: values })),
  attributes: optional(
    map(
      choice(
        text("any", { total: values }),
        record("attributeValue", entityValueKeys, { total: values }),
        anyList(choice(free, entityValueShape, nothing), { total: values }),
        nothing,
      ),
    ),
  ),
});

const texts = map(free);

export const resourceShape: RecordShape = record("resource", {
  id: required(id),
  name: required(free),
  type: required(free),
  integration: required(free),
  path: optional(free),
  sourceId: optional(free),
  status: optional(word(["active", "error", "deleted"])),
  riskLevel: optional(free),
  tags: optional(texts),
  context: optional(texts),
  permissions: optional(
    anyList(
      choice(
        free,
        record("permission", {
          id: optional(free),
          name: required(free),
          riskLevel: optional(free),
          tags: optional(texts),
          context: optional(texts),
        }),
      ),
    ),
  ),
});

export const entitlementShape: RecordShape = record("entitlement", { resource: required(id), permission: required(free) });

export const catalogShape: RecordShape = record("catalog", {
  integrations: fallback(
    anyList(
      record("integration", {
        id: required(id),
        name: required(free),
        ownerMapping: optional(
          record("ownerMapping", { tagKey: required(free), attribute: required(text("filled")), source: optional(free) }),
        ),
        owner: optional(attributeConditionShape),
      }),
    ),
    [],
  ),
  bundles: fallback(anyList(record("bundle", { id: optional(id), name: required(free), targets: required(filledList(targetShape)) })), []),
  accessScopes: fallback(anyList(record("accessScope", { id: optional(id), name: required(free), query: required(free) })), []),
});
