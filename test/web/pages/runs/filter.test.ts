import { describe, expect, test } from 'vitest';
import { completeFilter } from '../../../../web/pages/runs/filter/complete-filter.ts';
import { filterProblem } from '../../../../web/pages/runs/filter/filter-problem.ts';

const KEYS = { metric: ['loss', 'val loss'], param: ['lr', 'optimizer'], tag: ['team'] };
const valuesOf = (kind: string, key: string) => (kind === 'param' && key === 'optimizer' ? ['adam', "it's"] : []);

/** What is suggested at the bar in a text. */
const suggested = (marked: string) => {
  const caret = marked.indexOf('|');
  const completion = completeFilter(marked.replace('|', ''), caret, KEYS, valuesOf);
  return completion.suggestions.map(({ text }) => text);
};

describe('filterProblem', () => {
  test.each(['', '  ', 'metrics.loss < 1', "params.lr = '1' AND tags.team IS NULL"])('finds none in %j', (text) => {
    expect(filterProblem(text)).toBeUndefined();
  });

  test.each([
    ["metrics.loss < 'high'", "'high'"],
    ['metrics.loss << 1', '<<'],
    ["status = 'x' OR status = 'y'", 'OR'],
    ['loss < 1', 'loss'],
  ])('points into %s at %s', (text, wrong) => {
    const problem = filterProblem(text);
    expect(problem && text.slice(problem.start, problem.end)).toBe(wrong);
    expect(problem?.message).toMatch(/at character \d+/);
  });
});

describe('completeFilter', () => {
  test('offers names at the start and after AND', () => {
    expect(suggested('|')).toContain('metrics.loss');
    expect(suggested("status = 'x' AND |")).toContain('params.optimizer');
  });

  test('narrows names by what is typed, with or without their prefix', () => {
    expect(suggested('metrics.l|')[0]).toBe('metrics.loss');
    expect(suggested('opt|')[0]).toBe('params.optimizer');
    expect(suggested('metrics.va|')).toEqual(['metrics.`val loss`']);
    expect(suggested('metrics.`va|')).toEqual(['metrics.`val loss`']);
  });

  test('takes the place of the whole word that is being typed', () => {
    expect(completeFilter('params.opt = 1', 8, KEYS, valuesOf)).toMatchObject({ start: 0, end: 10 });
  });

  test('offers comparators that fit the name', () => {
    expect(suggested('metrics.loss |')).toContain('>=');
    expect(suggested('params.lr |')).toContain('ILIKE');
    expect(suggested('params.lr |')).not.toContain('<');
  });

  test('offers values that runs have', () => {
    expect(suggested('params.optimizer = |')).toEqual(["'adam'", '"it\'s"']);
    expect(suggested("params.optimizer = 'a|")).toEqual(["'adam'"]);
    expect(suggested('status = |')).toContain("'FINISHED'");
  });

  test('goes on with AND after a whole condition', () => {
    expect(suggested('metrics.loss < 1 |')).toEqual(['AND']);
    expect(suggested('tags.team IS NULL |')).toEqual(['AND']);
  });

  test('takes a lone word for a part of a name', () => {
    expect(suggested('resnet|')).toEqual(["attributes.run_name ILIKE '%resnet%'"]);
  });
});
