import type { Reconciled } from "../access-service.js";
import type { ServiceContext } from "../service-context.js";

export async function reconcile(
  _context: ServiceContext,
  _question: { readonly flow: string; readonly maxEnds?: number | undefined },
): Promise<Reconciled> {
  throw new Error("not yet");
}
