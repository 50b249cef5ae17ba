import { expect, test } from 'vitest';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../../functions/search/parse-order-by.ts';
import type { Store } from '../../../functions/store/store.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { meter } from '../metered-client.ts';
import { openWithUpkeep } from '../open-test-store.ts';
import { addRun, point, stateOf, upTo } from '../samples.ts';
import { engineAroundTests } from '../test-engine.ts';

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }));

const TAGS = new Map(upTo(10).map((at) => [`team.tag.${at}`, `value of the tag ${at}`]));
const LIVE = 500;
const ARCHIVED = 1_000;
/** storage.md: search, warm, 100 k archived runs, 500 live. */
const MAX_READ_UNITS = 150;

async function addMeasuredRun(store: Store, startTime: number): Promise<string> {
  const run = await addRun(store, '0', { startTime, tags: TAGS, artifactUri: 'mlflow-artifacts:/0/x/artifacts' });
  const points = upTo(10).map((at) => point({ key: `train/metric_${at}`, value: Math.sin(startTime + at) }));
  await store.appendMetrics(stateOf(run), points);
  return run.runId;
}

test('a search, warm, with 500 live runs pays for these alone, however many are archived', async () => {
  const table = await engine.openTable();
  const { client, measure } = meter(table.client);
  const { store, upkeep } = openWithUpkeep(client, table.tableName);
  const archived = await Promise.all(upTo(ARCHIVED).map((at) => addMeasuredRun(table.store, at)));
  await upkeep.tidy(
    '0',
    archived.map((runId) => ({ runId, lastWriteAt: 0, writes: 2 })),
  );
  await Promise.all(upTo(LIVE).map((at) => addMeasuredRun(table.store, ARCHIVED + at)));
  const search = async () => {
    const { sortKeys, read } = await store.searchRuns({
      experimentIds: ['0'],
      view: 'ALL',
      filter: parseFilter('runs', "tags.`team.tag.3` LIKE 'value%' AND metrics.`train/metric_2` < 2"),
      orderBy: parseOrderBy('runs', ['metrics.`train/metric_1` DESC']),
      limit: ARCHIVED + LIVE,
    });
    return read([...sortKeys.keys()]);
  };
  expect(await search()).toHaveLength(ARCHIVED + LIVE);
  const { reads, writes } = await measure(search);
  console.info(`budget: search, warm, ${LIVE} live runs: ${reads} RRU of ${MAX_READ_UNITS}`);
  expect(writes).toBe(0);
  expect(reads).toBeLessThanOrEqual(MAX_READ_UNITS);
});
