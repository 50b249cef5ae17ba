import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { CLIENT_ID, CLIENT_SECRET, startProvider, type TestProvider } from '../support/oidc/start-provider.ts';
import { violationsOf } from './support/accessibility.ts';
import { openWorld, picturePath } from './support/world.ts';

let provider: TestProvider | undefined;
let folder = '';

const world = openWorld({
  options: async () => {
    const port = await freePort();
    provider = await startProvider([`http://127.0.0.1:${port}/api/2.0/tracklet/oidc/callback`]);
    provider.people.set('sub-1', { preferred_username: 'alice', groups: ['platform'] });
    folder = await mkdtemp(join(tmpdir(), 'tracklet-test-'));
    const secretFile = join(folder, 'secret');
    await writeFile(secretFile, CLIENT_SECRET);
    return [
      ...['--port', String(port), '--auth', 'oidc', '--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT_ID],
      ...['--oidc-client-secret-file', secretFile, '--oidc-admin-group', 'platform'],
    ];
  },
});

afterAll(async () => {
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The provider's own pages ask for fonts that are not there. */
const ALLOWED = /401|404|ERR_|Content Security Policy/;

const passProvider = async (page: Page) => {
  await page.locator('input[name=login]').fill('sub-1');
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Continue' }).click();
};

test('leads through the provider to the page that was wanted, and again in the middle of work by another tab', async () => {
  const page = await world.visit('/models?find=x', { allowed: ALLOWED });
  const link = page.getByRole('link', { name: 'Sign in with single sign-on' });
  await link.waitFor();
  await page.screenshot({ path: picturePath('single-sign-on') });
  expect(await violationsOf(page)).toEqual([]);
  await link.click();
  await passProvider(page);
  await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?find=x');
  await page.getByRole('button', { name: 'Signed in as alice' }).waitFor();

  await page.getByRole('button', { name: 'New model' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('typed before');
  await page.context().clearCookies({ name: 'tracklet_session' });
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  const opening = page.context().waitForEvent('page');
  await dialog.getByRole('link', { name: 'Sign in with single sign-on' }).click();
  const other = await opening;
  // The provider remembers who this is, and asks nothing.
  await other.getByRole('heading', { name: 'Models', exact: true }).waitFor();
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('heading', { name: 'typed before' }).waitFor();
}, 60_000);

test('leaves passwords and new users to the provider', async () => {
  const page = await world.visit('/settings', { allowed: ALLOWED });
  await page.getByRole('link', { name: 'Sign in with single sign-on' }).click();
  await passProvider(page);
  await page.getByText('Users come from your OpenID provider').waitFor();
  expect(await page.getByRole('button', { name: 'Change password' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'New user' }).count()).toBe(0);
});
