import { describe, expect, it } from "vitest";
import { defineAccessFlow } from "../../../src/core/define/check-access-flow.js";
import { grantRequest } from "../../../src/core/request/grant-request.js";
import { printActivity } from "../../../src/core/request/print-activity.js";
import { type ActivityRow, activityColumns, toActivityRow } from "../../../src/core/request/to-activity-row.js";
import {
  accepted,
  activated,
  ada,
  byLeads,
  database,
  deactivated,
  extend,
  factsRead,
  flowWith,
  lena,
  monday,
  person,
  played,
  read,
  revoke,
  root,
  submitted,
  vote,
  write,
} from "./support.js";

const flow = flowWith({ approval: byLeads }, { maxExtensions: 1 });
const waiting = submitted(flow, { entitlements: [write, read], justification: "the report" });
const active = played(waiting, vote(lena, "approve", "fine"), factsRead(), activated, extend());
const facts = {
  identities: [
    { ...ada, name: "Ada" },
    { ...lena, name: "Lena" },
  ],
  resources: [database],
  catalog: { integrations: [{ id: "pg", name: "Postgres" }] },
};

/** The cells of a line of CSV, read character by character as RFC 4180 says. */
function cellsOf(line: string): string[] {
  const cells = [""];
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === '"' && isQuoted && line[at + 1] === '"') at += 1;
    else if (sign === '"') {
      isQuoted = !isQuoted;
      continue;
    } else if (sign === "," && !isQuoted) {
      cells.push("");
      continue;
    }
    cells.push(`${cells.pop() ?? ""}${sign}`);
  }
  return cells;
}

describe("the activity report", () => {
  it("L9: a request as a row: 24 columns, in their order", () => {
    const row = toActivityRow(active, facts);
    expect(Object.keys(row)).toEqual([...activityColumns]);
    expect(activityColumns.length).toBe(24);
    expect(row).toEqual({
      request_id: "r1",
      request_date: "2026-03-02T09:00:00.000Z",
      request_grant_date: "2026-03-02T09:00:03.000Z",
      request_revoke_date: "",
      requestor_name: "Ada",
      requestor_email: "ada@corp.com",
      grantee_name: "Ada",
      grantee_id: "ada",
      grantee_type: "user",
      integration: "Postgres",
      resources: "reports",
      resource_type: "database",
      permissions: "read; write",
      approver_names: "Lena",
      approver_emails: "lena@corp.com",
      approver_types: "group 1",
      justification: "the report",
      status: "GRANTED",
      approver_reason: "fine",
      resources_status: "db-1 read: held; db-1 write: held",
      trigger_type: "SELF_SERVE",
      access_flow: "Reports",
      bundle_name: "",
      extension_count: "1",
    });
  });

  it("L6: the access counts as taken back when that was confirmed", () => {
    const ending = played(active, revoke(root));
    expect(toActivityRow(ending, facts).request_revoke_date).toBe("");
    expect(toActivityRow(played(ending, deactivated), facts)).toMatchObject({
      request_revoke_date: "2026-03-02T09:00:06.000Z",
      status: "EXPIRED",
    });
  });

  it("L9: what is not known is an empty cell", () => {
    expect(toActivityRow(waiting, { identities: [], resources: [] })).toMatchObject({
      ...{
        requestor_name: "",
        requestor_email: "",
        integration: "",
        resources: "",
        approver_names: "",
        request_grant_date: "",
        extension_count: "0",
      },
    });
  });

  it("M4: a planned grant, of bundles, each named once, in their order", () => {
    const bundles = defineAccessFlow({
      name: "Everybody reads",
      trigger: "automatic",
      requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
      targets: [
        { kind: "bundle", bundle: "reports" },
        { kind: "integration", integration: "pg", resourceType: "database", permissions: ["read"] },
        { kind: "bundle", bundle: "archive" },
        { kind: "bundle", bundle: "Reports" },
      ],
    });
    const { state } = accepted(grantRequest(bundles, { id: "g1", grantee: ada, entitlements: [read], at: monday }));
    expect(toActivityRow(state, { identities: [], resources: [] })).toEqual({
      ...Object.fromEntries(activityColumns.map((column) => [column, ""])),
      request_id: "g1",
      request_date: "2026-03-02T09:00:00.000Z",
      grantee_id: "ada",
      grantee_type: "user",
      permissions: "read",
      status: "APPROVED",
      trigger_type: "AUTOMATIC",
      access_flow: "Everybody reads",
      bundle_name: "Reports; archive; reports",
      extension_count: "0",
    });
  });

  it("L9: what was not asked for is not told, nor what is empty; of two records of one person the first counts", () => {
    const voted = played(submitted(flow), vote({ ...lena, emails: [] }, "approve", ""));
    const row = toActivityRow(voted, {
      identities: [{ id: "lena" }, { ...lena, name: "Lena" }, { ...ada, name: "Ada" }, { ...ada, name: "Adele" }],
      resources: [database, { ...database, id: "db-2", name: "archive", type: "table", integration: "my" }],
    });
    expect(row).toMatchObject({
      requestor_name: "Ada",
      integration: "pg",
      resources: "reports",
      resource_type: "database",
      approver_names: "",
      approver_emails: "",
      approver_reason: "",
    });
  });

  it("L9: an empty name stands beside no other: it is left out", () => {
    const two = flowWith({
      approval: {
        kind: "approvalOf",
        groups: "anyOf",
        approverGroups: [{ conditions: [{ attribute: "group", values: ["leads"] }], required: 2 }],
      } as never,
    });
    const voted = played(submitted(two), vote(lena), vote(person("lea", ["leads"])));
    expect(toActivityRow(voted, { ...facts, identities: [{ ...lena, name: "Lena" }, { id: "lea" }] }).approver_names).toBe("Lena");
  });

  it("TH8: the order of facts changes nothing", () => {
    const turned = { ...facts, identities: [...facts.identities].reverse() };
    expect(toActivityRow(active, turned)).toEqual(toActivityRow(active, facts));
  });

  it("E1: facts of another shape are an error that says so", () => {
    expect(() => toActivityRow(active, { identities: [{}], resources: [] } as never)).toThrow(
      expect.objectContaining({ code: "facts_invalid" }),
    );
    expect(() => toActivityRow(active, { ...facts, more: 1 } as never)).toThrow(expect.objectContaining({ code: "facts_invalid" }));
  });
});

describe("the activity report as CSV (TH19)", () => {
  const blank = Object.fromEntries(activityColumns.map((column) => [column, ""])) as ActivityRow;
  const cell = (text: string) =>
    cellsOf(printActivity([{ ...blank, justification: text }]).slice(activityColumns.join(",").length + 2, -2))[16];

  it("TH19: a line of names, a line a row, each ended by CR LF", () => {
    expect(printActivity([])).toBe(`${activityColumns.join(",")}\r\n`);
    const line = ",".repeat(activityColumns.length - 1);
    expect(printActivity([blank, blank])).toBe(`${activityColumns.join(",")}\r\n${line}\r\n${line}\r\n`);
  });

  it("TH19: commas, quotes and line breaks stay inside their cell", () => {
    for (const text of ['a,b "c"', "two\nlines", "two\r\nlines", '"', ",,,"]) expect(cell(text)).toBe(text);
    expect(cellsOf(printActivity([{ ...blank, request_id: 'x","=1' }]).split("\r\n")[1] ?? "").length).toBe(24);
  });

  const formulas = [
    "=1+1",
    "+1",
    "-1",
    "@sum",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff@x",
    "\u0000=1",
    "\u200e-1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
  ];
  it.each(formulas)("TH19: %j is no formula in a spreadsheet", (text) => {
    expect(cell(text)?.startsWith("'")).toBe(true);
  });

  it.each(["a; =1", "a;+1", "a\n=1", "a\r\n@x", "a\t-1", "a; \u200b=1"])("TH19: %j is none behind another separator", (text) => {
    expect(cell(text)).toMatch(/^a[;\s\u200b]+'[=+\-@]/u);
  });

  it.each(["a-b", "1=1", "ada@corp.com", "a; b", "x + y"])("TH19: %j stays as it is", (text) => {
    expect(cell(text)).toBe(text);
  });

  it("TH19: hostile names reach the report through every adapter's facts, and stay text", () => {
    const hostile = '=HYPERLINK("http://evil","x")';
    const named = { ...facts, identities: [{ ...ada, name: hostile }], resources: [{ ...database, name: hostile }] };
    const line = printActivity([toActivityRow(active, named)]).split("\r\n")[1] ?? "";
    const cells = cellsOf(line);
    expect([cells.length, cells[4], cells[10]]).toEqual([24, `'${hostile}`, `'${hostile}`]);
  });

  it("TH20: a long cell of separators takes no longer than its length", () => {
    expect(printActivity([{ ...blank, justification: `${"\t ".repeat(50_000)}=1` }]).length).toBeGreaterThan(100_000);
  });
});
