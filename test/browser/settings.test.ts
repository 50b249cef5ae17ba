import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { ADMIN, type Credentials, openWorld } from './support/world.ts';

const world = openWorld({ hasUsers: true });
const BOB: Credentials = { username: 'bob', password: 'the password of bob' };
let experimentId = '';

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('for tokens');
  await api.createRun(experimentId, { name: 'the-run', metrics: { loss: 0.5 } });
  await api.post('registered-models/create', { name: 'churn' });
  await api.post('users/create', BOB);
});

const signIn = async (page: Page, { username, password }: Credentials) => {
  await page.getByRole('textbox', { name: 'User name' }).fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

/** Ends all sessions of the browser, as another tab would. */
const loseSession = (page: Page) => page.context().clearCookies();

const menuOf = (page: Page, username: string) => page.getByRole('button', { name: `Signed in as ${username}` });

const UNAUTHENTICATED = /401/;

describe('signing in', () => {
  test('is asked for before any page, refuses what is wrong in words, and leads to the page that was wanted', async () => {
    const page = await world.visit('/models?find=x', { allowed: UNAUTHENTICATED });
    await page.getByRole('heading', { name: 'Sign in to Tracklet' }).waitFor();
    await signIn(page, { ...ADMIN, password: 'not the password' });
    await page.getByRole('alert').getByText('Wrong username or password.').waitFor();
    await signIn(page, ADMIN);
    await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?find=x');
    await menuOf(page, ADMIN.username).waitFor();
  });

  test('is over when somebody signs out, and nothing that was shown stays', async () => {
    const page = await world.visit('/', { as: ADMIN });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    await menuOf(page, ADMIN.username).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Tracklet' }).waitFor();
    expect(await page.getByText('for tokens').count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Tracklet' }).waitFor();
  });

  test('again in the middle of work keeps what was typed, and what was sent goes on', async () => {
    const page = await world.visit('/', { as: ADMIN, allowed: UNAUTHENTICATED });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('typed before');
    await loseSession(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    expect(await dialog.getByRole('textbox', { name: 'User name' }).inputValue()).toBe(ADMIN.username);
    await dialog.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'typed before' }).waitFor();
  });

  test('can be put off, and is asked for again by what wants it', async () => {
    const page = await world.visit('/', { as: ADMIN, allowed: UNAUTHENTICATED });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('typed and kept');
    await loseSession(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Not now' }).click();
    const form = page.getByRole('dialog', { name: 'New experiment' });
    await form.getByRole('alert').getByText('You are not authenticated.').waitFor();
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'typed and kept' }).waitFor();
  });

  test('as somebody else leaves nothing open of who was there before', async () => {
    const page = await world.visit('/', { as: ADMIN, allowed: UNAUTHENTICATED });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('not of bob');
    await loseSession(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await signIn(page, BOB);
    await menuOf(page, BOB.username).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'not of bob' }).count()).toBe(0);
  });

  test('in another tab is heard of by a write, which goes on', async () => {
    const page = await world.visit('/', { as: ADMIN, allowed: /403/ });
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
    await page.context().request.post(`${world.url()}/api/2.0/tracklet/session`, { data: ADMIN });
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('by the other session');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: 'by the other session' }).waitFor();
  });

  test('says when the server cannot be reached, and goes on when it is back', async () => {
    const page = await world.visit('/', { allowed: /ERR_|Failed to load/ });
    await page.getByRole('heading', { name: 'Sign in to Tracklet' }).waitFor();
    await page.context().setOffline(true);
    await signIn(page, ADMIN);
    await page.getByRole('alert').getByText('The server cannot be reached.').first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('rowheader', { name: 'for tokens' }).waitFor();
  });

  test('lets files be uploaded', async () => {
    const runId = await world.api().createRun(experimentId, { name: 'takes a file' });
    const page = await world.visit(`/runs/${runId}/artifacts`, { as: ADMIN });
    const chooser = page.waitForEvent('filechooser');
    await page
      .getByRole('button', { name: /Upload/ })
      .first()
      .click();
    await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await page.getByRole('treeitem', { name: /notes\.txt/ }).waitFor();
  });
});

describe('tokens', () => {
  test('are made with bounds, shown once, used, listed and revoked', async () => {
    const page = await world.visit('/settings', { as: BOB });
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog', { name: 'New token' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly job');
    await dialog.getByRole('combobox', { name: 'It may' }).selectOption('READ');
    await dialog.getByRole('combobox', { name: 'It is good for' }).selectOption('7');
    expect(await dialog.getByRole('option', { name: /ADMIN/ }).count()).toBe(0);
    await dialog.getByRole('combobox', { name: 'Add an experiment' }).fill('for tok');
    await page.getByRole('option', { name: 'for tokens' }).click();
    // The list stays open for another one.
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Not for tokens' }).waitFor();
    await dialog.getByRole('combobox', { name: 'Add a model' }).fill('chu');
    await page.getByRole('option', { name: 'churn' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Not churn' }).waitFor();
    await dialog.getByRole('button', { name: 'Make token' }).click();
    const shown = page.getByRole('dialog', { name: 'Your new token' });
    const token = ((await shown.getByText(/^tracklet_/).textContent()) ?? '').trim();
    await shown.getByRole('button', { name: 'I have copied it' }).click();
    const read = () =>
      fetch(`${world.url()}/api/2.0/mlflow/experiments/get?experiment_id=${experimentId}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await read()).status).toBe(200);
    await page.reload();
    const row = page.getByRole('table', { name: 'Your tokens' }).getByRole('row', { name: /nightly job/ });
    await row.getByText('READ').waitFor();
    await row.getByText(`1 experiment (${experimentId}), 1 model (churn)`).waitFor();
    await row.getByText('just now').first().waitFor();
    await row.getByRole('button', { name: 'Revoke nightly job' }).click();
    await page
      .getByRole('dialog', { name: 'Revoke “nightly job”?' })
      .getByRole('button', { name: 'Revoke for good' })
      .click();
    await row.getByText('revoked').waitFor();
    expect((await read()).status).toBe(401);
    expect(await page.getByText(token).count()).toBe(0);
  });

  test('that cannot be read say so, and are read again', async () => {
    const page = await world.visit('/', { as: BOB, allowed: /500/ });
    await page.route('**/tracklet/tokens?*', (route) =>
      route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
    );
    await menuOf(page, BOB.username).click();
    await page.getByRole('menuitem', { name: 'Tokens and password' }).click();
    await page.getByRole('alert').getByText('The table is on fire.').waitFor();
    await page.unroute('**/tracklet/tokens?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

describe('users', () => {
  test('are made, raised, given a permission and a role, and deleted, by an admin', async () => {
    const page = await world.visit('/settings', { as: ADMIN });
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByRole('textbox', { name: 'User name' }).fill('carol');
    await page.getByRole('textbox', { name: 'New password' }).fill('the password of carol');
    await page.getByRole('button', { name: 'Make user' }).click();
    const row = page.getByRole('table', { name: 'Users' }).getByRole('row', { name: /carol/ });
    const act = async (title: string) => {
      await row.getByRole('button', { name: 'Actions for carol' }).click();
      await page.getByRole('menuitem', { name: title }).click();
    };
    await act('Make admin');
    await row.getByText('yes').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('no').waitFor();

    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('release managers');
    await page.getByRole('button', { name: 'Make role' }).click();
    await page.getByRole('button', { name: 'Permissions of release managers' }).click();
    const ofRole = page.getByRole('dialog', { name: 'Permissions of the role release managers' });
    await ofRole.getByRole('combobox', { name: 'Level' }).selectOption('EDIT');
    await ofRole.getByRole('combobox', { name: 'On' }).selectOption('registered_model');
    await ofRole.getByRole('textbox', { name: 'Name' }).fill('*');
    await ofRole.getByRole('button', { name: 'Give' }).click();
    await ofRole.getByRole('listitem').getByText('EDIT on every registered model').waitFor();
    await ofRole.getByRole('button', { name: 'Close' }).first().click();

    await act('Roles');
    await page.getByRole('checkbox', { name: 'release managers' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await row.getByText('release managers').waitFor();

    await act('Permissions');
    const permissions = page.getByRole('dialog', { name: 'Permissions of carol' });
    await permissions.getByText('as release managers').waitFor();
    await permissions.getByRole('textbox', { name: 'Experiment id' }).fill(experimentId);
    await permissions.getByRole('button', { name: 'Give' }).click();
    await permissions.getByRole('button', { name: `Take READ on experiment ${experimentId}` }).click();
    await page.getByText(`carol no longer has READ on experiment ${experimentId}.`).waitFor();
    await permissions.getByRole('button', { name: 'Close' }).first().click();

    await act('Set a new password');
    await page.getByRole('textbox', { name: 'New password' }).fill('another password of carol');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('carol has a new password. Their sessions have ended.').waitFor();

    await act('Delete');
    await page
      .getByRole('dialog', { name: 'Delete the user carol?' })
      .getByRole('button', { name: 'Delete for good' })
      .click();
    await row.waitFor({ state: 'detached' });
  });

  test('who are no admins see what they may, and change their password', async () => {
    const dan: Credentials = { username: 'dan', password: 'the password of dan' };
    await world.api().post('users/create', dan);
    const page = await world.visit('/settings', { as: dan, allowed: /400|401/ });
    await page.getByText('what everybody may who is signed in, and no more').waitFor();
    expect(await page.getByRole('heading', { name: 'Users', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Change password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change your password' });
    await dialog.getByRole('textbox', { name: 'Current password' }).fill('not the password');
    await dialog.getByRole('textbox', { name: 'New password' }).fill('the next password of dan');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByRole('alert').getByText('Current password does not match.').waitFor();
    await dialog.getByRole('textbox', { name: 'Current password' }).fill(dan.password);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.getByRole('textbox', { name: 'Password' }).fill('the next password of dan');
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.waitFor({ state: 'detached' });
    await page.getByText('what everybody may who is signed in, and no more').waitFor();
  });
});

interface View {
  readonly name: string;
  readonly path: string;
  readonly as?: Credentials;
  /** Brings it about. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** What is there then. */
  readonly seen: (page: Page) => Locator;
}

const VIEWS: readonly View[] = [
  {
    name: 'sign-in',
    path: '/experiments',
    seen: (page) => page.getByRole('heading', { name: 'Sign in to Tracklet' }),
  },
  {
    name: 'settings-users',
    path: '/settings',
    as: ADMIN,
    act: async (page) => {
      await page.getByRole('table', { name: 'Your tokens' }).waitFor();
      await page.getByRole('table', { name: 'Users' }).waitFor();
    },
    seen: (page) => page.getByRole('heading', { name: 'Roles' }),
  },
  {
    name: 'new-token',
    path: '/settings',
    as: ADMIN,
    act: (page) => page.getByRole('button', { name: 'New token' }).click(),
    seen: (page) => page.getByRole('combobox', { name: 'Add an experiment' }),
  },
  {
    name: 'user-menu',
    path: '/settings',
    as: ADMIN,
    act: async (page) => {
      await page.getByRole('table', { name: 'Users' }).waitFor();
      await menuOf(page, ADMIN.username).click();
    },
    seen: (page) => page.getByRole('menuitem', { name: 'Sign out' }),
  },
];

describe('in pictures', () => {
  beforeAll(async () => {
    const api = world.api();
    await api.postTracklet('tokens', { name: 'nightly training', role: 'MANAGE', experiment_ids: [experimentId] });
    await api.postTracklet('tokens', { name: 'laptop', role: 'ADMIN', lifetime_seconds: 86_400 });
  });

  test.each(VIEWS)(
    '$name can be used by everybody, and fits',
    { timeout: USABLE_MS },
    async ({ name, path, as, act, seen }) => {
      const page = await world.visit(path, as && { as });
      await act?.(page);
      await expectUsable(page, { name, seen: seen(page) });
    },
  );
});
