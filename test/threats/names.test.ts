import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostileNames } from "accessflow/testing";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { naming } from "../fixtures/naming.js";
import { type NameKind, type Naming, type WholeLife, wholeLife } from "../fixtures/whole-life.js";

/*
 * A whole life of the core under names that mean something elsewhere. What is decided must not depend on what things
 * are called, and nothing that is printed may act on the place where it is shown.
 */

/** Kinds whose names are ids with few characters (D2). */
const strict: ReadonlySet<NameKind> = new Set(["flow", "request"]);

const asTheyAre = wholeLife().outcomes.map((each) => JSON.stringify(each));
const inherited = Object.getOwnPropertyNames(Object.prototype);

describe("in a process of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "accessflow-names-"));
  const program = join(folder, "life.mjs");

  beforeAll(async () => {
    const contents = `
      import { wholeLife } from "./test/fixtures/whole-life.ts";
      import { exceptTexts, naming } from "./test/fixtures/naming.ts";
      const names = JSON.parse(process.argv[2]);
      const outcomes = names.map((_, first) => wholeLife(exceptTexts(naming(names, first))).outcomes);
      console.log(JSON.stringify({ outcomes, host: new Intl.Collator().resolvedOptions().locale, pollution: Object.keys(Object.prototype) }));`;
    const resolveDir = new URL("../..", import.meta.url).pathname;
    await build({ stdin: { contents, resolveDir, loader: "ts" }, bundle: true, format: "esm", platform: "neutral", outfile: program });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(names: readonly string[], flags: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const output = execFileSync(process.execPath, [...flags, program, JSON.stringify(names)], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return JSON.parse(output) as { outcomes: unknown[][]; host: string; pollution: string[] };
  }

  // Shown to fail: with `attributes[name]` read whether the key is the identity's own or not.
  it("TH9: names that every object inherits, in every place, change no outcome, where prototypes are frozen and `__proto__` throws", () => {
    const { outcomes, pollution } = run(inherited, ["--disable-proto=throw", "--frozen-intrinsics"]);
    for (const each of outcomes) expect(each.map((outcome) => JSON.stringify(outcome))).toEqual(asTheyAre);
    expect(outcomes).toHaveLength(inherited.length);
    expect(pollution).toEqual([]);
  });

  it("TH9: nor where nothing is frozen, and nothing is left on a prototype", () => {
    const { outcomes, pollution } = run(inherited, []);
    for (const each of outcomes) expect(each.map((outcome) => JSON.stringify(outcome))).toEqual(asTheyAre);
    expect(outcomes).toHaveLength(inherited.length);
    expect(pollution).toEqual([]);
  });

  // Shown to fail: with ids compared in lower case.
  it("TH10: on a Turkish host, ids that its language takes for one another stay different people and things", () => {
    const lookAlikes = [
      "info",
      "INFO",
      "\u0131nfo",
      "\u0130nfo",
      "Info",
      "\u0130NFO",
      "i\u0307nfo",
      "\u0131NFO",
      "stra\u00dfe",
      "strasse",
      "STRASSE",
    ];
    const { outcomes, host } = run(lookAlikes, [], { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" });
    expect(host).toBe("tr-TR");
    for (const each of outcomes) expect(each.map((outcome) => JSON.stringify(outcome))).toEqual(asTheyAre);
    expect(outcomes).toHaveLength(lookAlikes.length);
  });
});

/** Everything a terminal, a log, a chat or a page could take for more than text. */
const active = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>]/u;

const escapes = [
  "\u001b[2J",
  "\r\nadmitted: eve",
  "\u202egpj.exe",
  "<!channel>",
  "`code`",
  "\u2028x",
  "bell\u0007",
  "\u009b31m",
  "<script>",
];

describe("hostile names through every printed line", () => {
  const names = [...hostileNames, ...escapes, "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "; =1", "\uff1d1"];
  const oneLine = names.filter((name) => !/[\r\n]/.test(name));
  /** A query is one line (Q3), so what stands in one is named from the rest; ids have few characters. */
  const inQueries: ReadonlySet<NameKind> = new Set(["tagKey", "tagValue", "permission"]);
  const hostile = (first: number): Naming => {
    const [any, lines] = [naming(names, first), naming(oneLine, first)];
    return (kind, plain) => (strict.has(kind) ? plain : (inQueries.has(kind) ? lines : any)(kind, plain));
  };
  let lives: readonly WholeLife[] = [];

  beforeAll(() => {
    lives = names.map((_, first) => wholeLife(hostile(first)));
  });

  it("TH19: changes no outcome", () => {
    for (const { outcomes } of lives) {
      // One unknown key among them is `__proto__`, which has a code of its own (D8).
      expect(outcomes.map((each) => JSON.stringify(each).replace("forbidden_key", "unknown_key"))).toEqual(asTheyAre);
    }
  });

  // Shown to fail: with texts quoted as they are, and with a message that repeats a key as it is.
  it("TH19: explanations, descriptions, issues and errors print none of them as more than text", () => {
    for (const { lines } of lives) {
      for (const line of Object.values(lines).flat()) {
        // A message of many faults is a line each; every line is the library's own.
        for (const part of line.split("\n")) expect(part).not.toMatch(active);
        expect(line.split("\n").filter((part) => part.startsWith("admitted"))).toEqual([]);
      }
    }
  });

  it("TH19: the names were in the lines, escaped", () => {
    const printed = lives.flatMap(({ lines }) => Object.values(lines).flat()).join("\n");
    for (const escaped of ["\\u{1b}[2J", "\\u{d}\\u{a}admitted", "\\u{202e}gpj", "\\u{3c}!channel\\u{3e}", "\\u{60}code\\u{60}"]) {
      expect(printed).toContain(escaped);
    }
  });

  // Shown to fail: without the `'` before a cell, and without quotation marks around one with a line break.
  it("TH19: a spreadsheet reads as many cells and lines as there are, and none as a formula", () => {
    for (const { csv } of lives) {
      const rows = readCsv(csv);
      expect(rows).toHaveLength(6);
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([24]));
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
    }
  });
});

describe("what is not everybody's to read", () => {
  const secret: Naming = (kind, plain) => {
    if (kind === "text" && plain === "approve") return "CANARY-APPROVAL";
    if (kind === "text" && plain === "to mend it") return "CANARY-JUSTIFICATION";
    if (kind === "team" && plain === "leads") return "CANARY-TEAM";
    if (kind === "person" && plain === "lena") return "CANARY-APPROVER";
    return plain;
  };

  // Shown to fail: with the sentences of an approver for every audience.
  it("TH23: no line for requestors has an approval's reason, an approver, or whom a rule looks for", () => {
    const { requestor, approver } = wholeLife(secret).lines;
    expect(requestor.filter((line) => /CANARY-(APPROVAL|APPROVER|TEAM)/.test(line))).toEqual([]);
    expect(approver.join("\n")).toMatch(/CANARY-APPROVAL/);
  });

  it("TH23: no message of an issue or error has a justification, a reason or a person", () => {
    const { host } = wholeLife(secret).lines;
    expect(host.filter((line) => /CANARY-(APPROVAL|APPROVER|JUSTIFICATION)/.test(line))).toEqual([]);
    // A definition is described with the groups it names.
    expect(host.join("\n")).toMatch(/CANARY-TEAM/);
  });
});

/** RFC 4180, as a spreadsheet reads it. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cells.exec(csv); match !== null; match = cells.exec(csv)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
    if (cells.lastIndex === csv.length) return rows;
  }
  throw new Error("the report is no CSV");
}
