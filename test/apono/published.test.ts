import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fromApono } from "../../src/apono/from-apono.js";
import { toApono } from "../../src/apono/to-apono.js";
import { notesOf } from "./read.js";

const folder = fileURLToPath(new URL("../../../shared/real-flows/", import.meta.url));
const there = existsSync(folder);
const reason = there ? "" : " (skipped: the folder ../shared/real-flows is not beside the project)";

const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}`, "utf8"));

const extension = "settings.extension_duration_in_min";

/** Every published document, and where it is carried over with a change. */
const published: readonly (readonly [name: string, kind: string, notes: readonly string[]])[] = [
  ["access-flow.basic.json", "flow", ["grant_duration_in_min", "settings.justification_required"]],
  ["access-flow.managers_request_for_employees.json", "flow", [extension]],
  ["access-flow.oncall_request_for_rnd.json", "flow", ["requestors.conditions[0].type", extension]],
  ["access-flow.owner-approver.json", "flow", ["approver_policy.approver_groups[0].approvers[0].type", "approver_policy", extension]],
  ["access-flow.sensitive-production.json", "flow", ["approver_policy", extension]],
  ["access-scope.critical_ec2_instances.json", "accessScope", []],
  ["access-scope.production_databases.json", "accessScope", []],
  ["bundle.aws_accounts_bundle.json", "bundle", []],
  ["bundle.aws_roles_and_policies_bundle.json", "bundle", []],
  ["bundle.big_query_viewer_bundle.json", "bundle", []],
];

describe.skipIf(!there)(`published documents${reason}`, () => {
  it("are all expected here", () => {
    expect(readdirSync(folder).filter((name) => name.endsWith(".json"))).toEqual(published.map(([name]) => name));
  });

  it.each(published)("%s is read as a %s, with its notes", (name, kind, notes) => {
    const document = read(name);
    const imported = fromApono(document);
    expect(imported.ok ? imported.value.kind : imported.error).toBe(kind);
    expect(notesOf(document)).toEqual(notes);
  });

  it.each(published.filter(([, kind]) => kind === "flow"))("%s is written and read back as the same flow", (name) => {
    const imported = fromApono(read(name));
    if (!imported.ok || imported.value.kind !== "flow") throw new Error("no flow");
    const written = toApono(imported.value.flow);
    const again = written.ok ? fromApono(written.value) : written;
    expect(again).toEqual({ ok: true, value: expect.objectContaining({ flow: imported.value.flow }) });
  });
});
