import { beforeAll, expect, test } from 'vitest';
import { openWorld } from './support/world.ts';

const world = openWorld();
let experimentId = '';
let runId = '';

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
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('table', { name: 'Tags' }).getByRole('cell', { name: 'draft' }).waitFor();
});

test('it is deleted and brought back', async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('This run is in the trash.').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('This run is in the trash.').waitFor({ state: 'detached' });
});
