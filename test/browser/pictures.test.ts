import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './support/accessibility.ts';
import { modelWithVersions, runWithFiles } from './support/models.ts';
import { NARROW, openWorld, picturePath, WIDE } from './support/world.ts';

/** A page in a state worth looking at. */
interface View {
  readonly name: string;
  readonly path: string;
  /** Brings it about, and waits until it is there. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const firstRun = async (page: Page) => {
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('heading', { name: 'About' }).waitFor();
};

const toFiles = async (page: Page) => {
  const { runId } = files;
  await page.goto(new URL(`/runs/${runId}/artifacts`, page.url()).href);
};

/** Made with the world. */
const files = { runId: '' };

const chartsReady = async (page: Page) => {
  await page
    .getByRole('img', { name: /^Line chart/ })
    .first()
    .waitFor();
  await page
    .getByText(/^Loading /)
    .first()
    .waitFor({ state: 'detached' });
};

const VIEWS: readonly View[] = [
  { name: 'experiments', path: '/', ready: (page) => page.getByRole('img', { name: 'Finished' }).first().waitFor() },
  { name: 'runs', path: '/experiments/1', ready: (page) => page.getByRole('rowheader').first().waitFor() },
  {
    name: 'runs-filter',
    path: '/experiments/1?filter=metrics.train_loss+%3C+1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await page.getByRole('combobox', { name: 'Filter' }).fill('metrics.train_loss < 1 AND params.');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'runs-wrong-filter',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await page
        .getByRole('combobox', { name: 'Filter' })
        .fill("metrics.train_loss < 'high' AND params.optimizer = 'adam'");
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'runs-grouped',
    path: '/experiments/1?group=params.optimizer',
    ready: (page) => page.getByRole('button', { name: /^Fold/ }).first().waitFor(),
  },
  {
    name: 'runs-chosen',
    path: '/experiments/1',
    ready: async (page) => {
      await page
        .getByRole('checkbox', { name: /^Choose / })
        .nth(2)
        .click();
      await page.getByRole('button', { name: 'Delete' }).waitFor();
    },
  },
  {
    name: 'runs-columns',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await page.getByRole('button', { name: 'Columns', exact: true }).click();
      await page.getByRole('checkbox', { name: /All metrics/ }).waitFor();
    },
  },
  {
    name: 'column-menu',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await page.getByRole('button', { name: 'Column Started' }).click();
      await page.getByRole('menuitem', { name: 'Keep in view' }).waitFor();
    },
  },
  {
    name: 'run',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await firstRun(page);
    },
  },
  {
    name: 'artifacts',
    path: '/experiments/1',
    ready: async (page) => {
      await toFiles(page);
      await page.getByRole('treeitem', { name: /^model/ }).click();
      await page.getByRole('treeitem', { name: /^MLmodel/ }).click();
      await page.getByRole('table', { name: 'Inputs' }).waitFor();
    },
  },
  {
    name: 'artifacts-table',
    path: '/experiments/1',
    ready: async (page) => {
      await toFiles(page);
      await page.getByRole('treeitem', { name: /^tables/ }).click();
      await page.getByRole('treeitem', { name: /^scores.csv/ }).click();
      await page.getByRole('table', { name: 'scores.csv' }).waitFor();
    },
  },
  {
    name: 'compare-runs',
    path: '/experiments/1',
    ready: async (page) => {
      for (const at of [1, 2, 3]) {
        await page
          .getByRole('checkbox', { name: /^Choose / })
          .nth(at)
          .click();
      }
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByRole('table', { name: 'Runs side by side' }).getByRole('rowheader').first().waitFor();
    },
  },
  { name: 'models', path: '/models', ready: (page) => page.getByRole('rowheader', { name: 'iris' }).waitFor() },
  {
    name: 'model',
    path: '/models/iris?selected=1',
    ready: (page) => page.getByRole('button', { name: 'Delete version' }).waitFor(),
  },
  {
    name: 'model-version',
    path: '/models/iris/versions/1',
    ready: async (page) => {
      await page.getByRole('table', { name: 'Inputs' }).waitFor();
      await page.getByRole('table', { name: 'Params of its run' }).waitFor();
    },
  },
  {
    name: 'compare-versions',
    path: '/models/iris/compare?versions=1,2,3',
    ready: (page) => page.getByRole('rowheader', { name: 'input sepal length (cm)' }).waitFor(),
  },
  {
    name: 'stage-dialog',
    path: '/models/iris/versions/2',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('radio', { name: 'Production' }).check();
      await page.getByText('Version 1 goes to Archived.').waitFor();
    },
  },
  {
    name: 'register-dialog',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await firstRun(page);
      await page.getByRole('button', { name: 'Register model' }).click();
      await page.getByRole('combobox', { name: 'Registered model' }).waitFor();
    },
  },
  {
    name: 'charts-and-table',
    path: '/experiments/1?show=both',
    ready: async (page) => {
      await chartsReady(page);
      const box = await page
        .getByRole('img', { name: /^Line chart/ })
        .first()
        .boundingBox();
      if (box !== null) await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    },
  },
  {
    name: 'charts-grouped',
    path: '/experiments/1?show=charts&group=params.optimizer',
    ready: (page) => chartsReady(page),
  },
  {
    name: 'charts-smoothed',
    path: '/experiments/1?show=charts&smooth=0.6&x=relative&ylog=1&outliers=0',
    ready: (page) => chartsReady(page),
  },
  {
    name: 'charts-parallel',
    path: '/experiments/1?show=charts&chart=parallel',
    ready: (page) => page.getByRole('img', { name: 'Parallel coordinates' }).locator('canvas').waitFor(),
  },
  {
    name: 'charts-as-tables',
    path: '/experiments/1?show=charts',
    ready: async (page) => {
      await chartsReady(page);
      await page
        .getByRole('button', { name: /as a table$/ })
        .first()
        .click();
      await page.getByRole('columnheader', { name: 'Points' }).first().waitFor();
    },
  },
  {
    name: 'run-metrics',
    path: '/experiments/1',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await firstRun(page);
      await page.getByRole('link', { name: 'Metrics', exact: true }).click();
      await chartsReady(page);
    },
  },
  { name: 'settings', path: '/settings', ready: (page) => page.getByRole('heading', { name: /Everybody/ }).waitFor() },
  {
    name: 'help',
    path: '/',
    ready: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor();
    },
  },
];

const SCREENS = [
  { name: 'wide', viewport: WIDE },
  { name: 'narrow', viewport: NARROW },
] as const;

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  const world = openWorld({ runs: 150 });
  beforeAll(async () => {
    files.runId = await runWithFiles(world.url(), world.api(), '1');
    await modelWithVersions(world.api(), 'iris');
  });

  describe.each(SCREENS)('on a $name screen', ({ name: screen, viewport }) => {
    test.each(VIEWS)('$name can be used by everybody, and fits', async ({ name, path, ready }) => {
      const page = await world.visit(path, { colorScheme, viewport, reducedMotion: 'reduce', allowed: /404/ });
      await ready(page);
      await page.screenshot({ path: picturePath(`${name}-${screen}-${colorScheme}`) });
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    });
  });
});
