import { evaluateRequestor, explain, type RequestorDecision } from "accessflow";
import type { Portal } from "../portal.js";

export function monday(portal: Portal): void {
  whoMayAskForWhat(portal);
  givenToAGroup(portal);
  approvedByRule(portal);
  votesByGroups(portal);
  selfApproval(portal);
  noDeadline(portal);
}

function whoMayAskForWhat(portal: Portal): void {
  const at = "2026-03-02T08:00Z";
  portal.scene(
    "Who may ask for what, and why not",
    "Every flow is put to five people; then nine refusals, each for a reason of its own, the first with its whole trace.",
  );
  for (const id of ["tomas.ferreira", "pavel.novak", "ananya.das", "kwame.mensah", "miguel.santos"]) portal.available(at, id);
  const refusals: readonly (readonly [person: string, flow: string])[] = [
    ["pavel.novak", "staging-databases"],
    ["greg.hollis", "production-rollout"],
    ["kwame.mensah", "night-shift-exec"],
    ["kwame.mensah", "root-break-glass"],
    ["tomas.ferreira", "everyday-viewers"],
    ["nadia.benali", "managers-for-reports"],
    ["bruno.almeida", "fathom-admins"],
    ["jack.turner", "production-database-write"],
    ["wei.zhang", "production-rollout"],
  ];
  for (const [person, file] of refusals) {
    const decision = evaluateRequestor(portal.company.flow(file), { requestor: portal.company.person(person), at });
    portal.note(
      at,
      `${portal.company.nameOf(person)} may not ask for ${portal.company.flow(file).name}`,
      person === "pavel.novak" ? explain(decision, { audience: "administrator" }) : explainReasons(decision),
    );
  }
}

/** The reasons alone, as an administrator reads them: code, rule and place in the flow. */
function explainReasons({ outcome, reasons }: RequestorDecision): readonly string[] {
  return outcome === "eligible" ? [] : explain(reasons, { audience: "administrator" });
}

function givenToAGroup(portal: Portal): void {
  portal.scene(
    "Given to a group, asked by nobody",
    "Two replicas are every database administrator's, by an automatic flow; PostgreSQL says who is a member of which role.",
  );
  const dba = "replicas-for-dbas";
  portal.roles("2026-03-02T08:29Z", "roles in PostgreSQL, before anything is given");
  portal.reconcile("2026-03-02T08:30Z", dba);
  portal.roles("2026-03-02T08:31Z", "roles in PostgreSQL");
  const { attributes, ...peter } = portal.company.person("peter.vandenberg");
  const moved = { ...peter, attributes: { ...attributes, group: ["release-managers"] } };
  portal.know("2026-03-06T12:00Z", "Peter van den Berg leaves the database administrators", moved);
  portal.reconcile("2026-03-06T12:01Z", dba);
  portal.roles("2026-03-06T12:02Z", "roles in PostgreSQL");
}

function approvedByRule(portal: Portal): void {
  portal.scene("Approved by rule", "Test data needs nobody's vote. What the flow does not give, it does not give.");
  const staging = { flow: "staging-databases", permission: "read" };
  portal.ask("2026-03-02T09:15Z", { ...staging, requestor: "tomas.ferreira", resources: ["pg-ledger-staging", "pg-payouts-staging"] });
  portal.ask("2026-03-02T09:20Z", { ...staging, requestor: "pavel.novak", resources: ["pg-ledger-staging"] });
  portal.ask("2026-03-02T09:25Z", { ...staging, requestor: "tomas.ferreira", resources: ["pg-ledger-production"] });
  const tomorrow = { resources: ["pg-payments-development"], startAt: "2026-03-03T07:00Z" };
  portal.ask("2026-03-02T09:30Z", { ...staging, requestor: "mei.tanaka", ...tomorrow });
}

function votesByGroups(portal: Portal): void {
  portal.scene(
    "Votes by groups",
    "Writing to production: a fresh MFA first, then the manager and two database administrators, three different people.",
  );
  const write = {
    flow: "production-database-write",
    requestor: "tomas.ferreira",
    permission: "write",
    resources: ["pg-ledger-production"],
    justification: "double entries since Friday",
  };
  portal.ask("2026-03-02T10:00Z", write);
  portal.ask("2026-03-02T10:01Z", { ...write, requestedDuration: { amount: 3, unit: "hour" } });
  const request = portal.ask("2026-03-02T10:02Z", { ...write, requestedDuration: { amount: 90, unit: "minute" } });
  portal.mfa("2026-03-02T10:03Z", request, "2026-03-02T07:55Z");
  portal.mfa("2026-03-02T10:04Z", request);
  portal.roles("2026-03-02T10:04Z", "roles in PostgreSQL, before the vote");
  portal.vote("2026-03-02T10:05Z", request, "nadia.benali", "approve");
  portal.vote("2026-03-02T10:06Z", request, "nadia.benali", "approve", "saw them, too");
  portal.vote("2026-03-02T10:12Z", request, "stefan.ionescu", "approve", "with a snapshot first");
  portal.vote("2026-03-02T10:15Z", request, "stefan.ionescu", "approve", "and again");
  portal.vote("2026-03-02T10:20Z", request, "lucas.moreau", "approve", "looks fine to me");
  portal.explain("2026-03-02T10:21Z", request, "what an approver reads", "approver");
  portal.pending("2026-03-02T10:21Z", request);
  portal.vote("2026-03-02T10:31Z", request, "zanele.dlamini", "approve", "snapshot taken");
  portal.roles("2026-03-02T10:32Z", "roles in PostgreSQL, while there is access");
  portal.roles("2026-03-02T12:02Z", "roles in PostgreSQL, after it");
}

function selfApproval(portal: Portal): void {
  portal.scene(
    "Nobody approves their own request",
    "Priya has a second account for administration. The two share one Okta account, so they are one person, who is told nothing there.",
  );
  const role = { flow: "platform-admin-roles", permission: "assume", resources: ["role-identity-deploy-production"] };
  const request = portal.ask("2026-03-02T14:00Z", { ...role, requestor: "priya.raman" });
  portal.vote("2026-03-02T14:05Z", request, "priya.raman", "approve");
  portal.vote("2026-03-02T14:06Z", request, "priya.raman.admin", "approve");
  portal.silence("2026-03-02T14:10Z", "2026-03-02T14:11Z", "jonas.weber");
  portal.vote("2026-03-02T14:10Z", request, "jonas.weber", "approve", "as agreed in the stand-up");
  portal.vote("2026-03-02T14:12Z", request, "jonas.weber", "approve", "as agreed in the stand-up");
}

function noDeadline(portal: Portal): void {
  portal.scene("A request without a deadline", "It waits until Friday, because its flow says `expiresAfter: never`.");
  const host = { flow: "consultants-hosts", permission: "user", resources: ["ssh-ledger-app-2"], justification: "log rotation" };
  portal.ask("2026-03-02T16:00Z", { ...host, requestor: "hana.kim" });
  const request = portal.ask("2026-03-02T16:05Z", { ...host, requestor: "pavel.novak" });
  portal.vote("2026-03-02T16:30Z", request, "nadia.benali", "approve");
  portal.vote("2026-03-06T08:00Z", request, "viktor.sokolov", "approve");
}
