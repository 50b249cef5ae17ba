import type { Span } from './search-error.ts';

/** A filter as written, before anything is known about its names. */
export interface FilterNode extends Span {
  readonly kind: 'Filter';
  readonly clauses: readonly ClauseNode[];
}

export type ClauseNode = ComparisonNode | NullTestNode;

export interface ComparisonNode extends Span {
  readonly kind: 'Comparison';
  readonly identifier: IdentifierNode;
  readonly comparator: ComparatorNode;
  readonly value: ValueNode;
}

export interface NullTestNode extends Span {
  readonly kind: 'NullTest';
  readonly identifier: IdentifierNode;
  readonly comparator: ComparatorNode;
}

/** A dotted name; `text` is as written, with its quotes. */
export interface IdentifierNode extends Span {
  readonly kind: 'Identifier';
  readonly text: string;
}

/** `operator` is the text in upper case and with single blanks: `not  in` is NOT IN. */
export interface ComparatorNode extends Span {
  readonly kind: 'Comparator';
  readonly text: string;
  readonly operator: string;
}

export type ValueNode = ItemNode | ListNode;
export type ItemNode = StringNode | NumberNode | WordNode;

/** A quoted text; `value` is what stands between the quotes, letter for letter. */
export interface StringNode extends Span {
  readonly kind: 'String';
  readonly text: string;
  readonly value: string;
}

/** A number; an integer without fraction and exponent is exact, whatever its size. */
export interface NumberNode extends Span {
  readonly kind: 'Number';
  readonly text: string;
  readonly value: number | bigint;
  readonly isInteger: boolean;
}

/** An unquoted word where a value should be. */
export interface WordNode extends Span {
  readonly kind: 'Word';
  readonly text: string;
}

export interface ListNode extends Span {
  readonly kind: 'List';
  readonly text: string;
  readonly items: readonly ItemNode[];
}

export type Node = FilterNode | ClauseNode | IdentifierNode | ComparatorNode | ValueNode;

/** Makes a node that nobody can change. */
export const freeze = <T extends Node>(node: T): T => Object.freeze(node);
