import type { AccessServicePorts } from "accessflow/service";

/** What a call of a port meets: it goes through, fails undone, is done and its answer lost, or never answers. */
export type Fault = "none" | "undone" | "unheard" | "silent";

/** Which call this is: the number of calls before it, and what is called. */
export type PortCall = { readonly number: number; readonly port: string; readonly method: string };

/** The ports, with a fault for each call. */
export function faultyPorts(ports: AccessServicePorts, faultOf: (call: PortCall) => Fault): AccessServicePorts {
  let number = 0;
  const wrapped = (port: string, target: object): object =>
    Object.fromEntries(
      Object.entries(target).map(([method, member]: [string, unknown]) => {
        if (typeof member !== "function") return [method, member];
        return [
          method,
          async (...given: unknown[]): Promise<unknown> => {
            const fault = faultOf({ number: number++, port, method });
            if (fault === "silent") return new Promise(() => {});
            if (fault === "undone") throw new Error(`${port}.${method} failed`);
            const answer: unknown = await member.apply(target, given);
            if (fault === "unheard") throw new Error(`the answer of ${port}.${method} was lost`);
            return answer;
          },
        ];
      }),
    );
  const faulty = Object.entries(ports as { readonly [name: string]: object }).map(([name, port]) => {
    // Ids are made without waiting: they do not fail. One provisioner for each integration is wrapped as it is made.
    if (name === "ids" || port === undefined) return [name, port];
    if (typeof port === "function") return [name, (integration: string) => wrapped(`${name} of ${integration}`, port(integration))];
    return [name, wrapped(name, port)];
  });
  return Object.fromEntries(faulty) as AccessServicePorts;
}
