import { expect, test } from 'vitest';
import { mimeTypeOf } from '../../functions/domain/mime-type.ts';

const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';

test.each(
  'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb'
    .split(' ')
    .map((extension) => `file.${extension}`),
)('%s shows as text', (name) => {
  expect(mimeTypeOf(name)).toBe(TEXT);
});

test.each([
  ['MLmodel', TEXT],
  ['MLproject', TEXT],
  ['A.TXT', TEXT],
  ['a.b.json', TEXT],
  ['a.png', 'image/png'],
  ['a.HTML', 'text/html'],
  ['a.svg', 'image/svg+xml'],
  ['a.pdf', 'application/pdf'],
  ['a.tar.gz', 'application/x-tar'],
  ['a.pkl', BYTES],
  ['model.bin', BYTES],
  ['noextension', BYTES],
  ['', BYTES],
  ['.', BYTES],
  ['a.', BYTES],
  ['a.constructor', BYTES],
  ['a.__proto__', BYTES],
])('%j is %s', (name, type) => {
  expect(mimeTypeOf(name)).toBe(type);
});
