import { type RecordedRequestEvent, type RequestState, type RequestStatus, replay } from "accessflow";
import { askText } from "./ask.js";
import { tellAsked } from "./asked.js";
import { printDate } from "./calendar.js";
import type { Company } from "./company.js";
import type { RequestLog } from "./host/host.js";
import type { Asked, Script, Told } from "./script.js";
import type { Entry } from "./story.js";
import { list } from "./words.js";

/** One event of a request: where it stood before (null: nowhere), and where it stands after. */
type Change = { readonly before: RequestState | null; readonly after: RequestState; readonly event: RecordedRequestEvent };

/** Tells from the log what became of the requests: the log is the same, however often a run was killed. */
export function tellLog(logs: readonly RequestLog[], script: Script, company: Company): readonly Entry[] {
  const numbered = logs.map((log) => ({ ...log, asked: script.requests.find(({ id }) => id === log.state.request.id) ?? null }));
  // Nobody has asked for what an automatic flow gives: that goes last, by grantee.
  const order = ({ asked, state }: (typeof numbered)[number]): string =>
    asked === null ? `9 ${granteeOf(state)} ${state.request.submittedAt}` : `0 ${String(asked.number).padStart(4, "0")}`;
  return numbered
    .sort((left, right) => (order(left) < order(right) ? -1 : 1))
    .flatMap(({ events, state, asked }) => {
      const scene = asked?.scene ?? script.reconciled.get(state.request.flow.id) ?? "";
      return changesOf(events).flatMap((change) => {
        const told = asked === null ? tellGiven(change, company) : tellRequest(change, asked, company);
        return told.map((one) => ({ at: change.event.at, scene, ...one }));
      });
    });
}

function changesOf(events: readonly RecordedRequestEvent[]): readonly Change[] {
  let before: RequestState | null = null;
  return events.map((event, index) => {
    const after = replay(events.slice(0, index + 1));
    const change = { before, after, event };
    before = after;
    return change;
  });
}

/** What an automatic flow gives and takes. */
function tellGiven({ after, event }: Change, company: Company): readonly Told[] {
  const tell = tellOf(null);
  const name = company.nameOf(granteeOf(after));
  const what = list(after.request.entitlements.map(({ resource, permission }) => `${permission} on ${company.resource(resource).name}`));
  switch (event.type) {
    case "activated":
      return [tell("begins", `${name} is given ${what}`)];
    case "deactivated":
      return [tell("ends", `${name} is given ${what} no more`)];
    default:
      return [];
  }
}

function tellRequest(change: Change, asked: Asked, company: Company): readonly Told[] {
  return [
    ...tellEvent(change, asked, company),
    ...tellAsked(change.before?.approval ?? null, change.after, asked, company),
    ...tellApproved(change, asked),
  ];
}

function tellEvent({ before, after, event }: Change, { number, ask }: Asked, company: Company): readonly Told[] {
  const tell = tellOf(number);
  const by = event.by === null ? "" : company.nameOf(event.by);
  const grantee = company.nameOf(granteeOf(after));
  const end = after.grant?.window.end ?? null;
  const until = `until ${end === null ? "it is revoked" : printDate(end)}`;
  switch (event.type) {
    case "submitted":
      return [
        tell("asks", askText(ask, company)),
        ...(after.status === "awaitingMfa" ? [tell("mfa", `${grantee} is asked for MFA first`)] : []),
      ];
    case "completeMfa":
      return [tell("mfa", `${by} completes MFA`)];
    case "vote": {
      const vote = after.approval?.votes.at(-1);
      if (vote === undefined) return [];
      const said = vote.reason === null ? "" : `: “${vote.reason}”`;
      const over = after.status === "rejected" ? [tell("rejected", "the request is rejected")] : [];
      return [tell(vote.decision, `${by} ${vote.decision}s${said}`), ...over];
    }
    case "withdraw":
      return [tell("note", `${by} takes the request back`), tell("withdrawn", "the request is withdrawn")];
    case "extend":
      return [tell("extended", `${by} has more time: access ${until}`)];
    case "revoke":
      return [tell("revoked", `${by} revokes the access`)];
    case "activated":
      return [tell("begins", `access begins for ${grantee}, ${until}`)];
    case "deactivated":
      return [tell("ends", `access ends for ${grantee}`)];
    case "timeReached":
      return after.status === "expired" && before?.status !== "expired" ? [tell("expired", "the request has expired")] : [];
    default:
      return [];
  }
}

const undecided: readonly RequestStatus[] = ["awaitingMfa", "awaitingApproval"];
const granted: readonly RequestStatus[] = ["scheduled", "activating", "active"];

function tellApproved({ before, after }: Change, { number }: Asked): readonly Told[] {
  const isDecided = granted.includes(after.status) && (before === null || undecided.includes(before.status));
  return isDecided ? [tellOf(number)("approved", `approved${after.approval === null ? " at once, by rule" : ""}`)] : [];
}

function granteeOf({ request }: RequestState): string {
  return (request.grantee ?? request.requestor).id;
}

function tellOf(request: number | null): (kind: Told["kind"], text: string) => Told {
  return (kind, text) => ({ request, kind, text, because: [] });
}
