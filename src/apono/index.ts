/**
 * Reads access flows, bundles and access scopes that are published in the product's API v2 or v1 JSON, and
 * writes access flows back.
 *
 * @module
 */
export { fromApono } from "./from-apono.js";
export type { Imported, ImportedAccessScope, ImportedBundle, ImportedFlow, Note } from "./imported.js";
export { toApono } from "./to-apono.js";
