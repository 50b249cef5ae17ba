import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { believableFamilies } from '../../../local/seed/believable-families.ts';
import type { BelievableRun } from '../../../local/seed/believable-run.ts';
import { createCalls } from '../../../local/seed/calls.ts';
import { sendInProcess } from '../../../local/seed/in-process-send.ts';
import { seed } from '../../../local/seed/seed.ts';
import { parseSeedOptions } from '../../../local/seed/seed-options.ts';
import { writeWorld } from '../../../local/seed/write-world.ts';
import { startStores } from '../../../local/stores.ts';
import { freePort } from '../../support/free-port.ts';
import { newFolder } from '../../support/new-folder.ts';
import { column, listAt, openTestApp, type TestApp, valueAt } from '../../support/test-app.ts';

const SMALL = '--runs 40 --metrics 4 --points 6 --seed 5 --concurrency 4'.split(' ');
const { world } = parseSeedOptions(SMALL);
const families = [...believableFamilies(world)];
const planned = families.flatMap(({ parent, children }) => [parent, ...children]);

/** Listens on a free port of 127.0.0.1 until the test has finished. */
async function listen(app: TestApp): Promise<string> {
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
    const app = await openTestApp();
    await seed(parseSeedOptions([...SMALL, '--experiment', "it's seeded", '--url', await listen(app)]));
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
    const writing = writeWorld({ calls, world, experiment: 'x', concurrency: 4, signal, onWritten: () => undefined });
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
      calls,
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
  test('spreads the runs over one experiment a project, and a server finds them there', async () => {
    const dataDir = await newFolder();
    await seed(parseSeedOptions([...SMALL, '--data-dir', dataDir]));
    const stores = await startStores({ dataDir, engine: undefined, log: () => undefined });
    onTestFinished(stores.stop);
    const calls = createCalls(sendInProcess(stores));
    const wanted = new Set(families.map(({ project }) => project.name));
    let runs = 0;
    for (const name of wanted) {
      const body = await calls.find('experiments/get-by-name', { experiment_name: name });
      const answer = { body, status: 200, headers: new Headers() };
      const experiment_ids = [valueAt(answer, 'experiment', 'experiment_id')];
      const found = await calls.post('runs/search', { experiment_ids, max_results: 1000 });
      runs += listAt({ ...answer, body: found }, 'runs').length;
    }
    expect(wanted.size).toBeGreaterThan(2);
    expect(runs).toBe(world.runs);
  });
});
