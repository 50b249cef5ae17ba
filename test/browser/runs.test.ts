import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();
const HOUR_MS = 3_600_000;
/** What is asked for again every ten seconds, on a machine that is busy with other tests. */
const POLLED_MS = 40_000;
const LONG_MS = 60_000;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`${name}$`) }) });
const names = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole('rowheader').allInnerTexts()).map((text) => text.trim());
const choose = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).click();
const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Filter' });
const state = (page: Page) => new URL(page.url()).searchParams;

let fruit = '';

beforeAll(async () => {
  const api = world.api();
  fruit = await api.createExperiment('fruit');
  const start = Date.now() - HOUR_MS;
  const runs = [
    { name: 'ada', params: { lr: '0.1', optimizer: 'adam' }, metrics: { loss: 0.5, 'val loss': 0.7 } },
    { name: 'bob', params: { lr: '0.01', optimizer: 'sgd' }, metrics: { loss: 0.25, 'val loss': 0.4 } },
    { name: 'cyd', params: { lr: '0.1', optimizer: 'sgd' }, metrics: { loss: Number.NaN }, status: 'FAILED' },
    { name: 'dan', params: { lr: '1', optimizer: 'adam' }, tags: { team: 'red' }, startTime: start - 48 * HOUR_MS },
  ] as const;
  for (const [index, run] of runs.entries()) await api.createRun(fruit, { startTime: start + index * 1000, ...run });
});

describe('the table', () => {
  test('sorts by a metric, and back undoes it', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await expect.poll(() => names(page)).toEqual(['cyd', 'bob', 'ada', 'dan']);
    await page
      .getByRole('columnheader', { name: 'metric loss' })
      .getByRole('button', { name: /^metric loss/ })
      .click();
    await expect.poll(() => names(page)).toEqual(['ada', 'bob', 'cyd', 'dan']);
    expect(await page.getByRole('columnheader', { name: 'metric loss' }).getAttribute('aria-sort')).toBe('descending');
    await page.goBack();
    await expect.poll(() => names(page)).toEqual(['cyd', 'bob', 'ada', 'dan']);
  });

  test('filters as it is typed, completes names and values, and the link holds it', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowOf(page, 'ada').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('opt');
    await page.getByRole('option', { name: /params\.optimizer/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('= ');
    await page.getByRole('option', { name: "'sgd' value" }).waitFor();
    await page.keyboard.type('a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await filterOf(page).inputValue()).toBe("params.optimizer = 'adam' ");
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(() => names(page)).toEqual(['ada', 'dan']);
    expect(state(page).get('filter')).toBe("params.optimizer = 'adam'");
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['ada', 'dan']);
  });

  test('points at what is wrong in a filter, and asks the server nothing', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowOf(page, 'ada').waitFor();
    await filterOf(page).fill("metrics.loss < 'low'");
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/at character 16/)
      .waitFor();
    expect(await page.locator('mark').textContent()).toBe("'low'");
    expect(await filterOf(page).getAttribute('aria-invalid')).toBe('true');
    expect(state(page).get('filter')).toBeNull();
  });

  test('has quick filters', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Failed');
    await expect.poll(() => names(page)).toEqual(['cyd']);
    await choose(page, 'cyd');
    await page.getByText('1 chosen').waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Any status');
    // What may be out of sight is not chosen any more.
    await page.getByText('1 chosen').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Started' }).selectOption('Last 24 hours');
    await expect.poll(() => names(page)).toEqual(['cyd', 'bob', 'ada']);
  });

  test('groups by a param, with the mean of each metric', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await page.getByRole('combobox', { name: 'Group by' }).click();
    await page.getByRole('option', { name: 'params.optimizer' }).click();
    await expect.poll(() => names(page)).toEqual(['adam 2 runs', 'ada', 'dan', 'sgd 2 runs', 'cyd', 'bob']);
    await page.getByRole('button', { name: 'Fold adam' }).click();
    await expect.poll(() => names(page)).toEqual(['adam 2 runs', 'sgd 2 runs', 'cyd', 'bob']);
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['adam 2 runs', 'sgd 2 runs', 'cyd', 'bob']);
    await page.getByRole('button', { name: 'Do not group' }).click();
    await expect.poll(() => names(page)).toEqual(['cyd', 'bob', 'ada', 'dan']);
  });

  test('groups and sorts what is loaded by what the server cannot sort by', async () => {
    const mixed = await world.api().createExperiment('mixed');
    const start = Date.now() - HOUR_MS;
    for (const [index, source] of ['b.py', 'a.py', 'b.py'].entries()) {
      const tags = { 'mlflow.source.name': source, 'mlflow.source.git.commit': COMMIT };
      await world.api().createRun(mixed, { name: `mixed-${index}`, tags, startTime: start + index });
    }
    const page = await world.visit(`/experiments/${mixed}?columns=name,source,models,version`);
    const commit = await rowOf(page, 'mixed-0').getByText(COMMIT.slice(0, 8), { exact: true }).getAttribute('title');
    expect(commit).toBe(COMMIT);
    const act = async (column: string, item: string) => {
      await page.getByRole('button', { name: `Column ${column}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await act('Source', 'Group by it');
    await expect.poll(() => names(page)).toEqual(['b.py 2 runs', 'mixed-2', 'mixed-0', 'a.py 1 run', 'mixed-1']);
    await page.getByRole('button', { name: 'Do not group' }).click();
    await act('Source', 'Sort, least first');
    await expect.poll(() => names(page)).toEqual(['mixed-1', 'mixed-2', 'mixed-0']);
    await page.getByRole('button', { name: 'Column Models' }).click();
    await page.getByRole('menuitem', { name: 'Hide' }).waitFor();
    expect(await page.getByRole('menuitem', { name: /^Sort/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('of several experiments names them', async () => {
    const other = await world.api().createExperiment('vegetables');
    await world.api().createRun(other, { name: 'leek' });
    const page = await world.visit(`/experiments/${fruit},${other}`);
    await page.getByRole('heading', { name: 'fruit, vegetables' }).waitFor();
    await rowOf(page, 'leek').getByText('vegetables').waitFor();
    await rowOf(page, 'ada').getByText('fruit').waitFor();
  });
});

describe('columns', () => {
  test('are chosen among all keys, and kept for the next visit', async () => {
    const page = await world.visit(`/experiments/${fruit}`);
    await rowOf(page, 'ada').waitFor();
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('team');
    await page.getByRole('checkbox', { name: 'team tag' }).check();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('duration');
    await page.getByRole('checkbox', { name: /Duration/ }).uncheck();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('runname');
    await page.getByRole('checkbox', { name: 'mlflow.runName tag' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('columnheader', { name: 'tag team' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Duration' }).count()).toBe(0);
    await page.goto(`${world.url()}/experiments/${fruit}`);
    await page.getByRole('columnheader', { name: 'tag team' }).waitFor();
  });

  test('that are the same for all runs are hidden on demand, and the link says so', async () => {
    const same = await world.api().createExperiment('same');
    for (const lr of ['0.1', '0.2']) await world.api().createRun(same, { name: `lr-${lr}`, params: { lr, seed: '1' } });
    const page = await world.visit(`/experiments/${same}?columns=name,params.seed,params.lr`);
    const header = (name: string) => page.getByRole('columnheader', { name });
    await header('param seed').waitFor();
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Only what differs' }).check();
    await page.getByText('1 column hidden: the same in all runs that are loaded').waitFor();
    await page.screenshot({ path: picturePath('runs-only-what-differs') });
    await page.getByRole('button', { name: 'Done' }).click();
    await header('param seed').waitFor({ state: 'detached' });
    expect(state(page).get('differing')).toBe('1');
    // What is hidden keeps its place among the columns.
    await page.getByRole('button', { name: 'Column lr' }).click();
    await page.getByRole('menuitem', { name: 'Keep in view' }).click();
    await page.goto(page.url().replace('differing=1', 'differing=0'));
    await header('param seed').waitFor();
    await header('param lr').waitFor();
  });

  test('are pinned, moved and hidden by their menu', async () => {
    const page = await world.visit(`/experiments/${fruit}?columns=name,created,metrics.loss,params.lr`);
    const titles = async () =>
      (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).filter(Boolean);
    const act = async (column: string, item: string) => {
      await page.getByRole('button', { name: `Column ${column}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await act('lr', 'Move left');
    await expect.poll(() => state(page).get('columns')).toBe('name,created,params.lr,metrics.loss');
    await act('loss', 'Keep in view');
    await expect.poll(() => state(page).get('pinned')).toBe('name,metrics.loss');
    await act('Started', 'Hide');
    await expect.poll(titles).toEqual(['Run', expect.stringMatching(/loss/), expect.stringMatching(/lr/)]);
  });

  test('are dragged to another place', async () => {
    const page = await world.visit(`/experiments/${fruit}?columns=name,created,metrics.loss,params.lr`);
    await rowOf(page, 'ada').waitFor();
    const header = (name: string) => page.getByRole('columnheader', { name });
    await header('param lr').dragTo(header('Started'), {
      sourcePosition: { x: 30, y: 18 },
      targetPosition: { x: 30, y: 18 },
    });
    await expect.poll(() => state(page).get('columns')).toBe('name,params.lr,created,metrics.loss');
  });

  test('are widened by the keyboard and by the pointer', async () => {
    const page = await world.visit(`/experiments/${fruit}?columns=name,metrics.loss`);
    const edge = page.getByRole('separator', { name: 'Width of loss' });
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => state(page).get('widths')).toBe('metrics.loss:140');
    const box = await edge.boundingBox();
    if (box === null) throw new Error('the edge is not drawn');
    await page.mouse.move(box.x + 3, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 53, box.y + 5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => state(page).get('widths')).toBe('metrics.loss:190');
  });
});

describe('chosen runs', () => {
  test('are in the link, and Shift takes all between', async () => {
    const page = await world.visit(`/experiments/${fruit}?sort=name.asc`);
    await choose(page, 'ada');
    await page.getByRole('checkbox', { name: 'Choose cyd' }).click({ modifiers: ['Shift'] });
    await page.getByText('3 chosen').waitFor();
    await page.reload();
    await page.getByText('3 chosen').waitFor();
    // The link alone tells how many are chosen; Escape is the table's, which comes with the runs.
    await rowOf(page, 'ada').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('3 chosen').waitFor({ state: 'detached' });
  });

  test('are tagged together', async () => {
    const page = await world.visit(`/experiments/${fruit}?columns=name,tags.batch`);
    await choose(page, 'ada');
    await choose(page, 'bob');
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Tag 2 runs' });
    await dialog.getByRole('textbox', { name: 'Key' }).fill('batch');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('seven');
    await dialog.getByRole('button', { name: 'Set tag' }).click();
    await page.getByText('Set batch on 2 runs.').waitFor();
    await page.keyboard.press('Escape');
    await rowOf(page, 'ada').getByText('seven').waitFor();
    await rowOf(page, 'bob').getByText('seven').waitFor();
  });

  test('are deleted, and come back', async () => {
    const bin = await world.api().createExperiment('bin');
    for (const name of ['one', 'two']) await world.api().createRun(bin, { name });
    const page = await world.visit(`/experiments/${bin}`);
    await choose(page, 'one');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted “one”.').waitFor();
    await expect.poll(() => names(page)).toEqual(['two']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 'one').waitFor();
    await choose(page, 'two');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('combobox', { name: 'Stage' }).selectOption('Deleted');
    await choose(page, 'two');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('No run is here.').waitFor();
  });
});

describe('what leaves the table', () => {
  test('a CSV file has all runs with the columns that are shown', async () => {
    const page = await world.visit(`/experiments/${fruit}?columns=name,metrics.loss,params.lr&sort=name.asc`);
    await rowOf(page, 'ada').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('id,name,metrics.loss,params.lr');
    expect(lines.slice(1).map((line) => line.slice(line.indexOf(',') + 1))).toEqual([
      'ada,0.5,0.1',
      'bob,0.25,0.01',
      'cyd,NaN,0.1',
      'dan,,1',
    ]);
  });

  test('the search is copied as Python', async () => {
    const page = await world.visit(`/experiments/${fruit}?filter=metrics.loss+%3C+1`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await rowOf(page, 'ada').waitFor();
    await page.getByRole('button', { name: 'Copy as Python' }).click();
    await page.getByText('Copied the search as Python.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`experiment_ids=["${fruit}"]`);
    expect(copied).toContain('filter_string="metrics.loss < 1"');
  });
});

describe('nested runs', () => {
  test('lie folded under their parent, which shows even when the filter does not find it', async () => {
    const api = world.api();
    const tree = await api.createExperiment('tree');
    const start = Date.now() - HOUR_MS;
    const parent = await api.createRun(tree, { name: 'parent', startTime: start });
    for (const [index, name] of ['kid-one', 'kid-two'].entries()) {
      const tags = { 'mlflow.parentRunId': parent };
      await api.createRun(tree, { name, tags, params: { lr: String(index) }, startTime: start + 1000 + index });
    }
    const page = await world.visit(`/experiments/${tree}`);
    await expect.poll(() => names(page)).toEqual(['parent']);
    await page.getByRole('button', { name: 'Unfold parent' }).click();
    await expect.poll(() => names(page)).toEqual(['parent', 'kid-two', 'kid-one']);
    expect(await rowOf(page, 'kid-one').getAttribute('aria-level')).toBe('2');
    await page.goto(`${world.url()}/experiments/${tree}?filter=${encodeURIComponent("params.lr = '1'")}`);
    await expect.poll(async () => (await names(page)).join()).toMatch(/^parent\s*parent$/);
    // As if one page held no more than one child.
    await page.route('**/runs/search', (route) => {
      const search = route.request().postDataJSON();
      const isOfChildren = search.filter.includes('mlflow.parentRunId');
      return route.continue({ postData: JSON.stringify(isOfChildren ? { ...search, max_results: 1 } : search) });
    });
    await page.getByRole('button', { name: 'Unfold parent' }).click();
    await page.getByText('1 of 2 children').waitFor();
    await page.getByRole('checkbox', { name: 'Nested' }).uncheck();
    await expect.poll(() => names(page)).toEqual(['kid-two']);
  });
});

describe('live', () => {
  test('a running run is followed, and new runs are told of', async () => {
    const api = world.api();
    const live = await api.createExperiment('live');
    const runId = await api.createRun(live, { name: 'goes-on', metrics: { loss: 0.9 }, status: 'RUNNING' });
    const page = await world.visit(`/experiments/${live}?columns=name,metrics.loss`);
    await rowOf(page, 'goes-on').getByText('0.9', { exact: true }).waitFor();
    await api.post('runs/log-metric', { run_id: runId, key: 'loss', value: 0.125, timestamp: Date.now(), step: 2 });
    await rowOf(page, 'goes-on').getByText('0.125', { exact: true }).waitFor();
    await api.createRun(live, { name: 'newcomer' });
    await page.getByRole('button', { name: 'Show 1 new run' }).click();
    await rowOf(page, 'newcomer').waitFor();
  });

  test(
    'new runs are told of far from the top of the order, too',
    async () => {
      const api = world.api();
      const live = await api.createExperiment('live by loss');
      await api.createRun(live, { name: 'before', metrics: { loss: 0.5 } });
      const page = await world.visit('/settings');
      // What was there is asked beside the table.
      const asksForNewest = page.waitForResponse(
        (response) => response.url().endsWith('/runs/search') && response.request().postDataJSON().max_results === 1,
      );
      await page.goto(
        `${world.url()}/experiments/${live}?columns=name,metrics.loss&sort=metrics.loss.asc&group=status`,
      );
      await asksForNewest;
      await Promise.all(Array.from({ length: 21 }, (_, index) => api.createRun(live, { name: `late-${index}` })));
      await page.getByRole('button', { name: 'Show 20+ new runs' }).click({ timeout: POLLED_MS });
      await rowOf(page, 'late-20').waitFor();
      await page.getByRole('button', { name: /^Show .* new run/ }).waitFor({ state: 'detached' });
    },
    LONG_MS,
  );
});

describe('what cannot be read', () => {
  test('is told of, in the cells and above the table, until it can', async () => {
    const page = await world.visit('/settings', { allowed: /500/ });
    const broken = /\/(runs\/count|metrics\/sample)$/;
    const trouble = { error_code: 'INTERNAL_ERROR', message: 'The disk is full.' };
    await page.route(broken, (route) => route.fulfill({ status: 500, json: trouble }));
    await page.goto(`${world.url()}/experiments/${fruit}?columns=name,min.metrics.loss`);
    await rowOf(page, 'ada').getByText('not read').waitFor();
    const status = page.getByRole('status').filter({ hasText: 'Not up to date: The disk is full.' });
    await status.waitFor();
    await page.screenshot({ path: picturePath('runs-not-up-to-date') });
    await page.unroute(broken);
    await status.getByRole('button', { name: 'Try again' }).click();
    await rowOf(page, 'ada').getByText('0.5', { exact: true }).waitFor();
    await page.getByText('Not up to date').waitFor({ state: 'detached' });
  });
});

describe('an experiment', () => {
  test(
    'without a run teaches how to log one, which then shows by itself',
    async () => {
      const empty = await world.api().createExperiment("Ada's first");
      const page = await world.visit(`/experiments/${empty}`);
      await page.getByRole('heading', { name: 'Log your first run' }).waitFor();
      await page.getByText(`mlflow.set_tracking_uri("${world.url()}")`).waitFor();
      await page.getByText('mlflow.set_experiment("Ada\'s first")').waitFor();
      await page.screenshot({ path: picturePath('runs-first-steps') });
      await world.api().createRun(empty, { name: 'first' });
      await rowOf(page, 'first').waitFor({ timeout: POLLED_MS });
    },
    LONG_MS,
  );

  test('that is in the trash says so, and comes back', async () => {
    const api = world.api();
    const binned = await api.createExperiment('binned');
    await api.createRun(binned, { name: 'kept' });
    await api.post('experiments/delete', { experiment_id: binned });
    const page = await world.visit(`/experiments/${binned}`);
    await page.getByRole('status').filter({ hasText: '“binned” is in the trash.' }).waitFor();
    await page.screenshot({ path: picturePath('runs-experiment-in-trash') });
    await page.getByRole('button', { name: 'Restore the experiment' }).click();
    await page.getByText('Restored “binned”.').waitFor();
    await rowOf(page, 'kept').waitFor();
    expect(await page.getByText('is in the trash').count()).toBe(0);
  });

  test('that was never there says so, alone or beside others', async () => {
    const page = await world.visit('/experiments/987654', { allowed: /404/ });
    await page.getByRole('alert').getByRole('heading', { name: 'No such experiment is here' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Filter' }).count()).toBe(0);
    await page.goto(`${world.url()}/experiments/${fruit},987654`);
    await page.getByRole('status').filter({ hasText: 'Of experiment 987654 nothing is shown' }).waitFor();
    await rowOf(page, 'ada').waitFor();
  });
});

describe('thousands', () => {
  test('of runs are read page by page as they are scrolled to', async () => {
    const api = world.api();
    const crowd = await api.createExperiment('crowd');
    const numbers = Array.from({ length: 700 }, (_, index) => index);
    for (let at = 0; at < numbers.length; at += 50) {
      await Promise.all(
        numbers.slice(at, at + 50).map((number) =>
          api.post('runs/create', {
            experiment_id: crowd,
            run_name: `r${String(number).padStart(3, '0')}`,
            start_time: number,
          }),
        ),
      );
    }
    const sizes: number[] = [];
    const page = await world.visit('/settings');
    page.on('request', (request) => {
      if (request.url().endsWith('/runs/search')) sizes.push(request.postDataJSON().max_results);
    });
    await page.goto(`${world.url()}/experiments/${crowd}?sort=name.asc`);
    await rowOf(page, 'r000').waitFor();
    expect(sizes[0]).toBe(50);
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await expect
      .poll(
        async () => {
          await page.keyboard.press('End');
          return (await names(page)).at(-1);
        },
        { timeout: 20_000 },
      )
      .toBe('r699');
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(await page.getByRole('row').count()).toBeLessThan(80);
  });

  test('of keys stay usable: all as columns, found, filtered by and sorted by', async () => {
    const api = world.api();
    const wide = await api.createExperiment('wide');
    for (let at = 0; at < 12; at += 1) {
      const runId = await api.createRun(wide, { name: `wide-${at}` });
      const keys = Array.from({ length: 1000 }, (_, index) => `layer_${at}.${index}/grad`);
      const metrics = keys.map((key, index) => ({ key, value: index, timestamp: 1, step: 1 }));
      await api.post('runs/log-batch', { run_id: runId, metrics });
    }
    const page = await world.visit(`/experiments/${wide}?columns=name,metrics.*`);
    await rowOf(page, 'wide-0').waitFor();
    await expect.poll(() => page.getByRole('grid', { name: 'Runs' }).getAttribute('aria-colcount')).toBe('12002');
    expect(await page.getByRole('columnheader').count()).toBeLessThan(40);
    await filterOf(page).fill('metrics.`layer_7.99');
    await page.getByRole('option', { name: /layer_7\.999\/grad/ }).click();
    await page.keyboard.type('> 1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(() => names(page)).toEqual(['wide-7']);
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('layer_11.5/');
    await page.getByRole('checkbox', { name: /layer_11\.5\/grad/ }).waitFor();
  });
});
