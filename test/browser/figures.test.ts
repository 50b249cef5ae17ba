import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();
const RUNS = 24;

const state = (page: Page) => new URL(page.url()).searchParams;
const names = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole('rowheader').allInnerTexts()).map((text) => text.trim());
const chart = (page: Page, name: string | RegExp) => page.getByRole('img', { name }).locator('canvas').first();

let experimentId = '';

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('figures');
  const start = Date.now() - 3_600_000;
  for (let at = 0; at < RUNS; at += 1) {
    const lr = 10 ** -(1 + (at % 6) / 2);
    const params = { lr: lr.toPrecision(3), optimizer: ['adam', 'sgd', 'lion'][at % 3] ?? '' };
    const runId = await api.createRun(experimentId, {
      name: `run ${at}`,
      params,
      metrics: { accuracy: 0.5 + (at % 6) / 20 + (at % 3) / 50 },
      startTime: start + at * 1000,
    });
    const losses = [at + 2, (at * 7) % RUNS, at + 1];
    const points = losses.map((value, step) => ({ key: 'loss', value, step, timestamp: start + step }));
    await api.post('runs/log-batch', { run_id: runId, metrics: points });
  }
});

describe('the least of a metric', () => {
  test('comes beside it, and is what loaded runs are sorted by', async () => {
    const page = await world.visit(`/experiments/${experimentId}?columns=name,metrics.loss,params.lr`);
    await page.getByRole('button', { name: 'Column loss' }).click();
    await page.getByRole('menuitem', { name: 'Show its least value' }).click();
    expect(state(page).get('columns')).toBe('name,metrics.loss,min.metrics.loss,params.lr');
    const header = page.getByRole('columnheader', { name: 'least loss' });
    await header.getByRole('button', { name: /^least loss/ }).click();
    await header.getByRole('button', { name: /^least loss/ }).click();
    await expect.poll(() => state(page).get('sort')).toBe('min.metrics.loss.asc');
    // Of run n the values are n + 2, 7n modulo 24, n + 1.
    const least = Array.from({ length: RUNS }, (_, at) => ({ at, value: Math.min((at * 7) % RUNS, at + 1) }));
    const wanted = least.toSorted((a, b) => a.value - b.value || b.at - a.at).map(({ at }) => `run ${at}`);
    await expect.poll(() => names(page)).toEqual(wanted);
    await page.reload();
    await expect.poll(() => names(page)).toEqual(wanted);
  });

  test('stands in the exported file, as do the greatest and the first', async () => {
    const columns = 'name,min.metrics.loss,max.metrics.loss,first.metrics.loss';
    const page = await world.visit(
      `/experiments/${experimentId}?columns=${columns}&filter=attributes.run_name+%3D+'run+5'`,
    );
    await expect.poll(() => names(page)).toEqual(['run 5']);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const stream = await (await saved).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    const [head, line] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
    expect(head).toBe('id,name,min.metrics.loss,max.metrics.loss,first.metrics.loss');
    expect(line?.split(',').slice(1)).toEqual(['run 5', '6', '11', '7']);
  });
});

const FIGURES = [
  { kind: 'scatter', button: 'Scatter', label: 'accuracy against lr' },
  { kind: 'bar', button: 'Bars', label: 'Bars of accuracy' },
  { kind: 'box', button: 'Boxes', label: 'Boxes of accuracy by optimizer' },
  { kind: 'contour', button: 'Contour', label: 'accuracy above lr and loss' },
  { kind: 'importance', button: 'What matters', label: 'What goes together with accuracy' },
] as const;

const addressOf = (kind: string) =>
  `/experiments/${experimentId}?show=charts&chart=${kind}&of=metrics.accuracy&by=metrics.loss&along=params.${kind === 'box' ? 'optimizer' : 'lr'}`;

describe('charts of one value for each run', () => {
  test.each(FIGURES)('$kind is a click away, and stands in the link', async ({ kind, button, label }) => {
    const page = await world.visit(
      addressOf(kind === 'scatter' ? 'bar' : 'scatter').replace(
        /along=[^&]*/,
        `along=params.${kind === 'box' ? 'optimizer' : 'lr'}`,
      ),
    );
    await page.getByRole('group', { name: 'Kind of chart' }).getByRole('button', { name: button }).click();
    await chart(page, label).waitFor();
    expect(state(page).get('chart')).toBe(kind);
    await page.reload();
    await chart(page, label).waitFor();
  });

  test('take another metric', async () => {
    const page = await world.visit(addressOf('bar'));
    await chart(page, 'Bars of accuracy').waitFor();
    await page.getByRole('combobox', { name: 'Of: another' }).click();
    await page.getByRole('option', { name: 'metrics.loss' }).click();
    await chart(page, 'Bars of loss').waitFor();
    expect(state(page).get('of')).toBe('metrics.loss');
  });

  test('of three have another axis, and words are none', async () => {
    const page = await world.visit(addressOf('contour'));
    await page.getByRole('combobox', { name: 'Up: another' }).click();
    await page.getByRole('option', { name: 'params.optimizer' }).click();
    await page.getByText('Three runs or more must have a number along both axes').waitFor();
    expect(state(page).get('by')).toBe('params.optimizer');
    await page.getByRole('button', { name: 'Choose what stands up automatically' }).click();
    await chart(page, /^accuracy above lr and /).waitFor();
  });

  test('are taken along as Python, as CSV and as a picture', async () => {
    const page = await world.visit(addressOf('scatter'), { permissions: ['clipboard-read', 'clipboard-write'] });
    await chart(page, 'accuracy against lr').waitFor();
    const take = async (item: string) => {
      await page.getByRole('button', { name: 'Take along accuracy against lr' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await take('Copy as Python');
    await page.getByText('Copied the chart as Python.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"params.lr", "metrics.accuracy"])');
    const saved = page.waitForEvent('download');
    await take('Save as CSV');
    expect((await saved).suggestedFilename()).toBe('accuracy against lr.csv');
    const drawn = page.waitForEvent('download');
    await take('Save as PNG');
    await (await drawn).saveAs(picturePath('saved-scatter'));
  });

  test('leave out the runs that are hidden', async () => {
    const page = await world.visit(addressOf('scatter').replace('show=charts', 'show=both'));
    await page.getByText(`${RUNS} runs. A click chooses one.`).waitFor();
    await page.getByRole('button', { name: 'Hide run 3 in charts' }).click();
    await page.getByText(`${RUNS - 1} runs. A click chooses one.`).waitFor();
    await page.reload();
    await page.getByText('1 run of these is hidden.').waitFor();
    await page.screenshot({ path: picturePath('figure-hidden') });
    await page.getByRole('button', { name: 'Parallel coordinates' }).click();
    await page.getByText(`${RUNS - 1} runs across`).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText(`${RUNS} runs across`).waitFor();
  });

  test('say when there is nothing to draw', async () => {
    const page = await world.visit(addressOf('bar').replace('metrics.accuracy', 'metrics.none'));
    await page.getByText('There is nothing to draw of these').waitFor();
  });

  test.each(FIGURES)('$kind can be used by everybody, and fits', { timeout: USABLE_MS }, async ({ kind, label }) => {
    const page = await world.visit(addressOf(kind));
    await chart(page, label).waitFor();
    await expectUsable(page, { name: `figure-${kind}`, seen: chart(page, label) });
  });
});

test('line charts are copied as Python', async () => {
  const page = await world.visit(`/experiments/${experimentId}?show=charts&find=loss`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: 'Copy charts as Python' }).click();
  await page.getByText('Copied the charts as Python.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('keys = [\n    "loss",\n]');
  expect(copied.match(/^ {4}"[0-9a-f]{32}",$/gm)).toHaveLength(RUNS);
});
