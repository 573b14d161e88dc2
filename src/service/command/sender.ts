import type { Actor } from "../../core/approval/actor.js";

/** Who sends what under which key: all that makes a command the same command. */
export type Sender = { readonly actor: Actor; readonly key: string; readonly bodyHash: string };

/**
 * The key of one request's share in a command over several: each share is committed by itself, and remembered by
 * itself. As JSON, it is no key that another command would have by accident.
 */
export function keyForOne(key: string, request: string): string {
  return JSON.stringify([key, request]);
}
