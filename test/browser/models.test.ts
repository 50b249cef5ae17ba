import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelWithVersions, putArtifact } from './support/models.ts';
import { openWorld } from './support/world.ts';

const world = openWorld();
let runIds: readonly string[] = [];

beforeAll(async () => {
  runIds = await modelWithVersions(world.api(), 'iris');
  await world.api().post('registered-models/create', { name: 'other thing' });
});

/** Lets requests fail until what is given back is called. */
async function breakPath(page: Page, path: string, message: string): Promise<() => Promise<void>> {
  await page.route(path, (route) => route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message } }));
  return () => page.unroute(path);
}

describe('the list of models', () => {
  test('is found by name and by tag, and the link shows the same', async () => {
    const page = await world.visit('/models');
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'iris' }) });
    await row.getByText('@champion').waitFor();
    await row.getByText('Production').waitFor();
    await row.getByText('Version 3').waitFor();
    await page.getByRole('searchbox', { name: 'Find models' }).fill('OTHER');
    await row.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('rowheader', { name: 'other thing' }).waitFor();
    await page.getByRole('searchbox', { name: 'Find models' }).fill("tags.team = 'vision'");
    await row.waitFor();
    await page.getByRole('rowheader', { name: 'other thing' }).waitFor({ state: 'detached' });
    await row.getByRole('link', { name: 'iris' }).click();
    await page.getByRole('heading', { name: 'What it is' }).waitFor();
  });

  test('makes a model, which is renamed and deleted', async () => {
    const page = await world.visit('/models');
    await page.getByRole('rowheader').first().waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Name' }).fill('a new & odd one');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'a new & odd one' }).waitFor();
    await page.getByRole('heading', { name: 'It has no version yet' }).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'New name' }).fill('renamed');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: 'renamed' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Deleted the model “renamed”.').waitFor();
    await page.getByRole('rowheader', { name: 'iris' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'renamed' }).count()).toBe(0);
  });
});

describe('a model', () => {
  test('shows its versions, and compares those that are chosen', async () => {
    const page = await world.visit('/models/iris');
    for (const name of ['version 1', 'version 2']) await page.getByRole('checkbox', { name: `Choose ${name}` }).click();
    await page.keyboard.press('c');
    const table = page.getByRole('table', { name: 'Versions side by side' });
    await table.getByRole('rowheader', { name: 'input sepal length (cm)' }).waitFor();
    await table.getByRole('rowheader', { name: 'lr', exact: true }).waitFor();
    expect(await table.getByRole('rowheader', { name: 'depth' }).count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Only what differs' }).uncheck();
    await table.getByRole('rowheader', { name: 'depth' }).waitFor();
    await page.reload();
    await table.getByRole('rowheader', { name: 'depth' }).waitFor();
    await page.goBack();
    await page.getByText('2 chosen').waitFor();
  });

  test('has a description and tags to be changed', async () => {
    const page = await world.visit('/models/other%20thing');
    await page.getByRole('button', { name: 'Edit the description' }).click();
    await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('It is **good**.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('It is good.').waitFor();
    await page.getByRole('button', { name: 'Tags' }).click();
    await page.getByRole('textbox', { name: 'Key' }).fill('owner');
    await page.getByRole('textbox', { name: 'Value' }).fill('ada');
    await page.getByRole('button', { name: 'Set tag' }).click();
    await page.getByRole('dialog').getByText('owner').waitFor();
  });

  test('that is not there says so', async () => {
    const page = await world.visit('/models/nobody', { allowed: /404/ });
    await page.getByText('Registered Model with name=nobody not found').waitFor();
  });
});

describe('a version', () => {
  test('tells what it takes, what made it and how it is loaded', async () => {
    const page = await world.visit('/models/iris/versions/1');
    await page.getByRole('table', { name: 'Inputs' }).getByRole('rowheader', { name: 'petal width (cm)' }).waitFor();
    const params = page.getByRole('table', { name: 'Params of its run' });
    await params.getByRole('cell', { name: '0.1', exact: true }).waitFor();
    const uris = page.getByRole('combobox', { name: 'URI to load it by' });
    await page.getByText('load_model("models:/iris/1")').waitFor();
    await uris.selectOption('models:/iris@champion');
    await page.getByText('load_model("models:/iris@champion")').waitFor();
    await page.getByRole('link', { name: 'try 1' }).click();
    await page.getByRole('heading', { name: 'try 1' }).waitFor();
  });

  test('moves to a stage and archives the one there, and both come back', async () => {
    const page = await world.visit('/models/iris/versions/2', { allowed: /500/ });
    const mend = await breakPath(page, '**/promotions/check?*', 'The gate is on fire.');
    await page.getByRole('button', { name: 'Stage' }).click();
    await page.getByRole('radio', { name: 'Production' }).check();
    await page.getByText('The gate before Production could not be read: The gate is on fire.').waitFor();
    await mend();
    const retry = page.getByRole('dialog').getByRole('button', { name: 'Try again' });
    await retry.click();
    await retry.waitFor({ state: 'detached' });
    await page.getByText('Version 1 goes to Archived.').waitFor();
    await page.getByRole('button', { name: 'Move' }).click();
    await page.getByText('Version 2 of “iris” is now in Production.').waitFor();
    const stages = async () => {
      const { model_versions: found } = await world
        .api()
        .post<{ model_versions: readonly { version: string; current_stage: string }[] }>('model-versions/search', {
          filter: "name = 'iris'",
        });
      return found.map(({ version, current_stage: stage }) => `${version} ${stage}`).sort();
    };
    expect(await stages()).toEqual(['1 Archived', '2 Production', '3 None']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(stages).toEqual(['1 Production', '2 Staging', '3 None']);
  });

  test('takes an alias from another, and gives it back', async () => {
    const page = await world.visit('/models/iris/versions/3');
    await page.getByRole('button', { name: 'Aliases' }).click();
    await page.getByRole('textbox', { name: 'Alias' }).fill('champion');
    await page.getByText('It stands for version 1 now, and moves here.').waitFor();
    await page.getByRole('button', { name: 'Set alias' }).click();
    await page.getByText('@champion now stands for version 3 instead of version 1.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('@champion', { exact: true }).waitFor({ state: 'detached' });
  });

  test('loses an alias, and gets it back', async () => {
    const page = await world.visit('/models/iris/versions/1');
    const shown = page.getByRole('heading', { level: 1 }).locator('..').getByText('@champion', { exact: true });
    await shown.waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Aliases of version 1' });
    await dialog.getByRole('button', { name: 'Remove @champion' }).click();
    await page.getByText('Removed @champion from version 1.').waitFor();
    await dialog.getByRole('button', { name: 'Remove @champion' }).waitFor({ state: 'detached' });
    await shown.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByRole('button', { name: 'Remove @champion' }).waitFor();
    await shown.waitFor();
  });

  test('is described in Markdown', async () => {
    const page = await world.visit('/models/iris/versions/2');
    await page.getByText('Number 2').waitFor();
    await page.getByRole('button', { name: 'Edit the description' }).click();
    await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('Trained on *all* of it.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Trained on all of it.').waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Description' }).getByText('all', { exact: true }).waitFor();
  });

  test('refuses a wrong alias in words', async () => {
    const page = await world.visit('/models/iris/versions/3', { allowed: /400/ });
    await page.getByRole('button', { name: 'Aliases' }).click();
    await page.getByRole('textbox', { name: 'Alias' }).fill('not so');
    await page.getByRole('button', { name: 'Set alias' }).click();
    await page.getByRole('alert').getByText("Invalid alias name: 'not so'").waitFor();
  });

  test('goes with the names of what goes', async () => {
    const page = await world.visit('/models/iris/versions/1');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete version 1?' });
    await dialog.getByText('It is in Production:').waitFor();
    await dialog.getByText('@champion').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'iris version 1' }).waitFor();
  });

  test('that is protected is not deleted, and says why; another is gone for good', async () => {
    const api = world.api();
    await modelWithVersions(api, 'doomed');
    await api.postTracklet('promotions/policy', { name: 'doomed', protected_aliases: ['champion'] });
    const page = await world.visit('/models/doomed/versions/1', { allowed: /403|404/ });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete version 1?' });
    await dialog
      .getByRole('alert')
      .getByText(/cannot be deleted: it is in use as .*alias 'champion'/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.goto(`${world.url()}/models/doomed/versions/3`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Deleted version 3 of “doomed”.').waitFor();
    await page.getByRole('rowheader', { name: 'Version 2' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'Version 3' }).count()).toBe(0);
    await page.goto(`${world.url()}/models/doomed/versions/3`);
    await page
      .getByRole('alert')
      .getByText(/not found/)
      .waitFor();
  });
});

describe('a run', () => {
  test('registers a folder of its files, and tells where it went', async () => {
    const page = await world.visit(`/runs/${runIds[0]}/artifacts?path=model`);
    await page.getByRole('region', { name: 'model' }).getByRole('button', { name: 'Register model' }).click();
    await page.getByRole('combobox', { name: 'Registered model' }).fill('from a run');
    await page.getByText('Makes the model “from a run” with its first version.').waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'from a run version 1' }).waitFor();
    await page.getByRole('table', { name: 'Inputs' }).waitFor();
  });

  test('does not register a folder that is no model', async () => {
    const page = await world.visit(`/runs/${runIds[0]}`);
    await page.getByRole('heading', { name: 'About' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('textbox', { name: 'Folder of the model' }).fill('elsewhere');
    await page.getByRole('combobox', { name: 'Registered model' }).fill('iris');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('alert').getByText('There is no MLmodel in the folder “elsewhere” of this run.').waitFor();
  });

  test('registers a logged model', async () => {
    const api = world.api();
    const experimentId = await api.createExperiment('logged');
    const runId = await api.createRun(experimentId, { name: 'logs one' });
    const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
      experiment_id: experimentId,
      name: 'net',
      source_run_id: runId,
    });
    const modelId = model.info.model_id;
    await api.post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: 0 }] });
    await putArtifact(world.url(), { experimentId, runId, path: 'a.txt' }, 'a');
    const page = await world.visit(`/runs/${runId}/datasets`, { allowed: /500/ });
    await page.getByRole('button', { name: `Register ${modelId}` }).waitFor();
    const mendModel = await breakPath(page, '**/logged-models/*', 'The disk is on fire.');
    const mendNames = await breakPath(page, '**/registered-models/search*', 'The table is on fire.');
    await page.getByRole('button', { name: `Register ${modelId}` }).click();
    await page.getByText('A logged model could not be read: The disk is on fire.').waitFor();
    await page.getByText('The names of the models could not be read: The table is on fire.').waitFor();
    for (const mend of [mendModel, mendNames]) {
      await mend();
      await page.getByRole('button', { name: 'Try again' }).first().click();
    }
    await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: `net (${modelId})` }).waitFor();
    await page.getByRole('combobox', { name: 'Registered model' }).fill('iris');
    await page.getByText('Adds a version to “iris”.').waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('Registered version 4 of “iris”.').waitFor();
  });
});
