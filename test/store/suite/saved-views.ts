import { describe, expect, test } from 'vitest';
import type { SavedView } from '../../../functions/domain/saved-view.ts';
import type { Store } from '../../../functions/store/store.ts';
import { newExperiment } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const newView = (store: Store, experimentId: string, part: Partial<SavedView> = {}): SavedView => ({
  viewId: store.newViewId(experimentId),
  experimentId,
  name: 'best',
  owner: 'ann',
  isShared: false,
  state: '{"search":"sort=metrics.loss.asc"}',
  creationTime: 10,
  lastUpdateTime: 10,
  ...part,
});

/** Views of experiments that somebody saved. */
export function describeSavedViews(open: OpenStore): void {
  describe('a saved view', () => {
    test('comes back as it was saved, for other processes too, until it is deleted', async () => {
      const { store, reopen } = await open();
      const view = newView(store, '0', { name: 'é'.repeat(200), state: `{"a":"${'x'.repeat(60_000)}"}` });
      await store.createView(view);
      expect(await reopen().findView(view.viewId)).toStrictEqual(view);
      const changed = await store.updateView(view.viewId, (current) => ({ ...current, isShared: true }));
      expect(changed).toEqual({ ...view, isShared: true });
      expect(await reopen().listViews('0')).toEqual([changed]);
      await store.deleteView(view.viewId);
      await store.deleteView(view.viewId);
      expect(await store.findView(view.viewId)).toBeUndefined();
      expect(await store.listViews('0')).toEqual([]);
    });

    test('is listed with its own experiment only', async () => {
      const { store } = await open();
      const other = await store.createExperiment(newExperiment('other'));
      const [view, another] = [newView(store, '0'), newView(store, other)];
      await store.createView(view);
      await store.createView(another);
      expect(await store.listViews('0')).toEqual([view]);
      expect(await store.listViews(other)).toEqual([another]);
    });

    test.each(['', 'x', '0-', '0-0123456789abcdeg', '00-0123456789abcdef', `0-${'0'.repeat(3000)}`])(
      'is none under the id %j',
      async (viewId) => {
        const { store } = await open();
        expect(await store.findView(viewId)).toBeUndefined();
        expect(await store.updateView(viewId, (view) => view)).toBeUndefined();
        await expect(store.deleteView(viewId)).resolves.toBeUndefined();
      },
    );

    test('goes for good with its experiment', async () => {
      const { store, removals, keys } = await open();
      const experimentId = await store.createExperiment(newExperiment('gone'));
      await store.createView(newView(store, experimentId));
      await store.updateExperiment(experimentId, (current) => ({ ...current, stage: 'deleted' }));
      expect(await removals.beginExperiment(experimentId, () => true)).toBe(true);
      await removals.removeExperiment(experimentId);
      expect((await keys()).filter(({ pk }) => pk.startsWith('VIEWS#'))).toEqual([]);
    });
  });
}
