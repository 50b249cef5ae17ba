import type { RunSearch } from '../../api/runs.ts';

const VIEWS = { ACTIVE_ONLY: 'ACTIVE_ONLY', DELETED_ONLY: 'DELETED_ONLY', ALL: 'ALL' } as const;

/** A text as Python writes it. JSON's escapes are Python's, too. */
const python = (text: string): string => JSON.stringify(text);

const pythonList = (texts: readonly string[]): string => `[${texts.map(python).join(', ')}]`;

/** The lines of Python that give just the rows of a search, from the server at an address. */
export function pythonSnippet(address: string, { experimentIds, filter, orderBy, view }: RunSearch): string {
  const lines = [
    `experiment_ids=${pythonList(experimentIds)},`,
    ...(filter === '' ? [] : [`filter_string=${python(filter)},`]),
    ...(view === 'ACTIVE_ONLY' ? [] : [`run_view_type=mlflow.entities.ViewType.${VIEWS[view]},`]),
    ...(orderBy.length === 0 ? [] : [`order_by=${pythonList(orderBy)},`]),
  ];
  return [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri(${python(address)})`,
    'runs = mlflow.search_runs(',
    ...lines.map((line) => `    ${line}`),
    ')',
    '',
  ].join('\n');
}
