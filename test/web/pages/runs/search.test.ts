import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../functions/search/parse-filter.ts';
import { pythonSnippet } from '../../../../web/pages/runs/python-snippet.ts';
import { isNewestFirst, runSearchOf, startedAfter } from '../../../../web/pages/runs/run-search.ts';
import { runsSchema } from '../../../../web/pages/runs/runs-state.ts';
import { csvLine } from '../../../../web/ui/format/csv.ts';
import { readState } from '../../../../web/ui/url-state/url-state.ts';

const NOW = 1_700_000_000_000;
const searchOf = (query: string) => runSearchOf(['1'], readState(runsSchema, query), NOW);

describe('runSearchOf', () => {
  test('asks for live runs, the newest first, when nobody chose', () => {
    expect(searchOf('')).toEqual({
      experimentIds: ['1'],
      filter: '',
      orderBy: ['attributes.start_time DESC'],
      view: 'ACTIVE_ONLY',
    });
  });

  test('joins quick filters to what was typed, as a filter that MLflow reads', () => {
    const { filter } = searchOf('?filter=metrics.loss+%3C+1&status=FAILED&since=24h');
    expect(filter).toBe("metrics.loss < 1 AND attributes.status = 'FAILED' AND attributes.start_time >= 1699913600000");
    expect(parseFilter('runs', filter).conditions).toHaveLength(3);
  });

  test('sorts by the group before all else', () => {
    expect(searchOf('?group=params.lr&sort=metrics.loss.asc').orderBy).toEqual(['params.lr ASC', 'metrics.loss ASC']);
    expect(searchOf('?group=params.lr&sort=params.lr.desc').orderBy).toEqual(['params.lr ASC']);
  });

  test('sorts by nothing that MLflow cannot sort by', () => {
    expect(searchOf('?sort=duration.desc').orderBy).toEqual([]);
  });

  test('looks into the trash', () => {
    expect(searchOf('?stage=deleted').view).toBe('DELETED_ONLY');
  });
});

describe('runs that are new', () => {
  test('began after the last one that was there, whatever the order and the group', () => {
    const search = searchOf('?filter=metrics.loss+%3C+1&sort=metrics.loss.asc&group=params.lr');
    expect(startedAfter(search, 5)).toEqual({
      experimentIds: ['1'],
      filter: 'metrics.loss < 1 AND attributes.start_time > 5',
      orderBy: ['attributes.start_time DESC'],
      view: 'ACTIVE_ONLY',
    });
  });

  test('are all runs where there was none', () => {
    expect(startedAfter(searchOf(''), undefined).filter).toBe('');
  });

  test('are known by the first row only where the newest stands first', () => {
    expect(
      ['', '?sort=created.asc', '?group=params.lr', '?sort=name.asc'].map((query) => isNewestFirst(searchOf(query))),
    ).toEqual([true, false, false, false]);
  });
});

describe('pythonSnippet', () => {
  test('gives just these rows', () => {
    const search = searchOf(`?filter=${encodeURIComponent(`params.name = "it's"`)}&stage=deleted`);
    expect(pythonSnippet('http://127.0.0.1:5000', search)).toBe(`import mlflow

mlflow.set_tracking_uri("http://127.0.0.1:5000")
runs = mlflow.search_runs(
    experiment_ids=["1"],
    filter_string="params.name = \\"it's\\"",
    run_view_type=mlflow.entities.ViewType.DELETED_ONLY,
    order_by=["attributes.start_time DESC"],
)
`);
  });
});

test('cells with commas, quotes or line ends stand in quotes', () => {
  expect(csvLine(['a', 1.5, undefined, 'b,c', 'say "hi"', 'two\nlines'])).toBe(
    'a,1.5,,"b,c","say ""hi""","two\nlines"\r\n',
  );
});
