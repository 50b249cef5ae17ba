import { describe, expect, test } from 'vitest';
import type { MetricPoint } from '../../../functions/domain/metric.ts';
import { withTransition } from '../../../functions/domain/model-version.ts';
import { pointOfRow } from '../../../functions/domain/point-columns.ts';
import { renamed } from '../../../functions/domain/registered-model.ts';
import type { Webhook } from '../../../functions/domain/webhook.ts';
import type { Store } from '../../../functions/store/store.ts';
import { type Consumed, type Meter, meter } from '../metered-client.ts';
import { openStore } from '../open-test-store.ts';
import { randomText, seededRandom } from '../random-text.ts';
import {
  addRegisteredModel,
  addRun,
  addVersion,
  dataset,
  modelMetric,
  newExperiment,
  newRun,
  newVersion,
  point,
  stateOf,
  upTo,
  withTag,
} from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** What an operation may consume at most, in on-demand units. */
interface Budget {
  readonly writes: number;
  readonly reads: number;
}

interface Metered {
  readonly store: Store;
  /** Another process, not metered. */
  readonly other: Store;
  readonly measure: Meter;
  /** A new process, metered: it remembers nothing. */
  readonly reopen: () => Store;
}

type Operation = (metered: Metered) => Promise<Consumed>;

const tenTags = new Map(upTo(10).map((at) => [`mlflow.tag.${at}`, `value of the tag ${at}`]));

const trainingPoints = () => {
  const random = seededRandom(3);
  return upTo(1000).map((at) =>
    point({
      key: `train/metric_${at % 10}`,
      value: random(),
      step: Math.floor(at / 10),
      timestamp: 1_700_000_000_000 + at * 97 + Math.floor(random() * 40),
    }),
  );
};

/** A run with `calls` log calls of 1,000 points each, of so many metrics. */
async function runWithHistory(store: Store, calls: number, metrics: number) {
  const random = seededRandom(calls);
  const run = await addRun(store);
  for (const call of upTo(calls)) {
    const points = upTo(1000).map((at) => {
      const step = Math.floor((call * 1000 + at) / metrics);
      const timestamp = 1_700_000_000_000 + step * 97 + Math.floor(random() * 40);
      return point({ key: `train/metric_${at % metrics}`, value: random(), step, timestamp });
    });
    await store.appendMetrics(stateOf(run), points);
  }
  return run.runId;
}

/** Reads all pages, each in a process of its own. */
async function readPages(reopen: () => Store, runId: string, key: string, limit: number): Promise<void> {
  let after: MetricPoint | undefined;
  for (;;) {
    const { points, hasMore } = await reopen().readMetricHistory(runId, key, { limit, ...(after && { after }) });
    if (!hasMore) return;
    after = pointOfRow(key, points, points.values.length - 1);
  }
}

const hundredParams = new Map(upTo(100).map((at) => [`model.layer_${at}.units`, randomText(60, at)]));

/** Each operation with its budget. Those marked by the design are its own; the others keep what holds from growing. */
const OPERATIONS: readonly (readonly [string, Budget, Operation])[] = [
  [
    'create run, 10 tags',
    { writes: 3, reads: 0 },
    ({ store, measure }) => measure(() => store.createRun(newRun(store, '0', { tags: tenTags }))),
  ],
  [
    'log-metric, one point',
    { writes: 3, reads: 2 },
    async ({ store, measure }) => {
      const { runId } = await addRun(store, '0', { tags: tenTags });
      return measure(async () => store.appendMetrics(await store.getRunState(runId), [point()]));
    },
  ],
  [
    'log-batch, 1,000 points of 10 metrics',
    { writes: 30, reads: 2 },
    async ({ store, measure }) => {
      const { runId } = await addRun(store, '0', { tags: tenTags });
      return measure(async () => store.appendMetrics(await store.getRunState(runId), trainingPoints()));
    },
  ],
  [
    'log-batch, 100 params',
    { writes: 20, reads: 2 },
    async ({ store, measure }) => {
      const { runId } = await addRun(store, '0', { tags: tenTags });
      return measure(() => store.updateRun(runId, (run) => ({ ...run, params: hundredParams })));
    },
  ],
  [
    'get run, 10 tags, 10 metrics',
    { writes: 0, reads: 2 },
    async ({ store, measure }) => {
      const run = await addRun(store, '0', { tags: tenTags });
      await store.appendMetrics(stateOf(run), trainingPoints());
      return measure(() => store.getRun(run.runId));
    },
  ],
  [
    'set tag',
    { writes: 3, reads: 2 },
    async ({ store, measure }) => {
      const { runId } = await addRun(store, '0', { tags: tenTags });
      return measure(() => store.updateRun(runId, withTag('one more')));
    },
  ],
  [
    'create experiment',
    // Both items of a transaction count twice; the counter once.
    { writes: 5, reads: 1 },
    ({ store, measure }) => measure(() => store.createExperiment(newExperiment('a'))),
  ],
  [
    'find an experiment by its name',
    { writes: 0, reads: 2 },
    async ({ store, measure }) => {
      await store.createExperiment(newExperiment('a'));
      return measure(() => store.findExperimentByName('a'));
    },
  ],
  [
    'list 400 experiments with two tags',
    // 240 bytes each, and each of the 16 partitions counts to the next 4 KB.
    { writes: 0, reads: 34 },
    async ({ store, measure }) => {
      const tags = new Map([
        ['team', 'team-7'],
        ['mlflow.note.content', 'What this is about'],
      ]);
      await Promise.all(upTo(400).map((at) => store.createExperiment(newExperiment(`team-7/project-${at}`, { tags }))));
      return measure(() => store.listExperiments());
    },
  ],
  [
    'metric history, 10,000 points in 10 log calls',
    { writes: 0, reads: 40 },
    async ({ store, measure }) => {
      const run = await addRun(store);
      for (const _ of upTo(10)) await store.appendMetrics(stateOf(run), trainingPoints());
      return measure(() => store.readMetricHistory(run.runId, 'train/metric_0'));
    },
  ],
  [
    // Of 1 M points at most 2,500 RRU.
    'metric history, 100,000 points, packed, 4 pages',
    { writes: 0, reads: 250 },
    async ({ store, measure, reopen }) => {
      const runId = await runWithHistory(store, 100, 1);
      await store.packMetrics(runId);
      return measure(() => readPages(reopen, runId, 'train/metric_0', 25_000));
    },
  ],
  [
    "a chart's 400 points of 100,000, packed",
    { writes: 0, reads: 5 },
    async ({ store, measure, reopen }) => {
      const runId = await runWithHistory(store, 100, 1);
      await store.packMetrics(runId);
      const sample = { kind: 'extremes', x: 'step', from: undefined, to: undefined, maxPoints: 400 } as const;
      const opened = reopen();
      return measure(async () => {
        const { count, points } = await opened.sampleMetricHistory(runId, 'train/metric_0', sample);
        expect(count).toBe(100_000);
        expect(points.values.length).toBeGreaterThan(300);
      });
    },
  ],
  [
    // Half of it deletes the 64 log calls, as much as writing them took. With it 2 billion points cost 40 million units.
    'pack 64,000 points of 10 metrics',
    { writes: 900, reads: 150 },
    async ({ store, measure }) => {
      const runId = await runWithHistory(store, 64, 10);
      return measure(() => store.packMetrics(runId));
    },
  ],
  [
    'pack 64 log calls of a point each',
    // 64 of them delete.
    { writes: 70, reads: 10 },
    async ({ store, measure }) => {
      const run = await addRun(store);
      for (const step of upTo(64)) await store.appendMetrics(stateOf(run), [point({ step })]);
      return measure(() => store.packMetrics(run.runId));
    },
  ],
  [
    'look whether 63 log calls of a point each are to be packed',
    { writes: 0, reads: 2 },
    async ({ store, measure }) => {
      const run = await addRun(store);
      for (const step of upTo(63)) await store.appendMetrics(stateOf(run), [point({ step })]);
      return measure(() => store.packMetrics(run.runId));
    },
  ],
  [
    'pack 2,000 metrics of a point each',
    { writes: 40, reads: 10 },
    async ({ store, measure }) => {
      const run = await addRun(store);
      const points = upTo(2000).map((at) => point({ key: `layer_${at}/norm`, value: at / 7 }));
      for (const call of upTo(8)) await store.appendMetrics(stateOf(run), points.slice(call * 250, (call + 1) * 250));
      return measure(() => store.packMetrics(run.runId, { force: true }));
    },
  ],
  [
    'log a dataset',
    { writes: 1, reads: 1 },
    ({ store, measure }) => measure(() => store.putDatasets('0', [dataset()])),
  ],
  [
    'log a dataset of 1 MB that another process has logged',
    { writes: 0, reads: 200 },
    async ({ store, other, measure }) => {
      const large = dataset({ profile: randomText(1_000_000, 1) });
      await other.putDatasets('0', [large]);
      return measure(() => store.putDatasets('0', [large]));
    },
  ],
  [
    'log a dataset of 1 MB that this process has logged twice',
    { writes: 0, reads: 0 },
    async ({ store, measure }) => {
      const large = dataset({ profile: randomText(1_000_000, 1) });
      await store.putDatasets('0', [large]);
      await store.putDatasets('0', [large]);
      return measure(() => store.putDatasets('0', [large]));
    },
  ],
  [
    'log a metric of a model',
    { writes: 1, reads: 0 },
    ({ store, measure }) => measure(() => store.appendModelMetrics(store.newModelId('0'), [modelMetric()])),
  ],
  [
    'create a model version of a run and a logged model, of a model that has 100',
    // Model, version and two references, each twice for the transaction.
    { writes: 8, reads: 2 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      for (const _ of upTo(100)) await addVersion(store, 'm');
      return measure(() => addVersion(store, 'm', { runId: 'a'.repeat(32), loggedModelId: `m-${'a'.repeat(32)}` }));
    },
  ],
  [
    'create a model version that three webhooks hear of',
    // Model, version and the message for all of them, each twice for the transaction; the webhooks are one page to read.
    { writes: 6, reads: 3 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      for (const at of upTo(3)) await store.createWebhook(webhook(`w${at}`));
      return measure(() => store.createModelVersion('m', newVersion({}), announceVersion));
    },
  ],
  [
    'deliver to one webhook',
    // To claim is to move the message: two items, each twice; to end is to delete it.
    { writes: 5, reads: 1 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      await store.createWebhook(webhook('w'));
      await store.createModelVersion('m', newVersion({}), announceVersion);
      return measure(async () => {
        const { deliveries } = await store.claimDeliveries({ now: ANNOUNCED, leaseMs: 1000 });
        for (const delivery of deliveries) await store.endDelivery(delivery);
      });
    },
  ],
  [
    'find a model version',
    { writes: 0, reads: 3 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      await addVersion(store, 'm');
      return measure(() => store.findModelVersion({ name: 'm', versionNumber: 1 }));
    },
  ],
  [
    'change the stage of one of 100 versions, and archive the others',
    { writes: 1, reads: 2 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      for (const _ of upTo(100)) await addVersion(store, 'm');
      const move = (versionNumber: number) =>
        store.updateRegisteredModel('m', (model) =>
          withTransition(model, { versionNumber, stage: 'Production', archivesOthers: true, now: 30 }),
        );
      await move(1);
      return measure(() => move(2));
    },
  ],
  [
    'rename a model with 100 versions',
    // The document and both names, each twice.
    { writes: 6, reads: 2 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      for (const _ of upTo(100)) await addVersion(store, 'm');
      return measure(() => store.updateRegisteredModel('m', (model) => renamed(model, 'n', 30)));
    },
  ],
  [
    'list the versions of a run, among 200 of others',
    { writes: 0, reads: 3 },
    async ({ store, measure }) => {
      await addRegisteredModel(store, 'm');
      for (const at of upTo(200)) await addVersion(store, 'm', { runId: `r${at}` });
      return measure(() => store.listVersionsOfRun('r7'));
    },
  ],
  [
    'list 400 model versions with two tags',
    // 350 bytes each, and each of the 16 partitions counts to the next 4 KB; with the model and its 16.
    { writes: 0, reads: 55 },
    async ({ store, measure }) => {
      const tags = new Map([
        ['team', 'team-7'],
        ['mlflow.note.content', 'What this is about'],
      ]);
      await addRegisteredModel(store, 'm');
      for (const at of upTo(400)) await addVersion(store, 'm', { tags, runId: `${at}`.padStart(32, '0') });
      return measure(() => store.listModelVersions());
    },
  ],
];

const ANNOUNCED = 1_700_000_000_000;
const VERSION_CREATED = { entity: 'MODEL_VERSION', action: 'CREATED' } as const;

const announceVersion = () => ({ event: VERSION_CREATED, body: `{"data": "${'x'.repeat(300)}"}`, time: ANNOUNCED });

const webhook = (webhookId: string): Webhook => ({
  webhookId,
  name: webhookId,
  description: undefined,
  url: 'https://receiver.example/hook',
  events: [VERSION_CREATED],
  status: 'ACTIVE',
  sealedSecret: undefined,
  creationTime: ANNOUNCED,
  lastUpdateTime: ANNOUNCED,
});

/** What the verbs consume, against the budgets of the design. */
export function describeCapacity(open: OpenStore): void {
  describe('consumed capacity', () => {
    test.each(OPERATIONS)('%s stays within its budget', async (name, budget, operate) => {
      const { client, tableName, reopen } = await open();
      const { client: metered, measure } = meter(client);
      const store = openStore(metered, tableName);
      await store.getExperiment('0');
      const { reads, writes, operations } = await operate({
        store,
        other: reopen(),
        measure,
        reopen: () => openStore(metered, tableName),
      });
      console.info(`${name}: ${writes} WRU, ${reads} RRU (${operations.join(', ')})`);
      expect({ name, over: writes > budget.writes || reads > budget.reads, writes, reads }).toMatchObject({
        over: false,
      });
    });
  });
}
