/** The kinds of tokens of the filter language. Keywords are identifiers; the parser knows them by their place. */
export const TokenKind = {
  Identifier: 'Identifier',
  String: 'String',
  Number: 'Number',
  Comparator: 'Comparator',
  ParenOpen: '(',
  ParenClose: ')',
  Comma: ',',
  Semicolon: ';',
  Unknown: 'Unknown',
  End: 'End',
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** A token and its place in the text; `text` is the stretch as written. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
