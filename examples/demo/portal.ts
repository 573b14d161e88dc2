import { type ApprovalPlan, ApprovalStateMachine, computeGrantWindow, explain, type Identity, type Instant, wakeAt } from "accessflow";
import { printDate, week } from "./calendar.js";
import { type Company, named } from "./company.js";
import { type Refused, refusalOf, refusedFor } from "./refusal.js";
import { type Ask, approvalInput, planOf, type Request, rowOf, wishOf } from "./request.js";
import type { EntryKind, Story } from "./story.js";
import { createStoryteller, type Storyteller } from "./storyteller.js";
import { votesNeeded } from "./votes-needed.js";
import { list } from "./words.js";

type Audience = "requestor" | "approver" | "administrator";

/** The host application of the demo: it keeps requests, asks the library for every decision, and tells the story. */
export class Portal {
  readonly company: Company;
  readonly #story: Storyteller = createStoryteller();
  readonly #requests: Request[] = [];

  constructor(company: Company) {
    this.company = company;
  }

  scene(title: string, about: string): void {
    this.#story.begin(title, about);
  }

  note(at: string, text: string, because: readonly string[] = []): void {
    this.#story.tell(Date.parse(at), null, "note", text, because);
  }

  /** Refused at once, approved at once, or waiting for votes. Gives the number of the request. */
  ask(at: string, ask: Ask): number {
    const number = this.#requests.length + 1;
    const flow = this.company.flow(ask.flow);
    const request: Request = { number, ask, flow, askedAt: Date.parse(at), outcome: "pending", reasons: [], state: null, grant: null };
    this.#requests.push(request);
    this.#tell(request.askedAt, request, "asks", wishOf(request, this.company));
    const refused = refusalOf(request, this.company);
    if (refused === null) this.#open(request);
    else this.#refuse(request, refused);
    return number;
  }

  /** `facts`: what the directory knows about the voter just then, where that differs from the file. */
  vote(at: string, number: number, voter: string, decision: "approve" | "reject", reason?: string, facts?: Identity): void {
    const { request, state } = this.#opened(number);
    const name = this.company.nameOf(voter);
    const done = ApprovalStateMachine.transition(state, { type: "vote", voter: facts ?? this.company.person(voter), decision, reason, at });
    if (!done.ok) {
      this.#tell(Date.parse(at), request, "voteRefused", `${name} tries to ${decision}`, explain(done.error, { audience: "approver" }));
      return;
    }
    request.state = done.value.state;
    this.#tell(Date.parse(at), request, decision, `${name} ${decision}s${reason === undefined ? "" : `: “${reason}”`}`);
    this.#settle(request, Date.parse(at));
  }

  withdraw(at: string, number: number, by: string): void {
    const { request, state } = this.#opened(number);
    const done = ApprovalStateMachine.transition(state, { type: "withdraw", by: { id: by }, at });
    if (!done.ok) throw new Error(explain(done.error).join(" "));
    request.state = done.value.state;
    this.#tell(Date.parse(at), request, "note", `${this.company.nameOf(by)} takes the request back`);
    this.#settle(request, Date.parse(at));
  }

  /** Lets time pass: whenever the state asks to be woken, it is. */
  wait(until: string, number: number): void {
    for (;;) {
      const { request, state } = this.#opened(number);
      const wake = wakeAt(state);
      if (wake === null || wake > Date.parse(until)) return;
      const done = ApprovalStateMachine.transition(state, { type: "timeReached", at: wake });
      if (!done.ok) throw new Error(explain(done.error).join(" "));
      request.state = done.value.state;
      for (const effect of done.value.effects) {
        if (effect.type === "askApprovers" && effect.tier !== null) this.#tellTier(request, effect.tier, wake);
      }
      this.#settle(request, wake);
    }
  }

  /** What the library says about the request, to an audience. */
  explain(at: string, number: number, text: string, audience: Audience): void {
    const { request, state } = this.#opened(number);
    this.#tell(Date.parse(at), request, "note", text, explain(state, { audience }));
  }

  /** Which votes would bring the request nearer. */
  pending(at: string, number: number): void {
    const { request, state } = this.#opened(number);
    this.#tell(Date.parse(at), request, "note", "still needed", votesNeeded(state, at));
  }

  story(): Story {
    const { flows, identities, resources, catalog } = this.company;
    const integrations = catalog.integrations?.length ?? 0;
    return {
      format: "accessflow-demo/v1",
      company: { flows: flows.size, identities: identities.length, resources: resources.length, integrations },
      week,
      scenes: this.#story.scenes,
      // Sorting is stable: what happens at one instant stays in the order in which it was told.
      timeline: [...this.#story.entries].sort((left, right) => left.at - right.at),
      requests: this.#requests.map((request) => rowOf(request, this.company)),
    };
  }

  #open(request: Request): void {
    const plan = planOf(request, this.company);
    const started = ApprovalStateMachine.start(request.flow, approvalInput(request, this.company));
    if (!plan.decidable) this.#refuse(request, refusedFor(plan.reasons, explain(plan, { audience: "requestor" })));
    else if (!started.ok) this.#refuse(request, refusedFor(started.error.reasons, explain(started.error, { audience: "requestor" })));
    else {
      request.state = started.value.state;
      this.#tellGroups(request, plan);
      this.#settle(request, request.askedAt);
    }
  }

  #settle(request: Request, at: Instant): void {
    const status = request.state?.status ?? "pending";
    if (status === request.outcome) return;
    request.outcome = status;
    if (status === "approved") this.#grant(request, at);
    else if (status !== "pending")
      this.#tell(at, request, status, status === "expired" ? "the request has expired" : `the request is ${status}`);
  }

  /** Time spent waiting does not shorten the grant: its window is computed when it begins (L4). */
  #grant(request: Request, at: Instant): void {
    const { flow, ask } = request;
    const start = ask.startAt === undefined ? at : Math.max(Date.parse(ask.startAt), at);
    const window = computeGrantWindow(flow, { at: start, requestedDuration: ask.requestedDuration });
    if (!window.ok) throw new Error(explain(window.error).join(" "));
    request.grant = window.value;
    const { end } = window.value;
    const grantee = this.company.nameOf(ask.grantee ?? ask.requestor);
    const mfa = flow.settings.requireMfa ? "; the MFA that the flow requires is taken as done" : "";
    this.#tell(at, request, "approved", `approved${flow.approval.kind === "automatic" ? " at once, by rule" : ""}${mfa}`);
    this.#tell(
      window.value.start,
      request,
      "begins",
      `access begins for ${grantee}, until ${end === null ? "it is revoked" : printDate(end)}`,
    );
    if (end !== null && end < week.end) this.#tell(end, request, "ends", `access ends for ${grantee}`);
  }

  #refuse(request: Request, { codes, because }: Refused): void {
    request.outcome = "refused";
    request.reasons = codes;
    this.#tell(request.askedAt, request, "refused", "refused", because);
  }

  #tellGroups(request: Request, { groups }: ApprovalPlan): void {
    for (const { group, required, voters, owners } of groups) {
      const some = (ids: readonly string[]): string => (ids.length > required ? `${required} of ` : "") + this.#names(ids);
      const people = owners.length === 0 ? some(voters) : owners.map((row) => some(row.voters)).join("; ");
      this.#tell(request.askedAt, request, "asked", `group ${group + 1} is asked: ${people}`);
    }
  }

  #tellTier(request: Request, tier: number, at: Instant): void {
    const voters = planOf(request, this.company).tiers.find((row) => row.tier === tier)?.voters ?? [];
    this.#tell(at, request, "asked", `no decision yet: tier ${tier} is asked: ${this.#names(voters)}`);
  }

  #names(ids: readonly string[]): string {
    return list(ids.map((id) => this.company.nameOf(id)));
  }

  #opened(number: number) {
    const request = named("request", `#${number}`, this.#requests[number - 1]);
    return { request, state: named("open approval", `#${number}`, request.state ?? undefined) };
  }

  #tell(at: Instant, request: Request, kind: EntryKind, text: string, because: readonly string[] = []): void {
    this.#story.tell(at, request.number, kind, text, because);
  }
}
