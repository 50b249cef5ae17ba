import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();
const BATCH = 1000;
const POINTS = 3000;

let experimentId = '';
let wideId = '';
const runIds = new Map<string, string>();

const chart = (page: Page, key: string, axis = 'step') =>
  page.getByRole('img', { name: `Line chart of ${key} by ${axis}`, exact: true });
const legend = (page: Page) => page.getByRole('group', { name: 'Lines to show' });
const panel = (page: Page, key: string) => page.getByRole('region', { name: key, exact: true });
const state = (page: Page) => new URL(page.url()).searchParams;
const described = async (page: Page, key: string, axis?: string): Promise<string> => {
  const id = await chart(page, key, axis).getAttribute('aria-describedby');
  return (await page.locator(`[id="${id}"]`).textContent()) ?? '';
};

interface Point {
  readonly step: number;
  readonly value: number;
}

async function log(runId: string, key: string, points: readonly Point[], start = 0): Promise<void> {
  for (let from = 0; from < points.length; from += BATCH) {
    const metrics = points
      .slice(from, from + BATCH)
      .map(({ step, value }) => ({ key, value, step, timestamp: start + step * 1000 }));
    await world.api().post('runs/log-batch', { run_id: runId, metrics });
  }
}

const points = (count: number, value: (step: number) => number): readonly Point[] =>
  Array.from({ length: count }, (_, step) => ({ step, value: value(step) }));

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('curves');
  const start = Date.UTC(2026, 0, 1);
  for (const [index, name] of ['ada', 'bob', 'cyd'].entries()) {
    const startTime = start + index * 1000;
    const runId = await api.createRun(experimentId, {
      name,
      startTime,
      params: { optimizer: name === 'cyd' ? 'sgd' : 'adam' },
    });
    runIds.set(name, runId);
    await log(
      runId,
      'loss',
      points(POINTS, (step) => (step === 1234 ? 50 + index : index + 1 / (step + 1))),
      startTime,
    );
    await log(
      runId,
      'train/accuracy',
      points(5, (step) => step * (index + 1)),
      startTime,
    );
    await log(
      runId,
      'system/cpu',
      points(3, (step) => step),
      startTime,
    );
  }
  const wide = await api.createExperiment('wide');
  wideId = await api.createRun(wide, { name: 'wide' });
  const keys = Array.from({ length: 12_000 }, (_, index) => `layer_${String(index % 12)}/norm_${index}`);
  for (let from = 0; from < keys.length; from += BATCH) {
    const metrics = keys.slice(from, from + BATCH).map((key) => ({ key, value: 1, step: 0, timestamp: start }));
    await api.post('runs/log-batch', { run_id: wideId, metrics });
  }
}, 60_000);

const open = async (search = '?show=both') => {
  const page = await world.visit(`/experiments/${experimentId}${search}`);
  await chart(page, 'loss', search.includes('relative') ? 'relative time' : 'step').waitFor();
  return page;
};

describe('charts beside the table', () => {
  test('are shown on request, say what they show, and that it is a sample', async () => {
    const page = await world.visit(`/experiments/${experimentId}`);
    await page.getByRole('button', { name: 'Charts' }).click();
    await chart(page, 'loss').waitFor();
    expect(await described(page, 'loss')).toMatch(
      /^loss by step, 3 lines\. Last values from 0\.0003\d+ \(ada\) to 2\.000\d \(cyd\)\.$/,
    );
    await panel(page, 'loss').getByText('3,000 of 9,000 points, peaks kept').waitFor();
    await page.getByRole('heading', { name: 'train 1' }).waitFor();
    expect(state(page).get('show')).toBe('both');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('treegrid').or(page.getByRole('grid')).waitFor({ state: 'detached' });
    await page.reload();
    await chart(page, 'loss').waitFor();
  });

  test('stand as a table, too, with the peaks of the whole history', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Show loss as a table' }).click();
    const row = page.getByRole('table', { name: 'loss' }).getByRole('row', { name: /bob/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['1.0003', '1.0003', '51', '3,000']);
    await page.reload();
    await row.waitFor();
    expect(state(page).get('tables')).toBe('loss');
  });

  test('are saved as CSV and as pictures', async () => {
    const page = await open('?show=charts&zoom=0:9');
    await panel(page, 'loss').getByText('peaks kept').waitFor({ state: 'detached' });
    const save = async (item: string) => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Chart of loss' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      return saved;
    };
    const csv = await save('Save as CSV');
    const text = await readFile(await csv.path(), 'utf8');
    expect(text.split('\r\n').slice(0, 2)).toEqual(['id,name,step,loss', `${runIds.get('cyd')},cyd,0,3`]);
    expect(text.trim().split('\r\n')).toHaveLength(31);
    await (await save('Save as PNG')).saveAs(picturePath('saved-lines'));
  });

  test('draw the runs that are chosen', async () => {
    const page = await open();
    expect(await legend(page).getByRole('button').allInnerTexts()).toEqual(['cyd', 'bob', 'ada']);
    await page.getByRole('checkbox', { name: 'Choose ada' }).click();
    await page.getByRole('checkbox', { name: 'Choose cyd' }).click();
    await expect.poll(() => legend(page).getByRole('button').allInnerTexts()).toEqual(['cyd', 'ada']);
    await expect.poll(() => described(page, 'loss')).toContain('2 lines');
  });

  test('hide a run by its legend or its row, and the link holds it', async () => {
    const page = await open();
    await legend(page).getByRole('button', { name: 'bob' }).click();
    await expect.poll(() => described(page, 'loss')).toContain('2 lines');
    expect(state(page).get('hidden')).toBe(runIds.get('bob'));
    await page.reload();
    expect(await legend(page).getByRole('button', { name: 'bob' }).getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'Show bob in charts' }).click();
    await expect.poll(() => described(page, 'loss')).toContain('3 lines');
    await page.getByRole('button', { name: 'Hide ada in charts' }).click();
    await legend(page).getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => described(page, 'loss')).toContain('3 lines');
  });

  test('give a run one colour, in the legend as in the table', async () => {
    const page = await open();
    const colour = (name: string, role: 'legend' | 'table') =>
      (role === 'legend'
        ? legend(page).getByRole('button', { name })
        : page.getByRole('button', { name: `Hide ${name} in charts` })
      )
        .locator('span')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const colours = await Promise.all(['ada', 'bob', 'cyd'].map((name) => colour(name, 'legend')));
    expect(new Set(colours).size).toBe(3);
    expect(await Promise.all(['ada', 'bob', 'cyd'].map((name) => colour(name, 'table')))).toEqual(colours);
  });

  test('draw the mean of each group', async () => {
    const page = await open('?show=both&group=params.optimizer');
    expect(await legend(page).getByRole('button').allInnerTexts()).toEqual(['adam', 'sgd']);
    await page.getByRole('button', { name: 'Show loss as a table' }).click();
    const row = page.getByRole('table', { name: 'loss' }).getByRole('row', { name: /adam/ });
    expect(await row.getByRole('cell').nth(2).textContent()).toBe('51');
    await page.getByRole('combobox', { name: 'Band around a mean' }).selectOption('Standard deviation');
    await row.waitFor();
    expect(state(page).get('band')).toBe('deviation');
    // What the table says of the group stays, whatever the band is.
    expect(await row.getByRole('cell').nth(2).textContent()).toBe('51');
  });
});

describe('a chart', () => {
  const field = async (page: Page) => {
    const box = await chart(page, 'loss').boundingBox();
    if (box === null) throw new Error('The chart has no box.');
    return { at: (part: number) => box.x + 60 + (box.width - 80) * part, middle: box.y + box.height / 2 };
  };

  test('is zoomed by a drag, which asks for the points in between, and shows all after a double click', async () => {
    const page = await open();
    const { at, middle } = await field(page);
    const asked = page.waitForRequest((request) => /"x_min":\d+/.test(request.postData() ?? ''));
    await page.mouse.move(at(0.3), middle);
    await page.mouse.down();
    await page.mouse.move(at(0.4), middle, { steps: 5 });
    await page.mouse.up();
    await asked;
    await expect.poll(() => state(page).get('zoom')).toMatch(/^\d+:\d+$/);
    await panel(page, 'loss').getByText('peaks kept').waitFor({ state: 'detached' });
    await page.getByText(/^Steps /).waitFor();
    await page.mouse.dblclick(at(0.5), middle);
    await expect.poll(() => state(page).get('zoom')).toBeNull();
    await panel(page, 'loss').getByText('3,000 of 9,000 points, peaks kept').waitFor();
  });

  test('tells the values at the pointer, and the others follow it', async () => {
    const page = await open();
    const { at, middle } = await field(page);
    await page.mouse.move(at(0.5), middle);
    const tip = panel(page, 'loss').getByText(/^step 1,[45]\d\d$/);
    await tip.waitFor();
    expect(await panel(page, 'loss').getByText('bob').count()).toBe(1);
    await page.mouse.move(at(0.5), 2);
    await tip.waitFor({ state: 'detached' });
  });

  test('stands at the same x as the one beside it, under the pointer', async () => {
    const api = world.api();
    const runId = await api.createRun(await api.createExperiment('two charts'), { name: 'both' });
    for (const key of ['left', 'right']) {
      await log(
        runId,
        key,
        points(11, (step) => step * key.length),
      );
    }
    const page = await world.visit(`/runs/${runId}/metrics`);
    const box = await chart(page, 'left').boundingBox();
    await chart(page, 'right').waitFor();
    if (box === null) throw new Error('The chart has no box.');
    await page.mouse.move(box.x + 60 + (box.width - 80) * 0.7, box.y + box.height / 2);
    // How far along its field the line of the crosshair stands; nothing when it is off the field.
    const lineOf = (key: string) =>
      panel(page, key).evaluate((section) => {
        const [field, line] = ['.u-over', '.u-cursor-x'].map((part) =>
          section.querySelector(part)?.getBoundingClientRect(),
        );
        return field && line ? Math.round(((line.left - field.left) / field.width) * 100) : -1;
      });
    await expect.poll(() => lineOf('left')).toBeGreaterThan(50);
    expect(await lineOf('right')).toBe(await lineOf('left'));
    await page.mouse.move(2, 2);
    await expect.poll(() => lineOf('right')).toBeLessThan(0);
  });

  test('has steps on a logarithm, too', async () => {
    const page = await open('?show=charts');
    await page.getByRole('checkbox', { name: 'Log x' }).check();
    await expect.poll(() => state(page).get('xlog')).toBe('1');
    await page.reload();
    expect(await page.getByRole('checkbox', { name: 'Log x' }).isChecked()).toBe(true);
    await chart(page, 'loss').waitFor();
    const { at, middle } = await field(page);
    await page.mouse.move(at(0.5), middle);
    // Of 3,000 steps the middle is the fiftieth, or so.
    await panel(page, 'loss')
      .getByText(/^step \d\d(\.\d+)?$/)
      .waitFor();
  });

  test('runs along time or another metric, smoothed and on logarithms, and the link holds it', async () => {
    const page = await open();
    await page.getByRole('combobox', { name: 'Along x' }).selectOption('relative');
    await chart(page, 'loss', 'relative time').waitFor();
    await page.getByRole('checkbox', { name: 'Log y' }).check();
    await page.getByRole('checkbox', { name: 'Outliers' }).uncheck();
    await page.getByRole('slider', { name: 'Smoothing' }).fill('0.6');
    await expect.poll(() => state(page).get('smooth')).toBe('0.6');
    await page.reload();
    await chart(page, 'loss', 'relative time').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Log y' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Outliers' }).isChecked()).toBe(false);
    expect(await page.getByRole('slider', { name: 'Smoothing' }).inputValue()).toBe('0.6');
    await page.getByRole('combobox', { name: 'Along x' }).selectOption('metric');
    await page.getByRole('combobox', { name: 'Metric along x' }).fill('train');
    await page.getByRole('option', { name: 'train/accuracy' }).click();
    await chart(page, 'loss', 'train/accuracy').waitFor();
    expect(state(page).get('x')).toBe('metrics.train/accuracy');
  });

  test('zoomed on relative time asks for each run’s own times', async () => {
    const page = await open('?show=charts&x=relative&zoom=1000000:1200000');
    await page.getByRole('button', { name: 'Show loss as a table' }).click();
    const row = page.getByRole('table', { name: 'loss' }).getByRole('row', { name: /bob/ });
    await row.waitFor();
    const count = Number(await row.getByRole('cell').nth(3).textContent());
    expect(count).toBeGreaterThan(200);
    expect(count).toBeLessThan(220);
  });

  test('says why it is empty, and offers another try after a failure', async () => {
    const page = await world.visit(`/experiments/${experimentId}`, { allowed: /500/ });
    await page.route('**/metrics/sample', (route) =>
      route.fulfill({ status: 500, body: '{"message":"the disk is full"}' }),
    );
    await page.getByRole('button', { name: 'Charts' }).click();
    const broken = panel(page, 'loss').getByRole('alert');
    await broken.getByText('the disk is full').waitFor();
    await page.unroute('**/metrics/sample');
    await broken.getByRole('button', { name: 'Try again' }).click();
    await chart(page, 'loss').waitFor();
    await page.goto(`${world.url()}/experiments/${experimentId}?show=charts&zoom=900000:900001`);
    await panel(page, 'loss').getByText('No point lies within the zoom.').waitFor();
  });

  test('grows while its run goes on', async () => {
    const api = world.api();
    const runId = await api.createRun(await api.createExperiment('going on'), { name: 'live', status: 'RUNNING' });
    await log(runId, 'loss', [{ step: 0, value: 5 }]);
    const page = await world.visit(`/runs/${runId}/metrics`);
    await chart(page, 'loss').waitFor();
    expect(await described(page, 'loss')).toBe('loss by step, 1 line. live ends at 5.');
    await log(runId, 'loss', [{ step: 1, value: 4 }]);
    await expect.poll(() => described(page, 'loss'), { timeout: 20_000 }).toBe('loss by step, 1 line. live ends at 4.');
  });
});

describe('charts in an order of one’s own', () => {
  const order = (page: Page) => page.getByRole('region', { name: /^(loss|train\/accuracy|system\/cpu)$/ });
  const titles = async (page: Page) => order(page).getByRole('heading', { level: 3 }).allInnerTexts();
  const act = async (page: Page, name: string, item: string) => {
    await page.getByRole('button', { name: `Chart of ${name}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  test('are added, moved and taken away, and the link holds it', async () => {
    const page = await open('?show=charts');
    // High enough for all groups: what is not in view is not drawn.
    await page.setViewportSize({ width: 1440, height: 2000 });
    await expect.poll(() => titles(page)).toEqual(['loss', 'train/accuracy', 'system/cpu']);
    await page.getByRole('combobox', { name: 'Add a chart at the top' }).fill('cpu');
    await page.getByRole('option', { name: 'system/cpu' }).click();
    await page.getByRole('heading', { name: 'Chosen 1' }).waitFor();
    await act(page, 'train/accuracy', 'Put at the top');
    await page.getByRole('heading', { name: 'Chosen 2' }).waitFor();
    await expect.poll(() => titles(page)).toEqual(['system/cpu', 'train/accuracy', 'loss']);
    await page.reload();
    await page.getByRole('heading', { name: 'Chosen 2' }).waitFor();
    await page.getByRole('checkbox', { name: 'Only chosen charts' }).check();
    await expect.poll(() => titles(page)).toEqual(['system/cpu', 'train/accuracy']);
    await act(page, 'system/cpu', 'Take from the top');
    await expect.poll(() => titles(page)).toEqual(['train/accuracy']);
    expect([state(page).get('panels'), state(page).get('only')]).toEqual(['train/accuracy', '1']);
    await page.goBack();
    await expect.poll(() => titles(page)).toEqual(['system/cpu', 'train/accuracy']);
  });

  test('are moved by keyboard alone, and keep the focus', async () => {
    const page = await open('?show=charts&panels=loss,train/accuracy,system/cpu');
    await page.getByRole('heading', { name: 'Chosen 3' }).waitFor();
    await page.getByRole('button', { name: 'Chart of loss' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Move behind' }).waitFor();
    await page.keyboard.type('Move behind');
    await page.keyboard.press('Enter');
    await expect.poll(() => titles(page)).toEqual(['train/accuracy', 'loss', 'system/cpu']);
    const focused = () => panel(page, 'loss').evaluate((section) => section.contains(document.activeElement));
    await expect.poll(focused).toBe(true);
    expect(state(page).get('panels')).toBe('train/accuracy,loss,system/cpu');
  });

  test('are dragged to another’s place', async () => {
    const page = await open('?show=charts&panels=loss,train/accuracy');
    const head = (name: string) => page.getByRole('heading', { name, level: 3, exact: true });
    await head('train/accuracy').dragTo(head('loss'));
    await expect.poll(() => state(page).get('panels')).toBe('train/accuracy,loss');
  });
});

describe('parallel coordinates', () => {
  test('run across the columns of the table, and what is brushed can be chosen', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Parallel coordinates' }).click();
    const plot = page.getByRole('img', { name: 'Parallel coordinates' });
    await plot.locator('canvas').waitFor();
    expect(state(page).get('chart')).toBe('parallel');
    await page.getByText(/^3 runs across .*loss.*optimizer/).waitFor();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The plot has no box.');
    await page.mouse.move(box.x + 60, box.y + 48);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + box.height * 0.4, { steps: 8 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Choose 2 runs' }).click();
    await page.getByText('2 chosen').waitFor();
    expect(state(page).get('selected')).toBe(`${runIds.get('cyd')},${runIds.get('bob')}`);
    expect(state(page).get('brushes')).toMatch(/^metrics\.loss:[\d.]+:[\d.]+$/);
    await page.reload();
    await page.getByRole('button', { name: 'Choose 2 runs' }).waitFor();
    await page.screenshot({ path: picturePath('parallel-brushed') });
  });
});

describe('the charts of a run', () => {
  test('are apart from those of the machine', async () => {
    const page = await world.visit(`/runs/${runIds.get('ada')}`);
    await page.getByRole('link', { name: 'Metrics', exact: true }).click();
    await chart(page, 'loss').waitFor();
    expect(await page.getByText('system/cpu').count()).toBe(0);
    await page.getByRole('link', { name: 'System metrics' }).click();
    await chart(page, 'system/cpu').waitFor();
    expect(await page.getByRole('heading', { name: 'loss' }).count()).toBe(0);
  });

  test('are drawn as they come into view, of twelve thousand', async () => {
    const page = await world.visit(`/runs/${wideId}/metrics`);
    await page.getByRole('heading', { name: 'layer_0 1,000' }).waitFor();
    await page
      .getByRole('img', { name: /^Line chart/ })
      .first()
      .waitFor();
    expect(await page.getByRole('region', { name: /^layer_/ }).count()).toBeLessThan(30);
    await page.getByRole('searchbox', { name: 'Find metrics' }).fill('norm_11999');
    await chart(page, 'layer_11/norm_11999').waitFor();
    expect(await page.getByRole('region', { name: /^layer_/ }).count()).toBe(1);
    expect(state(page).get('find')).toBe('norm_11999');
    await page.getByRole('button', { name: 'Fold layer_11/norm_11999' }).click();
    await chart(page, 'layer_11/norm_11999').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^layer_11/ }).click();
    await panel(page, 'layer_11/norm_11999').waitFor({ state: 'detached' });
  });
});
