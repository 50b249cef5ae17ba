import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../../../functions/domain/code-points.ts';
import { readDictionary, sortByCodePoints, writeDictionary } from '../../../functions/store/segments/dictionary.ts';
import { PackedReader } from '../../../functions/store/segments/packed-reader.ts';
import { PackedWriter } from '../../../functions/store/segments/packed-writer.ts';
import { upTo } from '../samples.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '00ff', 'a', '\ud800', '\uff5e', '😀', 'é'));
const sortedTexts = fc.uniqueArray(text, { maxLength: 20 }).map((texts) => sortByCodePoints([...texts]));

function throughBytes(texts: readonly string[], pieceUnits?: number) {
  const writer = new PackedWriter();
  writeDictionary(writer, texts, pieceUnits);
  return readDictionary(new PackedReader(writer.finish()));
}

describe('a dictionary', () => {
  test('gives each text back by its code, in however many pieces it is kept', () => {
    fc.assert(
      fc.property(sortedTexts, fc.constantFrom(1, 5, 1000), (texts, pieceUnits) => {
        const dictionary = throughBytes(texts, pieceUnits);
        expect(upTo(dictionary.size).map(dictionary.at)).toEqual(texts);
      }),
      { seed: 76, numRuns: 500 },
    );
  });

  test('locates texts that it has, and those that it has not between their neighbours', () => {
    fc.assert(
      fc.property(sortedTexts, text, (texts, wanted) => {
        const before = texts.filter((one) => compareCodePoints(one, wanted) < 0).length;
        expect(throughBytes(texts).locate(wanted)).toBe(texts.includes(wanted) ? before : before - 0.5);
      }),
      { seed: 77, numRuns: 500 },
    );
  });

  test.each([
    ['hexadecimal digits', ['00', 'ab', 'cdef'], 4],
    ['Latin letters', ['abc', 'über'], 7],
    ['any others', ['abc', 'ü', '漢'], 10],
  ])('keeps %s in few bytes', (_name, texts, sizeBytes) => {
    const writer = new PackedWriter();
    writeDictionary(writer, texts);
    const overhead = 6 + texts.length;
    expect(writer.length).toBe(overhead + sizeBytes);
  });
});

test('texts sort by code points, not by UTF-16 units', () => {
  expect(sortByCodePoints(['😀', 'b', '\uff5e', 'a'])).toEqual(['a', 'b', '\uff5e', '😀']);
});
