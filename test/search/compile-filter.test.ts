import { describe, expect, it } from 'vitest';
import { compileFilter, compileLoggedModelFilter } from '../../functions/search/compile-filter.ts';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import type { LoggedModelRow } from '../../functions/search/row.ts';
import { experimentRow, modelRow, point, runRow } from './rows.ts';

const runPasses = (filter: string, row: Parameters<typeof runRow>[0]) =>
  compileFilter(parseFilter('runs', filter))(runRow(row));

describe('compileFilter', () => {
  it.each([
    ['start_time > 9007199254740992', true],
    ['start_time = 9007199254740993', true],
    ['start_time < 9007199254740993.0', false],
    ['start_time != 9007199254740992', true],
    ['start_time <= 9007199254740993', true],
    ['start_time >= 9007199254740994', false],
  ])('compares integers beyond 2^53 exactly: %s is %s', (filter, passes) => {
    expect(runPasses(filter, { attributes: { start_time: 9007199254740993n } })).toBe(passes);
  });

  it('reads the number for a metric as a double', () => {
    expect(runPasses('metrics.m = 9007199254740993', { attributes: {}, metrics: { m: 9007199254740992 } })).toBe(true);
  });

  it.each(["tags.t != 'x'", "tags.t LIKE '%'", 'metrics.m != 1', "run_id NOT IN ('x')", "datasets.context != 'x'"])(
    'lets a run without the value not pass %s',
    (filter) => {
      expect(runPasses(filter, { attributes: {}, datasets: [{ name: 'a', digest: 'b' }] })).toBe(false);
    },
  );

  it('reads keys that every JavaScript object has as any others', () => {
    expect(runPasses('tags.constructor IS NULL AND params.__proto__ IS NULL', { attributes: {} })).toBe(true);
  });

  it('lets nothing but numbers pass a number, and nothing but text a pattern', () => {
    expect(runPasses('start_time != 1', { attributes: { start_time: 'x' } })).toBe(false);
    expect(runPasses("user_id LIKE '%'", { attributes: { user_id: 1 } })).toBe(false);
  });

  it('tells a condition that no check lets through', () => {
    const target = { kind: 'metric', key: 'm' } as const;
    const condition = { kind: 'number', target, comparator: '=', value: 1 } as const;
    expect(() => compileFilter({ entity: 'experiments', conditions: [condition] })).toThrow(/has a metric/);
    const unknown = JSON.parse('{"kind":"between","target":{"kind":"tag","key":"t"}}');
    expect(() => compileFilter({ entity: 'experiments', conditions: [unknown] })).toThrow(/^Not a condition: \{"kind"/);
  });

  it('matches all rows when it has no conditions', () => {
    expect(compileFilter({ entity: 'experiments', conditions: [] })(experimentRow({ attributes: {} }))).toBe(true);
  });
});

class ModelOfClass implements LoggedModelRow {
  attribute(name: string) {
    return name === 'name' ? 'alpha' : undefined;
  }
  tag(key: string) {
    return key;
  }
  param(key: string) {
    return key;
  }
  metrics() {
    return [point('acc', 1, 'r1', { datasetName: 'ds', datasetDigest: 'g' })];
  }
}

describe('compileLoggedModelFilter', () => {
  it('reads rows that are instances of a class', () => {
    const filter = parseFilter(
      'loggedModels',
      "name = 'alpha' AND tags.a = 'a' AND params.b = 'b' AND metrics.acc = 1",
    );
    expect(compileLoggedModelFilter(filter, [{ dataset_name: 'ds' }])(new ModelOfClass())).toBe(true);
  });

  it('finds a model by metrics of several datasets, each clause by any of them', () => {
    const metrics = [
      point('a', 1, 'r1', { datasetName: 'x', datasetDigest: '1' }),
      point('b', 2, 'r1', { datasetName: 'y', datasetDigest: '2' }),
      point('c', 3, 'r1', { datasetName: 'y', datasetDigest: '3' }),
    ];
    const row = modelRow({ attributes: {}, metrics });
    const datasets = [{ dataset_name: 'x' }, { dataset_name: 'y', dataset_digest: '2' }];
    const passes = (filter: string) => compileLoggedModelFilter(parseFilter('loggedModels', filter), datasets)(row);
    expect(passes('metrics.a = 1 AND metrics.b = 2')).toBe(true);
    expect(passes('metrics.c = 3')).toBe(false);
  });
});
