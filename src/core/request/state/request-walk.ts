import { stateLimit } from "../../approval/state/state-size.js";
import { definitionLimits, type WalkOptions } from "../../define/document-walk.js";

/** How a stored request, or an event of its log, is walked: a flow inside it, and the state around. */
export const requestWalk: WalkOptions = {
  whole: "the state",
  limits: {
    depth: definitionLimits.depth + 8,
    nodes: definitionLimits.nodes + stateLimit,
    bytes: definitionLimits.bytes + stateLimit,
  },
  forbidsKeys: true,
  complete: true,
  mostIssues: 1_000,
  code: "state_invalid",
};
