import { identityFaults } from "../../define/check-facts.js";
import type { Identity } from "../../facts/identity.js";
import { hasLoneSurrogate } from "../../kernel/text.js";
import { toInstant } from "../../time/instant.js";
import type { Ballot } from "./ballot.js";

/**
 * A quick look at an event, because nearly all are votes in which nothing is wrong: a vote beyond doubt, or null,
 * which decides nothing. Each key is read once, and what it said is what is used.
 */
export function plainVote(event: unknown): Ballot | null {
  try {
    return readPlainVote(event);
  } catch {
    return null;
  }
}

type Members = { -readonly [Key in keyof Ballot]: unknown };

function readPlainVote(event: unknown): Ballot | null {
  if (typeof event !== "object" || event === null || Object.getPrototypeOf(event) !== Object.prototype) return null;
  // Where somebody has written to the prototype of all records, an event has keys that are not its own.
  if (Object.keys(Object.prototype).length > 0) return null;
  const read: Members = {
    type: undefined,
    voter: undefined,
    decision: undefined,
    reason: undefined,
    requestor: undefined,
    grantee: undefined,
    at: undefined,
  };
  for (const key in event) {
    const member = (event as Members)[key as keyof Ballot];
    switch (key) {
      case "type":
        read.type = member;
        break;
      case "voter":
        read.voter = member;
        break;
      case "decision":
        read.decision = member;
        break;
      case "at":
        read.at = member;
        break;
      case "reason":
        read.reason = member;
        break;
      case "requestor":
        read.requestor = member;
        break;
      case "grantee":
        read.grantee = member;
        break;
      default:
        return null;
    }
  }
  return ballotOf(read);
}

function ballotOf({ type, voter, decision, reason, requestor, grantee, at }: Members): Ballot | null {
  const instant = toInstant(at);
  if (type !== "vote" || instant === null || (decision !== "approve" && decision !== "reject")) return null;
  if (reason !== undefined && (typeof reason !== "string" || hasLoneSurrogate(reason))) return null;
  if (!isPerson(voter) || !(requestor === undefined || isPerson(requestor)) || !(grantee === undefined || isPerson(grantee))) return null;
  return { type, voter, decision, reason: reason ?? null, requestor: requestor ?? null, grantee: grantee ?? null, at: instant };
}

function isPerson(value: unknown): value is Identity {
  return identityFaults("voter", value).length === 0;
}
