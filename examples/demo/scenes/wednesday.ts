import type { Portal } from "../portal.js";

export function wednesday(portal: Portal): void {
  holiday(portal);
  forAReport(portal);
  forAColleague(portal);
  escalation(portal);
}

function holiday(portal: Portal): void {
  portal.scene("A holiday", "Wednesday is Holi: the flow lists the date under `except`.");
  const records = {
    flow: "support-desk-bengaluru",
    permission: "read",
    resources: ["pg-tracking-production"],
    justification: "ticket 48260",
  };
  portal.ask("2026-03-04T05:00Z", { ...records, requestor: "ananya.das" });
}

function forAReport(portal: Portal): void {
  portal.scene("On behalf of a direct report", "Managers may ask for their own people, and for nobody else.");
  const viewer = {
    flow: "managers-for-reports",
    requestor: "nadia.benali",
    permission: "viewer",
    resources: ["gcp-project-payments-production"],
  };
  portal.ask("2026-03-04T10:00Z", { ...viewer, grantee: "emily.carter" });
  portal.ask("2026-03-04T10:02Z", { ...viewer, requestor: "deepa.krishnan", grantee: "jade.laurent" });
  const request = portal.ask("2026-03-04T10:05Z", { ...viewer, grantee: "arjun.nair" });
  portal.vote("2026-03-04T10:20Z", request, "nadia.benali", "approve");
  portal.vote("2026-03-04T10:50Z", request, "amara.okafor", "approve", "known project");
}

function forAColleague(portal: Portal): void {
  portal.scene(
    "On call, and pulling a colleague in",
    "The toolkit is a bundle; the colleague's own manager or an incident manager agrees. Twice the colleague may have an hour more.",
  );
  const toolkit = { flow: "on-call-for-engineers", requestor: "mei.tanaka", permission: "logs", resources: ["k8s-production-eu-payments"] };
  portal.ask("2026-03-04T13:00Z", { ...toolkit, grantee: "ravi.shankar" });
  const request = portal.ask("2026-03-04T13:05Z", { ...toolkit, grantee: "tuan.nguyen" });
  portal.vote("2026-03-04T13:08Z", request, "nadia.benali", "approve");
  portal.vote("2026-03-04T13:11Z", request, "marcus.whitfield", "approve");
  portal.extend("2026-03-04T15:30Z", request, "mei.tanaka");
  portal.extend("2026-03-04T15:31Z", request, "tuan.nguyen");
  portal.extend("2026-03-04T16:40Z", request, "tuan.nguyen");
  portal.extend("2026-03-04T17:50Z", request, "tuan.nguyen");
}

function escalation(portal: Portal): void {
  portal.scene("Nobody answers", "At night the incident commander decides; every twenty minutes of silence one more tier is asked.");
  const request = portal.ask("2026-03-04T23:10Z", {
    flow: "night-shift-exec",
    requestor: "kwame.mensah",
    permission: "exec",
    resources: ["k8s-production-eu-ledger", "k8s-production-us-ledger"],
    justification: "pods restarting every minute",
  });
  portal.vote("2026-03-04T23:15Z", request, "daniel.adeyemi", "approve", "go ahead");
  portal.vote("2026-03-05T00:05Z", request, "daniel.adeyemi", "approve", "go ahead");
}
