import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upTo } from '../../store/samples.ts';
import { listAt, openTestApp, uniqueName, valueAt } from '../../support/test-app.ts';

const app = await openTestApp();

interface Found {
  readonly experiment_id: string;
  readonly name: string;
  readonly creation_time: number;
}

const byId = (a: Found, b: Found) => Number(a.experiment_id) - Number(b.experiment_id);
const byTime = (a: Found, b: Found) => a.creation_time - b.creation_time;
/** Names here are ASCII: their code units sort as their code points. */
const byName = (a: Found, b: Found) => Number(a.name > b.name) - Number(a.name < b.name);

type Compare = (a: Found, b: Found) => number;

const ORDERS: readonly (readonly [readonly string[], Compare])[] = [
  [[], (a, b) => -byTime(a, b) || byId(a, b)],
  [['name'], byName],
  [['name DESC'], (a, b) => -byName(a, b)],
  [['creation_time'], (a, b) => byTime(a, b) || -byId(a, b)],
  [['experiment_id'], byId],
  [['last_update_time DESC', 'experiment_id ASC'], (a, b) => -byTime(a, b) || byId(a, b)],
];

const makeNamed = (start: string, number: number) => app.newExperiment({ name: `${start}/${number % 7}-${number}` });

/** The experiments on all pages; some more are made while each page is read, at once with it. */
async function walk(start: string, fields: object, madeMeanwhile: number): Promise<readonly Found[]> {
  const found: Found[] = [];
  let made = 0;
  let token: unknown;
  do {
    const search = app.post('experiments/search', { filter: `name LIKE '${start}/%'`, page_token: token, ...fields });
    const first = 1000 + made;
    const creations = made < madeMeanwhile ? upTo(3).map((at) => makeNamed(start, first + at)) : [];
    made += creations.length;
    const [answer] = await Promise.all([search, ...creations]);
    expect(answer.status).toBe(200);
    found.push(...(listAt(answer, 'experiments') as readonly Found[]));
    token = valueAt(answer, 'next_page_token');
  } while (token !== undefined);
  return found;
}

test('pages are the plain sort, cut: nothing twice, and all that was there before the first one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...ORDERS),
      fc.constantFrom(0, 9),
      async (count, maxResults, [orderBy, compare], madeMeanwhile) => {
        const start = uniqueName('paging');
        const before = await Promise.all(upTo(count).map((at) => makeNamed(start, at)));
        const found = await walk(start, { max_results: maxResults, order_by: orderBy }, madeMeanwhile);
        expect(found).toEqual(found.toSorted(compare));
        const ids = found.map(({ experiment_id: id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(before.filter((id) => !ids.includes(id))).toEqual([]);
        if (madeMeanwhile === 0) expect(ids).toHaveLength(count);
      },
    ),
    { seed: 31, numRuns: 60 },
  );
});
