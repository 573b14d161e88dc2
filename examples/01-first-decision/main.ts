import { defineAccessFlow, evaluateRequestor, explain } from "accessflow";

const flow = defineAccessFlow({
  name: "S3 read",
  schedule: { kind: "onlyOn", days: ["monday", "tuesday"], from: "09:00", to: "17:30", timeZone: "Europe/Paris" },
  requestors: { conditions: [{ attribute: "group", values: ["platform"] }] },
  targets: [{ kind: "integration", integration: "aws-prod", resourceType: "aws-account-s3-bucket", permissions: ["read"] }],
});
const at = "2026-03-02T18:00:00+01:00";
const decision = evaluateRequestor(flow, { requestor: { id: "ana", attributes: { group: ["data"] } }, at });
console.log([decision.outcome, ...explain(decision)].join("\n"));
