import type { Issue, IssueCode } from "../kernel/issue.js";
import { nearestWord } from "../kernel/nearest.js";
import type { Path } from "../kernel/path.js";
import { keysOf, kindOf, lengthOf, valueAt } from "../kernel/read-json.js";
import type { ZoneSource } from "../time/zone-source.js";
import { printPlace } from "./print-value.js";
import type { Total } from "./shape.js";

/** What a document may cost, counted while walking and stopped at the first excess (D4). */
export type WalkLimits = {
  readonly depth: number;
  readonly nodes: number;
  /** Bytes of text in UTF-8, keys included. */
  readonly bytes: number;
};

export const definitionLimits: WalkLimits = { depth: 32, nodes: 100_000, bytes: 4 * 1024 * 1024 };

export type WalkOptions = {
  /** How messages call the document itself: `the definition`. */
  readonly whole: string;
  /** null for facts: they are the host's own, and a catalogue may be large. What no shape describes is not walked then. */
  readonly limits: WalkLimits | null;
  /** After so many issues the walk stops; null: never. */
  readonly mostIssues: number | null;
  /** Whether keys that could reach a prototype are an issue of their own (D8), not only unknown. */
  readonly forbidsKeys: boolean;
  /** Whether keys with a default must be written, too: documents that this library wrote. */
  readonly complete: boolean;
  /** Where the names of time zones are looked up; absent: the runtime (S5). */
  readonly zones?: ZoneSource;
  /** One code for every issue, in place of each one's own. */
  readonly code: IssueCode | null;
};

/** More about an issue than where it is and what it is. */
export type IssueDetails = { readonly limit?: number; readonly nearest?: string };

/** One walk over one document: where it stands, what it has counted, what it has found. */
export type DocumentWalk = {
  readonly options: WalkOptions;
  /** True from the first excess on: nothing further is looked at. */
  readonly stopped: boolean;
  /** Where the walk stands in the order of the document: it grows with every step into and out of a value. */
  readonly order: number;
  /** All that was found, in document order: what was found late about an early place stands where it belongs. */
  readonly issues: readonly Issue[];
  /** Looks at one member of the current record or list. */
  at<T>(step: string | number, look: () => T): T;
  /** Reports an issue; `says` follows the place in the message. */
  report(code: IssueCode, says: string, details?: IssueDetails): void;
  /** Reports an issue about a member of what the walk now stands at, in its own place in the order. */
  reportMember(member: Path, order: number, code: IssueCode, says: string, details?: IssueDetails): void;
  /** Counts a value that is about to be looked at; false where the document is over its limits. */
  enter(value: unknown): boolean;
  /** Counts towards a limit over the whole document; reports when it is passed, once. True while it is kept. */
  count(total: Total, entries: number): boolean;
  /** The keys of a record, which count as text; null, and an issue, where they cannot be read. */
  keys(record: object): readonly string[] | null;
  /** Reports a key that could reach a prototype (D8); true where it was one. */
  forbids(key: string): boolean;
  /** What a misspelt word most likely means, as details of an issue; for the first thousand, so that a hostile document stays cheap. */
  nearest(word: string, known: readonly string[]): IssueDetails;
  /** Walks what no shape describes, for its size and its forbidden keys alone. */
  skim(value: unknown): void;
  /** As `skim`, of a value that was counted already. */
  skimInside(value: unknown): void;
};

const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const mostGuesses = 1_000;

export function startWalk(options: WalkOptions): DocumentWalk {
  const { limits } = options;
  const findings: { readonly issue: Issue; readonly order: number }[] = [];
  const path: (string | number)[] = [];
  const totals = new Map<string, number>();
  let order = 0;
  let nodes = 0;
  let bytes = 0;
  let guesses = 0;
  let stopped = false;

  const walk: DocumentWalk = {
    options,
    get stopped() {
      return stopped;
    },
    get order() {
      return order;
    },
    get issues() {
      return [...findings].sort((left, right) => left.order - right.order).map((finding) => finding.issue);
    },

    at(step, look) {
      path.push(step);
      order += 1;
      const result = look();
      path.pop();
      order += 1;
      return result;
    },

    report(code, says, details) {
      walk.reportMember([], order, code, says, details);
    },

    reportMember(member, place, code, says, details = {}) {
      const at = [...path, ...member];
      const message = `${printPlace(at, options.whole)} ${says}`;
      findings.push({ issue: { code: options.code ?? code, path: at, message, ...details }, order: place });
      if (findings.length === options.mostIssues) stopped = true;
    },

    enter(value) {
      if (stopped) return false;
      if (limits === null) return true;
      nodes += 1;
      if (nodes > limits.nodes) return stop("too_large", `is where the document passes ${limits.nodes} values`, limits.nodes);
      const kind = kindOf(value);
      if (kind === "text") return countText(value as string);
      if ((kind === "list" || kind === "record") && path.length >= limits.depth) {
        return stop("too_deep", `is nested deeper than ${limits.depth} levels`, limits.depth);
      }
      return true;
    },

    count(total, entries) {
      const before = totals.get(total.of) ?? 0;
      totals.set(total.of, before + entries);
      const kept = before + entries <= total.limit;
      if (!kept && before <= total.limit) {
        walk.report("too_many", `is where there are more than ${total.limit} ${total.of}`, { limit: total.limit });
      }
      return kept;
    },

    keys(record) {
      const keys = keysOf(record);
      if (keys === null) walk.report("not_an_object", "cannot be read");
      return keys?.every(countText) === true ? keys : null;
    },

    forbids(key) {
      const forbidden = options.forbidsKeys && forbiddenKeys.has(key);
      if (forbidden) walk.report("forbidden_key", "is a key that no record may have");
      return forbidden;
    },

    nearest(word, known) {
      guesses += 1;
      const nearest = guesses > mostGuesses ? null : nearestWord(word, known);
      return nearest === null ? {} : { nearest };
    },

    skim(value) {
      if (walk.enter(value)) walk.skimInside(value);
    },

    // The limit of depth bounds the recursion; without limits there is none.
    skimInside(value) {
      const kind = limits === null ? "foreign" : kindOf(value);
      if (kind === "list") skimList(value as object);
      else if (kind === "record") skimRecord(value as object);
    },
  };

  function skimList(list: object): void {
    const length = lengthOf(list) ?? 0;
    for (let i = 0; i < length && !stopped; i += 1) walk.at(i, () => walk.skim(valueAt(list, i)));
  }

  function skimRecord(record: object): void {
    for (const key of walk.keys(record) ?? []) {
      if (stopped) return;
      walk.at(key, () => {
        walk.forbids(key);
        walk.skim(valueAt(record, key));
      });
    }
  }

  function countText(text: string): boolean {
    if (limits === null) return true;
    // A code unit is at least one byte: a text that is too long by units alone is never read through.
    bytes += bytes + text.length > limits.bytes ? text.length : utf8Length(text);
    return bytes <= limits.bytes || stop("too_large", `is where the document passes ${limits.bytes} bytes of text`, limits.bytes);
  }

  function stop(code: IssueCode, says: string, limit: number): false {
    if (!stopped) walk.report(code, says, { limit });
    stopped = true;
    return false;
  }

  return walk;
}

/** Bytes in UTF-8. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // Two code units of a pair make four bytes: two each.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
