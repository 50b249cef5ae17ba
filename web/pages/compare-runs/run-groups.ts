import type { Run } from '../../api/runs.ts';
import { type ComparedGroup, compareValues } from '../../comparison/compare-values.ts';
import { metricTexts } from '../../comparison/metric-texts.ts';
import { formatDuration, formatExact } from '../../ui/format/time.ts';
import { isOwnTag } from '../../ui/tags/own-tag.ts';

/** What runs are compared by. */
export const runGroups = (runs: readonly Run[]): readonly ComparedGroup[] => [
  { title: 'Params', what: 'param', rows: compareValues(runs.map(({ params }) => params)) },
  {
    title: 'Metrics',
    what: 'metric',
    isNumeric: true,
    rows: compareValues(runs.map(({ metrics }) => metricTexts(metrics))),
  },
  { title: 'Tags', what: 'tag', rows: compareValues(runs.map(({ tags }) => ownTags(tags))) },
  { title: 'Datasets', what: 'dataset', rows: compareValues(runs.map(datasetsOf)) },
  { title: 'About', what: 'fact', rows: compareValues(runs.map(factsOf)) },
];

const ownTags = (tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...tags].filter(([key]) => !isOwnTag(key)));

const datasetsOf = ({ datasets }: Run): ReadonlyMap<string, string> =>
  new Map(datasets.map(({ name, digest }) => [name, digest]));

function factsOf(run: Run): ReadonlyMap<string, string> {
  const { status, startTime, endTime, tags, userId } = run;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Status', status],
    ['Started', startTime > 0 ? formatExact(startTime) : undefined],
    ['Duration', endTime === undefined ? undefined : formatDuration(endTime - startTime)],
    ['User', tags.get('mlflow.user') || userId || undefined],
    ['Source', tags.get('mlflow.source.name')],
    ['Git branch', tags.get('mlflow.source.git.branch')],
    ['Git commit', tags.get('mlflow.source.git.commit')],
  ];
  return new Map(facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined));
}
