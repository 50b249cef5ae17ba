import { describe, expect, test } from 'vitest';
import type { Caller } from '../../functions/domain/caller.ts';
import { foldGrants, type Permission, parseGrant } from '../../functions/domain/permission.ts';
import {
  experimentOfView,
  experimentsOfView,
  experimentsTogether,
  mayChangeView,
  maySeeView,
  type SavedView,
  validateViewName,
  validateViewState,
  viewIdFor,
} from '../../functions/domain/saved-view.ts';
import { expectRefusal } from './expect-refusal.ts';

const caller = (username: string, permission: Permission): Caller => ({
  username,
  userId: 1,
  holdsAll: false,
  isAdmin: false,
  grants: foldGrants([parseGrant('experiment', '7', permission)]),
  byDefault: 'NO_PERMISSIONS',
  token: undefined,
});

const view = (part: Partial<SavedView> = {}): SavedView => ({
  viewId: viewIdFor('7', '0123456789abcdef'),
  experimentId: '7',
  name: 'best',
  owner: 'ann',
  isShared: false,
  state: '{}',
  creationTime: 1,
  lastUpdateTime: 1,
  ...part,
});

describe("a view's id", () => {
  test('tells the experiment', () => {
    expect(experimentOfView(viewIdFor('7', '0123456789abcdef'))).toBe('7');
    expect(experimentOfView(viewIdFor('0', '0123456789abcdef'))).toBe('0');
  });

  test.each(['', '7', '7-', '07-0123456789abcdef', '7-0123456789ABCDEF', '7-0123456789abcdef0', 'x-0123456789abcdef'])(
    'is none as %j',
    (id) => expect(experimentOfView(id)).toBeUndefined(),
  );
});

describe('a view', () => {
  test('is seen by its owner, and when it is shared by everybody', () => {
    expect(maySeeView(caller('ann', 'READ'), view())).toBe(true);
    expect(maySeeView(caller('bob', 'MANAGE'), view())).toBe(false);
    expect(maySeeView(caller('bob', 'READ'), view({ isShared: true }))).toBe(true);
    expect(maySeeView(undefined, view())).toBe(true);
  });

  test('is changed by its owner, and when it is shared by who manages the experiment', () => {
    expect(mayChangeView(caller('ann', 'READ'), view())).toBe(true);
    expect(mayChangeView(caller('bob', 'MANAGE'), view())).toBe(false);
    expect(mayChangeView(caller('bob', 'EDIT'), view({ isShared: true }))).toBe(false);
    expect(mayChangeView(caller('bob', 'MANAGE'), view({ isShared: true }))).toBe(true);
    expect(mayChangeView(undefined, view())).toBe(true);
  });
});

describe('a view of several experiments', () => {
  const both = view({ otherExperimentIds: ['9'], isShared: true });
  const reader = (...ids: readonly string[]): Caller => ({
    ...caller('bob', 'READ'),
    grants: foldGrants(ids.map((id) => parseGrant('experiment', id, 'MANAGE'))),
  });

  test('has them by rising ids, each once, and not too many', () => {
    expect(experimentsOfView(both)).toEqual(['7', '9']);
    expect(experimentsOfView(view())).toEqual(['7']);
    expect(experimentsTogether([10, 9, 10])).toEqual(['9', '10']);
    expectRefusal(
      () => experimentsTogether(Array.from({ length: 101 }, (_, id) => id)),
      'A view shows at most 100 experiments. Received 101.',
    );
  });

  test('is seen and changed only by who may do so with all of them', () => {
    expect([maySeeView(reader('7'), both), mayChangeView(reader('7'), both)]).toEqual([false, false]);
    expect([maySeeView(reader('7', '9'), both), mayChangeView(reader('7', '9'), both)]).toEqual([true, true]);
    expect(maySeeView(caller('ann', 'READ'), both)).toBe(false);
  });
});

describe("a view's name", () => {
  test('has 1 to 250 characters', () => {
    for (const name of ['x', '😀'.repeat(250)]) expect(() => validateViewName(name)).not.toThrow();
    for (const name of ['', '   ']) expectRefusal(() => validateViewName(name));
    expectRefusal(
      () => validateViewName('😀'.repeat(251)),
      "A view's name must have 1 to 250 characters. Received 251.",
    );
  });
});

describe("a view's state", () => {
  test('is a JSON object', () => {
    expect(() => validateViewState('{"search":"sort=a"}', 19)).not.toThrow();
    for (const state of ['', '{', '[]', 'null', '1', '"{}"']) {
      expectRefusal(() => validateViewState(state, state.length), "A view's state must be a JSON object.");
    }
  });

  test('has 65536 bytes at most', () => {
    expect(() => validateViewState('{}', 65_536)).not.toThrow();
    expectRefusal(
      () => validateViewState('{}', 65_537),
      "A view's state must have at most 65536 bytes. Received 65537.",
    );
  });
});
