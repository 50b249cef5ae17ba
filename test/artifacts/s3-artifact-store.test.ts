import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ArtifactStore } from '../../functions/artifacts/artifact-store.ts';
import { bodyOf, bytesOf, openTestArtifacts, piecesOf, putText, type TestArtifacts } from './open-test-artifacts.ts';

let bench: TestArtifacts;
let artifacts: ArtifactStore;

beforeAll(async () => {
  bench = await openTestArtifacts();
  artifacts = bench.artifacts;
});
beforeEach(() => artifacts.remove(''));
afterAll(() => bench.close());

const readText = async (path: string, range?: string) => String(await bytesOf(await artifacts.find(path, range)));

const NAMES = [
  'plain.txt',
  'with space.txt',
  ' at both ends ',
  'plus+plus',
  'percent%20%zz%',
  'größe-\u{1f600}.txt',
  'e\u0301',
  'a&b<c>"d\'e',
  'query?x=1&y=2',
  'comma,semi;colon:at@eq=dollar$',
  '__proto__',
  '.hidden',
  '...',
  'tilde~star*(bang!)',
  'back\\slash',
  'brackets[1]{2}^`|',
];

describe('put and find', () => {
  test.each(NAMES)('keep a file named %j, and list it under that name', async (name) => {
    await putText(artifacts, `7/run/artifacts/${name}`, name);
    expect(await readText(`7/run/artifacts/${name}`)).toBe(name);
    expect(await artifacts.list('7/run/artifacts')).toEqual([
      { path: name, isDir: false, sizeBytes: Buffer.byteLength(name) },
    ]);
  });

  test.each(NAMES)('keep a file in a folder named %j, and list that folder', async (name) => {
    await putText(artifacts, `r/${name}/f`, 'x');
    expect(await artifacts.list('r')).toEqual([{ path: name, isDir: true, sizeBytes: undefined }]);
    expect(await artifacts.list(`r/${name}`)).toEqual([{ path: 'f', isDir: false, sizeBytes: 1 }]);
  });

  test('keep all names side by side', async () => {
    await Promise.all(NAMES.map((name) => putText(artifacts, `r/${name}`, name)));
    expect((await artifacts.list('r')).map(({ path }) => path)).toEqual(NAMES.toSorted());
    expect(await Promise.all(NAMES.map((name) => readText(`r/${name}`)))).toEqual(NAMES);
  });

  test('tell the size of a file', async () => {
    await putText(artifacts, 'f', 'hello');
    expect(await artifacts.find('f', undefined)).toMatchObject({ sizeBytes: 5, contentRange: undefined });
  });

  test('overwrite, a longer file with a shorter one', async () => {
    await putText(artifacts, 'f', 'a long text');
    await putText(artifacts, 'f', 'short');
    expect(await readText('f')).toBe('short');
  });

  test('know no file where there is none, or only a folder, or part of a name', async () => {
    await putText(artifacts, 'folder/file', 'x');
    for (const path of ['none', 'folder', 'folder/fil', 'older/file', 'folder/file/deeper']) {
      expect(await artifacts.find(path, undefined)).toBeUndefined();
    }
  });

  test('keep a file and a folder of the same name', async () => {
    await putText(artifacts, 'r/x', 'file');
    await putText(artifacts, 'r/x/y', 'inside');
    expect(await readText('r/x')).toBe('file');
    expect(await artifacts.list('r')).toEqual(
      expect.arrayContaining([
        { path: 'x', isDir: true, sizeBytes: undefined },
        { path: 'x', isDir: false, sizeBytes: 4 },
      ]),
    );
  });

  test('refuse a path that is too long for a key, and take the longest', async () => {
    const longest = 'é'.repeat((1024 - 'artifacts/'.length) / 2);
    await putText(artifacts, longest, 'x');
    expect(await readText(longest)).toBe('x');
    await expect(putText(artifacts, `${longest}x`, 'x')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(artifacts.find(`${longest}x`, undefined)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('a body', () => {
  const large = Buffer.from(Array.from({ length: 64 * 1024 }, (_, at) => (at * 31) % 251));
  const ofSize = (size: number) => Buffer.alloc(size, large);
  const MB = 1024 * 1024;
  const PART = 8 * MB;

  test.each([
    ['nothing', null, undefined],
    ['nothing of known size', null, 0],
    ['an empty stream of known size', bodyOf([]), 0],
    ['an empty stream', bodyOf([]), undefined],
    ['a stream of an empty piece', bodyOf([new Uint8Array()]), undefined],
  ])('of %s makes an empty file', async (_, body, sizeBytes) => {
    await artifacts.put('r/empty', { body, sizeBytes });
    expect(await readText('r/empty')).toBe('');
    expect(await artifacts.list('r')).toEqual([{ path: 'empty', isDir: false, sizeBytes: 0 }]);
  });

  test.each([
    ['one byte', 1, 1],
    ['less than a part', 300_000, 7001],
    ['a byte less than a part', PART - 1, MB],
    ['exactly a part', PART, MB],
    ['a byte more than a part', PART + 1, 700_001],
    ['two parts', 2 * PART, PART],
    ['several parts in one piece', 2 * PART + 5, 3 * PART],
    ['several parts in odd pieces', 2 * PART + 12_345, 999_983],
  ])('of unknown size comes back whole: %s', async (_, size, pieceSize) => {
    const bytes = ofSize(size);
    await artifacts.put('r/f', { body: bodyOf(piecesOf(bytes, pieceSize)), sizeBytes: undefined });
    expect((await bytesOf(await artifacts.find('r/f', undefined))).equals(bytes)).toBe(true);
    expect(await artifacts.list('r')).toEqual([{ path: 'f', isDir: false, sizeBytes: size }]);
    expect(await bench.countOpenUploads()).toBe(0);
  });

  test.each([1, 300_000, PART + 1])('of %d bytes, which is known, comes back whole', async (size) => {
    const bytes = ofSize(size);
    await artifacts.put('f', { body: bodyOf(piecesOf(bytes, 65_536)), sizeBytes: size });
    expect((await bytesOf(await artifacts.find('f', undefined))).equals(bytes)).toBe(true);
  });

  test('of known size may come with empty pieces', async () => {
    const pieces = [new Uint8Array(), Buffer.from('ab'), new Uint8Array(), Buffer.from('c'), new Uint8Array()];
    await artifacts.put('f', { body: bodyOf(pieces), sizeBytes: 3 });
    expect(await readText('f')).toBe('abc');
  });

  test.each([
    ['of known size', [ofSize(1000)], 5000],
    ['of unknown size, within the first part', [ofSize(1000)], undefined],
    ['of unknown size, after some parts', [ofSize(PART), ofSize(PART), ofSize(1000)], undefined],
  ])('that breaks off leaves nothing: %s', async (_, pieces, sizeBytes) => {
    const broken = new Error('the client went away');
    await expect(artifacts.put('r/f', { body: bodyOf(pieces, broken), sizeBytes })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'The upload broke off before its end.',
      cause: broken,
    });
    expect(await bench.keys()).toEqual([]);
    expect(await artifacts.list('r')).toEqual([]);
    expect(await bench.countOpenUploads()).toBe(0);
  });

  test.each([
    ['shorter', 1001],
    ['longer', 999],
  ])('that is %s than it says is refused and leaves nothing', async (_, sizeBytes) => {
    const upload = { body: bodyOf(piecesOf(ofSize(1000), 100)), sizeBytes };
    await expect(artifacts.put('r/f', upload)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await bench.keys()).toEqual([]);
  });

  test('that breaks off leaves the file that was there', async () => {
    await putText(artifacts, 'f', 'before');
    const pieces = [ofSize(PART), ofSize(PART), ofSize(PART)];
    const broken = artifacts.put('f', { body: bodyOf(pieces, new Error('gone')), sizeBytes: undefined });
    await expect(broken).rejects.toThrow('The upload broke off before its end.');
    expect(await readText('f')).toBe('before');
  });
});

describe('a range', () => {
  beforeEach(() => putText(artifacts, 'f', '0123456789'));

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s gives %s', async (range, text, contentRange) => {
    const content = await artifacts.find('f', range);
    expect(content).toMatchObject({ sizeBytes: text.length, contentRange });
    expect(String(await bytesOf(content))).toBe(text);
  });

  test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s lies outside the file', async (range) => {
    await expect(artifacts.find('f', range)).rejects.toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
  });

  test('of a file that is not there is undefined', async () => {
    expect(await artifacts.find('none', 'bytes=0-3')).toBeUndefined();
  });

  test('reaches over the parts of an upload', async () => {
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'abcdefg');
    await artifacts.put('parts', { body: bodyOf(piecesOf(bytes, 1_000_000)), sizeBytes: undefined });
    const from = 8 * 1024 * 1024 - 3;
    expect(await readText('parts', `bytes=${from}-${from + 5}`)).toBe(bytes.toString('utf8', from, from + 6));
  });
});

describe('list', () => {
  test('gives one level, folders and files, by name', async () => {
    const paths = ['r/b', 'r/a/x', 'r/a/y/z', 'r/c.txt', 'r/B', 'other/q', 'r2/x'];
    await Promise.all(paths.map((path) => putText(artifacts, path, path)));
    expect(await artifacts.list('r')).toEqual([
      { path: 'B', isDir: false, sizeBytes: 3 },
      { path: 'a', isDir: true, sizeBytes: undefined },
      { path: 'b', isDir: false, sizeBytes: 3 },
      { path: 'c.txt', isDir: false, sizeBytes: 7 },
    ]);
    expect((await artifacts.list('')).map(({ path }) => path)).toEqual(['other', 'r', 'r2']);
  });

  test('is empty for a file and for nothing', async () => {
    await putText(artifacts, 'r/f', 'x');
    expect(await artifacts.list('r/f')).toEqual([]);
    expect(await artifacts.list('none')).toEqual([]);
    expect(await artifacts.list('r/')).toEqual([]);
  });
});

describe('remove', () => {
  test('takes a file and nothing beside it', async () => {
    await Promise.all(['r/f', 'r/f2', 'r/g/f'].map((path) => putText(artifacts, path, 'x')));
    await artifacts.remove('r/f');
    expect(await bench.keys()).toEqual(['r/f2', 'r/g/f']);
  });

  test('takes a folder with all that is in it, and a file of the same name', async () => {
    await Promise.all(['m', 'm/a', 'm/b/c', 'm2/a', 'l/m/a'].map((path) => putText(artifacts, path, 'x')));
    await artifacts.remove('m');
    expect(await bench.keys()).toEqual(['l/m/a', 'm2/a']);
  });

  test('is no error for nothing, and harmless twice', async () => {
    await artifacts.remove('none');
    await putText(artifacts, 'f', 'x');
    await artifacts.remove('f');
    await artifacts.remove('f');
    expect(await bench.keys()).toEqual([]);
  });

  test.each(NAMES)('takes a file and a folder named %j', async (name) => {
    await putText(artifacts, `r/${name}`, 'x');
    await putText(artifacts, `r/${name}/f`, 'x');
    await artifacts.remove(`r/${name}`);
    expect(await bench.keys()).toEqual([]);
  });
});

test('1,500 files are listed over pages and removed at once', async () => {
  const names = Array.from({ length: 1500 }, (_, at) => `f${String(at).padStart(5, '0')}`);
  for (const piece of Array.from({ length: 30 }, (_, at) => names.slice(at * 50, (at + 1) * 50))) {
    await Promise.all(piece.map((name) => putText(artifacts, `r/deep/${name}`, name)));
  }
  await putText(artifacts, 'r/z/last', 'x');
  const entries = await artifacts.list('r/deep');
  expect(entries.map(({ path }) => path)).toEqual(names);
  expect((await artifacts.list('r')).map(({ path }) => path)).toEqual(['deep', 'z']);
  await artifacts.remove('r/deep');
  expect(await bench.keys()).toEqual(['r/z/last']);
});
