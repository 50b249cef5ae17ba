import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MlflowError } from '../../functions/domain/errors.ts';
import { compileFilter } from '../../functions/search/compile-filter.ts';
import { MAX_FILTER_LENGTH } from '../../functions/search/limits.ts';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import type { Entity } from '../../functions/search/row.ts';
import { refusalOf } from './expect-refusal.ts';
import { RUNS } from './rows.ts';

const ENTITIES: readonly Entity[] = ['experiments', 'runs', 'loggedModels'];

const PIECES = [
  'metrics.m', 'params.`a b`', 'tags.t', 'attributes.', 'run_id', 'status', 'datasets.name', 'start_time', 'experiment_id',
  '>', '=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT', 'IS', 'NULL', 'AND', 'OR', '1', '-1.5', '1e400', "'x'", '"y"', "'%_%'", '(',
  ')', ',', ';', "'", '"', '`', '\\', '.', ' ', '\n', '😀', '\ud800', 'é', '-', '#', '__proto__', 'constructor',
]; // biome-ignore format: one word after the other

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join(' '));
const glued = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join(''));

/** Whether a filter was accepted; anything but MlflowError comes through. */
function isAccepted(entity: Entity, text: string): boolean {
  try {
    parseFilter(entity, text);
    return true;
  } catch (error) {
    if (error instanceof MlflowError) return false;
    throw error;
  }
}

describe('parseFilter', () => {
  it.each(ENTITIES)('takes no filter of %s for one that matches all', (entity) => {
    expect(parseFilter(entity, '')).toEqual({ entity, conditions: [] });
  });

  it('gives plain data, in the order of the clauses', () => {
    expect(parseFilter('runs', "run_name LIKE 'a%' AND metric.m >= 1 AND start_time < 9007199254740993")).toEqual({
      entity: 'runs',
      conditions: [
        { kind: 'like', target: { kind: 'tag', key: 'mlflow.runName' }, comparator: 'LIKE', value: 'a%' },
        { kind: 'number', target: { kind: 'metric', key: 'm' }, comparator: '>=', value: 1 },
        { kind: 'number', target: { kind: 'attribute', key: 'start_time' }, comparator: '<', value: 9007199254740993n },
      ],
    });
  });

  it('carries the place of what is wrong as the cause', () => {
    expect(() => parseFilter('runs', "tags.a = 'x' OR b = 'y'")).toThrow(
      expect.objectContaining({ cause: { start: 13, end: 15 } }),
    );
  });

  it('throws MlflowError and nothing else, whatever the text', () => {
    const anyText = fc.oneof(soup, glued, fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...ENTITIES), anyText, (entity, text) => {
        expect([true, false]).toContain(isAccepted(entity, text));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('makes filters of runs that never throw', () => {
    fc.assert(
      fc.property(soup, (text) => {
        fc.pre(isAccepted('runs', text));
        const test = compileFilter(parseFilter('runs', text));
        expect(RUNS.map(({ row }) => test(row)).every((passes) => typeof passes === 'boolean')).toBe(true);
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it.each([
    "'",
    '"',
    '`',
    "''",
    "\\'",
    '(',
    ')',
    ',',
    ';',
    '.',
    'a',
    'a.',
    'a-',
    '=',
    ' ',
    '\n',
    '1',
    '-',
    '1.',
    'AND ',
    '`a`.',
    "'a",
    '😀',
    'NOT ',
    "a IN ('",
    "('a'",
    'IS ',
    '\u0301',
    '--',
    '1e',
  ])('answers at once to 100,000 characters of %j', (piece) => {
    const text = `tags.a = 'x' AND ${piece.repeat(MAX_FILTER_LENGTH)}`.slice(0, MAX_FILTER_LENGTH);
    for (const entity of ENTITIES) expect([true, false]).toContain(isAccepted(entity, text));
  });

  it('refuses a text that is too long', () => {
    const message = 'Invalid filter: it has 100001 characters; at most 100000 are allowed';
    expect(refusalOf(() => parseFilter('runs', ' '.repeat(MAX_FILTER_LENGTH + 1)))).toBe(message);
  });

  it('repeats only the start of a long text', () => {
    const message = refusalOf(() => parseFilter('loggedModels', `tags.a = '${'x'.repeat(5000)}' OR`));
    expect(message.length).toBeLessThan(1300);
  });

  it('refuses a pattern that would cost too much', () => {
    const withPattern = (pattern: string) => () => parseFilter('runs', `tags.a LIKE '${pattern}'`);
    expect(refusalOf(withPattern('a'.repeat(50_001)))).toContain('LIKE or GLOB pattern too complex (at character 13: ');
    expect(refusalOf(withPattern(`%${'_'.repeat(1001)}%`))).toContain('more than 1000 characters between two % (at ');
    expect(withPattern(`%${'a'.repeat(1001)}%`)).not.toThrow();
    expect(withPattern('_'.repeat(1001))).not.toThrow();
  });
});
