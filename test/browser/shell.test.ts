import { beforeAll, describe, expect, test } from 'vitest';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld, picturePath } from './support/world.ts';

const world = openWorld();
let runId = '';

beforeAll(async () => {
  const experimentId = await world.api().createExperiment('shell');
  runId = await world.api().createRun(experimentId, { name: 'the-run', metrics: { loss: 0.5 } });
});

test('the theme is switched, kept, and there before anything is drawn', async () => {
  const page = await world.visit('/', { colorScheme: 'light' });
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.getByRole('button', { name: 'Theme: system. Switch to light' }).click();
  await page.getByRole('button', { name: 'Theme: light. Switch to dark' }).click();
  expect(await scheme()).toBe('dark');
  await page.reload();
  expect(await scheme()).toBe('dark');
  await page.getByRole('button', { name: 'Theme: dark. Switch to system' }).click();
  await page.reload();
  expect(await scheme()).toBe('light dark');
});

test('shortcuts are listed, and the dialog gives the focus back', async () => {
  const page = await world.visit('/');
  const button = page.getByRole('button', { name: 'Show shortcuts' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  for (const text of ['New experiment', 'Find a command or page']) await dialog.getByText(text).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('commands and pages are found by typing, with the keyboard alone', { timeout: USABLE_MS }, async () => {
  const page = await world.visit(`/runs/${runId}`);
  await page.getByRole('heading', { name: 'the-run' }).waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands and pages' });
  const field = palette.getByRole('combobox', { name: 'Find a command or page' });
  await palette.getByRole('option', { name: 'Register model Run m' }).waitFor();
  await field.fill('ren run');
  expect(await palette.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'New name' });
  await expect.poll(() => name.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await field.fill('go to');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  expect(await palette.getByRole('option', { selected: true }).textContent()).toContain('Experiments');
  await page.keyboard.press('Enter');
  const search = page.getByRole('searchbox', { name: 'Find by name' });
  await search.focus();
  await page.keyboard.press('Control+k');
  await field.fill('no such thing');
  await palette.getByText('Nothing that can be done now is called so.').waitFor();
  await field.fill('');
  await expectUsable(page, { name: 'palette', seen: palette.getByRole('option', { name: 'New experiment' }) });
  await page.keyboard.press('Escape');
  await expect.poll(() => search.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('a link that MLflow’s client prints leads to the run', async () => {
  const page = await world.visit(`/#/experiments/1/runs/${runId}`);
  await page.getByRole('heading', { name: 'the-run' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/runs/${runId}`);
});

test('a path that is no page says so', async () => {
  const page = await world.visit('/experiments');
  await page.evaluate(() => window.history.pushState(null, '', '/no/such/page'));
  await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
});

describe('trouble', () => {
  test('a lost connection shows, what was read stays, and all recovers by itself', async () => {
    const page = await world.visit('/', { allowed: /ERR_|Failed to load/ });
    await page.getByRole('rowheader', { name: 'shell', exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('searchbox', { name: 'Find by name' }).fill('shel');
    await page.getByRole('alert').getByText('The server cannot be reached.').first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole('alert').first().waitFor({ state: 'detached' });
    await page.getByRole('rowheader', { name: 'shell', exact: true }).waitFor();
  });

  test('a server error says what happened, and another try goes well', async () => {
    const page = await world.visit('/settings', { allowed: /500/ });
    await page.route('**/experiments/search', (route) =>
      route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
    );
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    await page.getByRole('alert').getByText('The table is on fire.').waitFor();
    await page.unroute('**/experiments/search');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('rowheader', { name: 'shell', exact: true }).waitFor();
  });

  test('a part that cannot be read says so beside those that can, and is read again', async () => {
    const page = await world.visit('/settings', { allowed: /500/ });
    await page.route('**/runs/search', (route) =>
      route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
    );
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'shell', exact: true }) });
    const retry = row.getByRole('button', { name: 'Not read. Try again' });
    expect(await retry.getAttribute('title')).toBe('The table is on fire.');
    await page.screenshot({ path: picturePath('experiments-not-read') });
    await page.unroute('**/runs/search');
    await retry.click();
    await row.getByRole('img', { name: 'Finished' }).waitFor();
  });

  test('a server that is busy is asked again without a word', async () => {
    const page = await world.visit('/settings', { allowed: /429/ });
    let refusals = 2;
    await page.route('**/experiments/search', async (route) => {
      refusals -= 1;
      const busy = {
        status: 429,
        headers: { 'retry-after': '0' },
        json: { error_code: 'REQUEST_LIMIT_EXCEEDED', message: 'Wait.' },
      };
      await (refusals >= 0 ? route.fulfill(busy) : route.continue());
    });
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    await page.getByRole('rowheader', { name: 'shell', exact: true }).waitFor();
  });

  test('who is not signed in is told so', async () => {
    const page = await world.visit('/settings', { allowed: /401/ });
    await page.route('**/experiments/search', (route) =>
      route.fulfill({ status: 401, json: { error_code: 'UNAUTHENTICATED', message: 'No token was sent.' } }),
    );
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/Sign in/)
      .waitFor();
  });

  test('a run that is not there says so', async () => {
    const page = await world.visit(`/runs/${'0'.repeat(32)}`, { allowed: /404/ });
    await page
      .getByRole('alert')
      .getByText(/not found/)
      .waitFor();
  });
});
