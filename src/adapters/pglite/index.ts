/**
 * A store on the disk of one process, without a server: PGlite on a locked folder.
 *
 * @packageDocumentation
 */

export { type EmbeddedDatabase, type EmbeddedStore, embeddedStore } from "./embedded-store.js";
