import type { Key, KeyPrefix } from './key.ts';

const OVERFLOW_MARK = '~';

/** One part of a document that is too large for an item; `generation` sorts by document version. */
export const overflowKey = (document: Key, generation: string, part: number): Key => ({
  pk: document.pk,
  sk: `${document.sk}${OVERFLOW_MARK}${generation}${OVERFLOW_MARK}${String(part).padStart(4, '0')}`,
});

export const overflowPrefix = (document: Key, generation = ''): KeyPrefix => ({
  pk: document.pk,
  skPrefix: `${document.sk}${OVERFLOW_MARK}${generation}`,
});
