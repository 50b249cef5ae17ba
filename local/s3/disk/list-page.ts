import { afterPrefix, fromByteOrder, toByteOrder } from './byte-order.ts';
import { lowerBound, upperBound } from './key-map.ts';

/** What to list; `after` is the last key or common prefix that was seen. */
export type ListQuery = {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after?: string;
  readonly limit: number;
};

/** A key, or all keys below a common prefix as one. */
export type ListItem = { readonly kind: 'key' | 'prefix'; readonly name: string };

/** Items in UTF-8 order; `next` goes into the `after` of the following page and is absent on the last. */
export type ListPage = { readonly items: readonly ListItem[]; readonly next?: string };

const startOf = (sorted: readonly string[], prefix: string, after: string | undefined): number =>
  after !== undefined && after >= prefix ? upperBound(sorted, after) : lowerBound(sorted, prefix);

const itemOf = (key: string, prefix: string, delimiter: string): ListItem => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? { kind: 'key', name: key } : { kind: 'prefix', name: key.slice(0, end + delimiter.length) };
};

const pageOfBytes = (sorted: readonly string[], { prefix, delimiter, after, limit }: ListQuery): ListPage => {
  const items: ListItem[] = [];
  let position = startOf(sorted, prefix, after);
  for (let key = sorted[position]; key?.startsWith(prefix); key = sorted[position]) {
    const item = itemOf(key, prefix, delimiter);
    // A page that ended inside or at a common prefix has shown it already.
    const isNew = after === undefined || item.name > after;
    if (isNew && items.length === limit) return { items, next: items.at(-1)?.name };
    if (isNew) items.push(item);
    position = item.kind === 'key' ? position + 1 : lowerBound(sorted, afterPrefix(item.name));
  }
  return { items };
};

/**
 * One page of keys that are sorted in byte order. A common prefix counts as one item and its keys are jumped over, so a folder among
 * many objects costs its own items times a binary search.
 */
export const listPage = (sorted: readonly string[], query: ListQuery): ListPage => {
  if (query.limit === 0) return { items: [] };
  const page = pageOfBytes(sorted, {
    prefix: toByteOrder(query.prefix),
    delimiter: toByteOrder(query.delimiter),
    after: query.after === undefined ? undefined : toByteOrder(query.after),
    limit: query.limit,
  });
  const items = page.items.map(({ kind, name }) => ({ kind, name: fromByteOrder(name) }));
  return page.next === undefined ? { items } : { items, next: fromByteOrder(page.next) };
};
