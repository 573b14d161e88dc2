import type { AccessService } from "./access-service.js";
import { completeMfaCommand, extendCommand, revokeAllCommand, revokeCommand, withdrawCommand } from "./command/request-commands.js";
import { submitCommand } from "./command/submit-command.js";
import { voteCommand } from "./command/vote-command.js";
import { acceptQuestion } from "./read/accept-question.js";
import { availableFlows, createFlowShelf } from "./read/available-flows.js";
import { getRequest } from "./read/get-request.js";
import { listRequests } from "./read/list-requests.js";
import { reconcile } from "./reconcile/reconcile.js";
import { createContext } from "./service-context.js";
import type { AccessServiceOptions } from "./service-options.js";
import type { AccessServicePorts } from "./service-ports.js";
import { createSweep } from "./work/sweep-grantees.js";
import { tick } from "./work/tick.js";

/**
 * The access service over a host's ports: it reads the facts, lets the machine decide, writes what was decided, and
 * carries out what follows from it.
 *
 * Any number of processes may serve one store: commands and effects are safe to repeat and to race, and a process that
 * dies between any two steps loses nothing, as long as some process calls `tick`. Between calls it keeps nothing that
 * is relied on.
 *
 * Throws `AccessFlowError` (`facts_invalid`) for options that are unknown, of the wrong kind or out of range. Ports are
 * not tried: what one of them fails to answer is unknown, and closes (see `AccessService`).
 */
export function createAccessService(ports: AccessServicePorts, options: AccessServiceOptions = {}): AccessService {
  const context = createContext(ports, options);
  const shelf = createFlowShelf();
  const sweep = createSweep();
  return Object.freeze<AccessService>({
    submit: (command) => submitCommand(context, command),
    completeMfa: (command) => completeMfaCommand(context, command),
    vote: (command) => voteCommand(context, command),
    withdraw: (command) => withdrawCommand(context, command),
    extend: (command) => extendCommand(context, command),
    revoke: (command) => revokeCommand(context, command),
    revokeAll: (command) => revokeAllCommand(context, command),
    get: (question) => getRequest(context, question),
    list: (question) => listRequests(context, question),
    availableTo: (question) => availableFlows(context, shelf, question),
    tick: async (question) => tick(context, sweep, acceptQuestion("tick", question)),
    reconcile: async (question) => reconcile(context, acceptQuestion("reconcile", question)),
  });
}
