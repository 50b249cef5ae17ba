import type { Run } from '../../api/runs.ts';
import { formatColumnId } from './column-id.ts';

const MOST_METRICS = 6;
const MOST_PARAMS = 6;
/** Runs that are looked at: those of the first screen. */
const LOOKED_AT = 50;
const ALWAYS = ['name', 'created', 'duration'];

/** The columns before anybody chose: what most runs have, and of params rather those that differ. */
export function automaticColumns(runs: readonly Run[], isOfSeveralExperiments: boolean): readonly string[] {
  const looked = runs.slice(0, LOOKED_AT);
  const metrics = mostFrequent(
    looked.map(({ metrics }) => [...metrics.keys()]),
    (key) => !key.startsWith('system/'),
  );
  const params = mostFrequent(
    looked.map(({ params }) => [...params.keys()]),
    () => true,
  );
  const differing = params.filter((key) => new Set(looked.map((run) => run.params.get(key))).size > 1);
  const chosen = [...new Set([...differing, ...params])].slice(0, MOST_PARAMS);
  return [
    ...ALWAYS,
    ...(isOfSeveralExperiments ? ['experiment'] : []),
    ...metrics.slice(0, MOST_METRICS).map((key) => formatColumnId({ kind: 'metric', key })),
    ...chosen.map((key) => formatColumnId({ kind: 'param', key })),
    'user',
    'source',
  ];
}

/** Keys by how many lists have them; those that as many have stay in their order. */
function mostFrequent(lists: readonly (readonly string[])[], isWanted: (key: string) => boolean): readonly string[] {
  const counts = new Map<string, number>();
  for (const key of lists.flat()) if (isWanted(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
}
