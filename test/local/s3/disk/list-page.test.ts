import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyMap } from '../../../../local/s3/disk/key-map.ts';
import { type ListQuery, listPage } from '../../../../local/s3/disk/list-page.ts';
import { modelListing } from '../model-listing.ts';

const LETTERS = ['a', 'b', '/', '-', '\u00e9', '\ue000', '\ufffd', '\u{1f600}'];
const key = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 8 });
const short = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 3 });

const sortedOf = (keys: readonly string[]): readonly string[] => {
  const map = new KeyMap<string>();
  for (const each of keys) map.set(each, each);
  return map.sortedBytes();
};

const namesOfPages = (sorted: readonly string[], query: ListQuery): string[][] => {
  const pages: string[][] = [];
  let after = query.after;
  do {
    const page = listPage(sorted, after === undefined ? query : { ...query, after });
    pages.push(page.items.map(({ kind, name }) => `${kind} ${name}`));
    after = page.next;
  } while (after !== undefined);
  return pages;
};

describe('listing', () => {
  it('equals a plain model for any keys, prefix, delimiter, start and page size', () => {
    const input = fc.record({
      keys: fc.array(key, { maxLength: 30 }),
      prefix: short,
      delimiter: fc.constantFrom('', '/', '-', '\u{1f600}', '//'),
      after: fc.option(short, { nil: undefined }),
      limit: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(input, ({ keys, after, ...query }) => {
        const asked = after === undefined ? query : { ...query, after };
        const pages = namesOfPages(sortedOf(keys), asked);
        const model = modelListing(keys, asked).map(({ kind, name }) => `${kind} ${name}`);
        expect(pages.flat()).toEqual(model);
        expect(pages.slice(0, -1).every((page) => page.length === query.limit)).toBe(true);
        expect(pages.at(-1)?.length === 0 && pages.length > 1).toBe(false);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('stays in order while keys come and go', () => {
    const step = fc.tuple(fc.boolean(), key);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const map = new KeyMap<string>();
        const model = new Set<string>();
        map.sortedBytes();
        for (const [isPut, each] of steps) {
          if (isPut) map.set(each, each);
          else map.delete(each);
          if (isPut) model.add(each);
          else model.delete(each);
        }
        expect(map.sortedBytes()).toEqual(sortedOf([...model]));
        expect(map.size).toBe(model.size);
      }),
      { seed: 6 },
    );
  });

  it('looks at few keys to list a folder among 100,000', () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `runs/${String(i % 1000).padStart(4, '0')}/metrics/${i}`);
    let looks = 0;
    const counted = new Proxy(sortedOf(keys), {
      get: (target, property) => {
        looks += 1;
        return Reflect.get(target, property);
      },
    });
    expect(listPage(counted, { prefix: 'runs/0500/metrics/', delimiter: '/', limit: 1000 }).items).toHaveLength(100);
    expect(looks).toBeLessThan(500);
    looks = 0;
    expect(listPage(counted, { prefix: 'runs/', delimiter: '/', limit: 20 }).items).toHaveLength(20);
    expect(looks).toBeLessThan(1000);
  });
});
