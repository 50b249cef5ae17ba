import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectGoodLooks, SCREENS } from './support/looks.ts';
import { modelWithVersions } from './support/models.ts';
import { ADMIN, type Credentials, openWorld } from './support/world.ts';

const world = openWorld({ hasUsers: true });
const BOB: Credentials = { username: 'bob', password: 'the password of bob' };

const setPolicy = (name: string) =>
  world.api().postTracklet('promotions/policy', {
    name,
    rules: [
      {
        stages: ['Production'],
        aliases: ['champion'],
        metrics: [{ key: 'accuracy', comparator: '>=', value: 0.9 }],
        tags: [{ key: 'validated', value: 'yes' }],
        needs_signature: true,
        approvals: { count: 1, users: [BOB.username], roles: [] },
      },
    ],
  });

beforeAll(async () => {
  await world.api().post('users/create', BOB);
  await modelWithVersions(world.api(), 'churn');
  await setPolicy('churn');
});

/** Two people wait for each other, as long as pages take to look again. */
const WALK_MS = 120_000;

const demand = (page: Page, text: string) =>
  page.getByRole('list', { name: 'What the gate demands' }).getByRole('listitem').filter({ hasText: text });

const answer = async (page: Page, button: string, comment: string) => {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(comment);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

describe('a gate, walked by two people', () => {
  test(
    'from the request by way of a refusal to production, and back in one step',
    async () => {
      const ann = await world.visit('/models/churn/versions/3', { as: ADMIN, allowed: /403/ });
      const bob = await world.visit('/promotions', { as: BOB });

      // Ann is refused where MLflow would let her, is told why, and is led to the gate.
      await ann.getByRole('button', { name: 'Stage' }).click();
      await ann.getByRole('radio', { name: 'Production' }).check();
      const reasons = ann.getByRole('region', { name: 'The gate before Production' });
      await reasons.getByText("tag 'validated' must be 'yes', and is not set").waitFor();
      await ann.getByRole('button', { name: 'Move' }).click();
      await ann
        .getByRole('alert')
        .getByText(/may not enter stage 'Production'/)
        .waitFor();
      await reasons.getByRole('link', { name: 'Ask for its promotion' }).click();
      await demand(ann, "metric 'accuracy' must be >= 0.9").getByText('Met:', { exact: true }).waitFor();
      await demand(ann, 'must approve').getByText('Not met:').waitFor();
      await ann.getByRole('button', { name: 'Request promotion' }).click();
      await ann.getByRole('textbox', { name: 'Why this version?' }).fill('better by 2 %');
      await ann.getByRole('button', { name: 'Request', exact: true }).click();
      const ofAnn = ann.getByRole('region', { name: 'The open request' });
      await ofAnn.getByText('ada asks for it').waitFor();
      expect(await ofAnn.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
      expect(await ofAnn.getByRole('button', { name: 'Promote' }).isDisabled()).toBe(true);

      // Bob finds it among all requests, and refuses it with a reason, which Ann sees.
      await bob.getByRole('link', { name: 'churn version 3' }).click();
      const ofBob = bob.getByRole('region', { name: 'The open request' });
      await ofBob.getByText('better by 2 %').waitFor();
      await answer(bob, 'Refuse', 'nobody has validated it');
      await ofBob.getByText('bob refuses').waitFor();
      await ofAnn.getByText('nobody has validated it').waitFor();
      await demand(ann, "refused by 'bob'").waitFor();

      // She mends it: the tag is set, and the gate sees it at once.
      await ann.getByRole('button', { name: 'Tags' }).click();
      await ann.getByRole('textbox', { name: 'Key' }).fill('validated');
      await ann.getByRole('textbox', { name: 'Value' }).fill('yes');
      await ann.getByRole('button', { name: 'Set tag' }).click();
      await ann.getByRole('dialog').getByText('validated').waitFor();
      await ann.keyboard.press('Escape');
      await demand(ann, "tag 'validated' must be 'yes', and is").getByText('Met:', { exact: true }).waitFor();

      // Bob approves after all; Ann promotes.
      await demand(bob, "tag 'validated'").getByText('Met:', { exact: true }).waitFor();
      await answer(bob, 'Approve', 'now it is');
      await bob.getByText('All demands are met').waitFor();
      await ofAnn.getByText('bob approves').waitFor();
      await answer(ann, 'Promote', 'release 7');
      await ann.getByText('Version 3 of “churn” is now in Production.').waitFor();
      await ann.getByText('Version 3 is in Production.').waitFor();
      await ann.getByText('Earlier requests for Production').click();
      await ann.getByRole('region', { name: 'Promoted by ada' }).getByText('bob approves').waitFor();

      // The history tells it all, and Production goes back to version 1 in one step.
      await ann.goto(`${world.url()}/models/churn/promotions`);
      const history = ann.getByRole('table', { name: 'History' });
      await history.getByRole('row').filter({ hasText: 'by request' }).getByText('release 7').waitFor();
      await ann.getByRole('button', { name: 'Roll back Production' }).click();
      const dialog = ann.getByRole('dialog', { name: 'Roll Production back?' });
      await dialog.getByText('version 1').waitFor();
      await dialog.getByRole('textbox', { name: 'Why?' }).fill('drift');
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await ann.getByText('Production of “churn” is back to version 1.').waitFor();
      await history.getByRole('row').filter({ hasText: 'rollback' }).getByText('drift').waitFor();
      const inUse = ann.getByRole('table', { name: 'In use now' }).getByRole('row', { name: /^Production/ });
      await inUse.getByText('version 1').waitFor();
      await ann.getByRole('table', { name: 'Promotion requests' }).getByText('Promoted by ada').waitFor();
    },
    WALK_MS,
  );

  test('a request is withdrawn by who made it, and a review taken back by its author', async () => {
    const asked = { name: 'churn', version: '2', alias: 'champion', comment: 'first' };
    await world.api().postTracklet('promotions/requests', asked);
    const bob = await world.visit('/models/churn/versions/2?target=@champion', { as: BOB });
    await answer(bob, 'Approve', '');
    await bob.getByText('bob approves').waitFor();
    await answer(bob, 'Take my review back', 'not yet');
    await bob.getByText('bob takes that back').waitFor();
    const ann = await world.visit('/models/churn/versions/2?target=@champion', { as: ADMIN });
    await answer(ann, 'Withdraw', 'a better one comes');
    await ann.getByRole('button', { name: 'Request promotion' }).waitFor();
    await ann.getByText('Earlier requests for @champion').click();
    await ann.getByText('a better one comes').waitFor();
  });

  test('an alias behind a gate says why it does not move', async () => {
    const page = await world.visit('/models/churn/versions/2', { as: ADMIN });
    await page.getByRole('button', { name: 'Aliases' }).click();
    await page.getByRole('textbox', { name: 'Alias' }).fill('champion');
    const reasons = page.getByRole('region', { name: 'The gate before @champion' });
    await reasons.getByText("tag 'validated' must be 'yes', and is not set").waitFor();
    await reasons.getByRole('link', { name: 'Ask for its promotion' }).click();
    await page
      .getByRole('combobox', { name: 'Promotion to' })
      .getByRole('option', { selected: true })
      .waitFor({ state: 'attached' });
    expect(new URL(page.url()).searchParams.get('target')).toBe('@champion');
  });

  test('refuses who may not ask, in words, and what was typed stays', async () => {
    const page = await world.visit('/models/churn/versions/2', { as: BOB, allowed: /403/ });
    await page.getByRole('button', { name: 'Request promotion' }).click();
    await page.getByRole('textbox', { name: 'Why this version?' }).fill('please');
    await page.getByRole('button', { name: 'Request', exact: true }).click();
    await page.getByRole('alert').getByText('Permission denied').waitFor();
    expect(await page.getByRole('textbox', { name: 'Why this version?' }).inputValue()).toBe('please');
  });
});

describe('a policy', () => {
  test('is set, shown in words, changed and deleted', async () => {
    await world.api().post('registered-models/create', { name: 'plain' });
    const page = await world.visit('/models/plain', { as: ADMIN });
    await page.getByRole('button', { name: 'Promotions' }).click();
    await page.getByText('It has none of its own').waitFor();
    await page.getByRole('button', { name: 'Set policy of this model' }).click();
    const rule = page.getByRole('group', { name: 'Rule 1' });
    await rule.getByRole('textbox', { name: 'Before these aliases' }).fill('@champion, canary');
    await rule.getByRole('button', { name: 'Add a metric' }).click();
    await rule.getByRole('textbox', { name: 'Metric' }).fill('loss');
    await rule.getByRole('combobox', { name: 'Is' }).selectOption('<');
    await rule.getByRole('spinbutton', { name: 'Value of the metric' }).fill('0.25');
    await rule.getByRole('button', { name: 'Add a tag' }).click();
    await rule.getByRole('textbox', { name: 'Tag of the version' }).fill('owner');
    await rule.getByRole('checkbox', { name: 'Needs a description' }).check();
    await rule.getByRole('spinbutton', { name: 'Approvals' }).fill('2');
    await rule.getByRole('textbox', { name: 'By these users' }).fill('bob, ada');
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByText('The policy of “plain” is set.').waitFor();
    const section = page.getByRole('region', { name: 'Policy of this model' });
    await section.getByText('Production, @champion, @canary').waitFor();
    const texts = await section.getByRole('list').last().getByRole('listitem').allTextContents();
    expect(texts).toEqual([
      'metric loss < 0.25',
      'tag owner, with any value',
      'a description',
      '2 approvals by bob, ada; not by author or requester',
    ]);
    await page.reload();
    await page.getByRole('button', { name: 'Edit policy of this model' }).click();
    await rule.getByRole('button', { name: 'Remove metric loss' }).click();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await section.getByText('metric loss < 0.25').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete policy of this model' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('It has none of its own').waitFor();
  });

  test('without sense is refused in words, and what was typed stays', async () => {
    const page = await world.visit('/promotions', { as: ADMIN, allowed: /400/ });
    await page.getByRole('button', { name: 'Set policy of all models' }).click();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page
      .getByRole('alert')
      .getByText(/demand/)
      .waitFor();
    expect(await page.getByRole('checkbox', { name: 'Before Production' }).isChecked()).toBe(true);
  });

  test('that cannot be read says so, and is read again', async () => {
    const page = await world.visit('/models', { as: BOB, allowed: /500/ });
    await page.route('**/tracklet/promotions/requests?*', (route) =>
      route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The table is on fire.' } }),
    );
    await page.getByRole('link', { name: 'Promotions' }).click();
    await page.getByRole('alert').getByText('The table is on fire.').waitFor();
    await page.unroute('**/tracklet/promotions/requests?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    // All models’ policy is an admin’s to change.
    await page.getByRole('heading', { name: 'Policy of all models' }).waitFor();
    expect(await page.getByRole('button', { name: /policy of all models/ }).count()).toBe(0);
  });
});

interface View {
  readonly name: string;
  readonly path: string;
  readonly ready: (page: Page) => Promise<unknown>;
}

const VIEWS: readonly View[] = [
  {
    name: 'gate',
    path: '/models/pictured/versions/3',
    ready: async (page) => {
      await page.getByRole('region', { name: 'The open request' }).getByText('bob refuses').waitFor();
      await page.getByRole('table', { name: 'Inputs' }).waitFor();
    },
  },
  {
    name: 'promotions-of-a-model',
    path: '/models/pictured/promotions',
    ready: async (page) => {
      await page.getByRole('table', { name: 'History' }).waitFor();
      await page.getByRole('table', { name: 'Promotion requests' }).waitFor();
      await page.getByText('not by author or requester').waitFor();
    },
  },
  {
    name: 'promotions',
    path: '/promotions',
    ready: (page) => page.getByRole('link', { name: 'pictured version 3' }).waitFor(),
  },
  {
    name: 'policy-dialog',
    path: '/models/pictured/promotions',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Edit policy of this model' }).click();
      await page.getByRole('group', { name: 'Rule 1' }).waitFor();
    },
  },
  {
    name: 'gate-reasons',
    path: '/models/pictured/versions/2',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('radio', { name: 'Production' }).check();
      await page.getByRole('region', { name: 'The gate before Production' }).waitFor();
    },
  },
];

describe('in pictures', () => {
  beforeAll(async () => {
    const api = world.api();
    await modelWithVersions(api, 'pictured');
    await api.post('registered-models/alias', { name: 'pictured', alias: 'champion', version: '2' });
    await setPolicy('pictured');
    const { request } = await api.postTracklet<{ request: { request_id: string } }>('promotions/requests', {
      name: 'pictured',
      version: '3',
      stage: 'Production',
      archive_existing_versions: true,
      comment: 'better by 2 % on the holdout of May',
    });
    await world.api(BOB).postTracklet(`promotions/requests/${request.request_id}/review`, {
      verdict: 'REFUSE',
      comment: 'nobody has validated it on the new customers',
    });
  });

  describe.each(SCREENS)('on a $name screen', ({ viewport }) => {
    test.each(VIEWS)('$name can be used by everybody, and fits', async ({ name, path, ready }) => {
      const page = await world.visit(path, { viewport, as: ADMIN });
      await ready(page);
      await expectGoodLooks(page, name);
    });
  });
});
