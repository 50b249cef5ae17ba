import { describe, expect, test } from 'vitest';
import { searchExperiments } from '../../functions/api/experiments/search.ts';
import { searchLoggedModels } from '../../functions/api/logged-models/search.ts';
import type { JsonOperation } from '../../functions/api/operation.ts';
import { searchRuns } from '../../functions/api/runs/search.ts';
import { stringifyJson } from '../../functions/protocol/json.ts';
import { upTo } from '../store/samples.ts';
import { requestFacts } from '../support/request-facts.ts';
import { openTestApp, textAt, uniqueName } from '../support/test-app.ts';
import { expectOk } from './expect-answer.ts';

const app = await openTestApp();
const COUNT = 12;
const CALLER = requestFacts();
const [searchByPost] = searchExperiments;

interface Paged {
  readonly operation: JsonOperation;
  readonly list: string;
  readonly query: object;
}

/** Experiments, or runs or models of an experiment, whose rows are of about the same size. */
const MAKERS: Readonly<Record<string, () => Promise<Paged>>> = {
  experiments: async () => {
    const start = uniqueName('budget');
    for (const at of upTo(COUNT)) await app.newExperiment({ name: `${start}/${at}` });
    return { operation: searchByPost, list: 'experiments', query: { filter: `name LIKE '${start}/%'` } };
  },
  runs: async () => {
    const experimentId = await app.newExperiment();
    for (const _ of upTo(COUNT)) {
      const runId = await app.newRun({ experiment_id: experimentId });
      const dataset = { name: 'iris', digest: '1', source_type: 'local', source: 's' };
      expectOk(await app.post('runs/log-inputs', { run_id: runId, datasets: [{ dataset }] }));
    }
    return { operation: searchRuns, list: 'runs', query: { experiment_ids: [experimentId] } };
  },
  models: async () => {
    const experimentId = await app.newExperiment();
    for (const at of upTo(COUNT)) await app.newModel({ experiment_id: experimentId, name: `m${at}` });
    return { operation: searchLoggedModels, list: 'models', query: { experiment_ids: [experimentId] } };
  },
};

/** All pages of a search where a page may take so many bytes. */
async function pagesOf({ operation, list, query }: Paged, maxPageBytes: number) {
  const pages: (readonly unknown[])[] = [];
  let token: string | undefined;
  do {
    const request = { ...query, max_results: 1000, page_token: token };
    const answer = await operation.respond(request, { ...app.services, maxPageBytes }, CALLER);
    const body: object = JSON.parse(stringifyJson(answer));
    pages.push(Reflect.get(body, list));
    const hasMore = Reflect.get(body, 'next_page_token') !== undefined;
    token = hasMore ? textAt({ status: 200, body, headers: new Headers() }, 'next_page_token') : undefined;
  } while (token !== undefined);
  return pages;
}

describe.each(Object.keys(MAKERS))('a search for %s', (kind) => {
  test('ends its pages early and goes on with the token; without a limit it is one page', async () => {
    const search = await MAKERS[kind]?.();
    if (!search) throw new Error(`Nobody makes ${kind}`);
    const [all = []] = await pagesOf(search, Number.POSITIVE_INFINITY);
    expect(all).toHaveLength(COUNT);
    const [row] = all;
    const rowBytes = JSON.stringify(JSON.stringify(row)).length;
    const pages = await pagesOf(search, 5.5 * rowBytes);
    expect(pages.flat()).toEqual(all);
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 2]);
    expect((await pagesOf(search, 1)).map(({ length }) => length)).toEqual(upTo(COUNT).map(() => 1));
  });
});
