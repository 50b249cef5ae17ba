import { type Token, TokenKind } from './token-kind.ts';

const BLANKS = /\s+/y;
const COMPARATOR = /[<>=~!]+/y;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{M}\p{N}_]+(?:[-/][\p{L}\p{M}\p{N}_]+)*/uy;
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/y;

const PUNCTUATION: ReadonlyMap<string, TokenKind> = new Map([
  ['(', TokenKind.ParenOpen],
  [')', TokenKind.ParenClose],
  [',', TokenKind.Comma],
  [';', TokenKind.Semicolon],
]);

/** Cuts a text into tokens, the last of them End. Never throws: what is no token becomes Unknown, for the parser to name. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = endOf(BLANKS, source, 0) ?? 0;
  while (at < source.length) {
    const token = readToken(source, at);
    tokens.push(token);
    at = endOf(BLANKS, source, token.end) ?? token.end;
  }
  tokens.push({ kind: TokenKind.End, text: '', start: source.length, end: source.length });
  return tokens;
}

function readToken(source: string, start: number): Token {
  const [kind, end] = readNumber(source, start) ?? readText(source, start) ?? readSign(source, start);
  return { kind, text: source.slice(start, end), start, end };
}

type Reading = readonly [kind: TokenKind, end: number];

/** Number : `-`? Digit+ ( `.` Digit* )? Exponent? | `-`? `.` Digit+ Exponent? ; glued to a word, it is part of that. */
function readNumber(source: string, start: number): Reading | undefined {
  const end = endOf(NUMBER, source, start);
  if (end === undefined) return undefined;
  const endOfWord = endOf(WORD, source, end);
  return endOfWord === undefined ? [TokenKind.Number, end] : [TokenKind.Identifier, endOfWord];
}

/** String : '…' | "…" ; Identifier : Part ( `.` Part? )* ; a "…" before a dot is the first Part of an Identifier. */
function readText(source: string, start: number): Reading | undefined {
  const first = endOfPart(source, start);
  if (first === undefined) return undefined;
  const quote = source.charAt(start);
  if (quote === "'" || (quote === '"' && source.charAt(first) !== '.')) return [TokenKind.String, first];
  let end = first;
  while (source.charAt(end) === '.') end = endOfPart(source, end + 1) ?? end + 1;
  return [TokenKind.Identifier, end];
}

function readSign(source: string, start: number): Reading {
  const comparator = endOf(COMPARATOR, source, start);
  if (comparator !== undefined) return [TokenKind.Comparator, comparator];
  const char = source.charAt(start);
  const punctuation = PUNCTUATION.get(char);
  if (punctuation !== undefined) return [punctuation, start + 1];
  // A quote that nothing closes: all that follows is lost in it.
  if (isQuote(char)) return [TokenKind.Unknown, source.length];
  return [TokenKind.Unknown, endOf(SURROGATE_PAIR, source, start) ?? start + 1];
}

/** Part : Word | `…` | "…" | '…' */
function endOfPart(source: string, start: number): number | undefined {
  return isQuote(source.charAt(start)) ? endOfQuoted(source, start) : endOf(WORD, source, start);
}

const isQuote = (char: string): boolean => char === "'" || char === '"' || char === '`';

/**
 * The end of a quoted stretch. A doubled quote, or one behind a backslash, does not close it, unless no other quote
 * does; the value keeps both characters (MLflow: sqlparse's String.Single, String.Symbol and Name).
 */
function endOfQuoted(source: string, start: number): number | undefined {
  const quote = source.charAt(start);
  let fallback: number | undefined;
  let at = start + 1;
  while (at < source.length) {
    const isClosing = source.charAt(at) === quote;
    const isNextQuote = source.charAt(at + 1) === quote;
    if (isClosing && !isNextQuote) return at + 1;
    const isEscape = source.charAt(at) === '\\' && quote !== '`' && isNextQuote;
    if (isClosing) fallback = at + 1;
    if (isEscape) fallback = at + 2;
    at += isClosing || isEscape ? 2 : 1;
  }
  return fallback;
}

function endOf(pattern: RegExp, source: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}
