/** What a run tells beside its metrics, params and tags; `sortKey` is MLflow's name where it can sort by it. */
export const ATTRIBUTES = [
  { name: 'name', title: 'Run', sortKey: 'attributes.run_name' },
  { name: 'status', title: 'Status', sortKey: 'attributes.status' },
  { name: 'created', title: 'Started', sortKey: 'attributes.start_time' },
  { name: 'duration', title: 'Duration', sortKey: undefined },
  { name: 'ended', title: 'Ended', sortKey: 'attributes.end_time' },
  { name: 'user', title: 'User', sortKey: 'attributes.user_id' },
  { name: 'experiment', title: 'Experiment', sortKey: undefined },
  { name: 'source', title: 'Source', sortKey: undefined },
  { name: 'version', title: 'Commit', sortKey: undefined },
  { name: 'datasets', title: 'Datasets', sortKey: undefined },
  { name: 'models', title: 'Models', sortKey: undefined },
  { name: 'note', title: 'Note', sortKey: undefined },
  { name: 'id', title: 'Run id', sortKey: 'attributes.run_id' },
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number]['name'];
export type KeyedKind = 'metric' | 'param' | 'tag';

/** What the history of a metric comes to; its last value is the metric itself. */
export const STATISTICS = ['min', 'max', 'first'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** What a column shows. */
export type ColumnId =
  | StatisticId
  | { readonly kind: 'attribute'; readonly name: AttributeName }
  | { readonly kind: KeyedKind; readonly key: string };

/** A statistic of a metric, which MLflow can neither search nor sort by. */
export interface StatisticId {
  readonly kind: 'statistic';
  readonly statistic: Statistic;
  readonly key: string;
}

const PREFIXES = { metric: 'metrics.', param: 'params.', tag: 'tags.' } as const;
/** The kinds of what runs log under names of their own. */
export const KEYED_KINDS: readonly KeyedKind[] = ['metric', 'param', 'tag'];

/** Reads `created`, `metrics.loss`, `min.metrics.loss`, `params.lr` or `tags.team`; undefined for anything else. */
export function parseColumnId(text: string): ColumnId | undefined {
  for (const statistic of STATISTICS) {
    const prefix = `${statistic}.${PREFIXES.metric}`;
    if (text.startsWith(prefix) && text.length > prefix.length) {
      return { kind: 'statistic', statistic, key: text.slice(prefix.length) };
    }
  }
  for (const kind of KEYED_KINDS) {
    const prefix = PREFIXES[kind];
    if (text.startsWith(prefix) && text.length > prefix.length) return { kind, key: text.slice(prefix.length) };
  }
  const attribute = ATTRIBUTES.find(({ name }) => name === text);
  return attribute && { kind: 'attribute', name: attribute.name };
}

export function formatColumnId(id: ColumnId): string {
  if (id.kind === 'attribute') return id.name;
  return id.kind === 'statistic' ? `${id.statistic}.${PREFIXES.metric}${id.key}` : PREFIXES[id.kind] + id.key;
}

/** What MLflow sorts by for a column; undefined when it cannot. */
export function sortKeyOf(id: ColumnId): string | undefined {
  if (id.kind === 'statistic') return undefined;
  if (id.kind !== 'attribute') return searchNameOf(id.kind, id.key);
  return ATTRIBUTES.find(({ name }) => name === id.name)?.sortKey;
}

const SORTED_HERE = new Set<AttributeName>(['duration', 'experiment', 'source', 'version', 'datasets', 'note']);

/** Whether the runs that are loaded are sorted by a column that MLflow cannot sort by. */
export const isSortedHere = (id: ColumnId): boolean =>
  id.kind === 'statistic' || (id.kind === 'attribute' && SORTED_HERE.has(id.name));

/** Whether the table can be sorted by a column at all. */
export const isSortable = (id: ColumnId): boolean => sortKeyOf(id) !== undefined || isSortedHere(id);

const PLAIN_KEY = /^[A-Za-z_]\w*$/;

/** A metric, param or tag as filters and orders name it: with quotes where the key is more than a word. */
export function searchNameOf(kind: KeyedKind, key: string): string {
  if (PLAIN_KEY.test(key)) return PREFIXES[kind] + key;
  const quote = key.includes('`') ? '"' : '`';
  return PREFIXES[kind] + quote + key + quote;
}

/** What stands for all keys of a kind in a list of columns: an experiment has twelve thousand of them. */
export const ALL_OF: Readonly<Record<KeyedKind, string>> = { metric: 'metrics.*', param: 'params.*', tag: 'tags.*' };
