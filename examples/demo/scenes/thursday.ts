import type { Portal } from "../portal.js";

export function thursday(portal: Portal): void {
  twoDirectories(portal);
  expiry(portal);
  oneGroupIsEnough(portal);
}

function twoDirectories(portal: Portal): void {
  portal.scene("One group name, two directories", "Okta and Google both have a group `admins`. The flow means Google's.");
  const buckets = { flow: "fathom-admins", permission: "write", resources: ["s3-mobile-api-data-production"] };
  portal.ask("2026-03-05T00:30Z", { ...buckets, requestor: "tane.walker" });
  portal.ask("2026-03-05T08:30Z", { ...buckets, requestor: "chidi.eze" });
}

function expiry(portal: Portal): void {
  portal.scene(
    "A request nobody decides",
    "Four hours for a release manager to answer. A vote at the deadline is too late, timer or no timer.",
  );
  const request = portal.ask("2026-03-05T13:00Z", {
    flow: "production-rollout",
    requestor: "diego.fuentes",
    permission: "restart",
    resources: ["k8s-deployment-vessels-production"],
  });
  portal.vote("2026-03-05T17:00Z", request, "sam.okoro", "approve");
}

function oneGroupIsEnough(portal: Portal): void {
  portal.scene(
    "Either group will do",
    "Two controllers, or the chief financial officer alone; the access is asked for in advance, and taken back by one of them.",
  );
  const request = portal.ask("2026-03-05T18:00Z", {
    flow: "ledger-month-end",
    requestor: "miguel.santos",
    permission: "read",
    resources: ["pg-ledger-production", "pg-invoicing-production"],
    requestedDuration: { amount: 10, unit: "hour" },
    startAt: "2026-03-06T08:00Z",
  });
  portal.vote("2026-03-05T18:10Z", request, "agnes.kovacs", "approve");
  portal.pending("2026-03-05T18:11Z", request);
  portal.vote("2026-03-05T19:02Z", request, "ruth.lindqvist", "approve");
  portal.roles("2026-03-06T08:01Z", "roles in PostgreSQL, when the access has begun");
  portal.revoke("2026-03-06T15:10Z", request, "daniel.adeyemi");
  portal.revoke("2026-03-06T15:30Z", request, "agnes.kovacs");
  portal.roles("2026-03-06T15:31Z", "roles in PostgreSQL, after it was revoked");
}
