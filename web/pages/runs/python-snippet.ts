import type { RunSearch } from '../../api/runs.ts';
import { python, pythonCall, pythonHead, pythonList, pythonText } from '../../ui/copy/python-text.ts';
import { parseColumnId, type StatisticId } from './column-id.ts';
import { sortOf } from './run-search.ts';

/** What a table has beyond its search. */
interface Rows {
  /** As the URL has it; a statistic is what MLflow cannot sort by. */
  readonly sort?: string;
  /** How many are shown, where that is a part. */
  readonly most?: number | undefined;
  /** Runs that are not shown. */
  readonly hidden?: readonly string[];
}

/** The lines of Python that give just the rows of a search, in their order, from the server at an address. */
export const pythonSnippet = (address: string, search: RunSearch, rows: Rows = {}): string =>
  pythonText(rowLines(address, search, rows));

/** The same as lines, for what goes on with `runs`. */
export function rowLines(
  address: string,
  { experimentIds, filter, orderBy, view }: RunSearch,
  { sort = '', most, hidden = [] }: Rows,
): readonly string[] {
  const { columnId, isDescending } = sortOf(sort);
  const statistic = parseColumnId(columnId);
  return [
    ...pythonHead(address),
    ...pythonCall('runs', 'mlflow.search_runs', [
      `experiment_ids=${pythonList(experimentIds)}`,
      ...(filter === '' ? [] : [`filter_string=${python(filter)}`]),
      ...(view === 'ACTIVE_ONLY' ? [] : [`run_view_type=mlflow.entities.ViewType.${view}`]),
      ...(orderBy.length === 0 ? [] : [`order_by=${pythonList(orderBy)}`]),
      ...(most === undefined ? [] : [`max_results=${most}`]),
    ]),
    ...(hidden.length === 0 ? [] : [`runs = runs[~runs["run_id"].isin(${pythonList(hidden)})]`]),
    ...(statistic?.kind === 'statistic' ? sortedBy(columnId, statistic, isDescending) : []),
  ];
}

/** The history of a metric is read run by run, for MLflow's search knows the last value alone. */
const sortedBy = (columnId: string, { statistic, key }: StatisticId, isDescending: boolean): readonly string[] => [
  'client = mlflow.MlflowClient()',
  `runs[${python(columnId)}] = [`,
  `    ${STATISTICS_IN_PYTHON[statistic]}`,
  '    for history in (',
  `        [point.value for point in client.get_metric_history(run_id, ${python(key)})]`,
  '        for run_id in runs["run_id"]',
  '    )',
  ']',
  `runs = runs.sort_values(${python(columnId)}, ascending=${isDescending ? 'False' : 'True'}, kind="stable")`,
];

/** NaN is equal to nothing, itself included. */
const STATISTICS_IN_PYTHON = {
  min: 'min((value for value in history if value == value), default=None)',
  max: 'max((value for value in history if value == value), default=None)',
  first: 'next(iter(history), None)',
} as const;
