import type { RunSearch } from '../../api/runs.ts';
import { python, pythonList, pythonText } from '../../ui/copy/python-text.ts';
import { rowLines } from './python-snippet.ts';

/** What a chart of one value for each run shows, as columns of the table that `mlflow.search_runs` gives. */
export type Shown =
  | { readonly kind: 'parallel' | 'scatter' | 'contour'; readonly columns: readonly string[] }
  | { readonly kind: 'bar'; readonly of: string; readonly most: number }
  | { readonly kind: 'box'; readonly along: string; readonly of: string }
  | { readonly kind: 'importance'; readonly of: string }
  | { readonly kind: 'images'; readonly key: string };

interface Props {
  readonly search: RunSearch;
  readonly sort: string;
  /** How many runs are drawn, where that is a part of what the search finds. */
  readonly most: number | undefined;
  readonly hidden: readonly string[];
  readonly shown: Shown;
}

/** The lines of Python that give what a chart shows: just its runs, then its columns. */
export const figurePython = (address: string, { shown, search, ...rows }: Props): string =>
  pythonText([...rowLines(address, search, rows), ...shownLines(shown)]);

/** A column that no run has is empty, as it is in the chart. */
const columnsOf = (columns: readonly string[]): string =>
  `runs.reindex(columns=${pythonList(['run_id', 'tags.mlflow.runName', ...columns])})`;

function shownLines(shown: Shown): readonly string[] {
  switch (shown.kind) {
    case 'parallel':
    case 'scatter':
    case 'contour':
      return [`figure = ${columnsOf(shown.columns)}`];
    case 'bar':
      return [`figure = ${columnsOf([shown.of])}.nlargest(${shown.most}, ${python(shown.of)})`];
    case 'box':
      return [
        `figure = ${columnsOf([shown.along, shown.of])}`,
        `figure = figure.groupby(${python(shown.along)})[${python(shown.of)}].describe()`,
      ];
    case 'importance':
      return [
        'import pandas',
        'columns = [name for name in runs if name.startswith(("params.", "metrics."))]',
        'numbers = runs[columns].apply(pandas.to_numeric, errors="coerce")',
        `figure = numbers.corrwith(numbers[${python(shown.of)}], method="spearman").abs().sort_values(ascending=False)`,
      ];
    case 'images':
      return [
        'client = mlflow.MlflowClient()',
        'figure = {',
        '    run_id: [',
        '        file.path',
        '        for file in client.list_artifacts(run_id, "images")',
        `        if file.path.startswith((${imagePrefixes(shown.key).map(python).join(', ')}))`,
        '    ]',
        '    for run_id in runs["run_id"]',
        '}',
      ];
    default: {
      const never: never = shown;
      return never;
    }
  }
}

/** Clients write a slash of a key as `~`, those before 3.12 as `#`, and `%` for `+`. */
const imagePrefixes = (key: string): readonly string[] => [
  `images/${key.replaceAll('/', '~')}+step+`,
  `images/${key.replaceAll('/', '#')}%step%`,
];
