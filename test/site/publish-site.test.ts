import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptySite, publishSite } from '../../functions/site/publish-site.ts';
import { openTestArtifacts, type TestArtifacts } from '../artifacts/open-test-artifacts.ts';
import { BUCKET } from '../local/s3/local-s3.ts';
import { newFolder } from '../support/new-folder.ts';

let opened: TestArtifacts;
let s3: S3Client;
let folder: string;
const written: (string | undefined)[] = [];

beforeAll(async () => {
  opened = await openTestArtifacts();
  s3 = opened.client;
  s3.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if ('Key' in args.input) written.push(args.input.Key);
      return result;
    },
    { step: 'initialize' },
  );
});

afterAll(() => opened.close());

beforeEach(async () => {
  written.length = 0;
  folder = await newFolder();
});

async function build(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const publish = () => publishSite(s3, folder, BUCKET);

async function published(key: string) {
  const { Body, ContentType, CacheControl } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return { text: await Body?.transformToString(), type: ContentType, caching: CacheControl };
}

async function keys() {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key }) => Key);
}

describe('publishSite', () => {
  it('writes the page, to be asked for anew each time', async () => {
    await build({ 'index.html': '<p>hello</p>' });
    expect(await publish()).toBe(1);
    expect(await published('index.html')).toEqual({
      text: '<p>hello</p>',
      type: 'text/html; charset=utf-8',
      caching: 'no-cache',
    });
  });

  it('writes what the page names, under names that never change, to be kept for ever', async () => {
    await build({ 'index.html': '', 'assets/main-A1.js': 'go()', 'assets/fonts/text-B2.woff2': '' });
    await publish();
    expect(await published('assets/main-A1.js')).toEqual({
      text: 'go()',
      type: 'text/javascript; charset=utf-8',
      caching: 'public, max-age=31536000, immutable',
    });
    expect((await published('assets/fonts/text-B2.woff2')).type).toBe('font/woff2');
  });

  it('writes the page last, so that it never names what is not there', async () => {
    await build({ 'index.html': '', 'assets/a-1.js': '', 'z.css': '' });
    await publish();
    expect(written).toHaveLength(3);
    expect(written.at(-1)).toBe('index.html');
  });

  it('leaves what the page before named: an open tab may still load it', async () => {
    await build({ 'index.html': 'old', 'assets/old-1.js': '' });
    await publish();
    folder = await newFolder();
    await build({ 'index.html': 'new', 'assets/new-2.js': '' });
    await publish();
    expect(await keys()).toEqual(expect.arrayContaining(['assets/old-1.js', 'assets/new-2.js']));
    expect((await published('index.html')).text).toBe('new');
  });

  it('leaves out what the build made for the server of the laptop', async () => {
    await build({
      'index.html': '',
      'index.html.br': '',
      'assets/x-1.js': '',
      'assets/x-1.js.gz': '',
      'outputs.json': '',
    });
    expect(await publish()).toBe(2);
  });

  it('gives bytes of an unknown kind no kind', async () => {
    await build({ 'index.html': '', LICENCE: 'MIT' });
    await publish();
    expect((await published('LICENCE')).type).toBe('application/octet-stream');
  });

  it('fails without a page and writes nothing', async () => {
    await build({ 'assets/main-A1.js': '' });
    await expect(publish()).rejects.toThrow('has no index.html');
    expect(written).toEqual([]);
  });
});

describe('emptySite', () => {
  it('leaves nothing, of no build', async () => {
    await build({ 'index.html': '', 'assets/x-1.js': '' });
    await publish();
    await emptySite(s3, BUCKET);
    expect(await keys()).toEqual([]);
  });

  it('finds nothing to do in an empty bucket', async () => {
    await emptySite(s3, BUCKET);
    await expect(emptySite(s3, BUCKET)).resolves.toBeUndefined();
  });
});
