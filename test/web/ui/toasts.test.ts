import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { orTell, undoBy } from '../../../web/ui/toasts/or-tell.ts';
import { dismissToast, holdToast, tell, tellTrouble, toastStore } from '../../../web/ui/toasts/toast-store.ts';

const texts = () => toastStore.toasts().map(({ text }) => text);
const idOf = (wanted: string): number => toastStore.toasts().find(({ text }) => text === wanted)?.id ?? -1;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const { id } of toastStore.toasts()) dismissToast(id);
  vi.useRealTimers();
});

describe('a message', () => {
  test('goes by itself; one that can be undone stays longer', () => {
    tell('done');
    tell('deleted', { label: 'Undo', run: () => undefined });
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual(['deleted']);
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual([]);
  });

  test('stays, with the others, while it is pointed at or has the focus', () => {
    tell('first');
    tell('second');
    holdToast(idOf('first'), 'pointer', true);
    holdToast(idOf('first'), 'focus', true);
    tell('third');
    vi.advanceTimersByTime(60_000);
    holdToast(idOf('first'), 'pointer', false);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['first', 'second', 'third']);
    holdToast(idOf('first'), 'focus', false);
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual([]);
  });

  test('that was about to go stays a while after it was let go of', () => {
    tell('done');
    vi.advanceTimersByTime(5_900);
    holdToast(idOf('done'), 'pointer', true);
    holdToast(idOf('done'), 'pointer', false);
    vi.advanceTimersByTime(2_900);
    expect(texts()).toEqual(['done']);
    vi.advanceTimersByTime(100);
    expect(texts()).toEqual([]);
  });

  test('that is dismissed while it is held lets the others go', () => {
    tell('first');
    tell('second');
    holdToast(idOf('first'), 'focus', true);
    dismissToast(idOf('first'));
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual([]);
  });

  test('makes room for newer ones', () => {
    for (const text of ['1', '2', '3', '4', '5']) tell(text);
    expect(texts()).toEqual(['2', '3', '4', '5']);
  });
});

describe('what fails', () => {
  test('is told', async () => {
    await orTell(() => Promise.reject(new Error('No.')));
    expect(toastStore.toasts()).toMatchObject([{ text: 'No.', isError: true }]);
  });

  test('is told when it was to be undone', async () => {
    undoBy(() => Promise.reject(new Error('No.'))).run();
    await vi.advanceTimersByTimeAsync(0);
    expect(toastStore.toasts()).toMatchObject([{ text: 'That could not be undone: No.', isError: true }]);
  });
});

test('trouble is shown as such', () => {
  tellTrouble('bad');
  expect(toastStore.toasts()).toMatchObject([{ text: 'bad', isError: true }]);
});
