import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClauseNode, FilterNode, ItemNode, ListNode } from '../../functions/search/ast.ts';
import { MAX_CLAUSES } from '../../functions/search/limits.ts';
import { parse } from '../../functions/search/parser.ts';
import { searchWording } from '../../functions/search/wording.ts';
import { refusalOf } from './expect-refusal.ts';
import { printFilter } from './print-filter.ts';

const read = (source: string) => parse(source, searchWording);

/** Nodes as plain data without places, which differ between a made filter and a read one. */
const withoutPlaces = (node: FilterNode): unknown =>
  JSON.parse(
    JSON.stringify(node, (name, value) => {
      if (name === 'start' || name === 'end') return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );

const span = { start: 0, end: 0 };
const part = fc.constantFrom('a', 'x1', 'k-v', 'é', '`a b`', '"c.d"', "'e'", '`it``s`');
const prefix = fc.constantFrom('metrics', 'params', 'tags', '`tags`', 'run_id');
const identifier = fc.oneof(
  fc.tuple(prefix, part).map((parts) => parts.join('.')),
  fc.constantFrom('run_id', '`run name`', '"run name"', 'nano'),
);
const comparator = fc.constantFrom('=', '!=', '<', '>=', '==', 'LIKE', 'ilike', 'NOT LIKE');
const nullTest = fc.constantFrom('IS NULL', 'is not null');
const membership = fc.constantFrom('IN', 'not in');

const quoted = fc.tuple(fc.string(), fc.constantFrom("'", '"')).map(([text, quote]): ItemNode => {
  const value = text.replaceAll(quote, '').replaceAll('\\', '');
  return { ...span, kind: 'String', text: `${quote}${value}${quote}`, value };
});
const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((value): ItemNode => {
  const isSafe = Number.isSafeInteger(Number(value));
  return { ...span, kind: 'Number', text: String(value), value: isSafe ? Number(value) : value, isInteger: true };
});
const fraction = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => !Number.isInteger(value))
  .map((value): ItemNode => ({ ...span, kind: 'Number', text: String(value), value, isInteger: false }));
const word = fc.constantFrom('abc', 'NULL', 'x.y').map((text): ItemNode => ({ ...span, kind: 'Word', text }));
const item = fc.oneof(quoted, integer, fraction, word);
const list = fc.array(item, { maxLength: 4 }).map((items): ListNode => {
  return { ...span, kind: 'List', text: `(${items.map(({ text }) => text).join(', ')})`, items };
});

const nameOf = (text: string) => ({ ...span, kind: 'Identifier', text }) as const;
const comparatorOf = (text: string) => ({ ...span, kind: 'Comparator', text, operator: text.toUpperCase() }) as const;

const clause = fc
  .oneof(
    fc.tuple(identifier, comparator, fc.oneof(item, list)),
    fc.tuple(identifier, membership, list),
    fc.tuple(identifier, nullTest, fc.constant(undefined)),
  )
  .map(([name, operator, value]): ClauseNode => {
    const sides = { ...span, identifier: nameOf(name), comparator: comparatorOf(operator) };
    return value === undefined ? { ...sides, kind: 'NullTest' } : { ...sides, kind: 'Comparison', value };
  });
const filter = fc
  .array(clause, { minLength: 1, maxLength: 5 })
  .map((clauses): FilterNode => ({ ...span, kind: 'Filter', clauses }));

describe('parse', () => {
  it('reads back what was printed', () => {
    fc.assert(
      fc.property(filter, (node) => {
        expect(withoutPlaces(read(printFilter(node)))).toEqual(withoutPlaces(node));
      }),
      { seed: 2 },
    );
  });

  it('keeps the place of each node', () => {
    const source = "a = 1 AND tags.`b c` NOT  in ('x', 2)";
    const texts = read(source).clauses.flatMap((node) => {
      const value = node.kind === 'Comparison' ? [node.value] : [];
      return [node, node.identifier, node.comparator, ...value].map(({ start, end }) => source.slice(start, end));
    });
    expect(texts).toEqual(['a = 1', 'a', '=', '1', source.slice(10), 'tags.`b c`', 'NOT  in', "('x', 2)"]);
  });

  it('reads an operator in capitals and with single blanks', () => {
    expect(read("a not\n in ('x')").clauses.at(0)?.comparator.operator).toBe('NOT IN');
  });

  it('makes nodes that nobody can change', () => {
    const node = read("a IN ('x')");
    const [first] = node.clauses;
    const nodes = [node, node.clauses, first, first?.identifier, first?.comparator];
    expect(nodes.every((one) => Object.isFrozen(one))).toBe(true);
    expect(first?.kind === 'Comparison' && Object.isFrozen(first.value)).toBe(true);
  });

  it.each(['a=1 b=2', 'AND a=1 AND AND b=2 AND', 'a=1 and b=2', 'a=1\nAnD\tb=2'])(
    'finds two clauses in %j',
    (source) => {
      expect(read(source).clauses).toHaveLength(2);
    },
  );

  it.each([
    ['a', "'a' (at character 1: a)"],
    ['a =', "'=' (at character 3: =)"],
    ['a b', "'a' (at character 1: a)"],
    ['a.b c', "'c' (at character 5: c)"],
    ['a.b', "'a.b' (at character 1: a.b)"],
    ['a NOT b', "'NOT' (at character 3: NOT)"],
    ['a IS 1', "'IS' (at character 3: IS)"],
    ['a IS NOT', "'IS' (at character 3: IS)"],
    ['a IN 1', "'1' (at character 6: 1)"],
    ['a IN', "'IN' (at character 3: IN)"],
    ["a IN ('x'", "'(' (at character 6: ()"],
    ["a IN ('x',", "'(' (at character 6: ()"],
    ['a = ,', "',' (at character 5: ,)"],
    ['a = 1 (b = 2)', "'(' (at character 7: ()"],
    ['a = ;', "';' (at character 5: ;)"],
    ["'x'", "''x'' (at character 1: 'x')"],
    ["a = 'x", "''x' (at character 5: 'x)"],
    ['"a = 1', '\'"a = 1\' (at character 1: "a = 1)'],
    ['a = 1 # b', "'#' (at character 7: #)"],
    ['\u212a = 1 \u0131s null', "'\u0131s' (at character 7: \u0131s)"],
  ])('blames in %j %s', (source, blame) => {
    expect(refusalOf(() => read(source))).toBe(`Invalid clause(s) in filter string: ${blame}`);
  });

  it.each([
    ["a IN ('x' 'y')", " (at character 11: 'y')"],
    ["a IN (,'x')", ' (at character 7: ,)'],
    ["a = ('x', >)", ' (at character 11: >)'],
  ])('finds no list in %j%s', (source, place) => {
    const sentence =
      'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.';
    expect(refusalOf(() => read(source))).toBe(sentence + place);
  });

  it.each([
    [
      'a = 1; b = 2',
      "Search filter contained multiple expression 'a = 1; b = 2'. Provide AND-ed expression list. (at character 6: ;)",
    ],
    ['1 = a', "Invalid comparison clause. Expected 'Identifier' found '1' (at character 1: 1)"],
    [' ', "Invalid filter ' '. Could not be parsed. (at character 2: the end)"],
  ])('says of %j: %s', (source, message) => {
    expect(refusalOf(() => read(source))).toBe(message);
  });

  it('takes as many clauses as the limit says, and not one more', () => {
    const clauses = (count: number) => Array(count).fill('a=1').join(' ');
    expect(read(clauses(MAX_CLAUSES)).clauses).toHaveLength(MAX_CLAUSES);
    expect(refusalOf(() => read(clauses(MAX_CLAUSES + 1)))).toContain(
      'it has more than 500 clauses (at character 2001:',
    );
  });
});
