import { compareCodePoints } from '../../../domain/code-points.ts';
import { MAX_SEARCH_RESULTS } from '../../../domain/limits.ts';
import { pageToken } from '../../../protocol/common.ts';
import { list, message } from '../../../protocol/message.ts';
import { choice, flag, int32, text } from '../../../protocol/scalars.ts';
import { RUN_ATTRIBUTES, type RunKey, type RunKeyKind } from '../../../store/run-survey.ts';
import { defineOperation } from '../../operation.ts';
import { checkMaxResults, pageOf } from '../../page-of.ts';
import { askedChoice, askedCountedResults, beginsWith, choiceFields } from './run-choice.ts';
import { KIND_OF, WIRE_KINDS, type WireKind, wireKindOf } from './wire-kind.ts';

const request = message({
  ...choiceFields,
  kinds: list(choice(WIRE_KINDS, 'What the keys are of'), 'Kinds of keys that are wanted; all when absent'),
  prefix: text('How the keys begin, in any case'),
  with_counts: flag(
    'Whether to tell in how many runs each key is; then run_view_type and filter say which runs count, and a page has ' +
      '1000 keys at most, 100 when max_results is absent. Without counts keys of runs of any stage are listed',
  ),
  max_results: int32('Keys in a page, 1 to 50000, which is also what holds when absent'),
  page_token: pageToken,
});

type Place = readonly [kind: RunKeyKind, key: string];

const KINDS: readonly RunKeyKind[] = ['metric', 'param', 'tag', 'attribute'];

const compare = ([kindA, keyA]: Place, [kindB, keyB]: Place): number =>
  KINDS.indexOf(kindA) - KINDS.indexOf(kindB) || compareCodePoints(keyA, keyB);

const ATTRIBUTE_KEYS = RUN_ATTRIBUTES.map((key): RunKey => ({ kind: 'attribute', key }));

/** The metrics, params, tags and attributes of the runs of experiments, by kind and then by name; Tracklet's own. */
export const listRunKeys = defineOperation({
  method: 'POST',
  path: '/tracklet/runs/keys',
  since: '2.0',
  request,
  handle: async (input, services) => {
    const { store, tokens, maxPageBytes } = services;
    const withCounts = input.with_counts ?? false;
    const choice = askedChoice(input, services);
    const asked: readonly (WireKind | undefined)[] = input.kinds;
    const kinds = new Set(asked.flatMap((kind) => (kind === undefined ? [] : [KIND_OF[kind]])));
    const begins = beginsWith(input.prefix);
    const maxResults = withCounts ? askedCountedResults(input.max_results) : (input.max_results ?? MAX_SEARCH_RESULTS);
    checkMaxResults(maxResults);
    const all = [...(await store.listRunKeys(choice.experimentIds)), ...ATTRIBUTE_KEYS];
    const page = await pageOf({
      rows: all.filter(({ kind, key }) => (kinds.size === 0 || kinds.has(kind)) && begins(key)),
      keyOf: ({ kind, key }): Place => [kind, key],
      compare,
      wire: async (keys) => {
        const counts = withCounts ? await store.countRunKeys(choice, keys) : undefined;
        return keys.map(({ kind, key }, at) => ({ kind: wireKindOf(kind), key, run_count: counts?.[at] }));
      },
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: 'run keys',
      tokens,
    });
    return { keys: page.rows, next_page_token: page.nextPageToken };
  },
});
