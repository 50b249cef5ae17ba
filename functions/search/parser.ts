import {
  type ClauseNode,
  type ComparatorNode,
  type FilterNode,
  freeze,
  type IdentifierNode,
  type ItemNode,
  type ListNode,
  type NumberNode,
  type ValueNode,
} from './ast.ts';
import { integerOf } from './integer.ts';
import { tokenize } from './lexer.ts';
import { MAX_CLAUSES } from './limits.ts';
import { type Span, searchError } from './search-error.ts';
import { type Token, TokenKind } from './token-kind.ts';
import { ILL_FORMED_LIST, type Wording } from './wording.ts';

/** Reads a filter. Throws INVALID_PARAMETER_VALUE with the offending text and its place for what is no filter. */
export const parse = (source: string, wording: Wording): FilterNode => new Parser(source, wording).parseFilter();

class Parser {
  readonly #source: string;
  readonly #wording: Wording;
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  readonly #last: Token;
  #at = 0;

  constructor(source: string, wording: Wording) {
    this.#source = source;
    this.#wording = wording;
    this.#tokens = tokenize(source);
    this.#end = { kind: TokenKind.End, text: '', start: source.length, end: source.length };
    this.#last = this.#tokens.at(-2) ?? this.#end;
  }

  /**
   * Filter : ( `AND` | Clause )+
   * MLflow takes ANDs for mere separators: doubled, leading, trailing and missing ones are all the same to it.
   */
  parseFilter(): FilterNode {
    const clauses: ClauseNode[] = [];
    if (this.#peek().kind === TokenKind.End) throw this.#error(this.#wording.unparsable(this.#source), this.#peek());
    while (this.#peek().kind !== TokenKind.End) {
      if (this.#skipWord(AND)) continue;
      const clause = this.#parseClause();
      clauses.push(clause);
      if (clauses.length > MAX_CLAUSES) throw this.#error(TOO_MANY_CLAUSES, clause);
    }
    return freeze({ kind: 'Filter', clauses: Object.freeze(clauses), start: 0, end: this.#source.length });
  }

  /** Clause : Identifier ( Comparator Value | Membership List | NullTest ) */
  #parseClause(): ClauseNode {
    const identifier = this.#parseIdentifier();
    const nullTest = this.#parseNullTest();
    if (nullTest !== undefined) {
      return freeze({ kind: 'NullTest', identifier, comparator: nullTest, start: identifier.start, end: nullTest.end });
    }
    const membership = this.#parseMembership();
    const comparator = membership ?? this.#parseComparator();
    if (comparator === undefined) throw this.#noComparator(identifier);
    const value = membership === undefined ? this.#parseValue() : this.#parseList();
    return freeze({ kind: 'Comparison', identifier, comparator, value, start: identifier.start, end: value.end });
  }

  /** Identifier : a dotted name | "…" ; on the left of a comparator nothing else makes sense. */
  #parseIdentifier(): IdentifierNode {
    const token = this.#next();
    const isName = token.kind === TokenKind.Identifier || token.text.startsWith('"');
    if (isName && token.kind !== TokenKind.Unknown)
      return freeze({ ...spanOf(token), kind: 'Identifier', text: token.text });
    const isValue = token.kind === TokenKind.String || token.kind === TokenKind.Number;
    if (isValue && this.#peek().kind === TokenKind.Comparator) {
      throw this.#error(this.#wording.notAnIdentifier(this.#source, token.text), token);
    }
    throw this.#unexpected(token);
  }

  /** Comparator : ( `<` | `>` | `=` | `~` | `!` )+ | `NOT`? ( `LIKE` | `ILIKE` | `RLIKE` ) */
  #parseComparator(): ComparatorNode | undefined {
    const token = this.#peek();
    if (token.kind === TokenKind.Comparator) return this.#comparator(1);
    if (isWord(token, LIKE)) return this.#comparator(1);
    return isWord(token, NOT) && isWord(this.#peek(1), LIKE) ? this.#comparator(2) : undefined;
  }

  /** Membership : `IN` | `NOT` `IN` */
  #parseMembership(): ComparatorNode | undefined {
    if (isWord(this.#peek(), IN)) return this.#comparator(1);
    return isWord(this.#peek(), NOT) && isWord(this.#peek(1), IN) ? this.#comparator(2) : undefined;
  }

  /** NullTest : `IS` `NULL` | `IS` `NOT` `NULL` */
  #parseNullTest(): ComparatorNode | undefined {
    if (!isWord(this.#peek(), IS)) return undefined;
    if (isWord(this.#peek(1), NULL)) return this.#comparator(2);
    return isWord(this.#peek(1), NOT) && isWord(this.#peek(2), NULL) ? this.#comparator(3) : undefined;
  }

  /** Value : List | Item */
  #parseValue(): ValueNode {
    const token = this.#peek();
    if (token.kind === TokenKind.ParenOpen) return this.#parseList();
    const item = this.#parseItem();
    if (item === undefined) throw this.#unexpected(token);
    return item;
  }

  /** List : `(` ( Item ( `,` Item )* `,`? )? `)` */
  #parseList(): ListNode {
    const open = this.#next();
    if (open.kind !== TokenKind.ParenOpen) throw this.#unexpected(open);
    const items: ItemNode[] = [];
    while (this.#peek().kind !== TokenKind.ParenClose) {
      const item = this.#parseItem();
      if (item === undefined) throw this.#illFormed(open);
      items.push(item);
      if (this.#peek().kind === TokenKind.Comma) this.#next();
      else break;
    }
    const close = this.#next();
    if (close.kind !== TokenKind.ParenClose) throw this.#illFormed(open, close);
    const span = { start: open.start, end: close.end };
    return freeze({
      ...span,
      kind: 'List',
      text: this.#source.slice(open.start, close.end),
      items: Object.freeze(items),
    });
  }

  /** Item : '…' | "…" | Number | Word */
  #parseItem(): ItemNode | undefined {
    const token = this.#peek();
    const span = spanOf(token);
    const text = token.text;
    if (token.kind === TokenKind.String) {
      this.#next();
      return freeze({ ...span, kind: 'String', text, value: text.slice(1, -1) });
    }
    if (token.kind === TokenKind.Number) return freeze(numberNode(this.#next()));
    if (token.kind !== TokenKind.Identifier) return undefined;
    this.#next();
    return freeze({ ...span, kind: 'Word', text });
  }

  /** Takes the next tokens as one comparator. */
  #comparator(count: number): ComparatorNode {
    const { start } = this.#peek();
    const { end } = this.#peek(count - 1);
    const text = this.#source.slice(start, end);
    this.#at += count;
    return freeze({ kind: 'Comparator', text, operator: text.toUpperCase().replace(/\s+/g, ' '), start, end });
  }

  #peek(ahead = 0): Token {
    /* v8 ignore next -- the parser never looks past the End token; only the compiler cannot see that */
    return this.#tokens[this.#at + ahead] ?? this.#end;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #skipWord(word: RegExp): boolean {
    if (!isWord(this.#peek(), word)) return false;
    this.#at += 1;
    return true;
  }

  /**
   * What to blame when a name has no comparator: in `a = 1 OR b = 2` the name itself, `OR`; in `metrics.m BETWEEN 1`
   * what follows the name.
   */
  #noComparator(identifier: IdentifierNode) {
    const following = this.#peek();
    const isFollowingWrong = identifier.text.includes('.') || isWord(following, RESERVED);
    return isFollowingWrong && following.kind !== TokenKind.End
      ? this.#unexpected(following)
      : this.#error(this.#wording.invalidClause(this.#source, identifier.text), identifier);
  }

  /** Nothing can be blamed but the text's end: then the last thing before it. */
  #unexpected(token: Token) {
    const blamed = token.kind === TokenKind.End ? this.#last : token;
    return blamed.kind === TokenKind.Semicolon && blamed !== this.#last
      ? this.#error(this.#wording.multipleExpressions(this.#source), blamed)
      : this.#error(this.#wording.invalidClause(this.#source, blamed.text), blamed);
  }

  #illFormed(open: Token, found = this.#peek()) {
    return found.kind === TokenKind.End ? this.#unexpected(open) : this.#error(ILL_FORMED_LIST, found);
  }

  #error(message: string, span: Span) {
    return searchError(message, this.#source, span);
  }
}

// No `u` flag: with it, `i` would let the Kelvin sign stand for k.
const AND = /^and$/i;
const NOT = /^not$/i;
const IN = /^in$/i;
const IS = /^is$/i;
const NULL = /^null$/i;
const LIKE = /^[ir]?like$/i;
const RESERVED = /^(?:between|in|is|not|or)$/i;

const TOO_MANY_CLAUSES = `Invalid filter: it has more than ${MAX_CLAUSES} clauses`;

const isWord = (token: Token, word: RegExp): boolean => token.kind === TokenKind.Identifier && word.test(token.text);

const spanOf = ({ start, end }: Span): Span => ({ start, end });

function numberNode(token: Token): NumberNode {
  const isInteger = /^-?\d+$/.test(token.text);
  const value = isInteger ? integerOf(token.text) : Number(token.text);
  return { ...spanOf(token), kind: 'Number', text: token.text, value, isInteger };
}
