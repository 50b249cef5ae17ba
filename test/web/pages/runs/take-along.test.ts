import { describe, expect, test } from 'vitest';
import { experimentSearchOf, experimentsPython } from '../../../../web/pages/experiments/experiment-search.ts';
import { modelSearchOf, modelsPython } from '../../../../web/pages/models/model-search.ts';
import { chartedRuns, partOf } from '../../../../web/pages/runs/charted-runs.ts';
import { figurePython, type Shown } from '../../../../web/pages/runs/figure-python.ts';
import { figureCsv } from '../../../../web/pages/runs/figures/figure-csv.ts';
import { boxesOf, countGroups, dotsOf } from '../../../../web/pages/runs/figures/figure-data.ts';
import { axisOfColumn, type ParallelAxis } from '../../../../web/pages/runs/parallel/parallel-axes.ts';
import { parallelCsv } from '../../../../web/pages/runs/parallel/parallel-csv.ts';
import { pythonSnippet } from '../../../../web/pages/runs/python-snippet.ts';
import { pythonOfView } from '../../../../web/pages/runs/views/view-search.ts';
import { metrics, run } from './run.ts';

const ADDRESS = 'http://127.0.0.1:5000';
const search = {
  experimentIds: ['1'],
  filter: 'metrics.loss < 1',
  orderBy: ['params.lr ASC'],
  view: 'ACTIVE_ONLY',
} as const;
const HEAD = 'import mlflow\n\nmlflow.set_tracking_uri("http://127.0.0.1:5000")\n';

describe('what is shown, as Python', () => {
  test('is sorted by a statistic, which MLflow cannot do', () => {
    const text = pythonSnippet(ADDRESS, search, { sort: 'min.metrics.val/loss.asc' });
    expect(text).toContain('client.get_metric_history(run_id, "val/loss")');
    expect(text).toContain('    min((value for value in history if value == value), default=None)\n');
    expect(text).toMatch(/runs = runs\.sort_values\("min\.metrics\.val\/loss", ascending=True, kind="stable"\)\n$/);
    expect(pythonSnippet(ADDRESS, search, { sort: 'params.lr.asc' })).not.toContain('client');
  });

  test('has just the runs that are drawn', () => {
    const shown = { kind: 'scatter', columns: ['params.lr', 'metrics.loss'] } as const;
    expect(
      figurePython(ADDRESS, { search, sort: '', most: 50, hidden: ['a', 'b'], shown }),
    ).toBe(`${HEAD}runs = mlflow.search_runs(
    experiment_ids=["1"],
    filter_string="metrics.loss < 1",
    order_by=["params.lr ASC"],
    max_results=50,
)
runs = runs[~runs["run_id"].isin(["a", "b"])]
figure = runs.reindex(columns=["run_id", "tags.mlflow.runName", "params.lr", "metrics.loss"])
`);
  });

  test.each<readonly [Shown, string]>([
    [{ kind: 'bar', of: 'metrics.loss', most: 50 }, '.nlargest(50, "metrics.loss")\n'],
    [{ kind: 'box', along: 'params.opt', of: 'metrics.loss' }, '.groupby("params.opt")["metrics.loss"].describe()\n'],
    [{ kind: 'importance', of: 'metrics.loss' }, 'numbers.corrwith(numbers["metrics.loss"], method="spearman")'],
    [{ kind: 'images', key: 'val/a' }, 'file.path.startswith(("images/val~a+step+", "images/val#a%step%"))\n'],
  ])('is the chart %j', (shown, line) => {
    const text = figurePython(ADDRESS, { search, sort: '', most: undefined, hidden: [], shown });
    expect(text).toContain(line);
    expect(text).not.toContain('max_results');
  });

  test('is a saved view', () => {
    const text = pythonOfView(ADDRESS, ['1', '2'], '?filter=metrics.loss+%3C+1&stage=deleted&columns=name', 0);
    expect(text).toContain('experiment_ids=["1", "2"],\n    filter_string="metrics.loss < 1",');
    expect(text).toContain('run_view_type=mlflow.entities.ViewType.DELETED_ONLY');
  });

  test('is a list of experiments, or of models', () => {
    const sort = { columnId: 'name', isDescending: false };
    expect(
      experimentsPython(ADDRESS, experimentSearchOf('fruit', 'deleted', sort)),
    ).toBe(`${HEAD}experiments = mlflow.search_experiments(
    view_type=mlflow.entities.ViewType.DELETED_ONLY,
    filter_string="name ILIKE '%fruit%'",
    order_by=["name ASC"],
)
`);
    expect(
      modelsPython(ADDRESS, modelSearchOf("tags.team = 'vision'", sort)),
    ).toBe(`${HEAD}models = mlflow.search_registered_models(
    filter_string="tags.team = 'vision'",
    order_by=["name ASC"],
)
`);
  });
});

describe('a chart of a part of the runs', () => {
  const runs = Array.from({ length: 60 }, (_, at) => run(`r${at}`));
  const extent = { total: 100_000, hasMore: true, sort: 'created.desc' };

  test('says which part', () => {
    expect(chartedRuns(runs, [], [], extent).note).toBe(
      'Of the 50 newest of 100,000 runs; choose others in the table.',
    );
    expect(partOf(60, 60, { ...extent, sort: 'metrics.loss.asc' })).toBe('the 60 first of 100,000 runs');
    expect(partOf(60, 60, { ...extent, total: undefined })).toBe('the 60 newest of more runs');
  });

  test('says nothing when it is all of them', () => {
    expect(partOf(60, 60, { ...extent, total: 60, hasMore: false })).toBeUndefined();
    expect(chartedRuns(runs.slice(0, 3), [], [], { ...extent, total: 3, hasMore: false }).note).toBeUndefined();
  });
});

describe('what is drawn, as CSV', () => {
  const runs = ['sgd', 'adam', 'sgd'].map((opt, at) =>
    run(`r${at}`, { params: new Map([['opt', opt]]), metrics: metrics({ loss: at }) }),
  );
  const axis = (column: string): ParallelAxis => {
    const found = axisOfColumn(runs, column);
    if (found === undefined) throw new Error(column);
    return found;
  };
  const [x, y] = [axis('params.opt'), axis('metrics.loss')];

  test('has a line for each dot, with words as words', () => {
    expect(figureCsv({ kind: 'scatter', dots: dotsOf(runs, x, y), x, y })).toEqual([
      'id,name,params.opt,metrics.loss\r\n',
      'r0,r0,sgd,0\r\n',
      'r1,r1,adam,1\r\n',
      'r2,r2,sgd,2\r\n',
    ]);
    expect(parallelCsv(runs.slice(1), runs, [x, y]).slice(1)).toEqual(['r1,r1,adam,1\r\n', 'r2,r2,sgd,2\r\n']);
  });

  test('has a line for each group', () => {
    expect(countGroups(x, y)).toBe(2);
    expect(figureCsv({ kind: 'box', boxes: boxesOf(x, y), x, y })[2]).toBe('sgd,2,0,0.5,1,1.5,2\r\n');
  });

  test('has a line for each bar', () => {
    const bar = { id: 'params.lr', title: 'lr', strength: 0.5, isRising: undefined, count: 5 };
    expect(figureCsv({ kind: 'importance', bars: [bar] })[1]).toBe('params.lr,0.5,,5\r\n');
    expect(figureCsv({ kind: 'bar', bars: [{ runId: 'a', label: 'b', value: 1 }], y })[1]).toBe('a,b,1\r\n');
  });
});
