import type * as z from "zod";
import { factWalk } from "../core/define/check-facts.js";
import { checkPart } from "../core/define/check-part.js";
import { catalogShape, entitlementShape, identityShape, resourceShape } from "../core/define/fact-shape.js";
import type { Shape } from "../core/define/shape.js";
import type { Catalog, CheckedCatalog } from "../core/facts/catalog.js";
import type { Identity } from "../core/facts/identity.js";
import type { Entitlement, Resource } from "../core/facts/resource.js";
import { descriptions } from "./descriptions.js";
import { jsonSchemaOf } from "./json-schema-of.js";
import { schemaOf } from "./schema-of.js";

function factSchema<Output, Input>(shape: Shape): z.ZodType<Output, Input> {
  return schemaOf<Output, Input>(
    (value) => checkPart(shape, value, factWalk),
    () => jsonSchemaOf(shape, descriptions),
  );
}

/**
 * A person on record, as decisions take one. Unknown keys are issues: a misspelt `actve: false` must not open
 * anything. The output is a frozen copy.
 *
 * @example
 * identitySchema.safeParse({ id: "ada", actve: false }).error?.issues.map((issue) => issue.message);
 * // => ["actve is not a known key; did you mean `active`?"]
 */
export const identitySchema: z.ZodType<Identity, Identity> = factSchema(identityShape);

/**
 * A resource of an inventory, as decisions take one.
 *
 * @example
 * resourceSchema.safeParse({ id: "r1", name: "orders", type: "postgresql-database", integration: "pg" }).success;
 * // => true
 */
export const resourceSchema: z.ZodType<Resource, Resource> = factSchema(resourceShape);

/**
 * One permission on one resource.
 *
 * @example
 * entitlementSchema.parse({ resource: "r1", permission: "read" });
 * // => { resource: "r1", permission: "read" }
 */
export const entitlementSchema: z.ZodType<Entitlement, Entitlement> = factSchema(entitlementShape);

/**
 * The names that flows refer to. The output has all three lists, and targets with their defaults. Queries
 * are text here: they are read where they are used.
 *
 * @example
 * catalogSchema.parse({ integrations: [{ id: "i1", name: "aws-prod" }] });
 * // => { integrations: [{ id: "i1", name: "aws-prod" }], bundles: [], accessScopes: [] }
 */
export const catalogSchema: z.ZodType<CheckedCatalog, Catalog> = factSchema(catalogShape);
