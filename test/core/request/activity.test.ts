import { describe, expect, it } from "vitest";
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

  it("TH8: the order of facts changes nothing", () => {
    const turned = { ...facts, identities: [...facts.identities].reverse() };
    expect(toActivityRow(active, turned)).toEqual(toActivityRow(active, facts));
  });

  it("L9: of an automatic flow: who gets the access asked for it, and its bundles are named", () => {
    const automatic = flowWith({
      trigger: "automatic",
      targets: [{ kind: "bundle", bundle: "reports" }, ...flow.targets, { kind: "bundle", bundle: "ledger" }],
    });
    const granted = accepted(grantRequest(automatic, { id: "g1", grantee: ada, entitlements: [read, write], at: monday })).state;
    const elsewhere = { ...database, id: "db-2", name: "elsewhere", type: "bucket", integration: "s3" };
    const { emails: _, ...unlisted } = lena;
    const first = { ...ada, name: "Ada" };
    const row = toActivityRow(granted, {
      identities: [first, { ...ada, name: "Somebody" }, unlisted],
      resources: [elsewhere, { ...database, name: "" }],
    });
    expect(row).toMatchObject({
      ...{ trigger_type: "AUTOMATIC", bundle_name: "ledger; reports", grantee_name: "Ada", requestor_email: "ada@corp.com" },
      ...{ integration: "pg", resources: "", resource_type: "database", permissions: "read; write", approver_names: "" },
    });
    const voted = played(submitted(flow), vote(lena));
    expect(toActivityRow(voted, { identities: [unlisted], resources: [] })).toMatchObject({ approver_names: "", approver_emails: "" });
  });

  it.each<readonly [facts: unknown, says: string]>([
    [5, "facts is not of the stated shape\nidentities is not of the stated shape\nresources is not of the stated shape"],
    [{ identities: [ada, {}], resources: [] }, "identities[1].id is not of the stated shape"],
    [
      { identities: 5, resources: [{ ...database, id: 5 }] },
      "identities is not of the stated shape\nresources[0].id is not of the stated shape",
    ],
    [{ identities: [], resources: [], catalog: 5 }, "catalog is not of the stated shape"],
    [{ ...facts, more: 1 }, "facts.more is not of the stated shape"],
  ])("E1: facts of another shape are an error that says so: %#", (wrong, says) => {
    expect(() => toActivityRow(active, wrong as never)).toThrow(expect.objectContaining({ code: "facts_invalid", message: says }));
  });
});

describe("the activity report as CSV (TH19)", () => {
  const blank = Object.fromEntries(activityColumns.map((column) => [column, ""])) as ActivityRow;
  const cell = (text: string) =>
    cellsOf(printActivity([{ ...blank, justification: text }]).slice(activityColumns.join(",").length + 2, -2))[16];

  it("TH19: a line of names, a line a row, each ended by CR LF", () => {
    expect(printActivity([])).toBe(`${activityColumns.join(",")}\r\n`);
    expect(printActivity([blank, blank]).split("\r\n").length).toBe(4);
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
