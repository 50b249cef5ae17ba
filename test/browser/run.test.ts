import { beforeAll, expect, test } from 'vitest';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();
let experimentId = '';
let runId = '';
let modelId = '';

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('single');
  const params = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`param_${index}`, `value ${index}`]));
  runId = await api.createRun(experimentId, {
    name: 'only-one',
    params,
    metrics: { loss: 0.123456789, accuracy: 0.99 },
    tags: { team: 'blue', 'mlflow.source.name': 'train.py', 'mlflow.source.git.commit': 'abc123' },
  });
  await api.post('runs/log-inputs', {
    run_id: runId,
    datasets: [
      {
        dataset: {
          name: 'flowers',
          digest: 'd1',
          source_type: 'local',
          source: '/data/flowers.csv',
          schema: '{"a": 1}',
        },
        tags: [{ key: 'mlflow.data.context', value: 'training' }],
      },
    ],
  });
  await api.createRun(experimentId, { name: 'kid', tags: { 'mlflow.parentRunId': runId } });
  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: experimentId,
    name: 'net',
    source_run_id: runId,
  });
  modelId = model.info.model_id;
  await api.post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: 7 }] });
  await api.post('registered-models/create', { name: 'garden' });
  await api.post('model-versions/create', {
    name: 'garden',
    source: `models:/${modelId}`,
    run_id: runId,
    model_id: modelId,
  });
  await api.post('registered-models/alias', { name: 'garden', alias: 'best', version: '1' });
  await api.post('model-versions/transition-stage', {
    name: 'garden',
    version: '1',
    stage: 'Staging',
    archive_existing_versions: false,
  });
});

test('a run tells what it was given, what came out and where it came from', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('heading', { name: 'only-one' }).waitFor();
  const metrics = page.getByRole('table', { name: 'Metrics' });
  expect(await metrics.getByText('0.12346').getAttribute('title')).toBe('0.123456789');
  await page.getByRole('searchbox', { name: 'Find in params' }).fill('_42');
  await page.getByRole('table', { name: 'Params' }).getByRole('cell', { name: 'value 42' }).waitFor();
  expect(await page.getByRole('table', { name: 'Params' }).getByRole('row').count()).toBe(2);
  for (const text of ['train.py', 'abc123', runId]) await page.getByText(text, { exact: true }).first().waitFor();
  await page.getByRole('table', { name: 'Tags' }).getByRole('cell', { name: 'blue' }).waitFor();
  await page.getByRole('link', { name: 'single' }).click();
  await page.getByRole('heading', { name: 'single' }).waitFor();
});

test('what it used and made stands beside it, with the versions that were registered of it', async () => {
  const page = await world.visit(`/runs/${runId}`, { allowed: /500/ });
  let isBroken = true;
  await page.route('**/registered-models/get?*', (route) =>
    isBroken
      ? route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The registry is on fire.' } })
      : route.continue(),
  );
  await page.reload();
  const dataset = page.getByRole('list', { name: 'Datasets' }).getByRole('listitem');
  await dataset.getByText('d1').waitFor();
  await dataset.getByText('training').waitFor();
  const logged = page.getByRole('list', { name: 'Logged models' }).getByRole('listitem');
  await logged.getByRole('link', { name: 'net' }).waitFor();
  await logged.getByText('made at step 7').waitFor();
  await page.getByText('What was registered of this run could not be read: The registry is on fire.').waitFor();
  isBroken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  const versions = page.getByRole('list', { name: 'Registered versions' }).getByRole('listitem');
  for (const text of ['Staging', '@best']) await versions.getByText(text).waitFor();
  await page.screenshot({ path: picturePath('run-used-and-made') });
  await versions.getByRole('link', { name: 'garden version 1' }).click();
  await page.getByRole('heading', { name: 'garden version 1' }).waitFor();
});

test('its inputs and its children have tabs with links of their own', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('link', { name: 'Inputs and outputs' }).click();
  await page.getByText('flowers', { exact: true }).click();
  await page.getByText('/data/flowers.csv').waitFor();
  await page.reload();
  await page.getByText('flowers', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Child runs' }).click();
  await page.getByRole('link', { name: 'kid' }).click();
  await page.getByRole('heading', { name: 'kid' }).waitFor();
});

test('what comes in while it is open is listed, and its children are looked at again', {
  timeout: USABLE_MS,
}, async () => {
  const api = world.api();
  const liveId = await api.createRun(experimentId, { name: 'live', status: 'RUNNING', metrics: { loss: 1 } });
  const page = await world.visit(`/runs/${liveId}/activity`);
  await page.getByRole('heading', { name: 'Nothing has come in yet' }).waitFor();
  await api.post('runs/log-metric', { run_id: liveId, key: 'loss', value: 0.25, timestamp: Date.now(), step: 3 });
  await api.post('runs/log-parameter', { run_id: liveId, key: 'lr', value: '0.1' });
  await page.getByRole('button', { name: 'Look now' }).click();
  const table = page.getByRole('table', { name: 'Activity' });
  await table.getByRole('row', { name: /Metric loss 0.25 at step 3/ }).waitFor();
  await page.getByRole('link', { name: 'Child runs' }).click();
  await page.getByRole('heading', { name: 'No run is nested in this one' }).waitFor();
  await api.createRun(experimentId, { name: 'late kid', tags: { 'mlflow.parentRunId': liveId } });
  await api.post('runs/set-tag', { run_id: liveId, key: 'phase', value: 'two' });
  await page.getByRole('link', { name: 'late kid' }).waitFor();
  await api.post('runs/update', { run_id: liveId, status: 'FAILED', end_time: Date.now() });
  await page.getByRole('link', { name: 'Activity' }).click();
  await table.getByRole('row', { name: /Status .*Failed/ }).waitFor();
  const names = await table.getByRole('rowheader').allTextContents();
  expect(names).toHaveLength(4);
  expect(names).toContain('Tag phase');
  expect(new Set(names.slice(2))).toEqual(new Set(['Metric loss', 'Param lr']));
  await expectUsable(page, { name: 'run-activity', seen: table });
});

test('it is renamed, and the old name comes back', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('heading', { name: 'only-one' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'New name' }).fill('the best');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'the best' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'only-one' }).waitFor();
});

test('that a name does not come back is told', async () => {
  const other = await world.api().createRun(experimentId, { name: 'stubborn' });
  const page = await world.visit(`/runs/${other}`, { allowed: /500/ });
  await page.getByRole('heading', { name: 'stubborn' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'New name' }).fill('renamed');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'renamed' }).waitFor();
  await page.route('**/runs/update', (route) =>
    route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('alert').getByText('That could not be undone: The table is on fire.').waitFor();
});

test('its note is written in Markdown', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Edit the note' }).click();
  await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('## Why\n\n- it *works*');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Why' }).waitFor();
});

test('a tag is set and removed, and the removed one comes back', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Tags' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tags of only-one' });
  await dialog.getByRole('textbox', { name: 'Key' }).fill('stage');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('draft');
  await dialog.getByRole('button', { name: 'Set tag' }).click();
  await dialog.getByRole('button', { name: 'Remove stage' }).click();
  await dialog.getByRole('button', { name: 'Remove stage' }).waitFor({ state: 'detached' });
  // The message lies outside of the dialog, and is reached from it.
  await page.keyboard.press('F6');
  const undo = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' });
  await expect.poll(() => undo.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Remove stage' }).click();
  await undo.click();
  await dialog.getByRole('button', { name: 'Remove stage' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Tags' }).getByRole('cell', { name: 'draft' }).waitFor();
});

test('it is deleted and brought back', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('This run is in the trash.').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('This run is in the trash.').waitFor({ state: 'detached' });
});
