import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readFolder } from "../../examples/demo/flows/read-folder.js";
import { type FlowsReport, reportOn } from "../../examples/demo/flows/report.js";
import { colourFor } from "../../examples/demo/print/colour.js";
import { printReport } from "../../examples/demo/print/report-text.js";
import { runDemo } from "./run-demo.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const published = join(root, "../shared/real-flows");
const made: string[] = [];

/** A folder with these files; a text is written as it is, anything else as JSON. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), "accessflow-demo-"));
  made.push(folder);
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const good = {
  name: "Read buckets",
  schedule: { kind: "onlyOn", days: ["monday"], from: "09:00", to: "17:00", timeZone: "Europe/Paris" },
  requestors: { conditions: [{ attribute: "group", operator: "isNot", values: ["guests"] }] },
  targets: [{ kind: "bundle", bundle: "buckets" }],
};
const bundle = {
  name: "buckets",
  targets: [{ kind: "integration", integration: "aws", resourceType: "aws-account-s3-bucket", permissions: ["read"] }],
};

/** In this process; that the demo writes just this is one test below. */
function report(folder: string): FlowsReport {
  const read = readFolder(folder);
  if ("wrong" in read) throw new Error(read.wrong);
  return reportOn(read);
}

describe("demo --flows", () => {
  it("finds no fault in the company's flows, and explains each", () => {
    const run = runDemo(["--flows", join(root, "examples/company/flows")]);
    expect([run.exit, run.err, run.out.match(/What it means/g)?.length]).toEqual([0, "", 20]);
  });

  it("says the same in a process of another zone", () => {
    const folder = join(root, "examples/company/flows");
    const run = runDemo(["--flows", folder, "--json"], { TZ: "Pacific/Apia" });
    expect(JSON.parse(run.out)).toEqual(report(folder));
  });

  it("decides four sample requests: fitting, closed, not fitting, unknown", () => {
    const [file] = report(folderOf({ "good.json": good })).files;
    expect(file?.samples.map(({ open, outcome }) => [open, outcome])).toEqual([
      [true, "eligible"],
      [false, "ineligible"],
      [true, "ineligible"],
      [true, "ineligible"],
    ]);
  });

  it("gives an explanation with every no", () => {
    const { files } = report(join(root, "examples/company/flows"));
    const silent = files.flatMap((file) => file.samples.filter(({ outcome, because }) => outcome === "ineligible" && because.length === 0));
    expect(silent).toEqual([]);
  });

  it("takes bundles of the folder into the catalogue, and says which are missing", () => {
    const without = report(folderOf({ "good.json": good })).files[0]?.notes;
    const beside = report(folderOf({ "bundle.json": bundle, "good.json": good })).files[1]?.notes;
    expect([without?.length, beside]).toEqual([1, []]);
  });

  it("says of a bundle what it holds, and of an access scope what it selects", () => {
    const scope = { name: "prod", query: 'resource_tag["env"]="prod"' };
    const files = report(folderOf({ "bundle.json": bundle, "scope.json": scope })).files.map(({ meaning }) => meaning);
    expect(files).toEqual([
      ["`buckets` holds `read` on every resource of type `aws-account-s3-bucket` in integration `aws`."],
      ['`prod` selects whatever meets: resource_tag["env"] = "prod"'],
    ]);
  });

  it("says that a reference gives nothing where the folder has two of that name", () => {
    const twice = report(folderOf({ "bundle.json": bundle, "bundle-2.json": bundle, "good.json": good })).files.at(-1);
    expect(twice?.notes).toEqual(["the bundle `buckets` is 2 times in this folder: until it is there once, that target gives nothing"]);
  });

  it("names each fault with its path, and ends with exit code 1", () => {
    const folder = folderOf({ "bad.json": { ...good, settings: { requireMFA: true }, targets: [] } });
    const [file] = report(folder).files;
    expect([runDemo(["--flows", folder]).exit, file?.faults.map(({ code, path }) => [code, path])]).toEqual([
      1,
      [
        ["empty", ["targets"]],
        ["unknown_key", ["settings", "requireMFA"]],
      ],
    ]);
  });

  it("reads the good files beside a bad one", () => {
    const { faults, files } = report(
      folderOf({ "a.json": "{ not JSON", "b.json": good, "c.json": "[]", "d.json": "null", "README.md": "# hello" }),
    );
    expect([faults, files.map(({ what, faults }) => [what, faults.length])]).toEqual([
      3,
      [
        ["unreadable", 1],
        ["access flow", 0],
        ["access flow", 1],
        ["access flow", 1],
      ],
    ]);
  });

  it("points at the faults of a catalogue and of a bundle", () => {
    const catalogue = {
      bundles: [bundle, { name: "b", targets: [{ kind: "bundel" }] }],
      accessScopes: [{ name: "s", query: "resource_type" }],
    };
    const [file] = report(folderOf({ "catalog.json": catalogue })).files;
    expect([file?.what, file?.faults.map(({ path }) => path.slice(0, 3))]).toEqual([
      "catalogue",
      [
        ["bundles", 1, "targets"],
        ["accessScopes", 0, "query"],
      ],
    ]);
  });

  it.each([
    [{ bundels: [], bundles: [] }, ["bundels"]],
    [{ bundles: {} }, ["bundles"]],
    [{ integrations: [{ id: "a", nmae: "A" }] }, ["integrations", 0, "name"]],
    [{ accessScopes: [null] }, ["accessScopes", 0]],
    [{ name: "b", targets: [{ kind: "bundle", bundle: "c" }] }, ["targets"]],
    [{ ...bundle, tragets: [] }, ["tragets"]],
  ])("finds what is misspelt or misplaced in the catalogue %j", (content, path) => {
    expect(report(folderOf({ "catalog.json": content })).files[0]?.faults.map((fault) => fault.path)).toContainEqual(path);
  });

  it("takes the company's own catalogue as it is", () => {
    const { files } = report(join(root, "examples/company"));
    expect(files.find(({ file }) => file === "catalog.json")?.faults).toEqual([]);
  });

  it("reads no pipe, which would never end", () => {
    const folder = folderOf({});
    execFileSync("mkfifo", [join(folder, "pipe.json")]);
    mkdirSync(join(folder, "folder.json"));
    expect(report(folder).files.map(({ file, what }) => [file, what])).toEqual([
      ["folder.json", "unreadable"],
      ["pipe.json", "unreadable"],
    ]);
  });

  it("refuses a file that is no UTF-8", () => {
    const folder = folderOf({});
    writeFileSync(join(folder, "latin.json"), Buffer.from([0x22, 0xe9, 0x22]));
    expect(report(folder).files[0]?.faults[0]?.message).toContain("UTF-8");
  });

  it("shows no escape sequence of a hostile file to the terminal", () => {
    const hostile = "\u001b[2J\u202eevil\u0007\u009b";
    const flow = { ...good, description: hostile, requestors: { conditions: [{ attribute: hostile, values: [hostile] }] } };
    const folder = folderOf({ "flow.json": flow, "bad.json": { ...flow, name: hostile, [hostile]: hostile }, [`${hostile}.json`]: "{" });
    const text = printReport(report(folder), colourFor({ isTTY: false }, undefined));
    expect([...text].filter((character) => character !== "\n" && /[\p{Cc}\p{Cf}]/u.test(character))).toEqual([]);
  });

  it("ends with exit code 1 and a message where there is nothing to read", () => {
    const run = runDemo(["--flows", folderOf({ "README.md": "# hello" })]);
    expect([run.exit, run.out, run.err.includes("nothing to read")]).toEqual([1, "", true]);
  });

  it("asks for the full length where a flow wants to hear one", () => {
    const flow = {
      ...good,
      schedule: { kind: "always" },
      grantFor: { kind: "fixed", amount: 2, unit: "hour" },
      settings: { requireDuration: true },
    };
    const [sample] = report(folderOf({ "flow.json": flow })).files[0]?.samples ?? [];
    expect(sample?.window).toEqual({ start: sample?.at, end: Number(sample?.at) + 2 * 3_600_000 });
  });

  it.each([
    ["a folder that is not there", (): string => join(tmpdir(), "accessflow-demo-nowhere"), "there is no folder"],
    ["an empty folder", (): string => folderOf({}), "nothing to read"],
    ["a folder with a README.md alone", (): string => folderOf({ "README.md": "# hello" }), "nothing to read"],
    ["a file in place of a folder", (): string => join(folderOf({ "flow.json": good }), "flow.json"), "is no folder"],
  ])("says so of %s", (_what, folder, message) => {
    const read = readFolder(folder());
    expect("wrong" in read && read.wrong).toContain(message);
  });

  it.skipIf(!existsSync(published))("reads every published file without a fault (skipped where they are not beside the project)", () => {
    const { files } = report(published);
    expect(files.map(({ written, faults }) => [written, faults])).toEqual(files.map(() => ["published", []]));
  });
});
