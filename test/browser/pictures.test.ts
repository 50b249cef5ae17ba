import type { Locator, Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { modelWithVersions, runWithFiles } from './support/models.ts';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld } from './support/world.ts';

/** A page in a state worth looking at. */
interface View {
  readonly name: string;
  readonly path: string;
  /** Brings it about. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** What is there then. */
  readonly seen: (page: Page) => Locator;
  /** What has to be done anew when things moved. */
  readonly pose?: (page: Page) => Promise<unknown>;
}

const anyRow = (page: Page) => page.getByRole('rowheader').first();
const anyChart = (page: Page) => page.getByRole('img', { name: /^Line chart/ }).first();

const firstRun = async (page: Page) => {
  await anyRow(page).getByRole('link').click();
  await page.getByRole('heading', { name: 'About' }).waitFor();
};

const chooseRuns = async (page: Page, places: readonly number[]) => {
  for (const at of places) {
    await page
      .getByRole('checkbox', { name: /^Choose / })
      .nth(at)
      .click();
  }
};

const openFile = (folder: string, file: string) => async (page: Page) => {
  await page.goto(new URL(`/runs/${files.runId}/artifacts`, page.url()).href);
  await page.getByRole('treeitem', { name: new RegExp(`^${folder}`) }).click();
  await page.getByRole('treeitem', { name: new RegExp(`^${file}`) }).click();
};

/** Made with the world. */
const files = { runId: '' };

const VIEWS: readonly View[] = [
  { name: 'experiments', path: '/', seen: (page) => page.getByRole('img', { name: 'Finished' }).first() },
  { name: 'runs', path: '/experiments/1', seen: anyRow },
  {
    name: 'runs-filter',
    path: '/experiments/1?filter=metrics.train_loss+%3C+1',
    act: async (page) => {
      await anyRow(page).waitFor();
      await page.getByRole('combobox', { name: 'Filter' }).fill('metrics.train_loss < 1 AND params.');
    },
    seen: (page) => page.getByRole('option').first(),
  },
  {
    name: 'runs-wrong-filter',
    path: '/experiments/1',
    act: async (page) => {
      await anyRow(page).waitFor();
      await page
        .getByRole('combobox', { name: 'Filter' })
        .fill("metrics.train_loss < 'high' AND params.optimizer = 'adam'");
      await page.keyboard.press('Enter');
    },
    seen: (page) => page.getByRole('alert'),
  },
  {
    name: 'runs-grouped',
    path: '/experiments/1?group=params.optimizer',
    seen: (page) => page.getByRole('button', { name: /^Fold/ }).first(),
  },
  {
    name: 'runs-chosen',
    path: '/experiments/1',
    act: (page) => chooseRuns(page, [2]),
    seen: (page) => page.getByRole('button', { name: 'Delete' }),
  },
  {
    name: 'runs-columns',
    path: '/experiments/1',
    act: async (page) => {
      await anyRow(page).waitFor();
      await page.getByRole('button', { name: 'Columns', exact: true }).click();
    },
    seen: (page) => page.getByRole('checkbox', { name: /All metrics/ }),
  },
  {
    name: 'column-menu',
    path: '/experiments/1',
    act: async (page) => {
      await anyRow(page).waitFor();
      await page.getByRole('button', { name: 'Column Started' }).click();
    },
    seen: (page) => page.getByRole('menuitem', { name: 'Keep in view' }),
  },
  { name: 'run', path: '/experiments/1', act: firstRun, seen: (page) => page.getByRole('heading', { name: 'About' }) },
  {
    name: 'artifacts',
    path: '/experiments/1',
    act: openFile('model', 'MLmodel'),
    seen: (page) => page.getByRole('table', { name: 'Inputs' }),
  },
  {
    name: 'artifacts-table',
    path: '/experiments/1',
    act: openFile('tables', 'scores.csv'),
    seen: (page) => page.getByRole('table', { name: 'scores.csv' }),
  },
  {
    name: 'compare-runs',
    path: '/experiments/1',
    act: async (page) => {
      await chooseRuns(page, [1, 2, 3]);
      await page.getByRole('button', { name: 'Compare' }).click();
    },
    seen: (page) => page.getByRole('table', { name: 'Runs side by side' }).getByRole('rowheader').first(),
  },
  { name: 'models', path: '/models', seen: (page) => page.getByRole('rowheader', { name: 'iris' }) },
  {
    name: 'model',
    path: '/models/iris?selected=1',
    seen: (page) => page.getByRole('button', { name: 'Delete version' }),
  },
  {
    name: 'model-version',
    path: '/models/iris/versions/1',
    act: (page) => page.getByRole('table', { name: 'Inputs' }).waitFor(),
    seen: (page) => page.getByRole('table', { name: 'Params of its run' }),
  },
  {
    name: 'compare-versions',
    path: '/models/iris/compare?versions=1,2,3',
    seen: (page) => page.getByRole('rowheader', { name: 'input sepal length (cm)' }),
  },
  {
    name: 'stage-dialog',
    path: '/models/iris/versions/2',
    act: async (page) => {
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('radio', { name: 'Production' }).check();
    },
    seen: (page) => page.getByText('Version 1 goes to Archived.'),
  },
  {
    name: 'register-dialog',
    path: '/experiments/1',
    act: async (page) => {
      await firstRun(page);
      await page.getByRole('button', { name: 'Register model' }).click();
    },
    seen: (page) => page.getByRole('combobox', { name: 'Registered model' }),
  },
  {
    name: 'charts-and-table',
    path: '/experiments/1?show=both',
    seen: anyChart,
    pose: async (page) => {
      const box = await anyChart(page).boundingBox();
      if (box !== null) await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    },
  },
  { name: 'charts-grouped', path: '/experiments/1?show=charts&group=params.optimizer', seen: anyChart },
  {
    name: 'charts-deviation',
    path: '/experiments/1?show=charts&group=params.optimizer&band=deviation',
    seen: anyChart,
  },
  {
    name: 'charts-smoothed',
    path: '/experiments/1?show=charts&smooth=0.6&x=relative&ylog=1&outliers=0',
    seen: anyChart,
  },
  {
    name: 'charts-arranged',
    path: '/experiments/1?show=charts&panels=val_loss,train_loss',
    act: async (page) => {
      await anyChart(page).waitFor();
      await page
        .getByRole('button', { name: /^Chart of / })
        .first()
        .click();
    },
    seen: (page) => page.getByRole('menuitem').first(),
  },
  {
    name: 'charts-parallel',
    path: '/experiments/1?show=charts&chart=parallel',
    seen: (page) => page.getByRole('img', { name: 'Parallel coordinates' }).locator('canvas'),
  },
  {
    name: 'charts-as-tables',
    path: '/experiments/1?show=charts',
    act: async (page) => {
      await anyChart(page).waitFor();
      await page
        .getByRole('button', { name: /as a table$/ })
        .first()
        .click();
    },
    seen: (page) => page.getByRole('columnheader', { name: 'Points' }).first(),
  },
  {
    name: 'run-metrics',
    path: '/experiments/1',
    act: async (page) => {
      await firstRun(page);
      await page.getByRole('link', { name: 'Metrics', exact: true }).click();
    },
    seen: anyChart,
  },
  { name: 'settings', path: '/settings', seen: (page) => page.getByRole('heading', { name: /Everybody/ }) },
  {
    name: 'help',
    path: '/',
    act: async (page) => {
      await anyRow(page).waitFor();
      await page.keyboard.press('?');
    },
    seen: (page) => page.getByRole('dialog', { name: 'Shortcuts' }),
  },
];

const world = openWorld({ runs: 150 });

beforeAll(async () => {
  files.runId = await runWithFiles(world.url(), world.api(), '1');
  await modelWithVersions(world.api(), 'iris');
});

test.each(VIEWS)(
  '$name can be used by everybody, and fits',
  { timeout: USABLE_MS },
  async ({ name, path, act, seen, pose }) => {
    const page = await world.visit(path, { allowed: /404/ });
    await act?.(page);
    await seen(page).waitFor();
    await expectUsable(page, { name, seen: seen(page), pose });
  },
);
