import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMaxResults, pageOf } from '../../functions/api/page-of.ts';
import { createPageTokens } from '../../functions/domain/page-token.ts';
import { hmacSha256 } from '../../functions/platform/system.ts';
import { expectRefusal } from '../domain/expect-refusal.ts';

const tokens = createPageTokens(async (text) => hmacSha256('secret', text));

interface PageOptions {
  readonly isSorted?: boolean;
  readonly isMeant?: (row: number) => boolean;
  readonly pageToken?: string | undefined;
  readonly maxBytes?: number;
}

const wireNumber = (number: number) => ({ number });

/** A page of rows that are numbers, ordered by them. */
async function pageOfNumbers(rows: readonly number[], maxResults: number, options: PageOptions = {}) {
  const page = await pageOf({
    rows,
    ...(options.isSorted && { isSorted: true, rows: rows.toSorted((a, b) => a - b) }),
    ...(options.isSorted && options.isMeant && { isMeant: options.isMeant }),
    keyOf: (row) => row,
    compare: (a: number, b: number) => a - b,
    wire: (found) => found.map(wireNumber),
    maxResults,
    maxBytes: options.maxBytes ?? Number.POSITIVE_INFINITY,
    pageToken: options.pageToken,
    list: 'numbers',
    tokens,
  });
  return { ...page, numbers: (page.rows ?? []).map(({ number }) => number) };
}

interface Walk {
  readonly maxBytes?: number;
  /** Changes the rows after each page. */
  readonly meanwhile?: (current: readonly number[]) => readonly number[];
}

/** All pages of rows. */
async function allPages(rows: readonly number[], maxResults: number, { maxBytes, meanwhile }: Walk = {}) {
  const pages: (readonly number[])[] = [];
  let current = rows;
  let pageToken: string | undefined;
  do {
    const page = await pageOfNumbers(current, maxResults, { pageToken, maxBytes });
    pages.push(page.numbers);
    pageToken = page.nextPageToken;
    current = meanwhile?.(current) ?? current;
  } while (pageToken !== undefined);
  return pages;
}

const distinctNumbers = fc.uniqueArray(fc.integer());
const size = fc.integer({ min: 1, max: 12 });

test('the pages are the sorted rows, each full but the last', async () => {
  await fc.assert(
    fc.asyncProperty(distinctNumbers, size, async (rows, maxResults) => {
      const pages = await allPages(rows, maxResults);
      expect(pages.flat()).toEqual(rows.toSorted((a, b) => a - b));
      expect(pages).toHaveLength(Math.max(1, Math.ceil(rows.length / maxResults)));
      expect(pages.slice(0, -1).every((page) => page.length === maxResults)).toBe(true);
    }),
    { seed: 7 },
  );
});

test('rows that vanish between pages hide no others', async () => {
  await fc.assert(
    fc.asyncProperty(distinctNumbers, size, async (rows, maxResults) => {
      const sorted = rows.toSorted((a, b) => a - b);
      const withoutFirst = (current: readonly number[]) => current.filter((row) => row !== sorted[0]);
      const pages = await allPages(rows, maxResults, { meanwhile: withoutFirst });
      expect(pages.flat()).toEqual(sorted);
    }),
    { seed: 8 },
  );
});

test('does not sort the caller’s rows in place', async () => {
  const rows = Object.freeze([3, 1, 2]);
  expect((await pageOfNumbers(rows, 5)).numbers).toEqual([1, 2, 3]);
});

test('an empty token starts at the beginning', async () => {
  expect((await pageOfNumbers([1, 2], 1, { pageToken: '' })).numbers).toEqual([1]);
});

test('a token of another list is refused', async () => {
  const token = await tokens.seal('letters', 1);
  await expect(pageOfNumbers([1, 2], 1, { pageToken: token })).rejects.toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
  });
});

test('a page of nothing has no rows, and is the last', async () => {
  expect(await pageOfNumbers([], 5)).toEqual({ rows: undefined, numbers: [], nextPageToken: undefined });
});

describe('pages that must not be too large', () => {
  test('are the sorted rows all the same, the last one without a token', async () => {
    await fc.assert(
      fc.asyncProperty(distinctNumbers, size, fc.integer({ min: 1, max: 200 }), async (rows, maxResults, maxBytes) => {
        const pages = await allPages(rows, maxResults, { maxBytes });
        expect(pages.flat()).toEqual(rows.toSorted((a, b) => a - b));
        expect(pages.every((page) => page.length <= maxResults && (page.length > 0 || rows.length === 0))).toBe(true);
      }),
      { seed: 9 },
    );
  });

  test('end early, with a token', async () => {
    const page = await pageOfNumbers([1, 2, 3, 4], 4, { maxBytes: 40 });
    expect(page.numbers).toEqual([1, 2]);
    expect(page.nextPageToken).toBeDefined();
  });
});

describe('checkMaxResults', () => {
  test.each([1, 50_000, 1n])('lets %s pass', (maxResults) => {
    expect(() => checkMaxResults(maxResults)).not.toThrow();
  });

  test.each([
    [0, 'a positive integer'],
    [-1, 'a positive integer'],
    [-(2n ** 63n), 'a positive integer'],
    [50_001, 'at most 50000'],
    [2n ** 63n - 1n, 'at most 50000'],
  ])('refuses what is out of range: %#', (maxResults, bound) => {
    expectRefusal(
      () => checkMaxResults(maxResults),
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be ${bound}`,
    );
  });
});

test('rows in order and rows in none give the same pages, of which only those that are meant are part', async () => {
  const isMeant = (row: number) => row % 3 !== 0;
  await fc.assert(
    fc.asyncProperty(
      distinctNumbers,
      size,
      fc.option(fc.integer({ min: 2, max: 60 })),
      async (rows, maxResults, most) => {
        const walk = async (isSorted: boolean) => {
          const pages: (readonly number[])[] = [];
          let pageToken: string | undefined;
          do {
            const options = { isSorted, isMeant, pageToken, maxBytes: most ?? Number.POSITIVE_INFINITY };
            const page = await pageOfNumbers(isSorted ? rows : rows.filter(isMeant), maxResults, options);
            pages.push(page.numbers);
            pageToken = page.nextPageToken;
          } while (pageToken !== undefined);
          return pages;
        };
        const pages = await walk(true);
        expect(pages).toEqual(await walk(false));
        expect(pages.flat()).toEqual(rows.filter(isMeant).toSorted((a, b) => a - b));
      },
    ),
  );
});
