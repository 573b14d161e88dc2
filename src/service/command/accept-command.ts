import { factWalk } from "../../core/define/check-facts.js";
import { checkPart } from "../../core/define/check-part.js";
import { entitlementShape } from "../../core/define/fact-shape.js";
import { reasonsOfIssues } from "../../core/define/reasons-of-issues.js";
import { anyList, filledList, flag, optional, type RecordShape, record, required, text, whole, word } from "../../core/define/shape.js";
import { type Refusal, refuse } from "../../core/kernel/refusal.js";
import { type Result, success } from "../../core/kernel/result.js";
import { durationUnits } from "../../core/time/duration.js";
import { canonicalJson } from "../hash/canonical-json.js";
import { hex, sha256 } from "../hash/sha-256.js";
import { utf8 } from "../hash/utf-8.js";

/** Ids of people may be long names of a directory. */
const id = text("filled", { max: 1_024 });

/** What a person can send. */
export type CommandName = "submit" | "completeMfa" | "vote" | "withdraw" | "extend" | "revoke" | "revokeAll";

export const actorShape: RecordShape = record("actor", { id: required(id), administrator: optional(flag) });

const sender = { actor: required(actorShape), key: required(text("filled", { max: 256 })) };

const duration = record("duration", { amount: required({ is: "number", whole: false, from: null }), unit: required(word(durationUnits)) });

/*
 * What commands may say: who is meant, by id, and what is wished. A key that is not listed – an identity, a role, a
 * time – is refused, never passed over (D1).
 */
const commandShapes: { readonly [name in CommandName]: RecordShape } = {
  submit: record("submit", {
    ...sender,
    flow: required(id),
    grantee: optional(id),
    entitlements: required(anyList(entitlementShape)),
    requestedDuration: optional(duration),
    startAt: optional(whole(0)),
    justification: optional(text("wellFormed")),
  }),
  completeMfa: record("completeMfa", {
    ...sender,
    requests: required(filledList(id, { max: 1_000 })),
    evidence: required(record("evidence", { id: required(id), at: required(whole(0)) })),
  }),
  vote: record("vote", {
    ...sender,
    request: required(id),
    decision: required(word(["approve", "reject"])),
    reason: optional(text("wellFormed")),
  }),
  withdraw: record("withdraw", { ...sender, request: required(id) }),
  extend: record("extend", { ...sender, request: required(id) }),
  revoke: record("revoke", { ...sender, request: required(id) }),
  revokeAll: record("revokeAll", { ...sender, requests: required(filledList(id, { max: 1_000 })) }),
};

/** A command of the stated shape, copied and frozen, and the hash of what it says beside who sends it under which key. */
export type AcceptedCommand<T> = { readonly body: T; readonly bodyHash: string };

export function acceptCommand<T extends { readonly actor: unknown; readonly key: unknown }>(
  name: CommandName,
  command: T,
): Result<AcceptedCommand<T>, Refusal> {
  const checked = checkPart<T>(commandShapes[name], command, factWalk);
  if (!checked.ok) return refuse(...reasonsOfIssues("command", checked.error));
  const { actor: _actor, key: _key, ...said } = checked.value;
  return success({ body: checked.value, bodyHash: hex(sha256(utf8(canonicalJson([name, said])))) });
}
