import type { Path } from "./path.js";

/**
 * Why a definition, a query or a stored state is not accepted (D6, Q7, L13). A closed list: codes are
 * stable, messages are not.
 */
export type IssueCode =
  /** A record was expected (D). */
  | "not_an_object"
  /** A value of another type was expected (D). */
  | "wrong_type"
  /** No key of this record (D1). */
  | "unknown_key"
  /** A key without default is not written (D). */
  | "missing_key"
  /** A list or a record that must not be empty is (D3). */
  | "empty"
  /** A text that must say something is empty, or nothing but white space (D3). */
  | "blank"
  /** More entries than the limit (D4). */
  | "too_many"
  /** More characters than the limit (D4). */
  | "too_long"
  /** Nested deeper than the limit (D4). */
  | "too_deep"
  /** More nodes or text than the limit (D4). */
  | "too_large"
  /** No `kind` that is known here (D). */
  | "unknown_kind"
  /** No operator of conditions (C). */
  | "unknown_operator"
  /** None of the words possible here (D). */
  | "unknown_word"
  /** A `format` of something else (D). */
  | "unknown_format"
  /** Not a number that is possible here (D4). */
  | "number_invalid"
  /** The name has other characters, or no letter or digit (D2). */
  | "name_invalid"
  /** The id has other characters (D2). */
  | "id_invalid"
  /** No id can be made from the name (D2). */
  | "id_needed"
  /** No wall-clock time (S2). */
  | "time_invalid"
  /** A window begins where it ends (S3). */
  | "window_empty"
  /** No time zone the runtime knows (S5). */
  | "time_zone_unknown"
  /** An offset is no time zone (S5). */
  | "time_zone_offset"
  /** No date of the calendar (D5, S7). */
  | "date_unknown"
  /** Not positive, or not whole milliseconds (W1). */
  | "duration_invalid"
  /** Longer than any grant may last (W1). */
  | "duration_out_of_range"
  /** Settings that cannot go together (D5). */
  | "combination_means_nothing"
  /** A key that could reach a prototype (D8). */
  | "forbidden_key"
  /** Half a surrogate pair (D3). */
  | "lone_surrogate"
  /** The query is not well formed (Q7). */
  | "query_syntax"
  /** No field of queries (Q1). */
  | "query_unknown_field"
  /** No operator of queries (Q2). */
  | "query_unknown_operator"
  /** A value is not in double quotes, or its quotes do not close (Q3). */
  | "query_value_quotes"
  /** Parentheses nested deeper than the limit (Q7). */
  | "query_too_deep"
  /** No state of this library (L13). */
  | "state_foreign"
  /** A state of a later version (L13). */
  | "state_newer"
  /** A state that no sequence of events leads to (A14). */
  | "state_invalid";

/**
 * One fault of a document, as data (D6).
 *
 * `path` points into the document as it was given; `message` begins with the path and names the offending
 * value. `limit` is there for a limit that was passed, `nearest` for a word that resembles a known one,
 * `line` and `column` (from 1, by character) for query texts.
 */
export type Issue = {
  readonly code: IssueCode;
  readonly path: Path;
  readonly message: string;
  readonly limit?: number;
  readonly nearest?: string;
  readonly line?: number;
  readonly column?: number;
};
