import { beforeAll, expect, test } from 'vitest';
import { openWorld } from './support/world.ts';

const world = openWorld();
let experimentId = '';

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('two and more');
  for (const [name, lr] of Object.entries({ ada: '0.1', bob: '0.2', cyd: '0.3' })) {
    await api.createRun(experimentId, {
      name,
      params: { lr, optimizer: 'adam' },
      metrics: { loss: Number(lr) * 3, constant: 1 },
      tags: { team: name === 'ada' ? 'red' : 'blue' },
    });
  }
});

test('chosen runs stand side by side, first with what differs', async () => {
  const page = await world.visit(`/experiments/${experimentId}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('checkbox', { name: 'Choose ada', exact: true }).click();
  expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'Choose bob', exact: true }).click();
  await page.keyboard.press('c');
  const table = page.getByRole('table', { name: 'Runs side by side' });
  await table.getByRole('rowheader', { name: 'lr', exact: true }).waitFor();
  const names = async () => (await table.getByRole('rowheader').allInnerTexts()).map((text) => text.trim());
  expect(await names()).toEqual(expect.arrayContaining(['lr', 'loss', 'team']));
  expect(await names()).not.toContain('optimizer');
  await page.keyboard.press('d');
  await table.getByRole('rowheader', { name: 'optimizer' }).waitFor();
  await page.getByRole('searchbox', { name: 'Find by name' }).fill('opt');
  await table.getByRole('rowheader', { name: 'lr', exact: true }).waitFor({ state: 'detached' });
  await page.reload();
  await table.getByRole('rowheader', { name: 'optimizer' }).waitFor();
  await page.getByRole('button', { name: 'Copy as Python' }).click();
  await page.getByText('Copied the runs as Python.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('attributes.run_id IN (');
  await page.getByRole('link', { name: 'ada' }).click();
  await page.getByRole('heading', { name: 'ada' }).waitFor();
});

test('a link without runs says how to choose them, one with a run that is gone says so', async () => {
  const page = await world.visit('/compare', { allowed: /404/ });
  await page.getByRole('heading', { name: 'Choose two runs or more' }).waitFor();
  const gone = '0123456789abcdef0123456789abcdef';
  await page.goto(`${world.url()}/compare?runs=${gone},${gone.replace('0', '1')}`);
  await page.getByRole('heading', { name: 'A run cannot be shown' }).waitFor();
});
