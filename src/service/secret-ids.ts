import { accessFlowError } from "../core/kernel/access-flow-error.js";
import type { IdSource } from "../ports/id-source.js";
import { hex, hmacSha256 } from "./hash/sha-256.js";
import { utf8 } from "./hash/utf-8.js";

/** 160 of the 256 bits: as unguessable as anybody needs, and still short in a link. */
const idBytes = 20;

/** 128 bits. */
const fewestSecretBytes = 16;

/**
 * Request ids as a keyed hash (HMAC-SHA-256) of actor and key: 40 hexadecimal digits, 160 bits. The same actor and
 * key give the same id on every machine that has the secret, and nobody without it can guess one.
 *
 * The secret is at least 16 bytes of chance, as a text (UTF-8) or as bytes. Whoever changes it makes commands that
 * are repeated across the change count as new ones. Throws `AccessFlowError` (`facts_invalid`) for a shorter one.
 *
 * @example
 * const ids = secretIds("correct horse battery staple");
 * ids.requestId({ actor: "ada", key: "k1" }) === ids.requestId({ actor: "ada", key: "k1" });
 * // => true
 * ids.requestId({ actor: "ada", key: "k1" }).length;
 * // => 40
 */
export function secretIds(secret: string | Uint8Array): IdSource {
  const key = typeof secret === "string" ? utf8(secret) : Array.from(secret);
  if (key.length < fewestSecretBytes) throw accessFlowError("facts_invalid", `secret must be at least ${fewestSecretBytes} bytes long`);
  return Object.freeze<IdSource>({
    // As JSON, no actor and key can pass for another actor and key.
    requestId: ({ actor, key: commandKey }) => hex(hmacSha256(key, utf8(JSON.stringify([actor, commandKey])))).slice(0, 2 * idBytes),
  });
}
