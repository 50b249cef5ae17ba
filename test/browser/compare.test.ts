import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { putArtifact } from './support/models.ts';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld } from './support/world.ts';

const world = openWorld();
let experimentId = '';
let runIds: readonly string[] = [];
const comparison = (search = '') => `/compare?runs=${runIds.join(',')}${search}`;

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('two and more');
  const created: string[] = [];
  for (const [name, lr] of Object.entries({ ada: '0.1', bob: '0.2', cyd: '0.3' })) {
    const runId = await api.createRun(experimentId, {
      name,
      params: { lr, optimizer: 'adam', prompt: `Answer in one word.\nBe ${name} alone.\nEnd there.` },
      metrics: { loss: Number(lr) * 3, constant: 1 },
      tags: { team: name === 'ada' ? 'red' : 'blue' },
    });
    created.push(runId);
  }
  runIds = created;
  const put = (at: number, path: string, body: string) =>
    putArtifact(world.url(), { experimentId, runId: created[at] ?? '', path }, body);
  const config = (seed: number) => `${'same: yes\n'.repeat(20)}seed: ${seed}\n`;
  const circle = (size: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle r="${size}" cx="45" cy="45"/></svg>`;
  for (const at of [0, 2]) {
    await put(at, 'conf/train.yaml', config(at));
    await put(at, 'conf/shape.svg', circle(20 + at * 10));
    await put(at, 'weights.bin', 'x'.repeat(at + 1));
  }
  await put(1, 'conf/only.txt', 'alone\n');
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
  await page.getByRole('link', { name: 'Charts' }).click();
  await page.getByRole('region', { name: 'loss' }).waitFor();
  await page.reload();
  const lines = page.getByRole('group', { name: 'Lines to show' }).getByRole('button');
  await lines.first().waitFor();
  expect(await lines.allInnerTexts()).toEqual(['ada', 'bob']);
  await page.getByRole('link', { name: 'Values' }).click();
  await page.getByRole('link', { name: 'ada' }).click();
  await page.getByRole('heading', { name: 'ada' }).waitFor();
});

test('a link without runs says how to choose them, one with a run that is gone shows the others', async () => {
  const page = await world.visit('/compare', { allowed: /404/ });
  await page.getByRole('heading', { name: 'Choose two runs or more' }).waitFor();
  const gone = '0123456789abcdef0123456789abcdef';
  await page.goto(`${world.url()}/compare?runs=${gone},${runIds.join(',')}`);
  const said = page.getByRole('region', { name: '1 run cannot be shown' });
  await said.getByText(`${gone}: Run with id=${gone} not found`).waitFor();
  await page.getByRole('rowheader', { name: 'lr', exact: true }).waitFor();
  await said.getByRole('button', { name: 'Leave it out' }).click();
  await said.waitFor({ state: 'detached' });
  expect(page.url()).not.toContain(gone);
});

test('a server error says what happened; after a lost connection all comes by itself', async () => {
  const page = await world.visit('/settings', { allowed: /500|ERR_|Failed to load/ });
  await page.route('**/runs/get?*', (route) =>
    route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
  );
  const table = page.getByRole('table', { name: 'Runs side by side' });
  await page.goto(`${world.url()}${comparison()}`);
  await page.getByRole('alert').getByText('The table is on fire.').waitFor();
  await page.unroute('**/runs/get?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await table.waitFor();
  await page.route('**/runs/get?*', (route) => route.abort('internetdisconnected'));
  await page.goto(`${world.url()}/compare?runs=${runIds.slice(1).join(',')}`);
  await page.getByRole('alert').getByText('The server cannot be reached.').first().waitFor();
  await page.unroute('**/runs/get?*');
  await table.waitFor();
});

test('long texts of two runs are laid over each other', async () => {
  const page = await world.visit(comparison());
  await page.getByRole('rowheader', { name: 'prompt' }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'prompt' });
  await dialog.getByRole('deletion').getByText('Be ada alone.').waitFor();
  await dialog.getByRole('insertion').getByText('Be bob alone.').waitFor();
  await dialog.getByRole('combobox', { name: 'Right run' }).selectOption('cyd');
  await dialog.getByRole('insertion').getByText('Be cyd alone.').waitFor();
  await page.reload();
  await dialog.getByRole('insertion').getByText('Be cyd alone.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('text=');
});

test('long texts of two versions of a model are laid over each other', async () => {
  const api = world.api();
  await api.post('registered-models/create', { name: 'words' });
  for (const [at, runId] of runIds.entries()) {
    await api.post('model-versions/create', {
      name: 'words',
      source: `mlflow-artifacts:/${experimentId}/${runId}/artifacts/model`,
      run_id: runId,
      description: `What it is.\nMade in try ${at + 1}.`,
    });
  }
  const page = await world.visit('/models/words/compare?versions=1,2,3', { allowed: /404/ });
  await page.getByRole('rowheader', { name: 'Description' }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Description' });
  await dialog.getByRole('combobox', { name: 'Right version' }).selectOption('Version 3');
  await dialog.getByRole('deletion').getByText('Made in try 1.').waitFor();
  await dialog.getByRole('insertion').getByText('Made in try 3.').waitFor();
});

test('a file of one run lies beside that of another, and the link says which', async () => {
  const page = await world.visit(comparison(), { allowed: /500/ });
  await page.route('**/artifacts/list?*', (route) =>
    route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The bucket leaks.' } }),
  );
  await page.getByRole('link', { name: 'Artifacts' }).click();
  await page.getByRole('alert').getByText('The bucket leaks.').waitFor();
  await page.unroute('**/artifacts/list?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  const item = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
  await item('conf').click();
  await item('train.yaml').click();
  await page.getByText('In 2 of 3 runs, not in bob.').waitFor();
  const diff = page.getByRole('table', { name: 'What differs in train.yaml' });
  await diff.getByRole('deletion').getByText('seed: 0').waitFor();
  await diff.getByRole('insertion').getByText('seed: 2').waitFor();
  await page.getByText('1 line only in cyd').waitFor();
  expect(await diff.getByText('same: yes').count()).toBe(3);
  await diff.getByRole('button', { name: 'Show 17 equal lines' }).click();
  expect(await diff.getByText('same: yes').count()).toBe(20);
  await page.getByRole('combobox', { name: 'Left run' }).selectOption('cyd');
  await page.getByRole('combobox', { name: 'Right run' }).selectOption('ada');
  await diff.getByRole('deletion').getByText('seed: 2').waitFor();
  await page.reload();
  await diff.getByRole('insertion').getByText('seed: 0').waitFor();
  await item('shape.svg').click();
  await page.getByRole('region', { name: 'shape.svg of ada' }).getByRole('img').waitFor();
  await page.getByRole('region', { name: 'shape.svg of cyd' }).getByRole('img').waitFor();
  await item('weights.bin').click();
  await page.getByRole('region', { name: 'weights.bin of cyd' }).getByText('3 B').waitFor();
  await page.getByRole('link', { name: 'Download of ada' }).waitFor();
  await item('only.txt').click();
  await page.getByRole('region', { name: 'only.txt of ada' }).getByText('has no such file').waitFor();
});

test(
  'a hundred runs of two hundred keys show the columns in view, and one that goes on is read again',
  async () => {
    const api = world.api();
    const many = await api.createExperiment('a hundred');
    const values = <T>(of: (key: number) => T) =>
      Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`key${key}`, of(key)]));
    const create = (at: number) =>
      api.createRun(many, {
        name: `run ${at}`,
        params: values((key) => `${key % 2 ? at : 'same'}`),
        metrics: values((key) => at / (key + 1)),
        status: at === 0 ? 'RUNNING' : 'FINISHED',
      });
    const ids: string[] = [];
    for (let at = 0; at < 100; at += 10)
      ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, more) => create(at + more)))));
    const asked: string[] = [];
    const page = await world.visit('/compare', { allowed: /500/ });
    page.on('request', (request) => void (request.url().includes('/runs/') && asked.push(request.url())));
    const start = performance.now();
    await page.goto(`${world.url()}/compare?runs=${ids.join(',')}`);
    const table = page.getByRole('table', { name: 'Runs side by side' });
    await table.getByRole('columnheader', { name: 'run 0' }).waitFor();
    console.info(`100 runs by 200 keys: ${Math.round(performance.now() - start)} ms until they are drawn`);
    // One run, the others, and those that go on.
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(await table.getByRole('columnheader').count()).toBeLessThan(20);
    await table.evaluate((element) => element.parentElement?.scrollTo({ left: element.scrollWidth }));
    await table.getByRole('columnheader', { name: 'run 99' }).waitFor();
    await table.evaluate((element) => element.parentElement?.scrollTo({ left: 0 }));
    await api.post('runs/set-tag', { run_id: ids[0], key: 'phase', value: 'second' });
    await table.evaluate((element) => element.parentElement?.scrollTo({ top: element.scrollHeight }));
    await table.getByRole('cell', { name: 'second' }).waitFor();
    await page.route('**/runs/search', (route) =>
      route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
    );
    const old = page.getByRole('alert').filter({ hasText: 'What is shown may be old' });
    await old.getByText('The table is on fire.').waitFor();
    await page.unroute('**/runs/search');
    await old.waitFor({ state: 'detached' });
  },
  USABLE_MS,
);

test.each([
  ['charts', '&show=charts', (page: Page) => page.getByRole('region', { name: 'loss' })],
  ['text', '&text=Params/prompt', (page: Page) => page.getByRole('deletion').first()],
  ['file', '&show=artifacts&path=conf/train.yaml', (page: Page) => page.getByRole('deletion').first()],
  [
    'pictures',
    '&show=artifacts&path=conf/shape.svg',
    (page: Page) => page.getByRole('img', { name: 'shape.svg' }).last(),
  ],
  ['gone', ',gone', (page: Page) => page.getByRole('rowheader', { name: 'prompt' })],
])(
  'the view of %s is usable in both themes on both screens',
  async (name, search, seen) => {
    const page = await world.visit(comparison(search), { allowed: /404/ });
    await expectUsable(page, { name: `compare-${name}`, seen: seen(page) });
  },
  USABLE_MS,
);
