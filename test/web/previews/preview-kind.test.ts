import { describe, expect, test } from 'vitest';
import { previewKindOf, readingOf, typeOf } from '../../../web/previews/preview-kind.ts';

describe('a file is shown by its name', () => {
  test.each([
    ['plots/loss.PNG', 'image'],
    ['figure.svg', 'image'],
    ['data.csv', 'table'],
    ['data.tsv', 'table'],
    ['model/MLmodel', 'mlmodel'],
    ['conda.yaml', 'text'],
    ['metrics.json', 'json'],
    ['report.html', 'html'],
    ['paper.pdf', 'pdf'],
    ['speech.wav', 'audio'],
    ['film.mp4', 'video'],
    ['explore.ipynb', 'notebook'],
    ['README.md', 'markdown'],
    ['LICENSE', 'text'],
    ['model.pkl', 'none'],
    ['weights', 'none'],
    ['a.csv/weights', 'none'],
    ['constructor', 'none'],
  ])('%s as %s', (path, kind) => {
    expect(previewKindOf(path)).toBe(kind);
  });
});

test('a browser is told the type that it needs, whatever the server calls the file', () => {
  expect(typeOf('image', 'a/b.svg')).toBe('image/svg+xml');
  expect(typeOf('image', 'b.JPG')).toBe('image/jpeg');
  expect(typeOf('video', 'b.webm')).toBe('video/webm');
  expect(typeOf('html', 'b.htm')).toMatch(/^text\/html/);
});

test('of a text the beginning is read, of a picture all or nothing', () => {
  expect(readingOf('text').isPartial).toBe(true);
  expect(readingOf('image').isPartial).toBe(false);
});
