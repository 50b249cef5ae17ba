import { postTracklet } from './request.ts';
import type { RunSearch } from './runs.ts';

/** The names of metrics, params and tags, each list in its order. */
export interface RunKeys {
  readonly metric: readonly string[];
  readonly param: readonly string[];
  readonly tag: readonly string[];
}

type Choice = Pick<RunSearch, 'experimentIds' | 'filter' | 'view'>;

const fieldsOf = ({ experimentIds, filter, view }: Choice) => ({
  experiment_ids: experimentIds,
  filter,
  run_view_type: view,
});

/** How many runs a search finds in all. */
export async function countRuns(search: Choice, signal?: AbortSignal): Promise<number> {
  return (await postTracklet<{ count: number }>('runs/count', fieldsOf(search), { signal })).count;
}

interface WireKeys {
  readonly keys?: readonly { readonly kind: 'METRIC' | 'PARAM' | 'TAG'; readonly key: string }[];
  readonly next_page_token?: string;
}

const KINDS = ['METRIC', 'PARAM', 'TAG'] as const;

/** All keys that the runs of experiments have: page after page, where there are tens of thousands. */
export async function listRunKeys(experimentIds: readonly string[], signal?: AbortSignal): Promise<RunKeys> {
  const keys = { METRIC: [] as string[], PARAM: [] as string[], TAG: [] as string[] };
  let token: string | undefined;
  do {
    const page = await postTracklet<WireKeys>(
      'runs/keys',
      { experiment_ids: experimentIds, kinds: KINDS, page_token: token },
      { signal },
    );
    for (const { kind, key } of page.keys ?? []) keys[kind].push(key);
    token = page.next_page_token;
  } while (token !== undefined);
  return { metric: keys.METRIC, param: keys.PARAM, tag: keys.TAG };
}

const MOST_VALUES = 1000;

/** The values that runs have for a param or a tag, the most frequent first. */
export async function listRunValues(
  experimentIds: readonly string[],
  { kind, key }: { readonly kind: 'param' | 'tag'; readonly key: string },
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { values } = await postTracklet<{ values: readonly { readonly value: string }[] }>(
    'runs/values',
    { experiment_ids: experimentIds, kind: kind.toUpperCase(), key, max_results: MOST_VALUES },
    { signal },
  );
  return values.map(({ value }) => value);
}
