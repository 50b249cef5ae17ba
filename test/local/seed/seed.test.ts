import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Services } from '../../../functions/api/operation.ts';
import { createBackend } from '../../../functions/entry/services.ts';
import { believableFamilies } from '../../../local/seed/believable-families.ts';
import type { BelievableRun } from '../../../local/seed/believable-run.ts';
import { createCallWriter } from '../../../local/seed/call-writer.ts';
import { createCalls, type Send } from '../../../local/seed/calls.ts';
import { datasetsOf } from '../../../local/seed/datasets.ts';
import { PROJECTS } from '../../../local/seed/projects.ts';
import { seed } from '../../../local/seed/seed.ts';
import { parseSeedOptions } from '../../../local/seed/seed-options.ts';
import { seededRandom } from '../../../local/seed/seeded-random.ts';
import { createStoreWriter } from '../../../local/seed/store-writer.ts';
import { writeWorld } from '../../../local/seed/write-world.ts';
import { startStores } from '../../../local/stores.ts';
import { allRuns } from '../../store/all-runs.ts';
import { freePort } from '../../support/free-port.ts';
import { newFolder } from '../../support/new-folder.ts';
import { column, listAt, openTestApp, valueAt } from '../../support/test-app.ts';

const SMALL = '--runs 40 --metrics 4 --points 6 --seed 5 --concurrency 4'.split(' ');
const { world } = parseSeedOptions(SMALL);
const families = [...believableFamilies(world)];
const planned = families.flatMap(({ parent, children }) => [parent, ...children]);

const JSON_HEADERS = { 'content-type': 'application/json' };
const app = await openTestApp();

/** Listens on a free port of 127.0.0.1 until the test has finished. */
async function listen(): Promise<string> {
  const port = await freePort();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

const lastLossOf = ({ points }: BelievableRun) => points.findLast(({ key }) => key === 'val_loss')?.value;

describe('seeding a running server', () => {
  test('makes all runs as they were drawn, children below their parents', async () => {
    await seed(parseSeedOptions([...SMALL, '--experiment', "it's seeded", '--url', await listen()]));
    const { body } = await app.get('experiments/get-by-name', { experiment_name: "it's seeded" });
    const experimentId = valueAt({ body, status: 200, headers: new Headers() }, 'experiment', 'experiment_id');
    const found = await app.post('runs/search', { experiment_ids: [experimentId], max_results: 1000 });
    expect(column(found, ['runs'], 'info', 'run_name').toSorted()).toEqual(planned.map(({ name }) => name).toSorted());
    expect(column(found, ['runs'], 'info', 'status').toSorted()).toEqual(
      planned.map(({ status }) => status).toSorted(),
    );

    for (const { parent, children } of families.filter((family) => family.children.length > 0)) {
      const named = { experiment_ids: [experimentId], filter: `attributes.run_name = '${parent.name}'` };
      const [parentId] = column(await app.post('runs/search', named), ['runs'], 'info', 'run_id');
      const filter = `tags.mlflow.parentRunId = '${parentId}'`;
      const below = await app.post('runs/search', { experiment_ids: [experimentId], filter });
      expect(column(below, ['runs'], 'info', 'run_name').toSorted()).toEqual(
        children.map(({ name }) => name).toSorted(),
      );
    }

    const [first] = planned;
    const named = { experiment_ids: [experimentId], filter: `attributes.run_name = '${first?.name}'` };
    const run = await app.post('runs/search', named);
    const metrics = listAt(run, 'runs', 0, 'data', 'metrics');
    expect(metrics).toContainEqual(
      expect.objectContaining({ key: 'val_loss', value: first ? lastLossOf(first) : undefined }),
    );
    expect(listAt(run, 'runs', 0, 'data', 'params')).toEqual(first?.params);
  });

  test('ends at the first refusal and begins no further run', async () => {
    let asked = 0;
    const calls = createCalls(async () => {
      asked += 1;
      return { status: 400, text: '{"message":"full"}' };
    });
    const signal = new AbortController().signal;
    const writer = createCallWriter(calls);
    const writing = writeWorld({ writer, world, experiment: 'x', concurrency: 4, signal, onWritten: () => undefined });
    await expect(writing).rejects.toThrow('full');
    expect(asked).toBeLessThanOrEqual(4);
  });

  test('begins no further run once it is asked to stop', async () => {
    const controller = new AbortController();
    const calls = createCalls(async () => ({
      status: 200,
      text: '{"run":{"info":{"run_id":"r"}},"experiment":{"experiment_id":"1"}}',
    }));
    const written = await writeWorld({
      writer: createCallWriter(calls),
      world,
      experiment: 'x',
      concurrency: 1,
      signal: controller.signal,
      onWritten: ({ runs }) => {
        if (runs >= 3) controller.abort();
      },
    });
    expect(written.runs).toBeGreaterThanOrEqual(3);
    expect(written.runs).toBeLessThan(world.runs);
  });
});

describe('seeding a data dir', () => {
  test('spreads the runs over one experiment a project, and whoever opens it then finds them there', async () => {
    const dataDir = await newFolder();
    await seed(parseSeedOptions([...SMALL, '--data-dir', dataDir]));
    const { store } = await openStores(dataDir);
    const experiments = (await store.listExperiments()).filter(({ name }) => name !== 'Default');
    const wanted = new Set(families.map(({ project }) => project.name));
    expect(new Set(experiments.map(({ name }) => name))).toEqual(wanted);
    const runs = await Promise.all(experiments.map(({ experimentId }) => allRuns(store, experimentId)));
    expect(runs.flat()).toHaveLength(world.runs);
  });

  test('goes on in an experiment that is there', async () => {
    const dataDir = await newFolder();
    const options = parseSeedOptions([...SMALL, '--experiment', 'one', '--data-dir', dataDir]);
    await seed(options);
    await seed(options);
    const { store } = await openStores(dataDir);
    const one = await store.findExperimentByName('one');
    expect(await allRuns(store, one?.experimentId ?? '')).toHaveLength(2 * world.runs);
  });

  test('leaves what the calls to a server leave', async () => {
    const send: Send = async (method, path, body) => {
      const answer = await app.fetch(new Request(`http://127.0.0.1${path}`, { method, headers: JSON_HEADERS, body }));
      return { status: answer.status, text: await answer.text() };
    };
    const writers = [createCallWriter(createCalls(send)), createStoreWriter(app.services)];
    const datasets = datasetsOf(PROJECTS[0], seededRandom(1, 1));
    for (const run of planned.slice(0, 12)) {
      const [called, stored] = await Promise.all(writers.map(({ writeRun }) => writeRun('0', { ...run, datasets })));
      expect(await readBack(stored ?? '')).toEqual(await readBack(called ?? ''));
    }
  });
});

async function openStores(dataDir: string): Promise<Services> {
  const stores = await startStores({ dataDir, engine: undefined, log: () => undefined });
  onTestFinished(stores.stop);
  const { tableName, bucketName, connections } = stores;
  return createBackend({ tableName, bucketName, artifactRoot: 'mlflow-artifacts:/' }, connections).services;
}

/** A run and the history of one metric as a client reads them, but for the ids; tags have no order. */
async function readBack(runId: string): Promise<unknown> {
  const run = await app.get('runs/get', { run_id: runId });
  const history = await app.get('metrics/get-history', { run_id: runId, metric_key: 'val_loss' });
  const body: unknown = JSON.parse(JSON.stringify(run.body).replaceAll(runId, 'id'));
  const parts = ['info', 'inputs', 'outputs'].map((part) => valueAt({ ...run, body }, 'run', part));
  const [params, metrics, tags] = ['params', 'metrics', 'tags'].map((part) => listAt(run, 'run', 'data', part));
  return { parts, params, metrics, tags: new Set(tags), history: history.body };
}
