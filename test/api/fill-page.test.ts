import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillPage } from '../../functions/api/fill-page.ts';
import { writtenText } from '../../functions/protocol/written-json.ts';
import { upTo } from '../store/samples.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
const wireTexts = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** What Lambda sends when these rows are an answer's body, and nothing else is. */
const sentBytes = (rows: readonly object[]): number =>
  Buffer.byteLength(JSON.stringify({ body: JSON.stringify({ rows }) }));
const EMPTY_BYTES = sentBytes([]);

describe('fillPage', () => {
  test('gives all rows where nothing limits it', async () => {
    const texts = upTo(2000).map(String);
    expect(await fillPage(texts, async (rows) => wireTexts(rows), UNLIMITED)).toEqual(wireTexts(texts));
  });

  test('never passes the limit as Lambda counts, and ends only where the next row has no room', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyText, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 400, max: 4000 }),
        async (texts, maxBytes) => {
          const rows = await fillPage(texts, wireTexts, maxBytes);
          expect(rows).toEqual(wireTexts(texts.slice(0, rows.length)));
          expect(sentBytes(rows) - EMPTY_BYTES).toBeLessThanOrEqual(maxBytes);
          const oneMore = wireTexts(texts.slice(0, rows.length + 1));
          // Behind the last one there is none.
          if (rows.length < texts.length) expect(sentBytes(oneMore) - EMPTY_BYTES + 1).toBeGreaterThan(maxBytes);
        },
      ),
      { seed: 17 },
    );
  });

  test('counts quotes and what JSON escapes twice, other scripts by their bytes', async () => {
    expect(await fillPage(['"'.repeat(30), 'next'], wireTexts, 90)).toEqual(wireTexts(['"'.repeat(30)]));
    expect(await fillPage(['é'.repeat(30), 'next'], wireTexts, 90)).toEqual(wireTexts(['é'.repeat(30)]));
    expect(await fillPage(['e'.repeat(30), 'next'], wireTexts, 90)).toHaveLength(2);
  });

  test('counts what is written already as the same rows as objects', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyText, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 2000 }),
        async (texts, maxBytes) => {
          const wire = (rows: readonly string[]) => wireTexts(rows).map((row) => writtenText(JSON.stringify(row)));
          const rows = await fillPage(texts, wire, maxBytes);
          expect(rows).toHaveLength((await fillPage(texts, wireTexts, maxBytes)).length);
        },
      ),
      { seed: 18 },
    );
  });

  test('integers beyond 2^53 are counted as they are sent', async () => {
    const wire = (rows: readonly bigint[]) => rows.map((step) => ({ step }));
    expect(await fillPage([2n ** 62n, 1n], wire, 60)).toHaveLength(2);
    expect(await fillPage([2n ** 62n, 1n], wire, 40)).toHaveLength(1);
  });

  test.each([1, 0])('gives a first row that is too large, alone: a limit of %i', async (maxBytes) => {
    expect(await fillPage(['x'.repeat(1000), ''], wireTexts, maxBytes)).toEqual(wireTexts(['x'.repeat(1000)]));
  });

  test('gives nothing for nothing', async () => {
    expect(await fillPage([], wireTexts, 10)).toEqual([]);
  });

  test('puts few rows on the wire beyond those that fit', async () => {
    let wired = 0;
    const wire = (rows: readonly string[]) => {
      wired += rows.length;
      return wireTexts(rows);
    };
    const rows = await fillPage(
      upTo(50_000).map(() => 'x'.repeat(100)),
      wire,
      100_000,
    );
    expect(rows.length).toBeGreaterThan(700);
    expect(wired).toBeLessThanOrEqual(rows.length + 250);
  });
});
