import { describe, expect, it } from "vitest";
import { matchQuery } from "../../src/core/evaluate/match-query.js";
import { parseQuery } from "../../src/core/query/parse-query.js";
import { printQuery } from "../../src/core/query/print-query.js";
import { queryInput, queryTextInput } from "../arbitrary/operation-inputs.js";
import { nfc } from "./reference/conditions.js";
import { readQuery } from "./reference/query.js";
import { agree, compare, timeout } from "./support.js";

describe("queries, against the reference evaluator", () => {
  it(
    "Q1–Q6: a query has the same truth for every pair, before and after printing",
    () => {
      compare(
        "Q1–Q6",
        queryInput,
        { holds: 0.1, fails: 0.1, unknown: 0.1, someNot: 0.1 },
        ({ query: text, resource, catalog }) => {
          const question = readQuery(text);
          const parsed = parseQuery(text);
          const about = { text, resource, catalog };
          if (question === null || !parsed.ok) throw new Error(`does not parse: ${text}`);
          const printed = parseQuery(printQuery(parsed.value));
          agree(printed, parsed, about);
          // Of two permissions with one name the first counts (T6).
          const names = (resource.permissions ?? ["read"]).map((one) => nfc(typeof one === "string" ? one : one.name));
          const offered = (resource.permissions ?? ["read"]).filter((_, index) => names.indexOf(names[index] ?? "") === index);
          const truths = offered.map((permission) => {
            const expected = question({ resource, permission, catalog });
            const name = typeof permission === "string" ? permission : permission.name;
            agree(matchQuery(parsed.value, resource, permission, catalog), expected, about);
            agree(matchQuery(parsed.value, resource, name, catalog), expected, about);
            return expected;
          });
          return /not/i.test(text) ? [...truths, "someNot"] : truths;
        },
        (input) => ({ rule: "Q5", operation: "matchQuery", input }),
      );
    },
    timeout,
  );

  it(
    "Q3, Q7: the same texts are queries, and what is none says where",
    () => {
      compare(
        "Q3, Q7",
        queryTextInput,
        { query: 0.1, broken: 0.3 },
        ({ query: text }) => {
          const expected = readQuery(text) !== null;
          const parsed = parseQuery(text);
          agree(parsed.ok, expected, JSON.stringify(text));
          if (parsed.ok) return ["query"];
          for (const issue of parsed.error) expect([issue.line, issue.column], text).toEqual([expect.any(Number), expect.any(Number)]);
          return ["broken"];
        },
        (input) => ({ rule: "Q7", operation: "parseQuery", input }),
      );
    },
    timeout,
  );
});
