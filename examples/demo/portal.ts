import { ApprovalStateMachine, explain, type Identity, type Refusal, type Result } from "accessflow";
import { askText, commandOf } from "./ask.js";
import { type Company, named } from "./company.js";
import { demoIds, type Host } from "./host/host.js";
import type { Ask, Asked, Script, Step, Told } from "./script.js";
import type { Scene } from "./story.js";
import { votesNeeded } from "./votes-needed.js";

/** Sends a command of the service under a key. */
type Send = (host: Host, key: string) => Promise<Result<unknown, Refusal>>;

/**
 * Where the scenes write down what people do, and when. Nothing happens yet: the steps are carried out in the order of
 * time, and where a run was killed, again from the first, under the same keys.
 */
export class Portal {
  readonly company: Company;
  readonly #scenes: Scene[] = [];
  readonly #steps: Step[] = [];
  readonly #requests: Asked[] = [];
  readonly #reconciled = new Map<string, string>();

  constructor(company: Company) {
    this.company = company;
  }

  scene(title: string, about: string): void {
    this.#scenes.push({ title, about });
  }

  note(at: string, text: string, because: readonly string[] = []): void {
    this.#step(at, async () => [note(text, because)]);
  }

  /** Refused at once, or made. Gives the number of the request. */
  ask(at: string, ask: Ask): number {
    const number = this.#requests.length + 1;
    const key = this.#step(at, async (host, key) => {
      const refusal = await refusalTo(host, key, ({ service }) => service.submit({ ...commandOf(ask, this.company), key }));
      if (refusal === null) return [];
      const reasons = refusal.reasons.map(({ code }) => code);
      return [
        { request: number, kind: "asks", text: askText(ask, this.company), because: [] },
        { request: number, kind: "refused", text: "refused", because: explain(refusal, { audience: "requestor" }), reasons },
      ];
    });
    const id = demoIds.requestId({ actor: ask.requestor, key });
    this.#requests.push({ number, id, ask, at: Date.parse(at), scene: this.#scene });
    return number;
  }

  /** The grantee completes MFA, by evidence of now or of another time. */
  mfa(at: string, number: number, evidenceAt: string = at): void {
    const { id, ask } = this.#asked(number);
    const by = ask.grantee ?? ask.requestor;
    this.#command(at, number, `${this.company.nameOf(by)} shows an MFA`, async ({ service }, key) => {
      const evidence = { id: `mfa-${key}`, at: Date.parse(evidenceAt) };
      const [answer] = await service.completeMfa({ actor: { id: by }, key, requests: [id], evidence });
      return named("answer", key, answer);
    });
  }

  /** Who is no part of a request is told that there is none (L11); the story tells, too, what the machine has against the vote. */
  vote(at: string, number: number, voter: string, decision: "approve" | "reject", reason?: string): void {
    const request = this.#asked(number).id;
    const send: Send = ({ service }, key) => service.vote({ actor: { id: voter }, key, request, decision, reason });
    this.#command(at, number, `${this.company.nameOf(voter)} tries to ${decision}`, send, async (host) => {
      const event = { type: "vote", voter: this.company.person(voter), decision, reason, at } as const;
      const cast = ApprovalStateMachine.transition(await host.approval(request), event);
      return cast.ok ? [] : explain(cast.error, { audience: "administrator" });
    });
  }

  withdraw(at: string, number: number, by: string): void {
    this.#plain(at, number, by, "tries to take the request back", "withdraw");
  }

  extend(at: string, number: number, by: string): void {
    this.#plain(at, number, by, "asks for more time", "extend");
  }

  revoke(at: string, number: number, by: string): void {
    this.#plain(at, number, by, "tries to revoke the access", "revoke");
  }

  /** Brings the grants of an automatic flow in line with who meets its conditions now. */
  reconcile(at: string, file: string): void {
    const { id, name } = this.company.flow(file);
    if (!this.#reconciled.has(id)) this.#reconciled.set(id, this.#scene);
    this.#read(at, null, `${name}: reconciled`, async ({ service }) => {
      await service.reconcile({ flow: id });
      return [];
    });
  }

  /** From now on the directory says this of somebody. It is a memory, so every run tells it again. */
  know(at: string, text: string, identity: Identity): void {
    this.#step(at, async ({ directory }) => {
      directory.set(identity);
      return [note(text)];
    });
  }

  /** For a while the directory does not answer about somebody. */
  silence(from: string, to: string, person: string): void {
    this.#step(from, async ({ directory }) => {
      directory.silentAbout.add(person);
      return [note(`the directory does not answer about ${this.company.nameOf(person)}`)];
    });
    this.#step(to, async ({ directory }) => {
      directory.silentAbout.delete(person);
      return [];
    });
  }

  /** Which flows somebody may ask for. */
  available(at: string, person: string): void {
    const { flows, nameOf } = this.company;
    const nameOfFlow = (id: string): string => [...flows.values()].find((flow) => flow.id === id)?.name ?? id;
    this.#step(at, async ({ service, notebook }, key) => {
      const open = await notebook.once(key, () => service.availableTo({ actor: { id: person } }));
      const names = open.map(({ flow }) => nameOfFlow(flow)).join(" · ");
      return [note(`${nameOf(person)} may ask for ${open.length} of ${flows.size} flows`, names === "" ? [] : [names])];
    });
  }

  /** What the library says about the approval of the request, to an audience. */
  explain(at: string, number: number, text: string, audience: "requestor" | "approver"): void {
    const { id } = this.#asked(number);
    this.#read(at, number, text, async (host) => explain(await host.approval(id), { audience }));
  }

  /** Which votes would bring the request nearer. */
  pending(at: string, number: number): void {
    const { id } = this.#asked(number);
    this.#read(at, number, "still needed", async (host) => votesNeeded(await host.approval(id), at));
  }

  /** Who is a member of which role, as PostgreSQL says. */
  roles(at: string, text: string): void {
    this.#step(at, async (host, key) => [{ ...note(text, await host.notebook.once(key, host.roles)), kind: "roles" }]);
  }

  script(): Script {
    return { scenes: this.#scenes, steps: this.#steps, requests: this.#requests, reconciled: this.#reconciled };
  }

  get #scene(): string {
    return this.#scenes.at(-1)?.title ?? "";
  }

  #asked(number: number): Asked {
    return named("request", `#${number}`, this.#requests[number - 1]);
  }

  #step(at: string, run: Step["run"]): string {
    const key = `step-${this.#steps.length + 1}`;
    this.#steps.push({ key, at: Date.parse(at), scene: this.#scene, run });
    return key;
  }

  /** A command that says nothing but who and which request. */
  #plain(at: string, number: number, by: string, attempt: string, name: "withdraw" | "extend" | "revoke"): void {
    const request = this.#asked(number).id;
    this.#command(at, number, `${this.company.nameOf(by)} ${attempt}`, ({ service }, key) =>
      service[name]({ actor: { id: by }, key, request }),
    );
  }

  /** What a command that is accepted comes to is in the log of its request; one that is refused is told here. */
  #command(
    at: string,
    number: number,
    attempt: string,
    send: Send,
    findWhy: (host: Host) => Promise<readonly string[]> = async () => [],
  ): void {
    this.#step(at, async (host, key) => {
      const refusal = await refusalTo(host, key, send);
      if (refusal === null) return [];
      const isHidden = refusal.reasons.some(({ code }) => code === "request_not_found");
      const why = isHidden ? await host.notebook.once(`${key}-why`, () => findWhy(host)) : [];
      return [{ request: number, kind: "commandRefused", text: attempt, because: [...explain(refusal, { audience: "approver" }), ...why] }];
    });
  }

  #read(at: string, request: number | null, text: string, read: (host: Host) => Promise<readonly string[]>): void {
    this.#step(at, async (host, key) => [{ ...note(text, await host.notebook.once(key, () => read(host))), request }]);
  }
}

function note(text: string, because: readonly string[] = []): Told {
  return { request: null, kind: "note", text, because };
}

/**
 * Sends a command, unless it was refused before: the service does not remember refusals and would decide anew. What it
 * has accepted it answers as before, however often it is sent.
 */
function refusalTo(host: Host, key: string, send: Send): Promise<Refusal | null> {
  return host.notebook.once(key, async () => {
    const answer = await send(host, key);
    return answer.ok ? null : answer.error;
  });
}
