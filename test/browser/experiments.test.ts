import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWorld } from './support/world.ts';

const world = openWorld();

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const choose = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).click();
const names = async (page: Page) => page.getByRole('rowheader').allInnerTexts();

test('a new user is taught the lines of Python, with this server’s address', async () => {
  const page = await world.visit('/');
  await page.getByRole('heading', { name: 'Log your first run' }).waitFor();
  await page.getByText(`mlflow.set_tracking_uri("${world.url()}")`).waitFor();
});

describe('with experiments', () => {
  beforeAll(async () => {
    for (const name of ['apples', 'pears', 'plums']) {
      const experimentId = await world.api().createExperiment(name);
      await world.api().createRun(experimentId, { name: `${name}-run` });
    }
  });

  test('are found by a part of their name; the link finds them again', async () => {
    const page = await world.visit('/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await rowOf(page, 'plums').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('EAR');
    await expect.poll(() => names(page)).toEqual(['pears']);
    await expect.poll(() => new URL(page.url()).search).toBe('?name=EAR');
    await page.reload();
    await rowOf(page, 'pears').waitFor();
    expect(await names(page)).toEqual(['pears']);
    expect(await page.getByRole('searchbox', { name: 'Find by name' }).inputValue()).toBe('EAR');
    await page.getByRole('button', { name: 'Copy as Python' }).click();
    await page.getByText('Copied the search as Python.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("name ILIKE '%EAR%'");
  });

  test('are sorted by their header, and back undoes it', async () => {
    const page = await world.visit('/?name=p&sort=name.asc');
    await expect.poll(() => names(page)).toEqual(['apples', 'pears', 'plums']);
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name', exact: true }).click();
    await expect.poll(() => names(page)).toEqual(['plums', 'pears', 'apples']);
    await page.goBack();
    await expect.poll(() => names(page)).toEqual(['apples', 'pears', 'plums']);
  });

  test('are made', async () => {
    const page = await world.visit('/');
    await page.getByRole('button', { name: 'New experiment' }).click();
    const dialog = page.getByRole('dialog', { name: 'New experiment' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('cherries');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'cherries' }).waitFor();
  });

  test('a name that is taken is refused in MLflow’s words, and the form stays', async () => {
    const page = await world.visit('/', { allowed: /400/ });
    await page.getByRole('button', { name: 'New experiment' }).click();
    const dialog = page.getByRole('dialog', { name: 'New experiment' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('pears');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/already exists/)
      .waitFor();
  });

  test('are renamed, and the old name comes back', async () => {
    await world.api().createExperiment('figs');
    const page = await world.visit('/?name=figs');
    await choose(page, 'figs');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'New name' }).fill('figs and dates');
    await page.keyboard.press('Enter');
    await rowOf(page, 'figs and dates').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 'figs').waitFor();
  });

  test('are deleted, and come back by undo and from the trash', async () => {
    await world.api().createExperiment('kiwis');
    const page = await world.visit('/?name=kiwis');
    await choose(page, 'kiwis');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No experiment has “kiwis” in its name.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 'kiwis').waitFor();
    await choose(page, 'kiwis');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('combobox', { name: 'Stage' }).selectOption('Deleted');
    await choose(page, 'kiwis');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('combobox', { name: 'Stage' }).selectOption('Active');
    await rowOf(page, 'kiwis').waitFor();
  });

  test('are tagged', async () => {
    await world.api().createExperiment('limes');
    const page = await world.visit('/?name=limes');
    await choose(page, 'limes');
    await page.getByRole('button', { name: 'Tags' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tags of “limes”' });
    await dialog.getByRole('textbox', { name: 'Key' }).fill('team');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('citrus');
    await dialog.getByRole('button', { name: 'Set tag' }).click();
    await dialog.getByRole('button', { name: 'Remove team' }).waitFor();
    await page.keyboard.press('Escape');
    await rowOf(page, 'limes').getByText('citrus').waitFor();
  });

  test('have a note in Markdown, of which nothing harmful is left', async () => {
    const experimentId = await world.api().createExperiment('melons');
    // Chromium tells of a handler that it did not run when DOMPurify merely parses it, in a document that is never shown.
    const page = await world.visit('/?name=melons', { allowed: /404|Executing inline event handler/ });
    await choose(page, 'melons');
    await page.getByRole('button', { name: 'Note' }).click();
    const note =
      '# Sweet\n\nsee [the paper](https://example.org) <img src=x onerror="document.title=1"><script>1</script>';
    const dialog = page.getByRole('dialog', { name: 'Note on “melons”' });
    await dialog.getByRole('textbox', { name: 'Note, in Markdown' }).fill(note);
    await dialog.getByRole('heading', { name: 'Sweet' }).waitFor();
    expect(await dialog.locator('[onerror], script').count()).toBe(0);
    expect(await page.title()).toBe('Experiments · Tracklet');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${world.url()}/experiments/${experimentId}`);
    await page.getByText('Note', { exact: true }).click();
    await page.getByRole('link', { name: 'the paper' }).waitFor();
  });

  test('are reached by keyboard alone', async () => {
    const page = await world.visit('/?name=p&sort=name.asc');
    await rowOf(page, 'pears').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('1 chosen').waitFor();
    expect(await rowOf(page, 'pears').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('o');
    await page.getByRole('heading', { name: 'pears' }).waitFor();
  });
});

test('thousands are drawn as they come into view', { timeout: 90_000 }, async () => {
  const api = world.api();
  const numbers = Array.from({ length: 1200 }, (_, index) => index);
  for (let at = 0; at < numbers.length; at += 50) {
    await Promise.all(
      numbers.slice(at, at + 50).map((number) => api.createExperiment(`many-${String(number).padStart(4, '0')}`)),
    );
  }
  const page = await world.visit('/?name=many-&sort=name.asc');
  await rowOf(page, 'many-0000').waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  const grid = page.getByRole('grid', { name: 'Experiments' });
  await grid.focus();
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End');
        return (await names(page)).at(-1);
      },
      { timeout: 20_000 },
    )
    .toBe('many-1199');
  expect(await page.getByRole('row').count()).toBeLessThan(80);
});
