import type { IssueCode } from "../kernel/issue.js";

/** Where a token stands: line and column from 1, by character (Q7). */
export type QueryPosition = { readonly line: number; readonly column: number };

/** What is wrong inside one token: `found` is the text as written. The parser may go on behind it. */
type TokenFault = QueryPosition & { readonly code: IssueCode; readonly found: string; readonly expected: string };

export type QueryToken = QueryPosition & {
  readonly kind: "word" | "symbol" | "value" | "end";
  /** Of a value, what it means without its quotes and escapes; else as written. */
  readonly text: string;
  readonly written: string;
  readonly faults: readonly TokenFault[];
};

const symbols = "()[],";
const operatorSigns = "=!<>~&|";
const quotes = "\"'";

/**
 * Reads the tokens of a query one after the other, each character once (Q7).
 *
 * Words are whatever stands between blanks, quotes, brackets and operator signs: what was meant as a value,
 * a field or an operator is named whole in the message that refuses it.
 */
export function createQueryTokens(source: string): { readonly next: () => QueryToken } {
  let offset = 0;
  let line = 1;
  let column = 1;

  function peek(): string {
    const code = source.codePointAt(offset);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  function take(): string {
    const character = peek();
    offset += character.length;
    if (character === "\n") {
      line += 1;
      column = 1;
    } else {
      column += 1;
    }
    return character;
  }

  function takeWhile(belongs: (character: string) => boolean): string {
    const start = offset;
    while (offset < source.length && belongs(peek())) take();
    return source.slice(start, offset);
  }

  function next(): QueryToken {
    takeWhile(isBlank);
    const at = { line, column };
    if (offset >= source.length) return { kind: "end", text: "", written: "", ...at, faults: [] };
    const first = peek();
    if (quotes.includes(first)) return quoted(at);
    if (symbols.includes(first)) return plain("symbol", take(), at);
    return plain("word", takeWhile(operatorSigns.includes(first) ? isOperatorSign : isWordCharacter), at);
  }

  /** A value in its quotes; single ones are read to their end, so that the rest of the query can be looked at. */
  function quoted(at: QueryPosition): QueryToken {
    const start = offset;
    const quote = take();
    const faults: TokenFault[] = [];
    const parts: string[] = [];
    for (;;) {
      parts.push(takeWhile((character) => character !== quote && character !== "\\" && !isLineBreak(character)));
      if (peek() !== "\\") break;
      const slash = { line, column };
      take();
      const escaped = isLineBreak(peek()) ? "" : take();
      if (escaped === '"' || escaped === "\\") parts.push(escaped);
      // One is enough: a text full of them must not become as many faults.
      else if (faults.length === 0)
        faults.push({ code: "query_syntax", ...slash, found: escaped, expected: "a double quote or a backslash after a backslash" });
    }
    const closed = peek() === quote;
    if (closed) take();
    const token = { kind: "value", text: parts.join(""), written: source.slice(start, offset), ...at } as const;
    if (closed && quote === '"') return { ...token, faults };
    const expected = quote === '"' ? "a closing double quote on the same line" : "a value in double quotes";
    return { ...token, faults: [{ code: "query_value_quotes", ...at, found: token.written, expected }] };
  }

  return { next };
}

function plain(kind: "word" | "symbol", text: string, at: QueryPosition): QueryToken {
  return { kind, text, written: text, ...at, faults: [] };
}

/** The white space of JSON. Any other is no blank: it could hide what a query says. */
function isBlank(character: string): boolean {
  return character === " " || character === "\t" || isLineBreak(character);
}

function isLineBreak(character: string): boolean {
  return character === "\n" || character === "\r";
}

function isOperatorSign(character: string): boolean {
  return operatorSigns.includes(character);
}

function isWordCharacter(character: string): boolean {
  return !isBlank(character) && !symbols.includes(character) && !operatorSigns.includes(character) && !quotes.includes(character);
}
