import { deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { putArtifact } from './support/models.ts';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld } from './support/world.ts';

const world = openWorld();
const RUNS = ['ada', 'bob', 'cyd'];
const STEPS = [0, 10, 20];
let experimentId = '';

const state = (page: Page) => new URL(page.url()).searchParams;
const grid = (page: Page, key: string) => page.getByRole('region', { name: `Images of ${key}` });
const slider = (page: Page) => page.getByRole('slider', { name: 'Step' });

beforeAll(async () => {
  const api = world.api();
  experimentId = await api.createExperiment('images');
  for (const [at, name] of RUNS.entries()) {
    const runId = await api.createRun(experimentId, { name, tags: { 'mlflow.loggedImages': 'True' } });
    for (const step of name === 'cyd' ? STEPS.slice(0, 2) : STEPS) {
      for (const key of ['masks', 'val~predictions']) {
        const path = `images/${key}+step+${step}+timestamp+${1_700_000_000_000 + step}+${name}${step}${key.length}`;
        const picture = pictureOf(at * 80, step * 6, key.length * 8);
        await putArtifact(world.url(), { experimentId, runId, path: `${path}.png` }, picture);
        await putArtifact(world.url(), { experimentId, runId, path: `${path}+compressed.webp` }, picture);
      }
    }
  }
  await api.createRun(experimentId, { name: 'none' });
});

const open = () => world.visit(`/experiments/${experimentId}?show=charts&chart=images`);

test('images of runs stand beside each other, at the step of a slider that the link holds', async () => {
  const page = await world.visit(`/experiments/${experimentId}`);
  await page.getByRole('button', { name: 'Charts', exact: true }).click();
  await page.getByRole('group', { name: 'Kind of chart' }).getByRole('button', { name: 'Images' }).click();
  const shown = grid(page, 'masks').getByRole('img');
  await page.getByRole('img', { name: 'masks of ada at step 20' }).waitFor();
  await page.getByRole('img', { name: 'masks of cyd at step 10' }).waitFor();
  const widths = () =>
    shown.evaluateAll((all) => all.map((each) => each instanceof HTMLImageElement && each.naturalWidth));
  await expect.poll(widths).toEqual([SIDE, SIDE, SIDE]);
  await slider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('img', { name: 'masks of ada at step 10' }).waitFor();
  await page.keyboard.press('Home');
  await page.getByRole('img', { name: 'masks of bob at step 0' }).waitFor();
  expect(state(page).get('step')).toBe('0');
  await page.getByRole('combobox', { name: 'Which images' }).selectOption('val/predictions');
  await page.getByRole('img', { name: 'val/predictions of bob at step 20' }).waitFor();
  await page.reload();
  await page.getByRole('img', { name: 'val/predictions of bob at step 20' }).waitFor();
});

test('an image leads to the file as it was logged', async () => {
  const page = await open();
  await page.getByRole('link', { name: 'masks of ada at step 20' }).click();
  await page.getByRole('img', { name: /^masks\+step\+20.*\.png$/ }).waitFor();
});

test('without any the page says how they are logged', async () => {
  const empty = await world.api().createExperiment('no images');
  await world.api().createRun(empty, { name: 'alone' });
  const page = await world.visit(`/experiments/${empty}?show=charts&chart=images`);
  await page.getByText('mlflow.log_image(image, key="predictions", step=epoch)').waitFor();
});

test('images can be looked at by everybody', { timeout: USABLE_MS }, async () => {
  const page = await open();
  await page.getByRole('img', { name: 'masks of ada at step 20' }).waitFor();
  await expectUsable(page, { name: 'images', seen: page.getByRole('img', { name: 'masks of cyd at step 10' }) });
});

const SIDE = 16;

/** A PNG of 16 by 16 whose colours run from a red, a green and a blue. */
function pictureOf(red: number, green: number, blue: number): Uint8Array<ArrayBuffer> {
  const lines = Array.from({ length: SIDE }, (_, row) => [
    0,
    ...Array.from({ length: SIDE }, (_column, column) => [red + row * 4, green + column * 6, blue]).flat(),
  ]);
  const size = Buffer.alloc(8);
  size.writeUInt32BE(SIDE, 0);
  size.writeUInt32BE(SIDE, 4);
  const head = Buffer.concat([size, Buffer.from([8, 2, 0, 0, 0])]);
  const body = deflateSync(Buffer.from(lines.flat()));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]),
  );
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The sum that PNG asks for (ISO 3309); Node has one only from 20.15 on. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
