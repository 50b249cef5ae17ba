import type { MlflowError } from '../domain/errors.ts';
import { pythonRepr } from '../domain/messages.ts';
import { pythonInteger } from '../domain/python-integer.ts';
import type { ClauseNode, ComparatorNode, ComparisonNode, FilterNode, ItemNode, ListNode, ValueNode } from './ast.ts';
import type { Field, NumberRules, TextRules, Vocabulary } from './entity-table.ts';
import {
  type Comparator,
  type Condition,
  LIKE_COMPARATORS,
  LIST_COMPARATORS,
  NULL_COMPARATORS,
  NUMBER_COMPARATORS,
  TEXT_COMPARATORS,
} from './filter.ts';
import { likeProblem } from './like/like-pattern.ts';
import { resolveField } from './resolve-field.ts';
import { type Span, searchError } from './search-error.ts';
import { EMPTY_LIST, ILL_FORMED_LIST, listOfOtherType, notQuoted } from './wording.ts';

interface Context {
  readonly table: Vocabulary;
  readonly fail: (message: string, span: Span) => MlflowError;
}

/**
 * Checks each clause of a filter against an entity's table. Throws INVALID_PARAMETER_VALUE in MLflow's words, with
 * the place, for the first clause that does not fit.
 */
export function check(node: FilterNode, table: Vocabulary, source: string): readonly Condition[] {
  const context: Context = { table, fail: (message, span) => searchError(message, source, span) };
  return node.clauses.map((clause) => checkClause(clause, context));
}

function checkClause(clause: ClauseNode, context: Context): Condition {
  const { identifier, comparator } = clause;
  const field = resolveField(context.table, identifier.text, (message) => context.fail(message, identifier));
  if (clause.kind === 'NullTest') {
    const nullTest = NULL_COMPARATORS.find(
      (known) => known === comparator.operator && field.comparators.includes(known),
    );
    if (nullTest !== undefined) return { kind: 'null', target: field.target, comparator: nullTest, value: undefined };
    throw context.fail(context.table.wording.nullTest(field, comparator.operator, identifier.text), identifier);
  }
  if (context.table.values === 'verbatim') comparatorOf(field, field.comparators, comparator, context);
  const { rules } = field;
  return rules.type === 'number'
    ? checkNumber(field, rules, clause, context)
    : checkText(field, rules, clause, context);
}

function checkNumber(field: Field, rules: NumberRules, clause: ComparisonNode, context: Context): Condition {
  const { wording } = context.table;
  const value = rules.takesQuoted ? unquotedNumber(field, clause.value, context) : clause.value;
  if (value.kind !== 'Number') throw context.fail(wording.notANumber(field, value.text), value);
  const comparator = comparatorOf(field, NUMBER_COMPARATORS, clause.comparator, context);
  const isRefused = rules.isInteger && !value.isInteger;
  if (isRefused) throw context.fail(wording.notAnInteger(field, value.text), value);
  const number = rules.isDouble ? Number(value.text) : value.value;
  return { kind: 'number', target: field.target, comparator, value: number };
}

/** The number in a quoted value; what is none is refused. */
function unquotedNumber(field: Field, value: ValueNode, context: Context): ValueNode {
  if (value.kind !== 'String') return value;
  const number = pythonInteger(value.value);
  if (number !== undefined) return { ...value, kind: 'Number', value: number, isInteger: true };
  throw context.fail(context.table.wording.notAnInteger(field, pythonRepr(value.value)), value);
}

function checkText(field: Field, rules: TextRules, clause: ComparisonNode, context: Context): Condition {
  const { value } = clause;
  if (value.kind === 'List') return checkList(field, rules, { ...clause, value }, context);
  const text = textOf(field, value, context);
  const comparator = comparatorOf(field, [...TEXT_COMPARATORS, ...LIKE_COMPARATORS], clause.comparator, context);
  if (comparator === 'LIKE' || comparator === 'ILIKE') {
    const problem = likeProblem(text);
    if (problem !== undefined) throw context.fail(problem, value);
    return { kind: 'like', target: field.target, comparator, value: text };
  }
  return { kind: 'text', target: field.target, comparator, value: normalized(text, rules, value, context) };
}

type Membership = ComparisonNode & { readonly value: ListNode };

function checkList(field: Field, rules: TextRules, clause: Membership, context: Context): Condition {
  const { value, comparator } = clause;
  const { wording, values } = context.table;
  if (!rules.takesList) {
    const isNamed = field.word === 'attribute';
    throw context.fail(isNamed ? wording.listNotSupported : wording.notAString(field, value.text), value);
  }
  if (value.items.length === 0 && values === 'quoted') throw context.fail(EMPTY_LIST, value);
  const texts = value.items.map((item) => normalized(listItemOf(item, value, context), rules, item, context));
  const list = comparatorOf({ ...field, comparators: LIST_COMPARATORS }, LIST_COMPARATORS, comparator, context);
  return { kind: 'list', target: field.target, comparator: list, value: texts };
}

/** The clause's comparator, if it is among `known` and the field takes it. */
function comparatorOf<C extends Comparator>(
  field: Field,
  known: readonly C[],
  { operator, text, start, end }: ComparatorNode,
  context: Context,
): C {
  const comparator = known.find((candidate) => candidate === operator);
  if (comparator !== undefined && field.comparators.includes(comparator)) return comparator;
  throw context.fail(context.table.wording.wrongComparator(field, text), { start, end });
}

function textOf(field: Field, value: ItemNode, context: Context): string {
  if (context.table.values === 'verbatim') return withoutSingleQuotes(value.text);
  if (value.kind === 'String') return value.value;
  const isWord = value.kind === 'Word';
  throw context.fail(isWord ? notQuoted(value.text) : context.table.wording.notAString(field, value.text), value);
}

/** Takes all single quotes off both ends, as Python's strip does (MLflow: search_logged_model_utils.py). */
function withoutSingleQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === "'") start += 1;
  while (end > start && text.charAt(end - 1) === "'") end -= 1;
  return text.slice(start, end);
}

function listItemOf(item: ItemNode, list: ListNode, context: Context): string {
  if (item.kind === 'String') return item.value;
  throw context.fail(item.kind === 'Number' ? listOfOtherType(list.text) : ILL_FORMED_LIST, item);
}

function normalized(text: string, { normalize }: TextRules, span: Span, context: Context): string {
  return normalize === undefined ? text : normalize(text, (message) => context.fail(message, span));
}
