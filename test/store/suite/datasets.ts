import { describe, expect, test } from 'vitest';
import { randomText } from '../random-text.ts';
import { dataset, upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** Datasets of an experiment. */
export function describeDatasets(open: OpenStore): void {
  describe('datasets', () => {
    test('come back as they were put, for other processes too', async () => {
      const { store, reopen } = await open();
      const [a, b] = [dataset(), dataset({ name: '__proto__', schema: undefined, profile: '\u{1f600}', source: '' })];
      await store.putDatasets('1', [a, b]);
      expect(await reopen().getDatasets('1', [b, a])).toStrictEqual([b, a]);
      expect(await store.getDatasets('1', [a])).toStrictEqual([a]);
    });

    test('that are not there are left out', async () => {
      const { store } = await open();
      await store.putDatasets('1', [dataset()]);
      const keys = [dataset({ digest: 'd2' }), dataset({ name: 'iri', digest: 'sd1' }), dataset()];
      expect(await store.getDatasets('1', keys)).toEqual([dataset()]);
      expect(await store.getDatasets('2', keys)).toEqual([]);
      expect(await store.getDatasets('1', [])).toEqual([]);
    });

    test('are found by a reader that looked before they were there', async () => {
      const { store } = await open();
      expect(await store.getDatasets('1', [dataset()])).toEqual([]);
      await store.putDatasets('1', [dataset()]);
      expect(await store.getDatasets('1', [dataset()])).toEqual([dataset()]);
    });

    test('stay as they were first written', async () => {
      const { store, reopen } = await open();
      await store.putDatasets('1', [dataset({ source: 'first' })]);
      await store.putDatasets('1', [dataset({ source: 'second' }), dataset({ digest: 'd2' })]);
      expect(await reopen().getDatasets('1', [dataset()])).toEqual([dataset({ source: 'first' })]);
    });

    test('are one for 16 concurrent writers, whole', async () => {
      const { store, reopen } = await open();
      const versions = upTo(16).map((at) => dataset({ source: `s${at}`, profile: `p${at}` }));
      await Promise.all(versions.map((version) => reopen().putDatasets('1', [version])));
      const [kept] = await store.getDatasets('1', [dataset()]);
      expect(versions).toContainEqual(kept);
      expect(await reopen().getDatasets('1', [dataset()])).toEqual([kept]);
    });

    test('may have a profile of 5 MB, of which a second one leaves nothing behind', async () => {
      const { store, reopen, snapshot } = await open();
      const first = dataset({ profile: randomText(5_000_000, 1) });
      await store.putDatasets('1', [first]);
      const before = await snapshot();
      await store.putDatasets('1', [dataset({ profile: randomText(1_000_000, 2) })]);
      expect(await snapshot()).toEqual(before);
      expect(await reopen().getDatasets('1', [dataset()])).toEqual([first]);
    });
  });
}
