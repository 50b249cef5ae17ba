import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SNAPPY_PARQUET, ZSTD_PARQUET } from '../web/previews/parquet-files.ts';
import { putArtifact } from './support/models.ts';
import { expectUsable, USABLE_MS } from './support/usable.ts';
import { openWorld } from './support/world.ts';

const world = openWorld();
let runId = '';

const GEO = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [8.4, 47.3],
            [8.7, 47.3],
            [8.6, 47.5],
            [8.4, 47.3],
          ],
        ],
      },
    },
    { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [8.54, 47.38] } },
  ],
};

beforeAll(async () => {
  const experimentId = await world.api().createExperiment('previews');
  runId = await world.api().createRun(experimentId, { name: 'of all kinds' });
  const put = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
    putArtifact(world.url(), { experimentId, runId, path }, body);
  await put('paper.pdf', pdfOf('Found in the paper'));
  await put('beep.wav', wave());
  await put('cities.parquet', Uint8Array.from(Buffer.from(SNAPPY_PARQUET, 'base64')));
  await put('packed.parquet', Uint8Array.from(Buffer.from(ZSTD_PARQUET, 'base64')));
  await put('broken.mp3', 'no sound');
  await put('city.geojson', JSON.stringify(GEO));
  await put('nowhere.geojson', '{"type":"FeatureCollection","features":[]}');
  const page = await world.browser().newPage();
  await put('film.webm', Buffer.from(await page.evaluate<string>(FILM), 'base64'));
  await page.close();
});

const open = (path: string) => world.visit(`/runs/${runId}/artifacts?path=${encodeURIComponent(path)}`);
/** How long a medium lasts, which a browser knows once it has understood the file. */
const secondsOf = (page: Page, kind: 'audio' | 'video') =>
  page
    .locator(kind)
    .evaluate((element) => (element instanceof HTMLMediaElement && element.readyState > 0 ? element.duration : 0));

describe('a preview', () => {
  test('of a sound can be played', async () => {
    const page = await open('beep.wav');
    await page.getByLabel('beep.wav', { exact: true }).and(page.locator('audio')).waitFor();
    await expect.poll(() => secondsOf(page, 'audio')).toBeCloseTo(0.5, 2);
  });

  test('of a film can be played', async () => {
    const page = await open('film.webm');
    await page.getByLabel('film.webm', { exact: true }).and(page.locator('video')).waitFor();
    await expect.poll(() => secondsOf(page, 'video')).toBeGreaterThan(0);
  });

  test(
    'of a Parquet file is a table',
    async () => {
      const page = await open('cities.parquet');
      const table = page.getByRole('table', { name: 'cities.parquet' });
      await table.getByRole('row', { name: '1 Zürich 447082 0.5' }).waitFor();
      await expectUsable(page, { name: 'preview-parquet', seen: table });
    },
    USABLE_MS,
  );

  test('of a Parquet file that is compressed in a way of its own says so', async () => {
    const page = await open('packed.parquet');
    await page.getByText(/ZSTD.*read it in Python/).waitFor();
  });

  test('of a medium that no browser understands says so', async () => {
    const page = await open('broken.mp3');
    await page.getByText('The browser cannot show this file.').waitFor();
  });

  test('of a PDF is the browser’s own', async () => {
    const page = await open('paper.pdf');
    const frame = page.locator('iframe[title="paper.pdf"]');
    await frame.waitFor();
    expect(await frame.getAttribute('src')).toMatch(/^blob:/);
  });

  test('of a GeoJSON draws its shapes, and shows them as they are written', async () => {
    const page = await open('city.geojson');
    const shapes = page.getByRole('img', { name: 'Shapes of city.geojson' });
    await shapes.waitFor();
    expect(await shapes.locator('path').count()).toBe(2);
    await page.getByText('2 shapes, longitude 8.4 to 8.7, latitude 47.3 to 47.5').waitFor();
    await page.getByRole('button', { name: 'As text' }).click();
    await page.getByRole('region', { name: 'Text of city.geojson' }).getByText('FeatureCollection').waitFor();
  });

  test('of a GeoJSON without a place shows it as it is written', async () => {
    const page = await open('nowhere.geojson');
    await page.getByRole('alert').getByText('There is no place in it.').waitFor();
    await page.getByRole('region', { name: 'Text of nowhere.geojson' }).waitFor();
  });

  test.each([
    ['geojson', 'city.geojson', (page: Page) => page.getByRole('img', { name: 'Shapes of city.geojson' })],
    ['sound', 'beep.wav', (page: Page) => page.locator('audio')],
    ['film', 'film.webm', (page: Page) => page.locator('video')],
  ] as const)('of a %s can be used by everybody', { timeout: USABLE_MS }, async (name, path, seen) => {
    const page = await open(path);
    await seen(page).waitFor();
    await expectUsable(page, { name: `preview-${name}`, seen: seen(page) });
  });
});

/** A PDF of one page with a line of words. */
function pdfOf(words: string): string {
  const content = `BT /F1 24 Tf 40 100 Td (${words}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 6\n0000000000 65535 f \n${lines}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
}

const RATE = 8_000;

/** Half a second of a tone, 8 bits a sample. */
function wave(): Uint8Array<ArrayBuffer> {
  const samples = Uint8Array.from(
    { length: RATE / 2 },
    (_, at) => 128 + 60 * Math.sin((at * 440 * 2 * Math.PI) / RATE),
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return new Uint8Array(Buffer.concat([head, samples]));
}

/** Films a canvas in a page for some frames; as a text, for what tsx makes of a function does not run in a page. */
const FILM = `new Promise((resolve) => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
  recorder.ondataavailable = async ({ data }) => {
    const bytes = new Uint8Array(await data.arrayBuffer());
    resolve(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
  };
  recorder.start();
  let frames = 0;
  const draw = () => {
    context.fillStyle = 'hsl(' + frames * 20 + ' 80% 50%)';
    context.fillRect(0, 0, canvas.width, canvas.height);
    frames += 1;
    if (frames < 20) setTimeout(draw, 50);
    else recorder.stop();
  };
  draw();
})`;
