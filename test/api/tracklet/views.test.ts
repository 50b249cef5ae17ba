import { describe, expect, test } from 'vitest';
import { type Client, openGuardedApp } from '../../support/guarded-app.ts';
import { column, openTestApp, textAt, uniqueName, valueAt } from '../../support/test-app.ts';

const open = await openTestApp();
const guarded = await openGuardedApp('NO_PERMISSIONS');

type Caller = Pick<Client, 'call'>;

const VIEWS = '/api/2.0/tracklet/views';
const STATE = '{"search":"sort=metrics.loss.asc&filter=é"}';
const create = (who: Caller, experimentId: string, fields: object = {}) =>
  who.call('POST', VIEWS, { experiment_id: experimentId, name: 'best', state: STATE, ...fields });
const created = async (who: Caller, experimentId: string, fields: object = {}) =>
  textAt(await create(who, experimentId, fields), 'view', 'view_id');
const get = (who: Caller, id: string) => who.call('GET', `${VIEWS}/${id}`);
const update = (who: Caller, id: string, fields: object) => who.call('PATCH', `${VIEWS}/${id}`, fields);
const remove = (who: Caller, id: string) => who.call('DELETE', `${VIEWS}/${id}`);
const namesSeen = async (who: Caller, experimentId: string) =>
  column(await who.call('GET', `${VIEWS}?experiment_id=${experimentId}`), ['views'], 'name');

describe('200', () => {
  test('a view is saved, listed by name, changed and deleted', async () => {
    const experimentId = await open.newExperiment();
    const { status, body } = await create(open, experimentId);
    expect([status, body]).toEqual([
      200,
      {
        view: {
          view_id: expect.stringMatching(new RegExp(`^${experimentId}-[0-9a-f]{16}$`)),
          experiment_id: experimentId,
          name: 'best',
          is_shared: false,
          may_change: true,
          state: STATE,
          creation_time: expect.any(Number),
          last_update_time: expect.any(Number),
        },
      },
    ]);
    const id = textAt({ status, body, headers: new Headers() }, 'view', 'view_id');
    await create(open, experimentId, { name: 'all' });
    expect(await namesSeen(open, experimentId)).toEqual(['all', 'best']);
    const changed = await update(open, id, { name: 'zoo', is_shared: true });
    expect(changed.body).toMatchObject({ view: { name: 'zoo', is_shared: true, state: STATE } });
    expect((await get(open, id)).body).toEqual(changed.body);
    expect((await update(open, id, { state: '{}' })).body).toMatchObject({ view: { name: 'zoo', state: '{}' } });
    expect((await remove(open, id)).status).toBe(200);
    expect((await get(open, id)).status).toBe(404);
    expect(await namesSeen(open, experimentId)).toEqual(['all']);
  });

  test('a view of several experiments is listed with just these, in whatever order they are named', async () => {
    const ids = [await open.newExperiment(), await open.newExperiment()];
    const [low, high] = ids.toSorted((a, b) => Number(a) - Number(b));
    const view = await create(open, String(high), { name: 'both', other_experiment_ids: [low] });
    expect(view.body).toMatchObject({ view: { experiment_id: low, other_experiment_ids: [high] } });
    const seen = async (first = '', other = '') =>
      column(
        await open.call('GET', `${VIEWS}?experiment_id=${first}&other_experiment_ids=${other}`),
        ['views'],
        'name',
      );
    expect([await seen(low, high), await seen(high, low)]).toEqual([['both'], ['both']]);
    expect([await namesSeen(open, String(low)), await namesSeen(open, String(high))]).toEqual([[], []]);
    expect((await create(open, String(low), { other_experiment_ids: ['999999'] })).status).toBe(404);
  });

  test('views come in pages', async () => {
    const experimentId = await open.newExperiment();
    for (const name of ['c', 'a', 'b']) await create(open, experimentId, { name });
    const page = (token = '') =>
      open.call('GET', `${VIEWS}?experiment_id=${experimentId}&max_results=2&page_token=${token}`);
    const first = await page();
    expect(column(first, ['views'], 'name')).toEqual(['a', 'b']);
    const second = await page(encodeURIComponent(textAt(first, 'next_page_token')));
    expect([column(second, ['views'], 'name'), valueAt(second, 'next_page_token')]).toEqual([['c'], undefined]);
  });
});

describe('400', () => {
  test.each([
    { name: '' },
    { name: 'x'.repeat(251) },
    { state: '' },
    { state: 'sort=a' },
    { state: '[]' },
    { state: `{"a":"${'é'.repeat(33_000)}"}` },
    { experiment_id: 'x' },
  ])('for %j', async (fields) => {
    const answer = await create(open, '0', fields);
    expect([answer.status, valueAt(answer, 'error_code')]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  test('for a change to what cannot be', async () => {
    const id = await created(open, '0');
    for (const fields of [{ name: ' ' }, { state: '1' }]) expect((await update(open, id, fields)).status).toBe(400);
    expect((await open.call('GET', `${VIEWS}?experiment_id=0&max_results=0`)).status).toBe(400);
  });
});

describe('404', () => {
  test('for an experiment that is not there', async () => {
    expect((await create(open, '4711')).status).toBe(404);
  });

  test.each(['0-0123456789abcdef', 'nonsense', '0', 'x'.repeat(3000)])('for the view %j', async (id) => {
    for (const answer of [await get(open, id), await update(open, id, { name: 'x' }), await remove(open, id)]) {
      expect([answer.status, valueAt(answer, 'error_code')]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    }
  });
});

describe('with users', () => {
  /** An experiment, and callers with rights on it. */
  async function people() {
    const experimentId = await guarded.admin.newExperiment();
    const [reader, editor, manager] = [uniqueName('reader'), uniqueName('editor'), uniqueName('manager')];
    const join = async (name: string, permission: string) => {
      const who = await guarded.newUser(name);
      await guarded.grant(name, 'experiment', experimentId, permission);
      return who;
    };
    return {
      experimentId,
      reader: await join(reader, 'READ'),
      editor: await join(editor, 'EDIT'),
      manager: await join(manager, 'MANAGE'),
      editorName: editor,
    };
  }

  test('a private view is there for its owner alone', async () => {
    const { experimentId, reader, manager } = await people();
    const id = await created(reader, experimentId);
    expect(await namesSeen(reader, experimentId)).toEqual(['best']);
    expect(await namesSeen(manager, experimentId)).toEqual([]);
    for (const answer of [
      await get(manager, id),
      await update(manager, id, { name: 'x' }),
      await remove(manager, id),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await update(reader, id, { name: 'mine' })).status).toBe(200);
  });

  test('a shared view is seen by who reads the experiment, and changed by its owner or who manages it', async () => {
    const { experimentId, reader, editor, editorName, manager } = await people();
    const id = await created(editor, experimentId, { is_shared: true });
    expect((await get(reader, id)).body).toMatchObject({ view: { owner: editorName, may_change: false } });
    expect((await get(manager, id)).body).toMatchObject({ view: { may_change: true } });
    expect((await update(reader, id, { name: 'x' })).status).toBe(403);
    expect((await remove(reader, id)).status).toBe(403);
    const stranger = await guarded.newUser(uniqueName('stranger'));
    expect((await get(stranger, id)).status).toBe(403);
    expect((await remove(manager, id)).status).toBe(200);
  });

  test('a shared view of several experiments is there for who reads all of them', async () => {
    const { experimentId, reader, manager } = await people();
    const other = await guarded.admin.newExperiment();
    const shared = { is_shared: true, other_experiment_ids: [other] };
    const id = await created(guarded.admin, experimentId, shared);
    expect([(await get(guarded.admin, id)).status, (await get(reader, id)).status]).toEqual([200, 404]);
    expect((await create(manager, experimentId, shared)).status).toBe(403);
    const both = uniqueName('both');
    const who = await guarded.newUser(both);
    for (const each of [experimentId, other]) await guarded.grant(both, 'experiment', each, 'READ');
    expect((await get(who, id)).body).toMatchObject({ view: { may_change: false } });
    expect((await create(who, experimentId, shared)).status).toBe(403);
    expect((await create(who, experimentId, { other_experiment_ids: [other] })).status).toBe(200);
  });

  test('sharing asks for EDIT', async () => {
    const { experimentId, reader } = await people();
    expect((await create(reader, experimentId, { is_shared: true })).status).toBe(403);
    const id = await created(reader, experimentId);
    expect((await update(reader, id, { is_shared: true })).status).toBe(403);
    expect((await update(reader, id, { is_shared: false })).status).toBe(200);
  });

  test('of runs that may not be read nothing is told', async () => {
    const { experimentId, reader } = await people();
    await guarded.admin.newRun({ experiment_id: experimentId });
    const stranger = await guarded.newUser(uniqueName('stranger'));
    const count = async (who: Caller) =>
      valueAt(await who.call('POST', '/api/2.0/tracklet/runs/count', { experiment_ids: [experimentId] }), 'count');
    expect([await count(reader), await count(stranger)]).toEqual([1, 0]);
  });
});
