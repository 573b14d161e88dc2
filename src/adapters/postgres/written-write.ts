import { Defect } from "../../core/kernel/defect.js";
import { isEnd } from "../../core/request/request-status.js";
import type { RequestWrite } from "../../ports/request-store.js";
import { storableText } from "./storable-text.js";

/** A write as the function `commit_write` takes it: what it looks into, and documents that it only keeps. */
export type WrittenWrite = { readonly header: string; readonly submission: string; readonly state: string; readonly event: string };

/**
 * The header holds nothing that JSON functions of PostgreSQL refuse to read: its texts are storable ones, and
 * effects, which may hold anything, are texts in it. What is absent from it is null to the function.
 */
export function writtenWrite(write: RequestWrite): WrittenWrite {
  requireNextRevision(write);
  const { id, expected, state, event, effects, settle, command } = write;
  const { request, approval } = state;
  const { requestor, grantee, flow } = request;
  const header = {
    id: storableText(id),
    expected,
    revision: state.revision,
    status: state.status,
    isOver: isEnd(state.status),
    requestor: storableText(requestor.id),
    grantee: storableText((grantee ?? requestor).id),
    flow: storableText(flow.id),
    voters: (approval?.votes ?? []).map(({ voter }) => storableText(voter)),
    wakeAt: state.wakeAt,
    effects: effects.map(({ effect, lane, notBefore }) => ({
      key: storableText(effect.key),
      lane: lane === null ? null : storableText(lane),
      notBefore,
      effect: JSON.stringify(effect),
    })),
    settle: settle === null ? undefined : { key: storableText(settle.key), lease: storableText(settle.lease) },
    command:
      command === null
        ? undefined
        : { actor: storableText(command.actor), key: storableText(command.key), bodyHash: storableText(command.bodyHash) },
  };
  return {
    header: JSON.stringify(header),
    submission: JSON.stringify(request),
    // null keeps the place of what was asked, so that the fields come back in their order.
    state: JSON.stringify({ ...state, request: null }),
    event: JSON.stringify(event),
  };
}

function requireNextRevision({ id, expected, state, event }: RequestWrite): void {
  const next = (expected ?? 0) + 1;
  const isNext = state.revision === next && event.revision === next && state.request.id === id && event.request === id;
  if (!isNext) throw new Defect(`a write of request \`${id}\` does not lead to its revision ${next}`);
}
