import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runWithFiles } from './support/models.ts';
import { openWorld } from './support/world.ts';

const world = openWorld();
let experimentId = '';
let runId = '';

beforeAll(async () => {
  experimentId = await world.api().createExperiment('files');
  runId = await runWithFiles(world.url(), world.api(), experimentId);
});

const item = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
const open = (path: string) => world.visit(`/runs/${runId}/artifacts?path=${encodeURIComponent(path)}`);
const pane = (page: Page, path: string) => page.getByRole('region', { name: path, exact: true });

describe('the tree', () => {
  test('reads a folder when it is opened, and a reload shows the same', async () => {
    const page = await world.visit(`/runs/${runId}`);
    await page.getByRole('link', { name: 'Artifacts' }).click();
    await item(page, 'plots').click();
    await item(page, 'deep').click();
    await item(page, 'loss.png').click();
    await page.getByRole('img', { name: 'loss.png' }).waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'loss.png' }).waitFor();
    expect(await item(page, 'deep').getAttribute('aria-level')).toBe('2');
    await page.goBack();
    await pane(page, 'plots/deep').waitFor();
  });

  test('is walked by keyboard alone', async () => {
    const page = await open('');
    await page.getByRole('tree', { name: 'Artifacts' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await item(page, 'MLmodel').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await pane(page, 'model/conda.yaml').getByText('conda-forge').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await item(page, 'MLmodel').waitFor({ state: 'detached' });
  });

  test('says so when a link leads to a file that is not there', async () => {
    const page = await open('gone.txt');
    await page.getByRole('heading', { name: 'There is no such file in this run' }).waitFor();
  });
});

describe('a preview', () => {
  test.each([
    ['train.py', 'print("hello")'],
    ['data.json', '"b": ['],
    ['model/conda.yaml', 'conda-forge'],
    ['explore.ipynb', 'out of the cell'],
  ])('of %s shows its text', async (path, text) => {
    const page = await open(path);
    await pane(page, path).getByText(text).first().waitFor();
  });

  test('of a table draws the rows in view', async () => {
    const page = await open('tables/scores.csv');
    const table = page.getByRole('table', { name: 'scores.csv' });
    await table.getByRole('cell', { name: 'row 0', exact: true }).waitFor();
    await page.getByText('3,000 rows, 2 columns').waitFor();
    expect(await table.getByRole('row').count()).toBeLessThan(200);
  });

  test('of MLmodel tells what the model takes and gives', async () => {
    const page = await open('model/MLmodel');
    await page.getByRole('table', { name: 'Inputs' }).getByRole('rowheader', { name: 'petal width (cm)' }).waitFor();
    await page.getByRole('table', { name: 'Outputs' }).getByRole('cell', { name: 'int64 (-1)' }).waitFor();
    await page.getByText('mlflow.sklearn').first().waitFor();
  });

  test('of Markdown and of pictures draws them', async () => {
    const page = await open('notes.md');
    await page.getByRole('heading', { name: 'Notes', exact: true }).waitFor();
    await item(page, 'plots').click();
    await item(page, 'figure.svg').click();
    await page.getByRole('img', { name: 'figure.svg' }).waitFor();
  });

  test('of HTML runs nothing of it', async () => {
    const page = await world.visit(`/runs/${runId}/artifacts?path=report.html`, {
      allowed: /sandbox|Content Security/,
    });
    await page.frameLocator('iframe').getByRole('heading', { name: 'Report of it' }).waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await page.title()).not.toBe('owned');
  });

  test('of a long text begins with its beginning, and shows more when asked', async () => {
    const asked: (string | undefined)[] = [];
    const page = await open('');
    page.on('request', (request) => {
      if (request.url().includes('get-artifact')) asked.push(request.headers().range);
    });
    await item(page, 'long.log').click();
    await page.getByText(/^The first .* of 1\.3 MB/).waitFor();
    expect(asked).toEqual(['bytes=0-524287']);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(/^The first/).waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Text of long.log' }).focus();
    const lastLines = async () => {
      await page.keyboard.press('End');
      return page.getByText('the end').count();
    };
    await expect.poll(lastLines).toBe(1);
  });

  test.each([
    ['weights.bin', 'No preview of this kind of file'],
    ['empty.txt', 'The file is empty'],
  ])('of %s says: %s', async (path, title) => {
    const page = await open(path);
    await page.getByRole('heading', { name: title }).waitFor();
  });

  test('of what is not what its name says shows it as it is written', async () => {
    const page = await open('wrong.json');
    await page.getByRole('alert').getByText('It is not what its name says').waitFor();
    await page.getByRole('region', { name: 'Text of wrong.json' }).getByText('{"a":').waitFor();
  });

  test('that fails says why, and tries again', async () => {
    const page = await world.visit(`/runs/${runId}/artifacts`, { allowed: /500/ });
    let isBroken = true;
    await page.route('**/get-artifact*', (route) =>
      isBroken
        ? route.fulfill({ status: 500, body: '{"error_code":"INTERNAL_ERROR","message":"The disk is on fire."}' })
        : route.continue(),
    );
    await item(page, 'train.py').click();
    await page.getByText('The disk is on fire.').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('print("hello")').waitFor();
  });
});

describe('a file', () => {
  test('is saved whole', async () => {
    const page = await open('train.py');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('train.py');
  });

  test('has a path and lines of Python to copy', async () => {
    const page = await world.visit(`/runs/${runId}/artifacts?path=train.py`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Copy path' }).click();
    await page.getByText('Copied the path.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('train.py');
    await page.getByRole('button', { name: 'Copy as Python' }).click();
    await page.getByText('Copied the lines of Python.').waitFor();
    const python = await page.evaluate(() => navigator.clipboard.readText());
    expect(python).toContain(`download_artifacts(run_id="${runId}", artifact_path="train.py")`);
  });
});

describe('an upload', () => {
  const upload = async (page: Page, name: string, text: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload files' }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  };

  test('goes into the folder that is open, and asks before it replaces a file', async () => {
    const page = await open('plots');
    await upload(page, 'added.txt', 'first words');
    await page.getByText('Uploaded 1 file.').waitFor();
    await item(page, 'plots').click();
    await item(page, 'added.txt').click();
    await page.getByText('first words').waitFor();
    await upload(page, 'added.txt', 'other words');
    const dialog = page.getByRole('dialog', { name: 'Replace 1 file?' });
    await dialog.getByText('plots/added.txt').waitFor();
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await page.getByText('other words').waitFor();
  });

  test('may be dropped on the page', async () => {
    const page = await open('');
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped.txt'));
      return transfer;
    });
    await page.getByRole('tree', { name: 'Artifacts' }).dispatchEvent('drop', { dataTransfer: data });
    await item(page, 'dropped.txt').waitFor();
  });

  test('goes on in other tabs, is asked about before the site is left, and is stopped', async () => {
    const page = await world.visit(`/runs/${runId}/artifacts`, { allowed: /ERR_FAILED|ERR_ABORTED/ });
    await page.route('**/tracklet-artifacts/**', () => undefined);
    await upload(page, 'slow.txt', 'slow');
    const progress = page.getByRole('progressbar', { name: 'Upload of slow.txt' });
    await progress.waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'About' }).waitFor();
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    await page.getByRole('heading', { name: 'Experiments' }).waitFor();
    await page.goBack();
    const question = page.waitForEvent('dialog');
    const leaving = page.evaluate(() => window.location.reload());
    expect((await question).type()).toBe('beforeunload');
    await (await question).dismiss();
    await leaving;
    await page.getByRole('link', { name: 'Artifacts (1 upload)' }).click();
    await progress.waitFor();
    await page.getByRole('button', { name: 'Stop the upload of slow.txt' }).click();
    await progress.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Artifacts', exact: true }).waitFor();
    await page.reload();
    await item(page, 'train.py').waitFor();
    expect(await item(page, 'slow.txt').count()).toBe(0);
  });

  test('that is refused says why, and is tried again', async () => {
    const page = await world.visit(`/runs/${runId}/artifacts`, { allowed: /403/ });
    let isBroken = true;
    await page.route('**/tracklet-artifacts/**', (route) =>
      isBroken
        ? route.fulfill({
            status: 403,
            body: '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
          })
        : route.continue(),
    );
    await upload(page, 'late.txt', 'late');
    await page.getByRole('list', { name: 'Uploads' }).getByText('Request has expired').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await item(page, 'late.txt').waitFor();
  });
});

test('a run without files says how to log one', async () => {
  const bare = await world.api().createRun(experimentId, { name: 'bare' });
  const page = await world.visit(`/runs/${bare}/artifacts`);
  await page.getByRole('heading', { name: 'This run has no files yet' }).waitFor();
});
