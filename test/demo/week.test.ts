import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { claimFolder, setWhole } from "../../examples/demo/host/folder.js";
import { readOptions, usage, usualFolder } from "../../examples/demo/options.js";
import { colourFor } from "../../examples/demo/print/colour.js";
import { runDemo } from "./run-demo.js";

const committed = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

const place = mkdtempSync(join(tmpdir(), "accessflow-week-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe("the demo's week", () => {
  const folder = join(place, "week");
  // What an earlier week has left is in the way of none: without --resume it begins afresh.
  claimFolder(folder);
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "PG_VERSION"), "an earlier week");
  setWhole(folder);
  const inLisbon = runDemo(["--folder", folder], { TZ: "Europe/Lisbon", LANG: "C" });
  // The same week, told again by a process of another zone and locale from what the first one has kept.
  const inApia = runDemo(["--resume", "--folder", folder], { TZ: "Pacific/Apia", LANG: "ar_EG.UTF-8" });
  const json = runDemo(["--resume", "--folder", folder, "--json"], { TZ: "America/New_York" });

  // To accept a change: `npx tsx examples/demo/main.ts > test/demo/expected.txt`, and read the difference.
  it("is the committed text, to the byte", () => {
    expect(inLisbon.out).toBe(committed("expected.txt"));
  });

  it("is the same when it is resumed after its end, under another zone and locale", () => {
    expect(inApia).toEqual(inLisbon);
  });

  it("ends well and says nothing on the error output", () => {
    expect([inLisbon.exit, inLisbon.err, json.exit, json.err]).toEqual([0, "", 0, ""]);
  });

  it("is written as the committed JSON with --json", () => {
    // The committed copy is laid out by the formatter; its keys and values, and their order, are the demo's own.
    expect(json.out).toBe(`${JSON.stringify(JSON.parse(committed("expected.json")), null, 2)}\n`);
  });

  it("tells the same requests as text and as JSON", () => {
    const story = JSON.parse(json.out) as { requests: { number: number; requestor: string }[] };
    const missing = story.requests.filter(
      ({ number, requestor }) => !new RegExp(`^${number} +${requestor.split(" ")[0]}`, "mu").test(inLisbon.out),
    );
    expect(missing).toEqual([]);
  });

  it("shows every way a request can go", () => {
    const story = JSON.parse(json.out) as { requests: { outcome: string }[] };
    const outcomes = new Set(story.requests.map(({ outcome }) => outcome));
    expect([...outcomes].sort()).toEqual(["approved", "expired", "refused", "rejected", "revoked", "withdrawn"]);
  });

  it("fits 100 columns", () => {
    expect(inLisbon.out.split("\n").filter((line) => [...line].length > 100)).toEqual([]);
  });

  it("is not coloured when it is read by no terminal", () => {
    expect(inLisbon.out).not.toContain("\u001b");
  });
});

describe("the demo's folder", () => {
  it("is left as it is where it holds something that is not the demo's", () => {
    const folder = join(place, "holiday");
    mkdirSync(join(folder, "data"), { recursive: true });
    writeFileSync(join(folder, "data", "photo.txt"), "the sea");
    const run = runDemo(["--folder", folder]);
    expect([run.exit, run.out, run.err]).toEqual([1, "", `${folder} holds something that is not the demo's; it is left as it is\n`]);
    expect(existsSync(join(folder, "data", "photo.txt"))).toBe(true);
  });

  it("is named where it cannot be made", () => {
    const file = join(place, "file");
    writeFileSync(file, "");
    const run = runDemo(["--folder", join(file, "week")]);
    expect([run.exit, run.out, run.err.includes(`the demo cannot keep anything in ${file}`)]).toEqual([1, "", true]);
  });
});

describe("the demo's options", () => {
  it("explains itself with --help", () => {
    expect([readOptions(["--help"]), usage.split("\n")[0]]).toEqual([
      { show: "help", flows: null, folder: usualFolder, resume: false, json: false },
      "Usage: npm run demo -- [options]",
    ]);
  });

  it.each([
    [["--flow"]],
    [["extra"]],
    [["--flows"]],
    [["--flows", "--json"]],
    [["--flows", "a", "--flows=b"]],
    [["--folder"]],
    [["--flows", "a", "--resume"]],
    [["--flows", "a", "--folder", "b"]],
  ])("refuses %j", (args) => {
    expect(readOptions(args)).toHaveProperty("wrong");
  });

  it("writes the usage for a wrong option, with exit code 2", () => {
    const run = runDemo(["--flow\u001b[2J"]);
    expect([run.exit, run.out, run.err]).toEqual([2, "", `unknown option \`--flow\\u{1b}[2J\`\n\n${usage}`]);
  });

  it("colours for a terminal, unless NO_COLOR is set", () => {
    const shown = [colourFor({ isTTY: true }, undefined), colourFor({ isTTY: true }, "1"), colourFor({}, undefined)].map(({ red }) =>
      red("no"),
    );
    expect(shown).toEqual(["\u001b[31mno\u001b[0m", "no", "no"]);
  });
});
