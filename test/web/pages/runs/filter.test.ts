import { describe, expect, test } from 'vitest';
import { completeFilter } from '../../../../web/pages/runs/filter/complete-filter.ts';
import { filterProblem } from '../../../../web/pages/runs/filter/filter-problem.ts';

const KEYS = { metric: ['loss', 'val loss'], param: ['lr', 'optimizer'], tag: ['team'], mlflowTag: ['mlflow.user'] };
const valuesOf = (kind: string, key: string) =>
  kind === 'param' && key === 'optimizer' ? ['adam', "it's", `it's "both"`, 'C:\\'] : [];

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
    expect(suggested('attributes.start_time |')).toContain('<');
    expect(suggested('params.end_time |')).not.toContain('<');
  });

  test('offers values that runs have', () => {
    expect(suggested('params.optimizer = |')).toEqual(["'adam'", '"it\'s"']);
    expect(suggested("params.optimizer = 'a|")).toEqual(["'adam'"]);
    expect(suggested('status = |')).toContain("'FINISHED'");
  });

  test('offers MLflow’s own tags and the parts of datasets after the keys of people', () => {
    expect(suggested('use|')[0]).toBe('attributes.user_id');
    expect(suggested('tags.|')).toEqual(['tags.team', 'tags.`mlflow.user`']);
    expect(suggested('dataset|').slice(0, 3)).toEqual(['datasets.name', 'datasets.digest', 'datasets.context']);
  });

  test.each([
    ['datasets.digest', "('a', 'b')"],
    ['attributes.run_id', "('a')"],
  ])('offers lists for %s, which the language takes', (name, list) => {
    expect(suggested(`${name} |`)).toEqual(expect.arrayContaining(['IN', 'NOT IN']));
    for (const comparator of ['IN', 'NOT IN']) {
      expect(suggested(`${name} ${comparator} |`)).toEqual([]);
      expect(suggested(`${name} ${comparator} ('a', |`)).toEqual([]);
      expect(suggested(`${name} ${comparator} ${list} |`)).toEqual(['AND']);
      expect(filterProblem(`${name} ${comparator} ${list}`)).toBeUndefined();
    }
  });

  test.each(['params.lr', 'tags.team', 'attributes.run_name', 'attributes.status', 'datasets.name', 'metrics.loss'])(
    'offers no comparator for %s that the language refuses',
    (name) => {
      const value = name.startsWith('metrics.') ? '1' : "'a'";
      for (const comparator of suggested(`${name} |`)) {
        const rest = comparator.endsWith('NULL') ? '' : comparator.endsWith('IN') ? "('a')" : value;
        expect(filterProblem(`${name} ${comparator} ${rest}`), comparator).toBeUndefined();
      }
    },
  );

  test('goes on with AND after a whole condition', () => {
    expect(suggested('metrics.loss < 1 |')).toEqual(['AND']);
    expect(suggested('tags.team IS NULL |')).toEqual(['AND']);
  });

  test('takes a lone word for a part of a name', () => {
    expect(suggested('resnet|')).toEqual(["attributes.run_name ILIKE '%resnet%'"]);
  });
});
