import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();

const MANY = 12_000;
const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Filter' });
const state = (page: Page) => new URL(page.url()).searchParams;
const rowsThere = (page: Page) => page.getByRole('rowheader').first().waitFor();

let fruit = '';
let wide = '';

beforeAll(async () => {
  const api = world.api();
  fruit = await api.createExperiment('fruit');
  const start = Date.now() - 3_600_000;
  // The oldest run is on no first page.
  await api.createRun(fruit, { name: 'old', startTime: start, params: { seldom: 'so seldom' }, metrics: { rare: 1 } });
  for (let at = 1; at < 60; at += 1) {
    const params = { lr: at % 2 === 0 ? '0.1' : '0.01' };
    await api.createRun(fruit, { name: `run ${at}`, startTime: start + at * 1000, params, metrics: { loss: 1 / at } });
  }
});

describe('what an experiment holds', () => {
  test('is counted, not only loaded', async () => {
    const page = await world.visit('/experiments');
    // The second page stays out, so that the first one can be looked at.
    await page.route('**/runs/search', (route) =>
      route.request().postData()?.includes('page_token') ? undefined : route.continue(),
    );
    await page.goto(`${world.url()}/experiments/${fruit}`);
    await page.getByText('50 of 60 runs').waitFor();
    // What draws a part of them says which.
    await page.goto(`${world.url()}/experiments/${fruit}?show=charts`);
    await page.getByText('Of the 50 newest of 60 runs; choose others in the table.').waitFor();
    await page.getByRole('button', { name: 'Bars' }).click();
    await page.getByText('Of the 50 newest of 60 runs: those that are loaded.').waitFor();
    await page.goto(`${world.url()}/experiments/${fruit}`);
    await filterOf(page).fill("params.lr = '0.1'");
    await filterOf(page).press('Enter');
    await page.getByText('29 runs', { exact: false }).first().waitFor();
  });

  test('completes the filter with keys and values of runs that nobody has scrolled to', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowsThere(page);
    await page.keyboard.press('/');
    await page.keyboard.type('seld');
    await page.getByRole('option', { name: /params\.seldom/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('= ');
    await page.getByRole('option', { name: "'so seldom' value" }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: /old$/ }).waitFor();
    expect(state(page).get('filter')).toBe("params.seldom = 'so seldom'");
  });

  test('is offered among the columns', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowsThere(page);
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('rare');
    await page.getByRole('checkbox', { name: 'rare metric' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('columnheader', { name: 'metric rare' }).waitFor();
  });
});

test('columns that a browser kept stand in the link, so that a colleague sees the same', async () => {
  const mine = await world.visit(`/experiments/${fruit}?columns=name,metrics.loss`);
  await rowsThere(mine);
  await mine.goto(`${world.url()}/experiments/${fruit}`);
  await expect.poll(() => state(mine).get('columns')).toBe('name,metrics.loss');
  const { pathname, search } = new URL(mine.url());
  const theirs = await world.visit(pathname + search);
  await rowsThere(theirs);
  await theirs.getByRole('columnheader', { name: 'metric loss' }).waitFor();
  expect(await theirs.getByRole('columnheader', { name: 'Duration' }).count()).toBe(0);
  // A link to automatic columns shows these to whoever has others kept.
  await mine.goto(`${world.url()}/experiments/${fruit}?sort=name.asc`);
  await mine.getByRole('columnheader', { name: 'Duration' }).waitFor();
  expect(state(mine).get('columns')).toBeNull();
});

test('so many chosen runs that no link holds them stay chosen, which is said', async () => {
  const ids = Array.from({ length: 182 }, (_, at) => at.toString(16).padStart(32, '0'));
  const page = await world.visit(`/experiments/${fruit}?sort=name.asc&selected=${ids.join(',')}`);
  await page.getByRole('checkbox', { name: 'Choose run 1', exact: true }).click();
  await page.getByText('a link to this page leaves them out').waitFor();
  await page.getByText('183 chosen').waitFor();
  expect(new URL(page.url()).search).toBe('?sort=name.asc');
  await page.reload();
  await page.getByText('183 chosen').waitFor();
  await page.getByRole('columnheader', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => state(page).get('sort')).toBe('name.desc');
  await page.getByText('183 chosen').waitFor();
});

describe('a saved view', () => {
  const open = async (page: Page) => {
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('dialog', { name: 'Views' }).waitFor();
  };
  const save = async (page: Page, name: string) => {
    await open(page);
    await page.getByRole('textbox', { name: 'Name of what you see now' }).fill(name);
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('link', { name, exact: true }).waitFor();
  };

  test('opens for a colleague as it was saved, by its link, and a reload keeps it', async () => {
    const mine = await world.visit(`/experiments/${fruit}?sort=metrics.loss.asc&columns=name,metrics.loss`);
    await rowsThere(mine);
    await save(mine, 'best first');
    const address = await mine.getByRole('link', { name: 'best first', exact: true }).getAttribute('href');
    const theirs = await world.visit(String(address));
    await theirs.getByRole('rowheader', { name: /run 59$/ }).waitFor();
    await expect.poll(() => state(theirs).get('sort')).toBe('metrics.loss.asc');
    expect(state(theirs).get('view')).toBeNull();
    await theirs.reload();
    await theirs.getByRole('rowheader', { name: /run 59$/ }).waitFor();
    await theirs.getByRole('columnheader', { name: 'metric loss' }).waitFor();
    expect(await theirs.getByRole('columnheader', { name: 'Duration' }).count()).toBe(0);
  });

  test('keeps the columns that are shown, though nobody chose them', async () => {
    const page = await world.visit(`/experiments/${fruit}?filter=metrics.loss+%3C+1`);
    await rowsThere(page);
    await save(page, 'as it came');
    await page.getByRole('link', { name: 'as it came', exact: true }).click();
    await expect.poll(() => state(page).get('columns')).toContain('metrics.loss');
    expect(state(page).get('filter')).toBe('metrics.loss < 1');
  });

  test('is renamed, shared, replaced and deleted, which can be undone', async () => {
    const page = await world.visit(`/experiments/${fruit}?filter=metrics.loss+%3C+1`);
    await rowsThere(page);
    await save(page, 'mine');
    await page.getByRole('button', { name: 'Copy mine as Python' }).click();
    await page.getByText('Copied the view as Python.').waitFor();
    await page.getByRole('button', { name: 'Rename mine' }).click();
    await page.getByRole('textbox', { name: 'New name' }).fill('ours');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('link', { name: 'ours', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Share ours' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Share ours' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Delete ours' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('“ours” is back.').waitFor();
    await open(page);
    await page.getByRole('link', { name: 'ours', exact: true }).waitFor();
  });

  test('of several experiments belongs to them together', async () => {
    const vegetables = await world.api().createExperiment('vegetables');
    await world.api().createRun(vegetables, { name: 'leek' });
    const page = await world.visit(`/experiments/${vegetables},${fruit}?sort=name.asc`);
    await rowsThere(page);
    await save(page, 'all that grows');
    const colleague = await world.visit(`/experiments/${fruit},${vegetables}`);
    await rowsThere(colleague);
    await open(colleague);
    await colleague.getByRole('link', { name: 'all that grows', exact: true }).click();
    await expect.poll(() => state(colleague).get('sort')).toBe('name.asc');
    await colleague.getByRole('rowheader', { name: /leek$/ }).waitFor();
    await colleague.goto(`${world.url()}/experiments/${vegetables}`);
    await rowsThere(colleague);
    await open(colleague);
    await colleague.getByText('None is saved yet.').waitFor();
  });

  test('that is gone is told of, and the page stays', async () => {
    const page = await world.visit(`/experiments/${fruit}?view=${fruit}-0123456789abcdef`, { allowed: /404/ });
    await page.getByText(/The view cannot be shown: .*not found/).waitFor();
    await rowsThere(page);
    expect(state(page).get('view')).toBeNull();
  });

  test('can be handled by everybody', { timeout: USABLE_MS }, async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowsThere(page);
    await open(page);
    await expectUsable(page, { name: 'views', seen: page.getByRole('list', { name: 'Saved views' }) });
  });
});

describe('an experiment of 12,000 metric and param keys', () => {
  beforeAll(async () => {
    const api = world.api();
    wide = await api.createExperiment('wide');
    const runIds = [await api.createRun(wide, { name: 'a' }), await api.createRun(wide, { name: 'b' })];
    const keys = (kind: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${kind}/${String(at).padStart(5, '0')}`);
    for (const [index, runId] of runIds.entries()) {
      for (let at = 0; at < MANY; at += 1000) {
        const step = at < MANY / 2 ? 0 : 1;
        const metrics = keys('metric', MANY / 2)
          .slice(at % (MANY / 2), (at % (MANY / 2)) + 1000)
          .map((key) => ({ key, value: index + step, timestamp: 1, step }));
        await api.post('runs/log-batch', { run_id: runId, metrics });
      }
      for (let at = 0; at < MANY / 2; at += 100) {
        const params = keys('param', MANY / 2)
          .slice(at, at + 100)
          .map((key) => ({ key, value: `${index}` }));
        await api.post('runs/log-batch', { run_id: runId, params });
      }
    }
  }, 120_000);

  test('is chosen from, filtered and drawn', async () => {
    const page = await world.visit(`/experiments/${wide}`);
    await rowsThere(page);
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('param/05999');
    await page.getByRole('checkbox', { name: 'param/05999 param' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => state(page).get('columns')).toContain('params.param/05999');
    await page.goto(`${world.url()}/experiments/${wide}?columns=name,params.param/05999`);
    await page.getByRole('columnheader', { name: 'param param/05999' }).waitFor();
    await rowsThere(page);

    await page.keyboard.press('/');
    await page.keyboard.type('metric/00499');
    await page.getByRole('option', { name: /metric\/00499/ }).click();
    await page.keyboard.type('>= 2');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);

    await page.getByRole('button', { name: 'Charts', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find metrics' }).fill('metric/00123');
    await page.getByRole('img', { name: /^Line chart of metric\/00123/ }).waitFor();
    await page.screenshot({ path: picturePath('wide-experiment') });
  });

  test('shows all of them as columns, of which few are drawn', async () => {
    const page = await world.visit(`/experiments/${wide}?columns=name,metrics.*,params.*`);
    await rowsThere(page);
    await page.getByRole('columnheader', { name: /metric metric\/00000/ }).waitFor();
    expect(await page.getByRole('columnheader').count()).toBeLessThan(60);
    // One of them hidden is one more word in the link, not twelve thousand.
    await page.getByRole('button', { name: 'Column metric/00000' }).click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await page.getByRole('columnheader', { name: /metric metric\/00000/ }).waitFor({ state: 'detached' });
    expect(state(page).get('columns')).toBe('-metrics.metric/00000,name,metrics.*,params.*');
  });
});
