import type { Portal } from "../portal.js";

export function tuesday(portal: Portal): void {
  windowElsewhere(portal);
  owners(portal);
  distinctPeople(portal);
}

function windowElsewhere(portal: Portal): void {
  portal.scene("A window that opens in another time zone", "The support desk in Bengaluru opens at 09:00 in India, which is 03:30 here.");
  const records = {
    flow: "support-desk-bengaluru",
    requestor: "vikram.joshi",
    permission: "read",
    resources: ["pg-tracking-production"],
    justification: "ticket 48211",
  };
  portal.ask("2026-03-03T03:29Z", records);
  const request = portal.ask("2026-03-03T03:30Z", records);
  portal.mfa("2026-03-03T03:31Z", request);
}

function owners(portal: Portal): void {
  portal.scene(
    "An owner approves only what they own",
    "Three buckets, two owners by tag; the third has an empty tag, so the cloud team stands in. Unknown tags count as excluded, and what nobody could approve is not even asked.",
  );
  const buckets = { flow: "buckets-by-owner", requestor: "katarzyna.wojcik", permission: "read" };
  const request = portal.ask("2026-03-03T09:00Z", {
    ...buckets,
    resources: ["s3-ledger-data-production", "s3-tracking-data-production", "s3-helpdesk-data-production"],
    justification: "quarterly report",
  });
  portal.vote("2026-03-03T09:10Z", request, "marcus.whitfield", "approve");
  portal.vote("2026-03-03T09:20Z", request, "ingrid.solberg", "approve", "fine for the tracking bucket");
  portal.pending("2026-03-03T09:21Z", request);
  portal.vote("2026-03-03T10:05Z", request, "nadia.benali", "approve");
  portal.vote("2026-03-03T10:40Z", request, "chidi.eze", "approve");
  portal.ask("2026-03-03T10:45Z", { ...buckets, resources: ["s3-documents-logs-production"], justification: "missing manifests" });
  portal.ask("2026-03-03T10:50Z", {
    flow: "secrets-rotation",
    requestor: "tuan.nguyen",
    permission: "rotate",
    resources: ["secret-vault-production"],
    justification: "yearly rotation",
  });
}

function distinctPeople(portal: Portal): void {
  portal.scene(
    "Different people for different groups",
    "Ștefan is Lakshmi's manager and a database administrator. He cannot be both at once.",
  );
  const request = portal.ask("2026-03-03T15:00Z", {
    flow: "production-database-write",
    requestor: "lakshmi.iyer",
    permission: "write",
    resources: ["pg-tracking-production"],
    requestedDuration: { amount: 1, unit: "hour" },
    justification: "index rebuild",
  });
  portal.mfa("2026-03-03T15:02Z", request);
  portal.vote("2026-03-03T15:04Z", request, "stefan.ionescu", "approve", "index rebuild, planned");
  portal.vote("2026-03-03T15:09Z", request, "peter.vandenberg", "approve", "reviewed the script");
  portal.pending("2026-03-03T15:10Z", request);
  portal.vote("2026-03-03T15:22Z", request, "zanele.dlamini", "approve", "standing by");
}
