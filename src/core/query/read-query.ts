import type { Issue, IssueCode } from "../kernel/issue.js";
import { leastDifferentWord, nearestWord } from "../kernel/nearest.js";
import type { NonEmptyArray } from "../kernel/non-empty-array.js";
import {
  isKeyedField,
  isListOperator,
  isPlainField,
  isSingleOperator,
  keyedFields,
  listOperators,
  looksForParts,
  maximumNesting,
  plainFields,
  type Query,
  type QueryField,
  type QueryOperator,
  singleOperators,
} from "./query.js";
import { queryIssue, showText, showToken } from "./query-issue.js";
import { createQueryTokens, type QueryToken } from "./query-tokens.js";

/** More faults help nobody, and looking for the word that was meant takes time. */
const maximumIssues = 100;

/**
 * Reads a query by recursive descent: a function a level of precedence (Q4). Where a function gives null,
 * what follows cannot be understood, and an issue says so. Frozen by the caller.
 */
export function readQuery(text: string): { readonly query: Query | null; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const tokens = createQueryTokens(text);
  let token = tokens.next();
  /** Set where it is uncertain what belongs to a value: a fault that follows may be none. */
  let uncertain = false;

  const query = chain("or", 0);
  if (query !== null && token.kind !== "end") stop("`and`, `or` or the end of the query");
  return { query, issues };

  function chain(kind: "or" | "and", nesting: number): Query | null {
    const first = kind === "or" ? chain("and", nesting) : single(nesting);
    if (first === null) return null;
    const terms = [first];
    while (takeKeyword(kind)) {
      const next = kind === "or" ? chain("and", nesting) : single(nesting);
      if (next === null) return null;
      terms.push(next);
    }
    return join(kind, terms);
  }

  function single(nesting: number): Query | null {
    if (nesting >= maximumNesting && (isKeyword("not") || isSymbol("("))) return tooDeep();
    if (takeKeyword("not")) {
      const term = single(nesting + 1);
      return term === null ? null : { kind: "not", term };
    }
    if (!isSymbol("(")) return comparison();
    take();
    const inner = chain("or", nesting + 1);
    return inner !== null && takeSymbol(")", "`and`, `or` or `)`") ? inner : null;
  }

  function comparison(): Query | null {
    if (token.kind !== "word" || isJoiningWord()) return stop("a field, `not` or `(`");
    const field = readField();
    const key = isKeyedField(field) ? readKey() : null;
    if (key === undefined) return null;
    const operator = readOperator();
    if (operator === null) return null;
    const values = isListOperator(operator) ? readList(operator) : readSingle(operator);
    return values === null ? null : { kind: "comparison", field, key, operator, values };
  }

  function readField(): QueryField {
    const word = take();
    if (isPlainField(word.text) || isKeyedField(word.text)) return word.text;
    const keyed = isSymbol("[");
    report("query_unknown_field", word, "a field", nearestField(word.text, keyed ? keyedFields : [...plainFields, ...keyedFields]));
    // Stands in for the field that was meant; the query is refused anyway.
    return keyed ? "resource_tag" : "resource";
  }

  /** The text between the brackets of a keyed field; undefined stops. */
  function readKey(): string | undefined {
    if (!takeSymbol("[", '`["key"]`')) return undefined;
    const key = readValue("a key in double quotes");
    return key !== null && takeSymbol("]", "`]`") ? key : undefined;
  }

  function readOperator(): QueryOperator | null {
    if (token.kind !== "word" || isJoiningWord()) return stop("an operator");
    const word = take();
    if (isSingleOperator(word.text) || isListOperator(word.text)) return word.text;
    const negated = word.text.toLowerCase() === "not" && (isWord("in") || isWord("contains")) ? take() : null;
    const nearest = negated === null ? nearestWord(word.text, [...singleOperators, ...listOperators]) : `not_${negated.text}`;
    const found = negated === null ? word : { ...word, written: `${word.text} ${negated.text}` };
    report("query_unknown_operator", found, "an operator", nearest);
    if (isSymbol("(")) return "in";
    return isValue() ? "=" : null;
  }

  function readSingle(operator: QueryOperator): NonEmptyArray<string> | null {
    const value = readValue("a value in double quotes", operator);
    return value === null ? null : [value];
  }

  function readList(operator: QueryOperator): NonEmptyArray<string> | null {
    if (!takeSymbol("(", "`(` and a list of values")) return null;
    const first = readValue("a value in double quotes", operator);
    if (first === null) return null;
    const values: [string, ...string[]] = [first];
    while (isSymbol(",")) {
      take();
      const next = readValue("a value in double quotes", operator);
      if (next === null) return null;
      values.push(next);
    }
    return takeSymbol(")", "`,` or `)`") ? values : null;
  }

  function readValue(expected: string, operator: QueryOperator = "="): string | null {
    if (issues.length >= maximumIssues) return null;
    if (isValue()) {
      const value = take();
      if (value.text === "" && value.faults.length === 0 && looksForParts(operator)) {
        report("query_syntax", value, `a value that is not empty after \`${operator}\``);
      }
      return value.text;
    }
    if (token.kind !== "word" || isJoiningWord()) return stop(expected);
    uncertain = true;
    return report("query_value_quotes", take(), expected).text;
  }

  /** Takes `and`, `or` or `not` in one of its two cases (Q4); any other case is reported and understood. */
  function takeKeyword(keyword: string): boolean {
    if (!isKeyword(keyword)) return false;
    const word = take();
    if (word.text !== keyword && word.text !== keyword.toUpperCase()) {
      report("query_syntax", word, `\`${keyword}\` or \`${keyword.toUpperCase()}\``, keyword);
    }
    return true;
  }

  function takeSymbol(symbol: string, expected: string): boolean {
    if (!isSymbol(symbol)) return stop(expected) !== null;
    take();
    return true;
  }

  function take(): QueryToken {
    const taken = token;
    if (taken.faults.some((fault) => fault.code === "query_value_quotes")) uncertain = true;
    reportFaults(taken);
    token = tokens.next();
    return taken;
  }

  function isSymbol(symbol: string): boolean {
    return token.kind === "symbol" && token.text === symbol;
  }

  function isValue(): boolean {
    return token.kind === "value";
  }

  function isWord(word: string): boolean {
    return token.kind === "word" && token.text === word;
  }

  function isKeyword(keyword: string): boolean {
    return token.kind === "word" && token.text.length === keyword.length && token.text.toLowerCase() === keyword;
  }

  function isJoiningWord(): boolean {
    return isKeyword("and") || isKeyword("or");
  }

  function report(code: IssueCode, at: QueryToken, expected: string, nearest: string | null = null): QueryToken {
    add(queryIssue(code, at, showToken(at), expected, nearest === null ? {} : { nearest }));
    return at;
  }

  function reportFaults({ faults }: QueryToken): void {
    for (const fault of faults) add(queryIssue(fault.code, fault, showText(fault.found), fault.expected, {}));
  }

  /** Reports the token that cannot stand here, with what is wrong inside it, and stops. */
  function stop(expected: string): null {
    if (uncertain) return null;
    reportFaults(token);
    report("query_syntax", token, expected);
    return null;
  }

  function tooDeep(): null {
    const expected = `at most ${maximumNesting} parentheses and \`not\`s inside each other`;
    add(queryIssue("query_too_deep", token, showToken(token), expected, { limit: maximumNesting }));
    return null;
  }

  function add(issue: Issue): void {
    if (issues.length < maximumIssues) issues.push(issue);
  }
}

/**
 * The field that was probably meant (Q1): one that begins with the word, is written almost like it, or ends in it
 * – `name` may mean `resource_name` –, else the one that differs least.
 */
function nearestField(word: string, fields: readonly QueryField[]): string | null {
  const written = word.toLowerCase();
  return (
    shortest(fields.filter((field) => field.startsWith(written))) ??
    nearestWord(word, fields) ??
    fields.find((field) => field.endsWith(`_${written}`)) ??
    leastDifferentWord(word, fields)
  );
}

function shortest(fields: readonly QueryField[]): QueryField | null {
  return fields.reduce<QueryField | null>((best, field) => (best === null || field.length < best.length ? field : best), null);
}

/** Terms of one kind side by side: `a and (b and c)` is `a and b and c`. */
function join(kind: "or" | "and", terms: readonly Query[]): Query | null {
  const flat: Query[] = [];
  for (const term of terms) {
    if (term.kind !== kind) flat.push(term);
    else for (const inner of term.terms) flat.push(inner);
  }
  const [first, second, ...others] = flat;
  if (first === undefined || second === undefined) return first ?? null;
  return { kind, terms: [first, second, ...others] };
}
