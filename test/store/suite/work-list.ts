import { describe, expect, test } from 'vitest';
import type { TestStore } from '../open-test-store.ts';
import { upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** What the upkeep has to do, noted in the table. */
export function describeWorkList(open: OpenStore): void {
  const openList = async () => {
    const { store, workList } = await open();
    return { workList, newRunId: () => store.newRunId('7') };
  };
  const only = async ({ list }: TestStore['workList']) => {
    const [item, ...others] = await list();
    if (!item || others.length > 0) throw new Error('There is not one note');
    return item;
  };

  describe('the work list', () => {
    test('holds each run that was noted, once', async () => {
      const { workList, newRunId } = await openList();
      const runIds = upTo(40).map(newRunId);
      expect(await workList.list()).toEqual([]);
      for (const runId of [...runIds, ...runIds]) await workList.note({ runId, lastWriteAt: 5, writes: 2 });
      const expected = runIds.map((runId) => ({ runId, lastWriteAt: 5, writes: 4, lookedAt: undefined }));
      const byId = (a: { readonly runId: string }, b: { readonly runId: string }) => (a.runId < b.runId ? -1 : 1);
      expect((await workList.list()).toSorted(byId)).toEqual(expected.toSorted(byId));
    });

    test('keeps the last write and counts all, in whatever order they come', async () => {
      const { workList, newRunId } = await openList();
      const runId = newRunId();
      for (const lastWriteAt of [2000, 1000, 3000, 3000, 500]) await workList.note({ runId, lastWriteAt, writes: 1 });
      expect(await only(workList)).toEqual({ runId, lastWriteAt: 3000, writes: 5, lookedAt: undefined });
    });

    test('forgets what is done, also twice', async () => {
      const { workList, newRunId } = await openList();
      await workList.note({ runId: newRunId(), lastWriteAt: 1, writes: 1 });
      const item = await only(workList);
      await workList.done(item);
      await workList.done(item);
      expect(await workList.list()).toEqual([]);
    });

    test.each([
      ['later', 2],
      ['in the same moment', 1],
      ['earlier, of which the stream tells late', 0],
    ])('keeps a run that was written to %s than it was listed', async (_, lastWriteAt) => {
      const { workList, newRunId } = await openList();
      const runId = newRunId();
      await workList.note({ runId, lastWriteAt: 1, writes: 1 });
      const listed = await only(workList);
      await workList.note({ runId, lastWriteAt, writes: 1 });
      await workList.done(listed);
      await workList.looked(listed, 9);
      expect(await only(workList)).toEqual({
        runId,
        lastWriteAt: Math.max(1, lastWriteAt),
        writes: 2,
        lookedAt: undefined,
      });
    });

    test('remembers a look, after which writes are counted anew', async () => {
      const { workList, newRunId } = await openList();
      const runId = newRunId();
      await workList.note({ runId, lastWriteAt: 1, writes: 70 });
      await workList.looked(await only(workList), 4);
      expect(await only(workList)).toEqual({ runId, lastWriteAt: 1, writes: 0, lookedAt: 4 });
      await workList.note({ runId, lastWriteAt: 6, writes: 2 });
      expect(await only(workList)).toEqual({ runId, lastWriteAt: 6, writes: 2, lookedAt: 4 });
    });

    test('does not bring back what was done while somebody looked', async () => {
      const { workList, newRunId } = await openList();
      await workList.note({ runId: newRunId(), lastWriteAt: 1, writes: 1 });
      const item = await only(workList);
      await workList.done(item);
      await workList.looked(item, 4);
      expect(await workList.list()).toEqual([]);
    });

    test('loses no write of 32 that are noted at once', async () => {
      const { workList, newRunId } = await openList();
      const runId = newRunId();
      await Promise.all(upTo(32).map((lastWriteAt) => workList.note({ runId, lastWriteAt, writes: 1 })));
      expect(await only(workList)).toMatchObject({ lastWriteAt: 31, writes: 32 });
    });

    test('holds damaged archives apart from runs, until they are forgotten', async () => {
      const { workList } = await openList();
      for (const experimentId of ['7', '12', '7']) await workList.noteDamage(experimentId);
      expect((await workList.listDamaged()).toSorted()).toEqual(['12', '7']);
      expect(await workList.list()).toEqual([]);
      await workList.forgetDamage('7');
      await workList.forgetDamage('7');
      expect(await workList.listDamaged()).toEqual(['12']);
    });
  });
}
