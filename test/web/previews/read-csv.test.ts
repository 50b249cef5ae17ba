import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../web/previews/read-csv.ts';

describe('a table of values', () => {
  test('has a heading and rows', () => {
    expect(readCsv('a,b\n1,2\n3,4\n')).toEqual({
      heading: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
  });

  test('may hold quotes, separators and ends of lines in quotes', () => {
    expect(readCsv('a,b\r\n"x, ""y""","1\n2"\r\n').rows).toEqual([['x, "y"', '1\n2']]);
  });

  test.each([
    ['a\tb,c\n1\t2', ['a', 'b,c']],
    ['a;b\n1;2', ['a', 'b']],
    ['\uFEFFa,b', ['a', 'b']],
  ])('is separated by what its heading holds most of: %j', (text, heading) => {
    expect(readCsv(text).heading).toEqual(heading);
  });

  test('leaves out empty lines, and of a text that is cut off the last one', () => {
    expect(readCsv('a\n1\n\n2').rows).toEqual([['1'], ['2']]);
    expect(readCsv('a,b\n1,2\n3', { isCut: true }).rows).toEqual([['1', '2']]);
  });

  test('may be empty', () => {
    expect(readCsv('')).toEqual({ heading: [], rows: [] });
  });
});
